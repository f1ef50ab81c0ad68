"""Weeks, what they come to, and how answers change over them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.journal.records import Before, Felt, Leg
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending
from voicecoach.training import stats
from voicecoach.training.stats import Adherence, Trend, adherence, mean, trend, weeks_until

BIRD_DOG = Library.default().exercise("bird_dog")
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


def test_no_session_makes_no_week():
    assert weeks() == ()


def test_sessions_in_which_nothing_was_done_make_no_week():
    assert weeks_until(MONDAY, 12, [aborted(0), aborted(3)], 3) == ()


@pytest.mark.parametrize(
    "change",
    [{"finished": True}, {"sets": sets_of(BIRD_DOG)[:1]}],
    ids=["finished", "one set"],
)
def test_a_session_counts_when_something_was_done(change):
    assert stats.trained(replace(aborted(0), **change))


def test_a_set_that_was_not_begun_is_nothing_done():
    nothing = replace(sets_of(BIRD_DOG)[0], reps=0, seconds=0.0)
    assert not stats.trained(replace(aborted(0), sets=(nothing,)))


def test_weeks_begin_on_mondays_with_the_first_session():
    assert [each.monday for each in weeks(9, 22)] == [MONDAY + timedelta(day) for day in (7, 14, 21)]


def test_no_more_weeks_than_were_asked_for():
    assert [each.monday for each in weeks(0, 7, 14, 21, count=2)] == [
        MONDAY + timedelta(day) for day in (14, 21)
    ]


def test_who_began_earlier_has_every_week_though_nothing_was_done_in_it():
    found = weeks(22, until=22, count=4, earlier=True)
    assert [each.days for each in found] == [0, 0, 0, 1]
    assert [each.whole for each in found] == [True, True, True, False]


def test_earlier_sessions_alone_make_empty_weeks():
    assert [each.sessions for each in weeks_until(MONDAY, 2, [], 3, earlier=True)] == [(), ()]


def test_sessions_of_a_day_to_come_are_in_no_week():
    assert weeks(30, until=10) == ()


def test_two_sessions_on_a_day_are_one_day_but_all_their_minutes():
    (week,) = weeks(0, 0)
    assert (week.days, week.minutes, week.reached) == (1, 20.0, False)


def test_sessions_of_a_week_come_in_order():
    (week,) = weeks(3, 0, 2)
    assert [each.day.weekday() for each in week.sessions] == [0, 2, 3]


def test_a_session_that_was_killed_lasted_as_long_as_its_sets():
    sets = sets_of(BIRD_DOG)
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


def test_a_mean_is_that_of_all_answers():
    found = weeks(0, 1, pain=2) + weeks(7, pain=8)
    assert mean(found, lambda week: week.before) == 4.0
    assert mean((), lambda week: week.before) is None


def test_a_trend_compares_the_first_with_the_last_third():
    found = sum((weeks(WEEK * week, pain=week) for week in range(7)), ())
    assert stats.trend_weeks(found) == 2
    assert trend(found, lambda week: week.before) == Trend(0.5, 5.5)


@pytest.mark.parametrize("pains", [(), (1,), (1, 2), (None, 1, 2), (1, 2, None)])
def test_no_trend_without_enough_answers(pains):
    found = sum((weeks(WEEK * week, pain=pain) for week, pain in enumerate(pains)), ())
    assert trend(found, lambda week: week.before) is None


def test_the_worst_pain_and_the_effort_of_a_session():
    sets = (
        *sets_of(BIRD_DOG, felt=Felt(worst_pain=4, effort=6))[:1],
        *sets_of(BIRD_DOG, felt=Felt(worst_pain=5, effort=3))[:1],
    )
    assert stats.worst_pain(session_on(0, sets, worst=2)) == 5
    assert stats.worst_pain(session_on(0, sets, worst=7)) == 7
    assert stats.effort(session_on(0, sets, effort=None)) == 6
    assert stats.effort(session_on(0, sets, effort=2)) == 2  # what was said of the whole goes first
    silent = session_on(0, worst=None, effort=None)
    assert (stats.worst_pain(silent), stats.effort(silent)) == (None, None)


def test_answers_of_a_week_leave_out_who_said_nothing():
    sessions = [session_on(0, pain=3, morning=0, worst=None), session_on(1, worst=4, effort=None)]
    (week,) = weeks_until(sunday(0), 1, sessions, 3)
    assert (week.before, week.worst, week.morning, week.effort) == ((3,), (4,), (0,), (5,))


def test_what_hurt():
    assert stats.was_hurt(session_on(0, sets_of(BIRD_DOG), sets_of(BIRD_DOG, ending=Ending.HURT)))
    assert not stats.was_hurt(session_on(0, sets_of(BIRD_DOG, ending=Ending.SKIPPED)))


@pytest.mark.parametrize(
    ("before", "after", "rose"),
    [
        (Leg.THIGH, Leg.KNEE, True),
        (Leg.THIGH, Leg.THIGH, False),
        (Leg.CALF, Leg.BACK, False),
        (None, Leg.FOOT, False),
        (Leg.NONE, None, False),
    ],
)
def test_whether_the_leg_got_worse(before, after, rose):
    assert stats.leg_rose(session_on(0, leg=before, after_leg=after)) is rose
    of_a_set = sets_of(BIRD_DOG, felt=Felt(leg=after))
    assert stats.leg_rose(session_on(0, of_a_set, leg=before)) is rose


def test_how_far_down_a_leg():
    assert stats.furthest_leg([session_on(0, leg=Leg.BACK), session_on(1, after_leg=Leg.KNEE)]) is Leg.KNEE
    assert stats.furthest_leg([replace(session_on(0), before=Before(leg=Leg.NONE))]) is Leg.NONE
    assert stats.furthest_leg([session_on(0)]) is None
