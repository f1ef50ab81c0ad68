"""The advice that follows from what was measured."""

import pytest

from voicecoach.hearing.advice import Figures, advice
from voicecoach.language import phrases

GOOD = {"noise": -60.0, "voice": -30.0, "coach": -35.0, "delay": 1.0, "tried": 10}


def names(**figures):
    return [each.code.rpartition(".")[2] for each in advice(Figures(**{**GOOD, **figures}))]


def test_when_all_is_well_there_is_none():
    assert names() == []
    assert advice(Figures()) == ()


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({"silent": 10, "voice": None, "failed": 10}, ["nothing"]),
        ({"voice": -55.0, "noise": -80.0, "coach": None}, ["faint"]),
        ({"voice": -1.0}, ["clipped"]),
        ({"noise": -35.0}, ["noise"]),
        ({"noise": -42.0}, ["near"]),
        ({"coach": -29.0}, ["coach"]),
        ({"coach": None, "delay": 2.5}, ["slow"]),
        ({"delay": 2.5, "is_tiny": True}, ["slow_tiny"]),
        ({"is_bluetooth": True}, ["bluetooth"]),
        ({"failed": 2}, []),
        ({"failed": 3, "silent": 1, "coach": -10.0}, ["coach", "speak"]),
    ],
)
def test_each_fault_has_its_own(figures, told):
    assert names(**figures) == told


def test_each_advice_has_its_words():
    say = phrases.load()
    told = advice(Figures(voice=-55.0, coach=-35.0, delay=9.0, failed=9, is_bluetooth=True))
    assert len(told) == 5
    assert all(" " in say.tell(each) for each in told)
