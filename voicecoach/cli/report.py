"""``voicecoach report``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app import returned, weakness, wishes
from voicecoach.cli import html_file, options
from voicecoach.cli import page as page_text
from voicecoach.cli.days import since_called
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.stats import MOST_WEEKS, weeks_until_today
from voicecoach.cli.values import whole
from voicecoach.errors import UsageError
from voicecoach.journal.records import Session
from voicecoach.language import phrases
from voicecoach.pages.report import Report, page
from voicecoach.settings.table import SessionSettings
from voicecoach.training.exercise_log import History
from voicecoach.training.stats import WEEK, monday_of, weeks_until

_WEEKS: Final = 12
"""How many weeks it tells of when nobody says."""


@options.settings("language")
def report(
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page; an older one is replaced.")
    ] = Path("report.html"),
    weeks: Annotated[
        int | None,
        typer.Option(
            metavar="N", parser=whole(1, MOST_WEEKS), help="How many weeks back, including this one (12)."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Since when instead, such as your last visit: 2026-09-14, or '3 weeks'."
        ),
    ] = None,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="Yours, or that of the patient, for the top of the page.")
    ] = "",
    records: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER",
            help="Report on the records in this folder, which came back from a patient's pages, instead of on"
            " your journal.",
        ),
    ] = None,
    chosen: SessionSettings,
) -> None:
    """Write a page for your physiotherapist.

    What there is to decide, each exercise, how often, how much, what hurts, what changed and why: one HTML
    file that prints on two sheets at most.
    """
    html_file.place_of(output)
    now = cli.clock.moment()
    day, spoken = now.date(), chosen.language
    start = _start(since, weeks, day)
    count = weeks or _WEEKS
    if start is not None:
        count = (monday_of(day) - monday_of(start)) // WEEK + 1
    if records is None:
        found = weeks_until_today(count, day, phrases.load(spoken), start)
        used = wishes.in_use(to_stderr, now) if found else None
        said = weakness.said(to_stderr)
    else:
        sessions = _returned(records, now)
        found = weeks_until(day, count, sessions, 0, start=start)
        said = returned.weakness_in(sessions)
        used = wishes.in_use_of(History(sessions=sessions, weakness=said), day)
        if not found:
            page_text.show(f"There is no record of a session in {records} for that time.")
    if not found or used is None:
        return
    contents = Report(
        weeks=found,
        today=day,
        name=name,
        find_variation=used.find_variation,
        weakness=said,
        language=spoken,
        history=used.history,
        plans=used.plans,
        since=start,
    )
    html_file.keep("report", page(contents), output)


def _returned(folder: Path, now: datetime) -> tuple[Session, ...]:
    """Return the sessions in a folder of records, and say what is left out of it. Raises FileError."""
    found = returned.gathered(folder, now)
    for sentence in found.left_out:
        to_stderr(sentence)
    return found.sessions


def _start(since: str | None, weeks: int | None, today: date) -> date | None:
    """Return the day since when it is told; None for so many weeks. Raises UsageError."""
    if since is None:
        return None
    if weeks is not None:
        raise UsageError("Say '--since' or '--weeks', not both.")
    start = since_called(since, today)
    if (monday_of(today) - monday_of(start)) // WEEK >= MOST_WEEKS:
        raise UsageError(f"{start.isoformat()} is more than two years ago, which is as far as a report goes.")
    return start
