"""``voicecoach history``: the sessions as a table, or one of them with everything in it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import typer

from voicecoach.cli.days import EXPECTED, day_called
from voicecoach.clock import today
from voicecoach.display.cells import pad, width_of
from voicecoach.errors import UsageError
from voicecoach.journal.export import Outcome, as_csv, as_json, outcome
from voicecoach.journal.records import NOTHING, Session, Tally
from voicecoach.journal.store import Journal

USUAL: Final = 20
"""Sessions in a table when nothing else is asked for: a screen full."""
EMPTY: Final = (
    "There is nothing in your journal yet. It begins with your first session: voicecoach play quick\n"
    "What you did elsewhere is noted with: voicecoach log"
)
_HEADINGS: Final = ("no", "day", "time", "routine", "min", "sets", "pain", "effort", "ended")
_TO_THE_RIGHT: Final = {"no", "min", "sets", "pain", "effort"}
_ROUTINE: Final = _HEADINGS.index("routine")
_NARROWEST: Final = 80
"""Columns of the narrowest terminal that the table is made for."""


@dataclass(frozen=True)
class Wanted:
    """Which sessions, and how many of them at most (None: as many as is usual)."""

    which: str | None
    since: str | None
    limit: int | None


def show(journal: Journal, wanted: Wanted) -> None:
    """Print the table, or the sessions that were named. Raises UsageError or JournalError."""
    if wanted.which is not None:
        from voicecoach.cli.sessionpage import page  # noqa: PLC0415 - the list starts faster without

        for session in _named(journal, wanted):
            typer.echo("\n".join(page(session, journal.events(session.id))))
        return
    since = _since(wanted)
    limit = USUAL if wanted.limit is None else wanted.limit or None
    sessions = journal.newest(limit, since)
    if not sessions:
        _say_nothing_found(journal, since)
        return
    tallies = journal.tallies(min(session.day for session in sessions))
    typer.echo("\n".join(_table(sessions, tallies)))
    if len(sessions) < (there := journal.count(since)):
        typer.echo(f"\nThe last {len(sessions)} of {there} sessions; all of them: --limit 0")


def export(journal: Journal, wanted: Wanted, *, as_table: bool) -> None:
    """Print the sessions for other programs, as CSV or JSON. Raises UsageError or JournalError."""
    sessions = _named(journal, wanted) if wanted.which is not None else _all(journal, wanted)
    if as_table:
        typer.echo(
            as_csv(sessions).encode(), nl=False
        )  # its line ends, and its letters, are not the terminal's
    else:
        full = ((session, journal.events(session.id)) for session in sessions)
        typer.echo(json.dumps(as_json(full), indent=2))


def _all(journal: Journal, wanted: Wanted) -> tuple[Session, ...]:
    """All sessions with their sets, latest first."""
    newest = journal.newest(wanted.limit or None, _since(wanted))
    if not newest:
        return ()
    found = {session.id: session for session in journal.sessions(min(each.day for each in newest))}
    return tuple(found[each.id] for each in newest if each.id in found)


def find(journal: Journal, number: str) -> Session:
    """The session with that number, or the last one. Raises UsageError."""
    if number.strip().lower() == "last":
        found = journal.latest()
    elif re.fullmatch(r"\d{1,18}", number.strip(), re.ASCII):
        found = journal.session(int(number))
    else:
        raise UsageError(f"'{number}' is not the number of a session: 'voicecoach history' shows them.")
    if found is None:
        raise UsageError(f"There is no session {number} in your journal: 'voicecoach history' shows them.")
    return found


def _named(journal: Journal, wanted: Wanted) -> tuple[Session, ...]:
    """One session by its number, or all of a day."""
    which = wanted.which or ""
    if wanted.since is not None or wanted.limit is not None:
        raise UsageError("Name one session or day, or choose some with --since and --limit, not both.")
    if which.strip().lower() == "last" or re.fullmatch(r"\s*\d+\s*", which, re.ASCII):
        return (find(journal, which),)
    try:
        day = day_called(which, today().date())
    except UsageError:
        raise UsageError(
            f"'{which}' is neither the number of a session, nor 'last', nor a day ({EXPECTED})."
        ) from None
    if found := tuple(each for each in journal.sessions(day) if each.day == day):
        return found
    raise UsageError(f"There is no session on {day.isoformat()}: 'voicecoach history' shows all.")


def _since(wanted: Wanted) -> date | None:
    return None if wanted.since is None else day_called(wanted.since, today().date())


def _say_nothing_found(journal: Journal, since: date | None) -> None:
    if since is None or not journal.count():
        typer.echo(EMPTY)
    else:
        typer.echo(f"There is no session since {since.isoformat()}. All of them: voicecoach history")


def _table(sessions: tuple[Session, ...], tallies: Mapping[int, Tally]) -> Iterator[str]:
    rows = [_HEADINGS, *(_row(session, tallies.get(session.id, NOTHING)) for session in sessions)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[_ROUTINE] = max(width_of(row[_ROUTINE]) for row in rows)  # the only one a person writes
    room = max(_NARROWEST, shutil.get_terminal_size((_NARROWEST, 24)).columns) - 2 * (len(widths) - 1)
    widths[_ROUTINE] = min(widths[_ROUTINE], room - sum(widths) + widths[_ROUTINE])
    for row in rows:
        cells = [
            cell.rjust(width) if heading in _TO_THE_RIGHT else cell.ljust(width)
            for heading, cell, width in zip(_HEADINGS, row, widths, strict=True)
        ]
        cells[_ROUTINE] = pad(row[_ROUTINE], widths[_ROUTINE])
        yield "  ".join(cells).rstrip()


def _row(session: Session, sets: Tally) -> tuple[str, ...]:
    seconds = session.seconds or sets.seconds  # of one that was cut off only the sets are known
    worst = [pain for pain in (session.after.worst_pain, sets.worst_pain) if pain is not None]
    effort = sets.effort if session.after.effort is None else session.after.effort
    how = outcome(session)
    return (
        str(session.id),
        session.day.isoformat(),
        "" if how is Outcome.BY_HAND else f"{session.started.astimezone():%H:%M}",
        session.routine,
        str(max(1, round(seconds / 60))) if seconds else "-",
        "" if how is Outcome.BY_HAND and not sets.done else _sets(sets.done, session.sets_planned),
        f"{_or_dash(session.before.pain)}/{_or_dash(max(worst, default=None))}",
        _or_dash(effort),
        f"{how}, hurt" if sets.hurt else str(how),
    )


def _sets(done: int, planned: int) -> str:
    return f"{done}/{planned}" if planned else str(done)


def _or_dash(number: int | None) -> str:
    return "-" if number is None else str(number)
