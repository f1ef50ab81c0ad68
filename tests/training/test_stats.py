"""Weeks, what they come to, and how answers change over them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from hypothesis import given
from hypothesis import strategies as st
from naming import naming

from voicecoach.journal.records import Asked, tally
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Sides
from voicecoach.session.listener import Ending
from voicecoach.training import limits, stats
from voicecoach.training.stats import Adherence, Extent, Trend, WeekCount, adherence, mean, trend, weeks_until

BIRD_DOG, CAT = map(Library.default().exercise, ("bird_dog", "cat_camel"))
WEEK = 7


def sunday(week):
    """The last day of a week, counted from 0."""
    return MONDAY + timedelta(WEEK * week + 6)


def weeks(*days, until=None, count=12, goal=2, earlier=False, **said):
    """The weeks of somebody who exercised so many days after a Monday."""
    sessions = [session_on(day, **said) for day in days]
    last = sunday(max(days, default=0) // WEEK) if until is None else MONDAY + timedelta(until)
    return weeks_until(last, count, sessions, goal, earlier=earlier)


def aborted(day):
    """A session that was ended before anything was done."""
    return replace(session_on(day), finished=False, seconds=3.0)


NOTHING = replace(sets_of(BIRD_DOG)[0], reps=0, seconds=0.0)
BEGUN = replace(NOTHING, seconds=1.0, ending=Ending.STOPPED)
STRETCH = replace(BEGUN, seconds=9.0, seconds_planned=20.0)
TRAINED = {
    "finished": {"finished": True},
    "one set": {"sets": sets_of(BIRD_DOG)[:1]},
    "one rep": {"sets": (replace(BEGUN, reps=1),)},
    "half of a stretch": {"sets": (replace(STRETCH, seconds=10.0),)},
    "a minute in parts": {"sets": (STRETCH,) * 7},
    "a first rep that hurt": {"sets": (replace(BEGUN, ending=Ending.HURT),)},
}
NOT_TRAINED = {
    "left at once": {},
    "a set that was not begun": {"sets": (NOTHING,)},
    "a moment of its first rep": {"sets": (BEGUN,)},
    "less than half of a stretch": {"sets": (STRETCH,)},
    "a set that was skipped": {"sets": (replace(BEGUN, reps=3, ending=Ending.SKIPPED),)},
}


def test_a_session_counts_when_something_was_done():
    for cases, counts in ((TRAINED, True), (NOT_TRAINED, False)):
        for name, change in cases.items():
            session = replace(aborted(0), **change)
            with naming(name):
                assert stats.trained(session) is counts
                assert bool(weeks_until(MONDAY, 12, [session], 3)) is counts


@pytest.mark.parametrize(
    ("days", "how", "expected"),
    [
        ((), {}, ""),
        ((9, 22), {}, "7:1* 14:0 21:1*"),  # from the Monday of the first session
        ((0, 7, 14, 21), {"count": 2}, "14:1 21:1*"),
        ((22,), {"until": 22, "count": 4, "earlier": True}, "0:0 7:0 14:0 21:1*"),
        ((30,), {"until": 10}, ""),  # a day to come is in no week
        ((0, 0), {}, "0:1*"),  # two sessions on a day are one day
    ],
)
def test_weeks_begin_on_mondays_with_the_first_session(days, how, expected):
    found = weeks(*days, **how)
    shown = [f"{(each.monday - MONDAY).days}:{each.days}{'' if each.whole else '*'}" for each in found]
    assert " ".join(shown) == expected


def test_who_began_earlier_has_weeks_without_a_session():
    assert [each.sessions for each in weeks_until(MONDAY, 2, [], 3, earlier=True)] == [(), ()]


def test_a_week_has_all_its_minutes_and_its_sessions_in_order():
    (week,) = weeks(3, 0, 0)
    assert (week.days, week.minutes, week.reached) == (2, 30.0, True)
    assert [each.day.weekday() for each in week.sessions] == [0, 0, 3]
    sets = sets_of(BIRD_DOG)  # of a session that was killed
    assert stats.length(replace(session_on(0, sets), seconds=0.0)) == sum(each.seconds for each in sets)


@pytest.mark.parametrize(
    ("days", "until", "expected"),
    [
        ((0,), 0, Adherence(0, 0)),
        ((0, 1), 1, Adherence(1, 1)),
        (
            (0, 2, 7, 14),
            20,
            Adherence(1, 2),
        ),  # the week that is going on counts only when it reached the goal
        ((0, 2, 7, 14, 16), 20, Adherence(2, 3)),
        ((0, 2, 7, 14), 21, Adherence(1, 3)),  # now it is over
        ((2, 7, 9), 14, Adherence(1, 1)),  # who began on a Wednesday did not have the whole week
        ((2, 3, 7, 9), 14, Adherence(2, 2)),  # but may have reached the goal all the same
        ((0, 1, 28), 34, Adherence(1, 4)),
    ],
)
def test_weeks_on_target(days, until, expected):
    assert adherence(weeks(*days, until=until)) == expected


def test_a_mean_is_that_of_all_answers_and_a_trend_compares_the_first_with_the_last_third():
    found = weeks(0, 1, pain=2) + weeks(7, pain=8)
    assert mean(found, lambda week: week.before) == 4.0
    assert mean((), lambda week: week.before) is None
    for pains, expected in {
        (0, 1, 2, 3, 4, 5, 6): Trend(0.5, 5.5),
        (): None,
        (1,): None,
        (1, 2): None,
        (None, 1, 2): None,
        (1, 2, None): None,
    }.items():
        days = [(WEEK * week, WEEK * week + 2, WEEK * week + 4) for week in range(len(pains))]
        found = sum((weeks(*three, pain=pain) for three, pain in zip(days, pains, strict=True)), ())
        with naming(pains):
            assert trend(found, lambda week: week.before) == expected


def test_a_week_is_not_compared_with_one_session():
    three = (0, 2, 4)
    first = (*weeks(*three, pain=3), *weeks(7, pain=2))
    (begun,) = weeks(21, pain=9, until=21)
    for others, expected in {
        weeks(14, pain=1): None,
        weeks(*(14 + day for day in three), pain=1): Trend(3.0, 1.0),
    }.items():
        assert trend((*first, *others, replace(begun, whole=False)), lambda week: week.before) == expected


def test_how_much_of_a_session_was_done():
    sets = sets_of(BIRD_DOG)
    skipped = sets_of(BIRD_DOG, ending=Ending.SKIPPED)
    for session, expected in {
        session_on(0, sets): Extent.FULL,
        session_on(0, sets, sets_of(CAT, ending=Ending.HURT)): Extent.HURT,
        session_on(0, skipped): Extent.PART,
        replace(session_on(0, sets), sets_planned=10): Extent.PART,  # the others were never begun
        replace(session_on(0, sets), finished=False): Extent.PART,
        replace(session_on(0), by_hand=True): Extent.FULL,
    }.items():
        assert stats.extent(session) is expected


def test_what_settles_a_day():
    """A part does not: neither one that was chosen, nor one that ended early or hurt; nothing is nothing."""
    sets, ended = sets_of(BIRD_DOG), sets_of(CAT, ending=Ending.HURT)
    whole = replace(session_on(0, sets), sets_planned=tally(sets).done)
    for session, expected in {
        whole: True,
        replace(whole, asked=Asked(name="core", side="left")): True,
        replace(session_on(0), by_hand=True): True,
        session_on(0): True,  # a talk that came to its end
        replace(whole, asked=Asked(name="core", only=("1",))): False,
        replace(whole, asked=Asked(name="core", start="2")): False,
        replace(whole, asked=Asked(name="core", sets=1)): False,
        replace(whole, asked=Asked(name="core", minutes=2.0)): False,
        replace(whole, sets=(*sets, *ended)): False,
        replace(session_on(0), sets=ended[-1:]): False,  # stopped by pain with no set
        replace(whole, sets_planned=10): False,
        replace(whole, finished=False): True,  # stopped after its last set
        replace(aborted(0), sets=(BEGUN,)): False,
    }.items():
        with naming(session):
            assert stats.is_whole(session) is expected
    for done, expected in ((7, False), (8, True)):
        some = sets_of(replace(BIRD_DOG, reps=(4,) * done, sides=Sides.BOTH))
        assert stats.is_whole(replace(session_on(0, some), sets_planned=10)) is expected


@pytest.mark.parametrize(
    ("sets", "planned", "whole"),
    [
        ([replace(STRETCH, seconds=16.0, sides=1)], 1, True),  # most of a walk, which is one set
        ([replace(STRETCH, seconds=15.0, sides=1)], 1, False),
        ([replace(BEGUN, reps=4, reps_planned=5, sides=1)], 1, True),
        ([replace(BEGUN, reps=4, reps_planned=5, ending=Ending.SKIPPED)], 1, False),
        ([replace(BEGUN, reps=3, reps_planned=0)], 1, False),  # as many as possible, and left
        (sets_of(BIRD_DOG)[:-1], 3, True),  # but one side of the last set
        ([sets_of(BIRD_DOG)[0]] * 9, 3, False),  # one set, begun anew
    ],
)
def test_of_a_set_that_was_left_its_part_counts(sets, planned, whole):
    session = replace(session_on(0), sets=tuple(sets), sets_planned=planned, finished=False)
    assert stats.is_whole(session) is whole


def test_pain_before_any_set_is_nothing():
    hurt = sets_of(CAT, ending=Ending.HURT)[-1:]
    for sets, expected in {
        hurt: False,
        (replace(hurt[0], reps=0, seconds=3.0),): False,
        (*sets_of(BIRD_DOG)[:1], *hurt): True,
        (replace(BEGUN, reps=1),): True,
    }.items():
        with naming(sets):
            assert stats.is_something(replace(aborted(0), sets=sets)) is expected
    assert stats.is_something(replace(session_on(0), by_hand=True))


def test_a_week_is_reached_when_each_routine_has_its_days():
    def found(*days, lacking):
        sessions = [session_on(day) for day in days]
        counted = WeekCount(frozenset(each.day for each in sessions), lacking)
        (week,) = weeks_until(sunday(0), 1, sessions, 3, count_days=lambda *_: counted)
        return week

    assert found(0, 1, 2, lacking=False).reached
    assert not found(0, 1, 2, lacking=True).reached
    assert not found(0, 1, lacking=False).reached


def test_answers_of_a_week_leave_out_who_said_nothing():
    sessions = [session_on(0, pain=3, morning=0, worst=None), session_on(1, worst=4, effort=None)]
    (week,) = weeks_until(sunday(0), 1, sessions, 3)
    assert (week.before, week.worst, week.morning, week.effort) == ((3,), (4,), (0,), (5,))


def test_what_hurt():
    assert stats.was_hurt(session_on(0, sets_of(BIRD_DOG), sets_of(BIRD_DOG, ending=Ending.HURT)))
    assert not stats.was_hurt(session_on(0, sets_of(BIRD_DOG, ending=Ending.SKIPPED)))


@pytest.mark.parametrize(
    ("said", "usual"),
    [
        ([(0, 2), (1, 3)], None),  # too few days
        ([(0, 2), (0, 2), (1, 2)], None),  # twice on a day is one day
        ([(0, 2), (0, 6), (1, 4), (1, 0), (2, 3)], 4),  # the most of each day
        ([(0, 2), (1, 3), (2, 4), (3, 5)], 3.5),
        ([(-1, 9), (0, 2), (1, 3), (2, 4), (28, 9)], 3),  # too long ago, and the day itself
        ([(0, 2), (1, 3), (2, None)], None),
    ],
)
def test_usual_pain_is_the_median_of_days(said, usual):
    by_day = stats.pain_by_day([session_on(day, pain=pain) for day, pain in said])
    day = MONDAY + timedelta(limits.USUAL_DAYS)
    assert stats.usual_pain(by_day, day) == usual
    assert stats.usual_pains({**by_day, day: 9})[day] == usual


@given(st.dictionaries(st.integers(0, 120), st.integers(0, 10)))
def test_usual_pain_of_all_days_is_that_of_each(said):
    by_day = {MONDAY + timedelta(day): said[day] for day in sorted(said)}
    assert stats.usual_pains(by_day) == {day: stats.usual_pain(by_day, day) for day in by_day}
