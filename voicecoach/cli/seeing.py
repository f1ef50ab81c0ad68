"""Commands that show what the journal comes to: ``stats`` and ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from voicecoach.cli.printing import to_stderr

if TYPE_CHECKING:
    from datetime import date

    from voicecoach.training.stats import Week
    from voicecoach.training.variation import FindVariation

_EMPTY: Final = (
    "There is nothing to show yet, and that is fine: it begins with your first session, voicecoach play quick"
)
_MOST_WEEKS: Final = 104
"""Two years: more would not fit on a chart."""

Weeks = Annotated[
    int, typer.Option(metavar="N", min=1, max=_MOST_WEEKS, help="So many weeks back, with this one.")
]


def stats(*, weeks: Weeks = 12) -> None:
    """Show how often, how long and how it felt, week by week.

    Every week counts by itself; a missed one takes nothing from the others.
    """
    from voicecoach.cli.trends import trends  # noqa: PLC0415 - loaded when needed, here and below
    from voicecoach.clock import today  # noqa: PLC0415

    day = today().date()
    if found := _weeks(weeks, day):
        for line in trends(found, day, _forms()):
            typer.echo(line)


def report(
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page; an older one is replaced.")
    ] = Path("report.html"),
    weeks: Weeks = 12,
    name: Annotated[str, typer.Option(metavar="NAME", help="Yours, for the top of the page.")] = "",
) -> None:
    """Write a page for your physiotherapist.

    How often, how much, what hurts, what changed and why: one HTML file that prints on two sheets.
    """
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.clock import today  # noqa: PLC0415
    from voicecoach.errors import FileError, UsageError  # noqa: PLC0415
    from voicecoach.pages.report import Report, page  # noqa: PLC0415
    from voicecoach.safefiles import write  # noqa: PLC0415

    path = output.expanduser()
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"'{output}' is not the name of an HTML page. End it in .html.")
    day = today().date()
    found = _weeks(weeks, day)
    if not found:
        return
    html = page(Report(weeks=found, today=day, name=name, forms=_forms(), rules=coach.rules()))
    try:
        write(path, html)
    except OSError as error:
        raise FileError(f"The report cannot be written to {output}: {error.strerror or error}.") from error
    typer.echo(f"Your report is in {output}: open it in a browser, and print it or save it as PDF there.")


def _weeks(count: int, day: date) -> tuple[Week, ...]:
    """The last weeks; when there is nothing in them, the person is told so and there are none."""
    from voicecoach.journal import store  # noqa: PLC0415
    from voicecoach.training.stats import WEEK, monday_of, weeks_until  # noqa: PLC0415

    if not store.begun():
        typer.echo(_EMPTY)
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
        typer.echo(_EMPTY)
    else:
        from voicecoach.language.dates import day_in_full  # noqa: PLC0415

        back = (monday_of(day) - monday_of(latest.day)) // WEEK + 1
        more = f" To look further back: --weeks {back}." if count < back <= _MOST_WEEKS else ""
        typer.echo(f"Your last session was on {day_in_full(latest.day)}. Good to have you back.{more}")
    return ()


def _goal() -> int:
    """Days a week: those of the person's plan, or the usual ones when they follow none."""
    from voicecoach.app import plan  # noqa: PLC0415
    from voicecoach.errors import UsageError, VoicecoachError  # noqa: PLC0415
    from voicecoach.training.stats import USUAL_GOAL  # noqa: PLC0415
    from voicecoach.training.week import goal_days  # noqa: PLC0415

    try:
        return goal_days(plan.following().phase)
    except UsageError:
        return USUAL_GOAL
    except VoicecoachError as error:
        to_stderr(f"{error} So a goal of {USUAL_GOAL} days a week is taken here.")
        return USUAL_GOAL


def _forms() -> FindVariation:
    """Exercises of the library by key, each read once; None for what is not there or has mistakes."""
    from functools import cache  # noqa: PLC0415

    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.errors import VoicecoachError  # noqa: PLC0415
    from voicecoach.routine.model import Exercise  # noqa: PLC0415

    library = coach.library()

    @cache
    def find(key: str) -> Exercise | None:
        try:
            return library.exercise(key)
        except VoicecoachError:
            return None

    return find
