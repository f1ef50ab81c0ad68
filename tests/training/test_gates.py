"""When the next phase is proposed, and why."""

from dataclasses import replace
from datetime import timedelta

from fakes.journal import MONDAY, session_on, sets_of
from naming import for_each

from voicecoach.journal.records import Asked, Before, Leg
from voicecoach.language import phrases
from voicecoach.paths import shipped
from voicecoach.routine.files.library import Library
from voicecoach.routine.programme import Activity, Gate
from voicecoach.session.listener import Ending
from voicecoach.training.gates import Opening, way
from voicecoach.training.readiness import Today
from voicecoach.training.week_plan import Load, planned

SHIPPED = Library((shipped("routines"),))
START = SHIPPED.load("core-three-start")
CALM = Gate(pain=4, pain_days=3, leg_steady=True)
RESTORE = Gate(weeks=2, routine=START.id, successes=2)


PLAN = planned([Activity(routine=START.id, days=5), Activity(routine="walk", days=3)], {"walk": Load.WALK})
"""Five days of the week have something planned."""


def way_to(gate, sessions, *, day=None, routine=START, **before):
    """The way of somebody whose phase began on a Monday."""
    last = (sessions[-1].day - MONDAY).days if day is None else day
    today = Today(day=MONDAY + timedelta(last), before=Before(**before))
    return way(Opening(gate, MONDAY, PLAN, routine), sessions, today)


def opened(gate, sessions, **how):
    """Why a gate is open."""
    found = way_to(gate, sessions, **how)
    return phrases.load().words(found.why) if found and found.is_open else None


def so_far(gate, sessions, **how):
    """How far it is to the next phase."""
    found = way_to(gate, sessions, **how)
    return found and phrases.load().words(found.so_far)


def calm(day, worst=2, **said):
    return session_on(day, pain=said.pop("pain", 2), worst=worst, **said)


def core(day, *, routine=START, share=1.0, ending=Ending.DONE, **said):
    done = session_on(day, *(sets_of(each, share=share, ending=ending) for each in routine.exercises), **said)
    return replace(done, routine=START.id)


TWO_WEEKS = (0, 2, 4, 6, 7, 9, 11)
"""Seven of the ten planned days of two weeks."""
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
    "nowhere and the back are the same": (
        [calm(0, leg=Leg.NONE), calm(1, leg=Leg.BACK), calm(2, leg=Leg.BACK)],
        ENOUGH,
    ),
    "a day that hurt much": ([calm(0), calm(1), calm(2, 4, pain=1)], None),
    "worse than before": ([calm(0, leg=Leg.BACK), calm(1, leg=Leg.BACK), calm(2, leg=Leg.THIGH)], None),
    "who says nothing": ([session_on(day, pain=None, worst=None) for day in range(5)], None),
    "before the phase": ([calm(-2), calm(-1), calm(0)], None),
}


@for_each(DAYS)
def test_three_days_of_little_pain_end_calm(name):
    sessions, why = DAYS[name]
    assert opened(CALM, sessions) == why


def test_the_days_that_end_calm_are_most_of_the_planned_ones():
    """Of a plan for every day five of seven, for as long as they go on being good."""
    daily = planned([Activity(routine="calm-start", days=7)], {})
    few = planned([Activity(routine="calm-start", days=3)], {})

    def seen(plan, *days):
        sessions = [calm(day) for day in days]
        found = way(Opening(CALM, MONDAY, plan), sessions, Today(day=sessions[-1].day))
        return found.is_open or phrases.load().words(found.so_far)

    wanted = "three days in a row with pain at 4 or below, or as usual for you"
    assert seen(daily, 0, 1, 2) is True
    assert seen(daily, 0, 2, 3) is True
    assert seen(daily, 0, 2, 4) == f"{wanted}, with five days of exercise a week"
    assert seen(daily, 0, 9, 18) == f"{wanted}, with five days of exercise a week"
    assert seen(daily, 0, 9, 18, 19, 20) is True, "what was before is forgotten"
    assert seen(daily, *range(8), 9, 11) is True, "they go on being good, on ten of twelve days"
    assert seen(few, 0, 2, 4) is True, "who planned three days came on all of them"
    assert seen(few, 0, 9, 18) == f"{wanted}, with three days of exercise a week"


def test_nothing_is_proposed_in_a_flare_or_after_a_break_or_for_a_leg_that_is_worse():
    sessions = [calm(day, leg=Leg.BACK) for day in range(5)]
    assert opened(CALM, sessions)
    assert opened(CALM, sessions, day=4, pain=7) is None
    assert opened(CALM, sessions, day=4, leg=Leg.KNEE) is None
    assert opened(CALM, sessions, day=14)
    assert way_to(CALM, sessions, day=15) is None
    assert so_far(CALM, sessions[:2]) == (
        "three days in a row with pain at 4 or below, or as usual for you: two so far"
    )


def test_constant_pain_ends_calm_too_once_it_is_known_to_be_usual():
    """Whatever it is, as long as exercise does not raise it, and once it has been so for two weeks."""
    usual = "pain was as usual for you on the last three days, and exercise did not raise it"
    for pain in (5, 6, 7):
        constant = [calm(day, pain, pain=pain, flare=False, morning=pain) for day in range(20)]
        assert opened(CALM, constant[:14]) is None
        assert opened(CALM, constant[:17]) == usual
        assert opened(CALM, [*constant[:16], calm(16, pain + 2, pain=pain, flare=False)]) is None, "it rose"
        worse = [calm(day, pain + 2, pain=pain + 2, flare=False) for day in (16, 17, 18)]
        assert opened(CALM, [*constant[:16], *worse]) is None, "worse than usual"
        assert opened(CALM, [*constant[:16], calm(16, pain, pain=pain, flare=False, effort=8)]) is None


