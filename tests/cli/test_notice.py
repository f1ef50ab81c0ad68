"""The safety notice before the first session; the terminal's part is in ``test_terminal``."""

from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest

from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.cli import one_key
from voicecoach.cli.welcome import welcomed
from voicecoach.control import auto_repeat
from voicecoach.control.sources import Key
from voicecoach.errors import Declined
from voicecoach.settings import safety
from voicecoach.settings.table import SessionSettings
from voicecoach.training.questions import AskedWhen, Known
from voicecoach.units import frames

VERSION = safety.load().version


def test_safety_prints_all_of_it(run):
    page = run("safety").out
    for section in safety.load().sections:
        assert section.title in page
    assert "No physiotherapist has" in page


@pytest.mark.processes
@pytest.mark.parametrize("keys", ["yn", "yy", "n"])
@pytest.mark.usefixtures("home")
def test_notice_and_signs_are_spoken_until_there_is_an_answer(monkeypatch, capsys, keys):
    heard, fingers, pressed = [[]], [], list(keys)

    @contextmanager
    def keyboard(send, notice):
        fingers.append(send)
        yield

    def listen(block):
        heard[-1].extend(block)
        if len(heard[-1]) >= frames(5) and pressed:
            heard.append([])
            fingers[-1](Key(pressed.pop(0)))

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(one_key, "Keyboard", lambda: SimpleNamespace(connected=keyboard))
    monkeypatch.setattr(auto_repeat, "HELD", 0.0)  # five seconds that are heard at once pass between two keys
    monkeypatch.setitem(outputs.STAND_INS, "instant", lambda _: InstantOutput(sink=listen))
    chosen, unknown = SessionSettings(voice="natural", output="instant"), Known(moment=AskedWhen.BEFORE)
    if keys[0] == "y":
        assert (welcomed(chosen, unknown, unasked=False, curious=False) is None) == (keys == "yy")
    else:
        with pytest.raises(Declined, match="You did not accept"):
            welcomed(chosen, unknown, unasked=False, curious=False)
    assert safety.accepted(VERSION) == (keys[0] == "y")
    assert safety.without_signs(VERSION) == (keys == "yn")
    for said in heard[: len(keys)]:
        assert frames(5) <= len(said) < frames(6)
        assert np.abs(np.array(said[frames(1) :], dtype=int)).max() > 3000
    shown = capsys.readouterr().out
    assert "cannot see you" in shown
    assert ("signs of an emergency" in shown) == (keys[0] == "y")
    assert ("go to emergency care now" in shown.lower()) == (keys == "yy")
