"""What the coach tells of a plan when a session begins."""

import pytest

from voicecoach.journal.records import Change, Decision
from voicecoach.routine.doses import Dose
from voicecoach.training.words import news

NAMES = {"a": "Bridge", "b": "Plank", "c": "Walk"}


def decided(*changes):
    return [
        Decision(written=key, exercise=key, dose=Dose(reps=(8,)), change=change, reason=f"It is {change}.")
        for key, change in zip(NAMES, changes, strict=False)
    ]


@pytest.mark.parametrize("change", [each for each in Change if each not in {Change.START, Change.HOLD}])
def test_every_change_is_told(change):
    assert news(decided(change), NAMES) == (f"Bridge. It is {change}.",)


def test_what_begins_or_stays_is_no_news():
    assert news(decided(Change.START, Change.HOLD), NAMES) == ()


def test_what_holds_for_many_is_told_once():
    easy = decided(Change.DELOAD, Change.DELOAD, Change.DELOAD)
    assert news(easy[:2], NAMES) == ("Bridge. It is deload.", "Plank. It is deload.")
    assert news(easy, NAMES) == ("An easy week, with less in three exercises.",)
    three = decided(Change.ADVANCE, Change.ADVANCE, Change.REMOVE)
    assert len(news(three, NAMES)) == 3, "each for its own reason"
