"""``voicecoach stats``: a calendar of the last weeks and their sums. ``report`` gets its weeks here too."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app import plan, prepare
from voicecoach.app.plan import Following
from voicecoach.cli import page, table
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.values import whole
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.journal import store
from voicecoach.journal.records import Session
from voicecoach.language.dates import counted, day_in_full, hours, one, past_day, short_day
from voicecoach.language.phrases import Phrases
from voicecoach.paragraph import columns
from voicecoach.routine.region import Region, of_region
from voicecoach.session.listener import Ending
from voicecoach.settings import file
from voicecoach.text import clean
from voicecoach.training import limits
from voicecoach.training.dose_history import name_of
from voicecoach.training.leg import leg_courses
from voicecoach.training.stats import (
    WEEK,
    Answers,
    Count,
    Extent,
    Week,
    WeekCount,
    adherence,
    every_day,
    extent,
    length,
    mean,
    monday_of,
    trend,
    trend_weeks,
    weeks_until,
    whole_days,
)
from voicecoach.training.variation import FindVariation
from voicecoach.training.week_goal import done as done_of
from voicecoach.training.week_goal import week_goal
from voicecoach.training.week_plan import goal_days
from voicecoach.training.words import routine_goal

_HEADINGS: Final = ("marks", "days", "minutes", "before", "worst", "morning", "effort")
_WHOLE: Final = 80
"""Columns that the calendar with all its figures takes."""
_INDENT: Final = 12
"""Columns before what a line says."""
_PAINS: Final[dict[str, Answers]] = {
    "before": lambda week: week.before,
    "worst": lambda week: week.worst,
    "morning": lambda week: week.morning,
}


def stats(*, weeks: Weeks = 12) -> None:
    """Show how often, how long and how it felt, week by week.

    Every week counts by itself; a missed one takes nothing from the others.
    """
    day, say, followed = cli.clock.today(), file.own_phrases(), functools.cache(_followed)
    if found := weeks_until_today(weeks, day, say, followed=followed):
        _show_calendar(found, day, say)
        page.show(f"\n{say.part('stats.legend')}\n")
        on_target, *others = trends(found, day, prepare.exercises_by_key(), say)
        for line in (on_target, *_by_routine(followed(), day, say), *others):
            page.show(line, hang=_INDENT)


def _by_routine(following: Following | None, day: date, say: Phrases) -> Iterator[str]:
    """Yield how this week goes for each routine of the person's plan."""
    for number, each in enumerate(plan.week_so_far(following, day, to_stderr).asked):
        told = say.words(routine_goal(each))
        yield say.part("stats.routine" if number else "stats.first_routine", week=told)


def _effort(week: Week) -> tuple[int, ...]:
    return week.effort


def trends(weeks: Sequence[Week], today: date, find_variation: FindVariation, say: Phrases) -> Iterator[str]:
    """Yield what ``weeks`` with at least one session come to; ``find_variation`` knows exercise names."""
    yield _on_target(weeks, say)
    sessions = [session for week in weeks for session in week.sessions]
    minutes = sum(map(length, sessions)) / 60
    done, each = counted(len(sessions), "session", say), str(round(minutes / len(sessions)))
    yield say.part("stats.time", time=hours(minutes, say), sessions=done, n=each)
    not_said = say.part("stats.not_said")
    yield say.part("stats.pain", pain=_pain(weeks, say) or not_said)
    yield say.part("stats.effort", effort=_from_to(weeks, _effort, say) or not_said)
    if any(trend(weeks, answers) for answers in (*_PAINS.values(), _effort)):
        part = trend_weeks(weeks)
        yield say.part("stats.means", int(part != 1), n=str(part))
    if hurt := _hurt(weeks, today, find_variation, say):
        yield say.part("stats.hurt", exercises=hurt)
    if rose := sum(each.rose_in for each in leg_courses(of_region(sessions, Region.BACK))):
        yield say.part("stats.leg", sessions=counted(rose, "session", say))


def _show_calendar(weeks: Sequence[Week], today: date, say: Phrases) -> None:
    """Print a row for each week; in a narrow terminal first its days, then its figures."""
    headings = ("", *(say.part(f"stats.head.{name}") for name in _HEADINGS))
    rows = [_row(week, today, say) for week in weeks]
    width = columns(sys.stdout)
    if width is None or width >= _WHOLE:
        table.show(rows, headings=headings, right=range(2, len(headings)))
        return
    table.show([row[:3] for row in rows], headings=headings[:3], right=(2,), flows=0)
    page.show()
    table.show(
        [(row[0], *row[3:]) for row in rows],
        headings=(headings[0], *headings[3:]),
        right=range(1, len(headings)),
    )


def _row(week: Week, today: date, say: Phrases) -> tuple[str, ...]:
    days = (week.monday + timedelta(days=number) for number in range(7))
    marks = " ".join(say.part(f"stats.marks.{_mark(week, day, today)}") for day in days)
    goal = say.part("report.of", n=str(week.days), of=str(week.goal)) + ("*" if week.reached else " ")
    answers = (week.before, week.worst, week.morning, week.effort)
    means = (one(fmean(said) if said else None, say) for said in answers)
    return (short_day(week.monday, say), marks, goal, str(round(week.minutes)), *means)


