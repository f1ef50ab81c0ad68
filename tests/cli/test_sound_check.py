"""The sound check of the first evening, with typed keys; nothing is spoken."""

import pytest
from fakes.clock import FakeClock
from fakes.commands import typed

from voicecoach.cli import one_key, sound_check
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings
from voicecoach.training.next_question import QuestionNumber
from voicecoach.voices.engines import ENGINES

QUIET = SessionSettings(voice="silent", output="instant")


@pytest.fixture
def checked(home, monkeypatch):
    """Check the sound with these keys, one each time that it asks."""

    def check(*keys):
        pressed = iter(keys)
        monkeypatch.setattr(one_key, "Keyboard", lambda: typed(next(pressed)))
        monkeypatch.setattr(sound_check, "chain", lambda *_: ENGINES)  # whatever is installed
        return sound_check.checked(QUIET, FakeClock(step=2.0), QuestionNumber(5, 5))

    return check


def test_who_hears_it_well_changes_nothing(checked, capsys):
    assert checked("r", "enter") == (QUIET, False)
    assert not file.file().exists()
    assert capsys.readouterr().out.count("5 of 5: Can you hear me clearly?") == 2


def test_louder_softer_and_another_voice_are_kept_for_later(checked):
    chosen, left = checked("+", "=", "-", "v", "q")
    assert left
    assert chosen.voice_volume == file.load().voice_volume == 110
    assert chosen.voice == file.load().voice == ENGINES[1].name


def test_ctrl_c_leaves_everything_as_it_was(checked):
    with pytest.raises(KeyboardInterrupt):
        checked("+", "ctrl+c")
    assert not file.file().exists()
