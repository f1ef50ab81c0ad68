"""What is due on which day."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes.journal import MONDAY, session_on
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language import phrases
from voicecoach.paths import shipped
from voicecoach.routine.files.library import Library
from voicecoach.routine.programme import Activity, PhaseName, ProgrammePhase, Weekday
from voicecoach.training import words
from voicecoach.training.readiness import Today
from voicecoach.training.week import due, goal_days, spread

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
LONG_AGO = MONDAY - timedelta(weeks=10)
SORE = "calm-mini"


class Names(dict):
    def __missing__(self, key):
        return key.capitalize()


def phase(*activities):
    return ProgrammePhase(name=PhaseName.BUILD, activities=activities)


def core(days=3, **more):
    return Activity(routine="core", days=days, **more)


def on(day, *, done=(), since=LONG_AGO, what=None, pains=()):
    """What is due so many days after a Monday, when core was done on those days."""
    sessions = sorted(
        [
            *(done_on(each, "core") for each in done),
            *(done_on(each, "walk", pain=pain) for each, pain in pains),
        ],
        key=lambda session: session.day,
    )
    today = Today(day=MONDAY + timedelta(day))
    return due(what or phase(core()), since, SORE, sessions, today)


def done_on(day, routine, **said):
    return replace(session_on(day, **said), routine=routine)


def said(*args, **named):
    return list(words.agenda(on(*args, **named), Names(), phrases.load()))


@pytest.mark.parametrize(
    ("days", "apart", "expected"),
    [
        (1, 1, (MON,)),
        (2, 1, (MON, THU)),
        (2, 2, (MON, THU)),
        (3, 1, (MON, WED, FRI)),
        (3, 2, (MON, WED, FRI)),
        (4, 1, (MON, TUE, THU, SAT)),
        (5, 1, (MON, TUE, WED, THU, SAT)),
        (7, 1, tuple(Weekday)),
    ],
)
def test_days_are_spread_over_the_week(days, apart, expected):
    assert spread([core(days, apart=apart)]) == (expected,)


def test_what_comes_later_takes_the_free_days():
    walk, ball = Activity(routine="walk", days=3), Activity(routine="ball", days=2)
    assert spread([core(), walk]) == ((MON, WED, FRI), (TUE, THU, SAT))
    assert spread([core(), walk, ball])[2] == (WED, SUN)
    assert spread([core(on=(TUE, THU, SAT)), walk])[1] == (MON, WED, FRI)


def test_a_week_in_which_nothing_is_missed():
    days, done = [], []
    for day in range(14):
        if on(day, done=done).routines:
            days.append(day)
            done.append(day)
    assert days == [0, 2, 4, 7, 9, 11]


def test_a_missed_day_is_made_up_for():
    assert on(0).routines == on(1).routines == ("core",)
    assert on(2, done=[1]).routines == ("core",)
    assert on(3, done=[1, 2]).routines == ()
    assert on(4, done=[1, 2]).routines == ("core",)


def test_a_missed_week_is_forgiven():
    (standing,) = on(7).standings
    assert (standing.done, standing.goal, standing.next) == (0, 3, MONDAY + timedelta(7))
    assert on(7, done=[0]).standings == on(7, done=[0, 2, 4]).standings


def test_two_days_apart_are_two_days_apart():
    strong = phase(core(2, apart=2))
    assert on(1, done=[0], what=strong).routines == ()
    assert on(3, done=[2], what=strong).routines == ()
    assert on(4, done=[2], what=strong).routines == ("core",)
    assert on(7, done=[6], what=strong).routines == (), "nor from one week to the next"


def test_a_goal_that_is_reached_stays_reached():
    assert on(5, done=[0, 1, 2]).routines == ()
    assert said(5, done=[0, 1, 2]) == ["This week's goal is reached. Next: Core, on Monday."]
    assert said(6, done=[0, 1, 2]) == ["This week's goal is reached. Next: Core, tomorrow."]


def test_the_first_week_asks_for_no_more_than_is_left_of_it():
    thursday = MONDAY + timedelta(3)
    (standing,) = on(3, since=thursday).standings
    assert (standing.goal, standing.next) == (2, thursday), "it begins at once, and on Friday"
    (standing,) = on(6, since=MONDAY + timedelta(6)).standings
    assert standing.goal == 1
    walk = Activity(routine="walk", days=3)
    assert on(3, since=thursday, what=phase(core(), walk)).standings[1].goal == 2, "Thursday and Saturday"


def test_what_was_done_before_the_phase_counts_for_no_goal_but_for_the_rest_after_it():
    strong = phase(core(2, apart=2))
    (standing,) = on(3, done=[2], since=MONDAY + timedelta(3), what=strong).standings
    assert (standing.done, standing.next) == (0, MONDAY + timedelta(4))


def test_several_things_are_due_in_the_order_of_the_phase():
    both = phase(core(7), Activity(routine="walk", days=2))
    found = on(0, what=both)
    assert found.routines == ("core", "walk")
    assert said(0, what=both) == [
        "Today: Core, 0 of 7 days this week.",
        "Also today: Walk, 0 of 2 days this week.",
    ]


def test_a_free_day_is_said_kindly():
    assert said(1, done=[0]) == ["Nothing is due today: enjoy a free day. Next: Core, tomorrow."]
    assert said(0, done=[0]) == ["Nothing more is due today. Next: Core, on Wednesday."]
    weekly = phase(core(1))
    assert said(0, done=[0], what=weekly) == ["This week's goal is reached. Next: Core, on 9 March."]


def test_a_flare_asks_for_the_sore_routine_only():
    flared = on(0, pains=[(-1, 7)])
    assert flared.routines == (SORE,)
    assert said(0, pains=[(-1, 7)]) == [
        "Today, gently: Calm-mini. On sore days that is enough, and better than rest alone."
    ]
    assert on(3, pains=[(-1, 7)]).routines == ("core",), "after three days"


def test_the_sore_routine_is_due_once_a_day():
    sessions = [done_on(0, SORE, pain=7)]
    found = due(phase(core()), LONG_AGO, SORE, sessions, Today(day=MONDAY))
    assert (found.sore, found.routines) == (SORE, ())
    assert list(words.agenda(found, Names(), phrases.load())) == [
        "Calm-mini is done for today. Once more later is fine, if it does you good."
    ]


def test_a_session_in_which_nothing_was_done_is_none():
    empty = replace(done_on(0, "core"), finished=False)
    found = due(phase(core()), LONG_AGO, SORE, [empty], Today(day=MONDAY))
    assert found.routines == ("core",)


def test_how_often_in_words():
    assert words.week(core(), (MON, WED, FRI), phrases.load()) == "3 days a week: Mon, Wed, Fri"
    assert (
        words.week(core(2, apart=2), (MON, THU), phrases.load())
        == "2 days a week, not on days in a row: Mon, Thu"
    )
    assert words.week(core(2, apart=3), (MON, THU), phrases.load()) == "2 days a week, 3 days apart: Mon, Thu"
    assert words.week(core(1), (MON,), phrases.load()) == "1 day a week: Mon"
    assert words.week(core(7), tuple(Weekday), phrases.load()) == "every day"


def test_the_shipped_programme_has_every_phase_and_never_stretches_only():
    back = Library((shipped("routines"),)).programme("back")
    assert [each.name for each in back.phases] == list(PhaseName)
    assert [each.gate is None for each in back.phases] == [False, False, False, True]
    for each in back.phases:
        first = Library((shipped("routines"),)).load(each.activities[0].routine)
        assert each.name.number in first.phases
        assert first.id != "daily-stretch"
        assert any(activity.routine == "walk" for activity in each.activities)
        assert 2 <= goal_days(each) <= 7
    assert 1 in Library((shipped("routines"),)).load(back.sore).phases


@st.composite
def activities(draw):
    apart = draw(st.integers(1, 7))
    days = draw(st.integers(1, 7 // apart))
    routine = draw(st.sampled_from(["core", "walk", "strong-back", "ball-steady"]))
    return Activity(routine=routine, days=days, apart=apart)


phases = st.lists(activities(), min_size=1, max_size=4, unique_by=lambda each: each.routine).map(
    lambda found: phase(*found)
)


@given(phases, st.integers(0, 20), st.lists(st.booleans(), min_size=42, max_size=42), st.data())
def test_whoever_does_what_is_due_never_does_more_than_the_goal(what, since, comes, data):
    """Six weeks of somebody who does all that is due on the days on which they come, and sometimes more."""
    began = MONDAY + timedelta(since)
    sessions, done = [], {}
    for day in (MONDAY + timedelta(number) for number in range(42)):
        found = due(what, began, SORE, sessions, Today(day=day))
        assert found == due(what, began, SORE, tuple(sessions), Today(day=day))
        for each in found.standings:
            assert day <= each.next <= max(day, began) + timedelta(14)
            assert each.done <= each.goal <= each.activity.days
            assert each.reached or day < began or each.next - day < timedelta(14)
        for each in found.now:
            days = done.setdefault(each.activity.routine, [])
            assert day >= began
            assert all((day - other).days >= each.activity.apart for other in days)
            if comes[(day - MONDAY).days]:
                days.append(day)
                sessions.append(done_on(day, each.activity.routine))
    for activity in what.activities:
        weeks = [each.isocalendar()[:2] for each in done.get(activity.routine, ())]
        assert all(weeks.count(week) <= activity.days for week in weeks)


@given(phases)
def test_whoever_misses_nothing_reaches_every_goal(what):
    sessions = []
    for day in (MONDAY + timedelta(number) for number in range(28)):
        found = due(what, MONDAY, SORE, sessions, Today(day=day))
        sessions += [done_on(day, each.activity.routine) for each in found.now]
        if day.weekday() == SUN:
            evening = due(what, MONDAY, SORE, sessions, Today(day=day))
            assert all(each.done == each.activity.days for each in evening.standings)
            assert evening.now == ()


GUILT = re.compile(
    r"miss|fail|behind|late\b|only|should|must|have to|streak|lost|skip|sorry|unfortunately|again",
    re.IGNORECASE,
)


@given(phases, st.sets(st.integers(0, 40)), st.integers(0, 45), st.booleans())
def test_no_sentence_blames(what, done, day, sore):
    pains = [(day - 1, 8)] if sore and day else []
    for line in said(day, done=done, what=what, pains=pains, since=MONDAY - timedelta(7)):
        assert not GUILT.search(line)
        assert line == line.strip()
        assert line.endswith(".")


def test_a_plan_that_begins_later_is_not_due_before():
    assert on(0, since=date(2026, 3, 5)).routines == ()