def _mark(week: Week, day: date, today: date) -> str:
    """Return the name of the one character for a day."""
    sessions = [each for each in week.sessions if each.day == day]
    if not sessions:
        return "to_come" if day > today else "missed"
    found = set(map(extent, sessions))
    if Extent.HURT in found:
        return "hurt"
    return "done" if Extent.FULL in found else "part"


def _on_target(weeks: Sequence[Week], say: Phrases) -> str:
    goal, days = (counted(count, "day", say) for count in (weeks[-1].goal, weeks[-1].days))
    reached, of = adherence(weeks)
    if not of:
        return say.part("stats.begun", goal=goal, days=days)
    return say.part("stats.target", n=str(reached), weeks=counted(of, "week", say), goal=goal, days=days)


def _pain(weeks: Sequence[Week], say: Phrases) -> str:
    said = ((what, _from_to(weeks, answers, say)) for what, answers in _PAINS.items())
    return ", ".join(say.part(f"stats.{what}", pain=told) for what, told in said if told)


def _from_to(weeks: Sequence[Week], answers: Answers, say: Phrases) -> str:
    """``"from 4.3 to 1.8"``, one mean when there is too little for a trend, or nothing."""
    if found := trend(weeks, answers):
        return say.part("stats.from_to", first=one(found.first, say), last=one(found.last, say))
    one_mean = mean(weeks, answers)
    return "" if one_mean is None else one(one_mean, say)


def _hurt(weeks: Sequence[Week], today: date, find_variation: FindVariation, say: Phrases) -> str:
    """Each exercise that was ended because it hurt, in how many sessions, and when the last time."""
    days: dict[str, dict[int, date]] = {}
    for session in (session for week in weeks for session in week.sessions):
        for done in session.sets:
            if done.ending is Ending.HURT:
                days.setdefault(done.exercise, {})[session.id] = session.day
    often = sorted(days.items(), key=lambda item: -len(item[1]))
    return ", ".join(
        say.part("stats.stopped", name=clean(name_of(key, find_variation)), times=times, day=last)
        for key, on in often
        for times in (counted(len(on), "time", say),)
        for last in (past_day(max(on.values()), today, say),)
    )


MOST_WEEKS: Final = 104
"""Two years: more would not fit on a chart."""

Weeks = Annotated[
    int,
    typer.Option(metavar="N", parser=whole(1, MOST_WEEKS), help="How many weeks back, including this one."),
]


def _followed() -> Following | None:
    """Return the person's plan; None when they follow none, or none that can be read, which is told."""
    try:
        return plan.following()
    except UsageError:
        return None
    except VoicecoachError as error:
        to_stderr(f"{error} So a goal of {limits.USUAL_GOAL} days a week is taken here.")
        return None


def weeks_until_today(
    count: int,
    day: date,
    say: Phrases,
    start: date | None = None,
    followed: Callable[[], Following | None] = _followed,
) -> tuple[Week, ...]:
    """Return the last weeks, or none after telling the person that there is nothing in them.

    From the week of ``start`` on, sessions count since that day. ``followed`` returns the person's plan.
    """
    if not store.begun():
        page.show(say("stats.empty"))
        return ()
    since = start or monday_of(day) - (count - 1) * WEEK
    with store.Journal.open_to_read(store.file(), to_stderr) as journal:
        sessions = journal.sessions(since)
        earlier = journal.count() > len(sessions)
        latest = journal.latest(day)
    following = followed()
    goal, begun = _goal(following, sessions, day)
    counts = _counting(following, day) if following else every_day
    weeks = weeks_until(
        day, count, sessions, goal, begun=begun, earlier=earlier, count_days=counts, start=start
    )
    if any(week.sessions for week in weeks):
        return weeks
    if latest is None or not earlier:
        page.show(say("stats.empty"))
    else:
        back = (monday_of(day) - monday_of(latest.day)) // WEEK + 1
        further = say("stats.further_since", day=latest.day.isoformat()) if start else ""
        further = further or say("stats.further", n=str(back))
        more = (further,) if (start is not None or count < back) and back <= MOST_WEEKS else ()
        page.show(" ".join([say("stats.away", day=day_in_full(latest.day, say)), *more]))
    return ()


def _goal(
    following: Following | None, sessions: Sequence[Session], day: date
) -> tuple[int, tuple[date, int] | None]:
    """Days a week: those of the person's plan, or the usual ones when they follow none.

    The week in which the phase began has a goal of its own.
    """
    if following is None:
        return limits.USUAL_GOAL, None
    since = following.own.since
    sunday = min(monday_of(since) + timedelta(6), day)
    begun = week_goal(following.week, since, done_of(following.week, sessions, sunday), sunday)
    return goal_days(following.week), (monday_of(since), begun.of)


def _counting(following: Following, day: date) -> Count:
    """Return what counts the days of a week: since the plan's phase began by its routines."""
    since = following.own.since

    def count(sessions: Sequence[Session], monday: date) -> WeekCount:
        if monday < monday_of(since):
            return whole_days(sessions, monday)
        sunday = min(monday + timedelta(6), day)
        so_far = done_of(following.week, sessions, sunday)
        return WeekCount(so_far.whole, week_goal(following.week, since, so_far, sunday).lacking)

    return count
