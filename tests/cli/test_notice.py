"""The safety notice before the first session; the terminal's part is in ``test_terminal``."""

from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest

from voicecoach.app.compose import Sounding
from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.cli import one_key
from voicecoach.cli.questions import accept_notice
from voicecoach.control.sources import Key
from voicecoach.errors import UsageError
from voicecoach.settings import safety
from voicecoach.training.questions import AskedWhen, Known
from voicecoach.units import frames

VERSION = safety.load().version


def test_safety_prints_all_of_it(run):
    page = run("safety").out
    for section in safety.load().sections:
        assert section.title in page
    assert "No physiotherapist has" in page
    assert max(map(len, page.splitlines())) <= 80


@pytest.mark.processes
@pytest.mark.parametrize("key", ["y", "n"])
@pytest.mark.usefixtures("home")
def test_it_is_spoken_until_there_is_an_answer(monkeypatch, capsys, key):
    heard, fingers = [], []

    @contextmanager
    def keyboard(send, notice):
        fingers.append(send)
        yield

    def listen(block):
        heard.extend(block)
        if len(heard) >= frames(5) and fingers:
            fingers.pop()(Key(key))

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(one_key, "Keyboard", lambda: SimpleNamespace(connected=keyboard))
    monkeypatch.setitem(outputs.OUTPUTS, "instant", lambda _: InstantOutput(sink=listen))
    sounding = Sounding("natural", output="instant")
    if key == "y":
        accept_notice(sounding, Known(moment=AskedWhen.BEFORE), unasked=False)
    else:
        with pytest.raises(UsageError, match="You did not accept"):
            accept_notice(sounding, Known(moment=AskedWhen.BEFORE), unasked=False)
    assert safety.accepted(VERSION) == (key == "y")
    assert frames(5) <= len(heard) < frames(6)
    speech = np.abs(np.array(heard[frames(1) :], dtype=int))
    assert speech.max() > 3000
    assert "cannot see you" in capsys.readouterr().out
