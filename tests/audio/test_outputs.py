"""The outputs by name, and what a person without a loudspeaker is told."""

import os
import subprocess
import sys
from unittest.mock import Mock

import pytest
from fakes.clock import FakeClock

from voicecoach.app.compose import Sounding, Studio
from voicecoach.audio import loudspeaker, miniaudio_output, outputs, simpleaudio_output
from voicecoach.errors import OutputError


def test_the_loudspeaker_opens_while_the_voice_is_loaded(monkeypatch):
    done = []
    monkeypatch.setattr(loudspeaker, "open_output", lambda *_: done.append("loudspeaker") or Mock())
    monkeypatch.setattr(
        "voicecoach.voices.narrator.Narrator", lambda *_, **__: done.append("voice") or Mock()
    )
    for clock in (FakeClock(), None):
        with Studio(Sounding(voice="silent"), pytest.fail, clock):
            done.append("put together")
    assert done == ["loudspeaker", "voice", "put together", "voice", "put together"]


def test_auto_tries_only_outputs_that_exist():
    assert set(outputs.AUTO) <= set(outputs.DEVICES)


def test_without_simpleaudio_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(simpleaudio_output, "_refuse_the_one_that_crashes", lambda: None)
    with pytest.raises(OutputError, match=r"pip install 'voicecoach\[simpleaudio\]'"):
        simpleaudio_output.SimpleaudioOutput(FakeClock()).start()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the default device cannot be hidden")
def test_without_any_device_auto_is_silent_and_the_terminal_stays_clean(tmp_path):
    (tmp_path / "asound.conf").write_text("")
    code = "from voicecoach.audio.loudspeaker import open_output; from voicecoach.clock import SystemClock;"
    code += "it = open_output('auto', SystemClock()); it.start(60); print(it.audibility(), it.name)"
    nothing = {
        "PULSE_SERVER": f"unix:{tmp_path}/none",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "JACK_NO_START_SERVER": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | nothing, capture_output=True, text=True, check=True
    )
    assert found.stdout.splitlines() == ["absent silent"]
    assert found.stderr == ""


def test_asking_to_be_run_first_asks_for_this_thread_and_does_no_harm(monkeypatch):
    asked = []

    def refuse(*arguments):
        asked.append(arguments)
        raise PermissionError("not for you")

    monkeypatch.setattr(os, "setpriority", refuse)
    miniaudio_output.ask_to_run_first()
    assert asked == [(os.PRIO_PROCESS, 0, miniaudio_output.NICENESS)]
