"""How the coach says a dose, and the reason that has one in it."""

import pytest

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language import phrases
from voicecoach.routine.model import Dose
from voicecoach.training.rules import reason
from voicecoach.training.words import in_words, news


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(reps=(6, 4, 2), hold=8.0), "six, four and two holds of eight seconds"),
        (Dose(reps=(12, 10)), "twelve and ten reps"),
        (Dose(reps=(1,)), "one rep"),
        (Dose(reps=(8, 8), load=2.5), "two sets of eight reps with two and a half kilos"),
        (Dose(reps=(1,), hold=10.0), "one hold of ten seconds"),
        (Dose(reps=(4, 4), hold=10.0), "two sets of four holds of ten seconds"),
        (Dose(duration=300.0), "five minutes"),
        (Dose(reps=(1, 1), duration=30.0), "two sets of thirty seconds"),
    ],
)
def test_a_dose_in_words(dose, words):
    assert phrases.load().words(in_words(dose)) == words


def test_news_have_every_dose_in_words():
    level, today = Dose(reps=(8, 8)), Dose(reps=(8,))
    told = reason("both", first=reason("cleared", dose=level), last=reason("deload", dose=today))
    made = Decision(
        written="a", exercise="a", dose=today, level=level, change=DoseChange.REGRESS, reason=told
    )
    (said,) = news([made], {"a": "Bridge"})
    assert phrases.load().tell(said) == (
        "Bridge. You asked a professional: it begins again at two sets of eight reps. "
        "An easy week: eight reps."
    )
