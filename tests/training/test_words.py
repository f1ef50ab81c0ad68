"""How the coach says a dose, and the reason that has one in it."""

import pytest
from fakes.journal import session_on, sets_of

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language import phrases
from voicecoach.routine.dose import Dose
from voicecoach.routine.model import Exercise, Kind, Sides
from voicecoach.routine.phase import Phase
from voicecoach.training.news import news
from voicecoach.training.practice import practices_of
from voicecoach.training.rules import reason
from voicecoach.training.words import in_words, step
from voicecoach.training.work import dose_done


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(reps=(6, 4, 2), hold=8.0), "six, four and two holds of eight seconds"),
        (Dose(reps=(8, 8), hold=2.0), "two sets of eight reps, each held for two seconds"),
        (Dose(reps=(4, 3, 3), hold=1.0), "four, three and three reps"),
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
        "Bridge. A professional has agreed, so we begin again with two sets of eight reps. "
        "An easy week: eight reps."
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Dose(reps=(8,)), Dose(reps=(9,)), "one more rep"),
        (Dose(reps=(8,)), Dose(reps=(6,)), "two reps fewer"),
        (Dose(reps=(8, 8)), Dose(reps=(9, 9)), "one more rep in each set"),
        (Dose(reps=(8, 8)), Dose(reps=(6, 6)), "two reps fewer in each set"),
        (Dose(reps=(6, 4, 2), hold=8.0), Dose(reps=(7, 4, 2), hold=8.0), "one more hold"),
        (Dose(reps=(12, 12), hold=1.0), Dose(reps=(11, 11), hold=1.0), "one rep fewer in each set"),
        (
            Dose(reps=(6, 4, 2), hold=8.0),
            Dose(reps=(4, 3, 1), hold=6.0),
            "four, three and one holds of six seconds now",
        ),
        (Dose(reps=(12, 12, 12)), Dose(reps=(8, 8)), "two sets of eight reps now"),
        (Dose(reps=(12, 12, 12)), Dose(reps=(12, 12)), "one set fewer"),
        (Dose(reps=(6, 4), hold=8.0), Dose(reps=(6, 4, 2), hold=8.0), "one more set"),
        (Dose(reps=(6,), hold=8.0), Dose(reps=(6, 4, 2), hold=8.0), "two more sets"),
        (Dose(reps=(1,), duration=60.0), Dose(reps=(1,), duration=70.0), "it now lasts seventy seconds"),
    ],
)
def test_a_step_in_words(before, after, words):
    assert phrases.load().words(step(before, after, Kind.STRENGTH)) == words


def test_breaths_are_not_called_reps():
    fewer = step(Dose(reps=(8,)), Dose(reps=(6,)), Kind.BREATHING)
    assert phrases.load().words(fewer) == "two breaths fewer"
    breathing = Exercise(name="Belly breathing", kind=Kind.BREATHING, reps=(6,))
    again = Decision(
        written="a",
        exercise="a",
        dose=Dose(reps=(6,)),
        change=DoseChange.BACK,
        reason=reason("now", why=reason("flare_over"), dose=Dose(reps=(6,))),
    )
    (said,) = news([again], {"a": "Belly breathing"}, {"a": breathing})
    assert phrases.load().tell(said) == "Belly breathing. The sore days are over: now six breaths."


LIFT = Exercise(name="Lift", rep=(Phase(name="lift", seconds=2),), reps=(6, 4, 1), sides=Sides.EACH)


@pytest.mark.parametrize(
    ("done", "reps"),
    [
        ("left 1, left 2, left 3", (3, 2)),
        ("left 1, left 2, left 3, right 1", (6, 2)),
        ("left 1, right 1, left 2", (6, 2)),
        ("left 1, left 2, left 3, right 1, right 2, right 3", (6, 4, 1)),
    ],
)
def test_what_one_side_did_alone_is_half_of_a_set(done, reps):
    sets = [each for each in sets_of(LIFT) if f"{each.side} {each.set_number}" in done.split(", ")]
    (practice,) = practices_of(session_on(0, sets))
    assert dose_done(practice, LIFT).reps == reps
    assert practice.reached(LIFT) == (len(sets) == 6)
