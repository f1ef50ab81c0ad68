"""``voicecoach stats``: a calendar of the last weeks, and what they come to."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Final

import typer

from voicecoach.cli.journal_weeks import Weeks, exercises_by_key, weeks_until_today
from voicecoach.clock import today
from voicecoach.language.dates import counted, hours, one, past_day, short_day
from voicecoach.session.listener import Ending
from voicecoach.text import clean
from voicecoach.training.dose_history import name_of
from voicecoach.training.stats import (
    Answers,
    Week,
    adherence,
    leg_rose,
    length,
    mean,
    trend,
    trend_weeks,
    was_hurt,
)
from voicecoach.training.variation import FindVariation

_WIDTH: Final = 80
_NAMES: Final = 12
"""Columns before what a line says."""
_PAINS: Final[dict[str, Answers]] = {
    "before": lambda week: week.before,
    "worst": lambda week: week.worst,
    "next morning": lambda week: week.morning,
}
_HEAD: Final = "        M T W T F S S    days   minutes  pain: before  worst  morning  effort"
_LEGEND: Final = "x done   / part of it   ! stopped because it hurt   * week on target"


def stats(*, weeks: Weeks = 12) -> None:
    """Show how often, how long and how it felt, week by week.

    Every week counts by itself; a missed one takes nothing from the others.
    """
    day = today().date()
    if found := weeks_until_today(weeks, day):
        for line in trends(found, day, exercises_by_key()):
            typer.echo(line)


def _effort(week: Week) -> tuple[int, ...]:
    return week.effort


def trends(weeks: Sequence[Week], today: date, forms: FindVariation) -> Iterator[str]:
    """The lines of the whole; ``weeks`` hold at least one session. ``forms`` knows the names of exercises."""
    yield _HEAD
    for week in weeks:
        yield _row(week, today).rstrip()
    yield ""
    yield _LEGEND
    yield ""
    yield from _filled("On target", _on_target(weeks))
    sessions = [session for week in weeks for session in week.sessions]
    minutes = sum(map(length, sessions)) / 60
    each = f"{round(minutes / len(sessions))} min each"
    yield from _filled("Time", f"{hours(minutes)} in {counted(len(sessions), 'session')}, {each}")
    yield from _filled("Pain", _pain(weeks))
    yield from _filled("Effort", _from_to(weeks, _effort) or "not said")
    if any(trend(weeks, answers) for answers in (*_PAINS.values(), _effort)):
        part = trend_weeks(weeks)
        which = "week" if part == 1 else f"{part} weeks"
        yield f"{'':{_NAMES}}(from, to: means of the first and the last {which})"
    if hurt := _hurt(weeks, today, forms):
        yield from _filled("Hurt", hurt)
    if rose := sum(map(leg_rose, sessions)):
        yield from _filled(
            "Leg",
            f"pain went further down the leg in {counted(rose, 'session')}. If that goes on, or you feel"
            " numb or weak there, ask a doctor: voicecoach safety",
        )


def _row(week: Week, today: date) -> str:
    marks = " ".join(_mark(week, week.monday + timedelta(days=number), today) for number in range(7))
    days = f"{week.days} of {week.goal}{'*' if week.reached else ' '}"
    answers = (week.before, week.worst, week.morning, week.effort)
    before, worst, morning, effort = (one(fmean(said) if said else None) for said in answers)
    return (
        f"{short_day(week.monday):<7} {marks}  {days:>7} {round(week.minutes):>8}"
        f"  {before:>12}  {worst:>5}  {morning:>7}  {effort:>6}"
    )


def _mark(week: Week, day: date, today: date) -> str:
    """One character for a day; days to come are blank."""
    sessions = [each for each in week.sessions if each.day == day]
    if not sessions:
        return " " if day > today else "."
    if any(map(was_hurt, sessions)):
        return "!"
    return "x" if any(each.finished for each in sessions) else "/"


def _on_target(weeks: Sequence[Week]) -> str:
    goal = f"goal: {counted(weeks[-1].goal, 'day')} a week"
    so_far = f"this week {counted(weeks[-1].days, 'day')} so far"
    reached, of = adherence(weeks)
    return f"{reached} of {counted(of, 'week')} ({goal}); {so_far}" if of else f"{so_far} ({goal})"


def _pain(weeks: Sequence[Week]) -> str:
    said = ((what, _from_to(weeks, answers)) for what, answers in _PAINS.items())
    return ", ".join(f"{what} {told}" for what, told in said if told) or "not said"


def _from_to(weeks: Sequence[Week], answers: Answers) -> str:
    """``"from 4.3 to 1.8"``, one mean when there is too little for a trend, or nothing."""
    if found := trend(weeks, answers):
        return f"from {one(found.first)} to {one(found.last)}"
    one_mean = mean(weeks, answers)
    return "" if one_mean is None else one(one_mean)


def _hurt(weeks: Sequence[Week], today: date, forms: FindVariation) -> str:
    """Each exercise that was ended because it hurt, in how many sessions, and when the last time."""
    days: dict[str, dict[int, date]] = {}
    for session in (session for week in weeks for session in week.sessions):
        for done in session.sets:
            if done.ending is Ending.HURT:
                days.setdefault(done.exercise, {})[session.id] = session.day
    often = sorted(days.items(), key=lambda item: -len(item[1]))
    return ", ".join(
        f"{clean(name_of(key, forms))} ({counted(len(on), 'time')}, last on {last})"
        for key, on in often
        for last in (past_day(max(on.values()), today),)
    )


def _filled(name: str, text: str) -> list[str]:
    return textwrap.wrap(f"{name:<{_NAMES}}{text}", _WIDTH, subsequent_indent=" " * _NAMES)
