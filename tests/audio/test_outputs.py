"""Which output is opened, and what the person is told."""

import os
import subprocess
import sys
import threading
from typing import Any
from unittest.mock import Mock

import pytest
from fakes.clock import FakeClock
from fakes.session import FakeOutput

from voicecoach.app.compose import Sounding, Studio
from voicecoach.audio import miniaudio_output, outputs, simpleaudio_output
from voicecoach.audio.outputs import NAMES, InstantOutput, Opening, SilentOutput, open_output
from voicecoach.errors import OutputError, UnknownName


class Broken(FakeOutput):
    def start(self):
        raise OutputError("There is no loudspeaker.")


def table(**working):
    return {name: lambda _, w=works: FakeOutput() if w else Broken() for name, works in working.items()}


@pytest.mark.parametrize(
    ("working", "said"),
    [
        ({"miniaudio": True, "simpleaudio": True, "silent": True}, "through miniaudio"),
        ({"miniaudio": False, "simpleaudio": True, "silent": True}, "through simpleaudio"),
        ({"miniaudio": False, "simpleaudio": False, "silent": True}, "No loudspeaker was found"),
    ],
)
def test_auto_takes_the_first_that_plays_and_says_which(working, said):
    told = []
    output = open_output("auto", told.append, FakeClock(), outputs=table(**working))
    assert isinstance(output, FakeOutput)
    assert not isinstance(output, Broken)
    assert len(told) == 1
    assert said in told[0]


def test_a_named_output_that_cannot_play_is_an_error_and_nothing_takes_its_place():
    with pytest.raises(OutputError, match="no loudspeaker"):
        open_output("miniaudio", pytest.fail, FakeClock(), outputs=table(miniaudio=False, silent=True))


def test_an_output_opens_while_other_things_are_done_and_is_closed_when_nobody_takes_it():
    begun, go_on, closed, told = threading.Event(), threading.Event(), [], []

    class Slow(FakeOutput):
        def start(self):
            begun.set()
            assert go_on.wait(20)

        def close(self, *, drain=True):
            closed.append(drain)

    slow: Any = {"miniaudio": lambda _: Slow()}
    opening = Opening("auto", FakeClock(), outputs=slow)
    assert begun.wait(20)
    go_on.set()
    assert isinstance(opening.take(told.append), Slow)
    assert ("through miniaudio" in told[0], closed) == (True, [])
    opening.close()
    assert closed == []
    Opening("miniaudio", FakeClock(), outputs=slow).close()
    assert closed == [False]
    with pytest.raises(OutputError, match="no loudspeaker"):
        Opening("miniaudio", FakeClock(), outputs=table(miniaudio=False)).take(pytest.fail)


def test_the_loudspeaker_opens_while_the_voice_is_loaded(monkeypatch):
    done = []
    monkeypatch.setattr(outputs, "Opening", lambda *_: done.append("loudspeaker") or Mock())
    monkeypatch.setattr(
        "voicecoach.voices.narrator.Narrator", lambda *_, **__: done.append("voice") or Mock()
    )
    for clock in (FakeClock(), None):
        with Studio(Sounding(voice="silent"), pytest.fail, clock):
            done.append("put together")
    assert done == ["loudspeaker", "voice", "put together", "voice", "put together"]


@pytest.mark.parametrize(("name", "kind"), [("silent", SilentOutput), ("instant", InstantOutput)])
def test_outputs_without_a_device_open_by_name_and_say_nothing(name, kind):
    assert isinstance(open_output(name, pytest.fail, FakeClock()), kind)


def test_an_unknown_output_suggests_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'miniaudio'") as caught:
        open_output("miniaduio", pytest.fail, FakeClock())
    assert all(name in str(caught.value) for name in NAMES)


def test_auto_tries_only_outputs_that_exist():
    assert set(outputs.AUTO) < set(outputs.OUTPUTS)


def test_without_simpleaudio_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(simpleaudio_output, "_refuse_the_one_that_crashes", lambda: None)
    with pytest.raises(OutputError, match=r"pip install 'voicecoach\[simpleaudio\]'"):
        open_output("simpleaudio", pytest.fail, FakeClock())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the default device cannot be hidden")
def test_without_any_device_auto_is_silent_and_the_terminal_stays_clean(tmp_path):
    (tmp_path / "asound.conf").write_text("")
    code = "from voicecoach.audio.outputs import open_output; from voicecoach.clock import SystemClock;"
    code += "print(open_output('auto', print, SystemClock()).name)"
    nothing = {
        "PULSE_SERVER": f"unix:{tmp_path}/none",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "JACK_NO_START_SERVER": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | nothing, capture_output=True, text=True, check=True
    )
    assert found.stdout.splitlines() == [outputs.AUTO["silent"], "silent"]
    assert found.stderr == ""


def test_asking_to_be_run_first_asks_for_this_thread_and_does_no_harm(monkeypatch):
    asked = []

    def refuse(*arguments):
        asked.append(arguments)
        raise PermissionError("not for you")

    monkeypatch.setattr(os, "setpriority", refuse)
    miniaudio_output.ask_to_run_first()
    assert asked == [(os.PRIO_PROCESS, 0, miniaudio_output.NICENESS)]
