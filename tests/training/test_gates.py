"""When the next phase is proposed, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of

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


def test_three_days_of_little_pain_end_calm():
    sessions = [calm(0, 6), calm(1, 4), calm(2, 3), calm(3, 4)]
    assert opened(CALM, sessions) == "pain stayed at 4 or below on the last three days"


@pytest.mark.parametrize(
    "sessions",
    [
        [calm(0), calm(1)],
        [calm(0), calm(1, 5), calm(2), calm(2)],
        [calm(0), calm(1, pain=5), calm(2)],
        [calm(0), calm(1), calm(2, morning=5)],
        [calm(0), calm(1), calm(2, leg=Leg.BACK, after_leg=Leg.THIGH)],
        [calm(0, leg=Leg.BACK), calm(1, leg=Leg.BACK), calm(2, leg=Leg.THIGH)],
    ],
    ids=[
        "two days",
        "a bad day",
        "pain at rest",
        "a bad morning",
        "down the leg",
        "worse than the day before",
    ],
)
def test_it_takes_all_three(sessions):
    assert opened(CALM, sessions) is None


def test_pain_that_goes_up_the_leg_is_no_reason_to_wait():
    sessions = [calm(0, leg=Leg.CALF), calm(1, leg=Leg.KNEE), calm(2, leg=Leg.BACK)]
    assert opened(CALM, sessions)


def test_who_says_nothing_is_not_told_to_go_on():
    silent = [session_on(day, pain=None, worst=None) for day in range(5)]
    assert opened(CALM, silent) is None


def test_nothing_is_proposed_in_a_flare_or_after_a_break_or_for_a_leg_that_is_worse():
    sessions = [calm(day, leg=Leg.BACK) for day in range(5)]
    assert opened(CALM, sessions)
    assert opened(CALM, sessions, day=4, pain=6) is None
    assert opened(CALM, sessions, day=4, leg=Leg.KNEE) is None
    assert opened(CALM, sessions, day=11)
    assert opened(CALM, sessions, day=12) is None


def test_restore_ends_after_two_weeks_with_every_target_reached_twice():
    sessions = [core(day) for day in (0, 2, 7, 9)]
    assert opened(RESTORE, sessions) is None, "not two weeks yet"
    assert opened(RESTORE, sessions, day=14) == (
        "you trained in two weeks of this phase and the last two times you reached every target of"
        " Core three, start without much pain"
    )


@pytest.mark.parametrize(
    "last",
    [
        core(9, share=0.5),
        core(9, worst=5),
        core(9, worst=None),
        core(9, ending=Ending.HURT),
        core(9, routine=replace(START, steps=START.steps[:2])),
        core(9, routine=replace(START, steps=SHIPPED.load("core").steps)),
    ],
    ids=["half", "amber", "nobody knows", "hurt", "two of four", "a smaller dose"],
)
def test_a_target_that_was_not_reached_keeps_it_closed(last):
    assert opened(RESTORE, [core(0), core(7), last], day=14) is None
    assert opened(RESTORE, [core(0), last, core(10), core(12)], day=14), "until it is"


def test_more_than_was_written_is_enough():
    bigger = replace(START, steps=SHIPPED.load("core-three").steps)
    assert opened(RESTORE, [core(0), core(7, routine=bigger), core(9, routine=bigger)], day=14)


def test_weeks_without_training_do_not_count():
    weeks = Gate(weeks=4)
    assert opened(weeks, [core(0), core(7), core(28), core(29)]) is None
    assert opened(weeks, [core(0), core(7), core(16), core(28)]) == "you trained in four weeks of this phase"


def test_what_was_done_before_the_phase_began_does_not_count():
    sessions = [calm(-2), calm(-1), calm(0)]
    assert opened(CALM, sessions) is None


def test_a_routine_that_is_not_there_any_more_opens_nothing():
    sessions = [core(day) for day in (0, 2, 7, 9)]
    today = Today(day=MONDAY + timedelta(14))
    assert reason(Opening(RESTORE, MONDAY, None), sessions, today) is None
