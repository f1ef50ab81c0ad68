"""What is due, in words. Nothing that was missed is mentioned, for it is forgiven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from voicecoach.journal.programme.week import Due, Standing
from voicecoach.routine.programme import Activity, ProgrammePhase, Weekday

Names = Mapping[str, str]
"""What each routine is called, such as "Core three (about 21 minutes)"."""

_LISTED = 7
"""Days ahead that a day of the week names without doubt."""


def agenda(due: Due, names: Names) -> Iterator[str]:
    """What to do today, or when next; the most important line first."""
    if due.sore and not due.sore_done:
        yield (f"Today, gently: {names[due.sore]}. On sore days that is enough, and better than rest alone.")
    elif due.sore:
        yield f"{names[due.sore]} is done for today. Once more later is fine, if it does you good."
    elif due.now:
        first, *others = due.now
        yield f"Today: {names[first.activity.routine]}, {count(first)}."
        for each in others:
            yield f"Also today: {names[each.activity.routine]}, {count(each)}."
    else:
        yield f"{_praise(due)} {_next(due, names)}"


def proposal(phase: ProgrammePhase, coming: ProgrammePhase, why: str) -> str:
    """That the next phase may begin, and how to say yes or no."""
    return (
        f"You may go on from '{phase.name}' to '{coming.name}': {why}. To do so: voicecoach plan phase"
        f" {coming.name}. To stay: voicecoach plan phase {phase.name}."
    )


def count(standing: Standing) -> str:
    """How much of the week's goal is done: ``"1 of 3 days this week"``."""
    return f"{standing.done} of {_days(standing.goal)} this week"


def week(activity: Activity, on: Iterable[Weekday]) -> str:
    """How often, and on which days: ``"3 days a week: Mon, Wed, Fri"``."""
    if activity.days == len(Weekday):
        return "every day"
    gap = ", not on days in a row" if activity.apart == 2 else f", {activity.apart} days apart"
    named = ", ".join(day.name.capitalize() for day in on)
    return f"{_days(activity.days)} a week{gap if activity.apart > 1 else ''}: {named}"


def day_name(day: date, today: date) -> str:
    """A day to come: ``"tomorrow"``, ``"on Friday"`` or ``"on 12 March"``."""
    ahead = (day - today).days
    if ahead == 1:
        return "tomorrow"
    return f"on {day:%A}" if ahead < _LISTED else f"on {day.day} {day:%B}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _praise(due: Due) -> str:
    if all(each.reached for each in due.standings):
        return "This week's goal is reached."
    if any(each.today for each in due.standings):
        return "Nothing more is due today."
    return "Nothing is due today: enjoy a free day."


def _next(due: Due, names: Names) -> str:
    coming = due.next
    named = " and ".join(names[each.activity.routine] for each in coming)
    return f"Next: {named}, {day_name(coming[0].next, due.day)}."