def test_restore_ends_after_two_weeks_with_every_target_reached_twice():
    assert opened(RESTORE, [core(day) for day in TWO_WEEKS[:6]]) is None, "not two weeks yet"
    assert opened(RESTORE, [core(day) for day in TWO_WEEKS], day=14) == (
        "you exercised on most of the planned days of the last two weeks and the last two times you did all"
        " of Core three basics and it hurt no more than before"
    )


LAST = {
    "half": core(11, share=0.5),
    "amber": core(11, worst=5),
    "nobody knows": core(11, worst=None),
    "nobody says how hard": core(11, effort=None),
    "too hard": core(11, effort=8),
    "hurt": core(11, ending=Ending.HURT),
    "a bad morning": core(11, pain=1, morning=3),
    "down the leg": core(11, leg=Leg.BACK, after_leg=Leg.THIGH),
    "two of four": core(11, routine=replace(START, steps=START.steps[:2])),
    "a smaller dose": core(11, routine=replace(START, steps=SHIPPED.load("core").steps)),
}


@for_each(LAST)
def test_a_target_that_was_not_reached_keeps_it_closed_until_it_is(name):
    before = [core(day) for day in TWO_WEEKS[:6]]
    assert opened(RESTORE, [*before, LAST[name]], day=14) is None
    assert opened(RESTORE, [*before, LAST[name], core(12), core(13)], day=14)


def test_pain_that_exercise_does_not_change_keeps_nothing_closed():
    for pain in range(8):
        sessions = [core(day, pain=pain, worst=pain, morning=pain, flare=False) for day in TWO_WEEKS]
        assert opened(RESTORE, sessions, day=14), pain


def test_a_day_counts_once_and_a_shorter_session_that_was_chosen_not_at_all():
    twice = [core(day, effort=8) for day in TWO_WEEKS]
    assert so_far(RESTORE, [*twice, core(12), core(12)], day=14) == (
        "two weeks of two done, and two good sessions in a row with all of Core three basics: one so far"
    )
    short = replace(core(12, share=0.5), asked=Asked(name=START.id, minutes=5))
    assert opened(RESTORE, [*[core(day) for day in TWO_WEEKS], short], day=14)


def test_more_than_was_written_is_enough():
    bigger = replace(START, steps=SHIPPED.load("core-three").steps)
    assert opened(RESTORE, [core(day, routine=bigger) for day in TWO_WEEKS], day=14)


WEEKS = Gate(weeks=4)
WAYS = {
    "nothing yet": (RESTORE, [], 0, "two weeks, and {}"),
    "one week": (RESTORE, [0, 2, 3, 5], 7, "one week of two done, and {}: done"),
    "a thin week": (
        RESTORE,
        [0, 3, 5],
        7,
        "two weeks (with four days of exercise in each), and {}: done",
    ),
    "two weeks, the second thin": (
        RESTORE,
        [0, 1, 2, 3, 4, 8, 10],
        14,
        "two weeks of two done, and {}: done",
    ),
    "every eighth day": (
        WEEKS,
        [0, 8, 16, 24],
        28,
        "four weeks (with four days of exercise in each), and two good sessions in a row: done",
    ),
    "done today": (RESTORE, [0, 1, 2, 4, 7, 8, 9, 13], 13, "two weeks of two done, and {}: done"),
    "not done today": (RESTORE, [0, 1, 2, 4, 7, 8, 9], 13, "one week of two done, and {}: done"),
    "some days later": (RESTORE, [0, 1, 2, 4, 7, 8, 9], 18, "two weeks of two done, and {}: done"),
    "after a lay-off": (
        RESTORE,
        [0, 1, 2, 4, 7, 8, 9, 11, 22],
        22,
        "two weeks (with four days of exercise in each), and {}: one so far",
    ),
    "where no routine is named": (
        WEEKS,
        [],
        0,
        "four weeks, and two good sessions in a row",
    ),
}


@for_each(WAYS)
def test_the_way_tells_how_far_it_is(name):
    gate, days, day, told = WAYS[name]
    sessions = [core(each) for each in days]
    twice = "two good sessions in a row with all of Core three basics"
    assert so_far(gate, sessions, day=day) == told.format(twice)
    whole = gate is RESTORE and told.startswith("two weeks of two done") and told.endswith("done")
    assert (opened(gate, sessions, day=day) is not None) is whole


def test_what_trains_counts_where_no_routine_is_named():
    """Walks do not say that training went well, and effort above seven closes the gate."""
    day_by_day = [week * 7 + day for week in range(4) for day in (0, 1, 3, 4)]
    walks = [replace(core(day), routine="walk") for day in day_by_day]
    assert opened(WEEKS, walks, day=28) is None
    good = (
        "you exercised on most of the planned days of the last four weeks and the last two sessions went well"
    )
    assert opened(WEEKS, [core(day) for day in day_by_day], day=28) == good
    assert (
        opened(WEEKS, [core(day, pain=5, worst=5, effort=8, flare=False) for day in day_by_day], day=28)
        is None
    )


def test_a_routine_that_is_not_there_any_more_opens_nothing():
    assert opened(RESTORE, [core(day) for day in TWO_WEEKS], day=14, routine=None) is None
