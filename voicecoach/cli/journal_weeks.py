"""The last weeks of the journal, for ``stats`` and ``report``."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Final

import typer

from voicecoach.app import plan, prepare
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.journal import store
from voicecoach.language.dates import day_in_full
from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Exercise
from voicecoach.training.stats import USUAL_GOAL, WEEK, Week, monday_of, weeks_until
from voicecoach.training.variation import FindVariation
from voicecoach.training.week import goal_days

_MOST_WEEKS: Final = 104
"""Two years: more would not fit on a chart."""

Weeks = Annotated[
    int, typer.Option(metavar="N", min=1, max=_MOST_WEEKS, help="So many weeks back, with this one.")
]


def weeks_until_today(count: int, day: date, say: Phrases) -> tuple[Week, ...]:
    """Return the last weeks, or none after telling the person that there is nothing in them."""
    if not store.begun():
        typer.echo(say("stats.empty"))
        return ()
    since = monday_of(day) - (count - 1) * WEEK
    with store.Journal.open_to_read(store.file(), to_stderr) as journal:
        sessions = journal.sessions(since)
        earlier = journal.count() > len(sessions)
        latest = journal.latest()
    weeks = weeks_until(day, count, sessions, _goal(), earlier=earlier)
    if any(week.sessions for week in weeks):
        return weeks
    if latest is None or not earlier:
        typer.echo(say("stats.empty"))
    else:
        back = (monday_of(day) - monday_of(latest.day)) // WEEK + 1
        more = (say("stats.further", n=str(back)),) if count < back <= _MOST_WEEKS else ()
        typer.echo(" ".join([say("stats.away", day=day_in_full(latest.day, say)), *more]))
    return ()


def _goal() -> int:
    """Days a week: those of the person's plan, or the usual ones when they follow none."""
    try:
        return goal_days(plan.following().phase)
    except UsageError:
        return USUAL_GOAL
    except VoicecoachError as error:
        to_stderr(f"{error} So a goal of {USUAL_GOAL} days a week is taken here.")
        return USUAL_GOAL


def exercises_by_key() -> FindVariation:
    """Exercises of the library by key, each read once; None for what is not there or has mistakes."""
    library = prepare.library()

    @cache
    def find(key: str) -> Exercise | None:
        try:
            return library.exercise(key)
        except VoicecoachError:
            return None

    return find
