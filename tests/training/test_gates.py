"""When the next phase is proposed, and why."""

from dataclasses import replace
from datetime import timedelta

from fakes.journal import MONDAY, session_on, sets_of
from naming import for_each

from voicecoach.journal.records import Before, Leg
from voicecoach.language import phrases
from voicecoach.paths import shipped
from voicecoach.routine.files.library import Library
from voicecoach.routine.programme import Gate
from voicecoach.session.listener import Ending
from voicecoach.training.gates import Opening, reason
from voicecoach.training.readiness import Today

SHIPPED = Library((shipped("routines"),))
START = SHIPPED.load("core-three-start")
CALM = Gate(pain=4, pain_days=3, leg_steady=True)
RESTORE = Gate(weeks=2, routine=START.id, successes=2)


def opened(gate, sessions, *, day=None, **before):
    """Why a gate is open, for somebody whose phase began on a Monday."""
    today = Today(
        day=MONDAY + timedelta(sessions[-1].day.toordinal() - MONDAY.toordinal() if day is None else day),
        before=Before(**before),
    )
    why = reason(Opening(gate, MONDAY, START), sessions, today)
    return why and phrases.load().words(why)


def calm(day, worst=2, **said):
    return session_on(day, pain=said.pop("pain", 2), worst=worst, **said)


def core(day, *, routine=START, share=1.0, ending=Ending.DONE, **said):
    done = session_on(day, *(sets_of(each, share=share, ending=ending) for each in routine.exercises), **said)
    return replace(done, routine=START.id)


ENOUGH = "pain stayed at 4 or below on the last three days"
DAYS = {
    "three days of little pain": ([calm(0, 6), calm(1, 4), calm(2, 3), calm(3, 4)], ENOUGH),
    "pain that goes up the leg": (
        [calm(0, leg=Leg.CALF), calm(1, leg=Leg.KNEE), calm(2, leg=Leg.BACK)],
        ENOUGH,
    ),
    "two days": ([calm(0), calm(1)], None),
    "a bad day": ([calm(0), calm(1, 5), calm(2), calm(2)], None),
    "pain at rest": ([calm(0), calm(1, pain=5), calm(2)], None),
    "a bad morning": ([calm(0), calm(1), calm(2, morning=5)], None),
    "down the leg": ([calm(0), calm(1), calm(2, leg=Leg.BACK, after_leg=Leg.THIGH)], None),
    "worse than before": ([calm(0, leg=Leg.BACK), calm(1, leg=Leg.BACK), calm(2, leg=Leg.THIGH)], None),
    "who says nothing": ([session_on(day, pain=None, worst=None) for day in range(5)], None),
    "before the phase": ([calm(-2), calm(-1), calm(0)], None),
}


@for_each(DAYS)
def test_three_days_of_little_pain_end_calm(name):
    sessions, why = DAYS[name]
    assert opened(CALM, sessions) == why


def test_nothing_is_proposed_in_a_flare_or_after_a_break_or_for_a_leg_that_is_worse():
    sessions = [calm(day, leg=Leg.BACK) for day in range(5)]
    assert opened(CALM, sessions)
    assert opened(CALM, sessions, day=4, pain=7) is None
    assert opened(CALM, sessions, day=4, leg=Leg.KNEE) is None
    assert opened(CALM, sessions, day=14)
    assert opened(CALM, sessions, day=15) is None


def test_restore_ends_after_two_weeks_with_every_target_reached_twice():
    sessions = [core(day) for day in (0, 2, 7, 9)]
    assert opened(RESTORE, sessions) is None, "not two weeks yet"
    assert opened(RESTORE, sessions, day=14) == (
        "you trained in two weeks of this phase and the last two times you reached every target of"
        " Core three, start without much pain"
    )


LAST = {
    "half": core(9, share=0.5),
    "amber": core(9, worst=5),
    "nobody knows": core(9, worst=None),
    "hurt": core(9, ending=Ending.HURT),
    "two of four": core(9, routine=replace(START, steps=START.steps[:2])),
    "a smaller dose": core(9, routine=replace(START, steps=SHIPPED.load("core").steps)),
}


@for_each(LAST)
def test_a_target_that_was_not_reached_keeps_it_closed_until_it_is(name):
    last = LAST[name]
    assert opened(RESTORE, [core(0), core(7), last], day=14) is None
    assert opened(RESTORE, [core(0), last, core(10), core(12)], day=14)


def test_more_than_was_written_is_enough():
    bigger = replace(START, steps=SHIPPED.load("core-three").steps)
    assert opened(RESTORE, [core(0), core(7, routine=bigger), core(9, routine=bigger)], day=14)


def test_weeks_without_training_do_not_count():
    weeks = Gate(weeks=4)
    assert opened(weeks, [core(0), core(7), core(28), core(29)]) is None
    assert opened(weeks, [core(0), core(7), core(16), core(28)]) == "you trained in four weeks of this phase"


def test_a_routine_that_is_not_there_any_more_opens_nothing():
    sessions = [core(day) for day in (0, 2, 7, 9)]
    today = Today(day=MONDAY + timedelta(14))
    assert reason(Opening(RESTORE, MONDAY, None), sessions, today) is None
