"""Which exercises the person has met, and which routines they have finished.

The journal's sets and sessions say so. The table ``met`` adds what they do not: exercises done in sessions
that are not written down, without their day, and what the files of version 0.1.0 knew.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.safefiles import is_file, read, set_aside


class Kind(StrEnum):
    """The kinds of things that can be met."""

    EXERCISE = "exercise"
    """Met once a set of it was heard to its end."""
    ROUTINE = "routine"
    """Met once it was finished, when played by its name rather than from a file."""
    LESSON = "lesson"
    """Met once the coach has told it."""


class Meeting(NamedTuple):
    """How often something was done, and when last."""

    times: int
    """In how many sessions."""
    last: datetime | None
    """In UTC; None when the last session is not in the journal, so that its day is not known."""


Notice = Callable[[str], None]

_OLD: Final = {Kind.EXERCISE: "met.json", Kind.ROUTINE: "done.json"}
"""The files of version 0.1.0, beside the journal."""
_LARGEST: Final = 10_000_000
"""The most bytes of such a file [own choice]."""
_MOST: Final = 1_000_000
"""Larger numbers of times make no sense [own choice]."""

_WRITTEN: Final = {
    Kind.EXERCISE: """
        SELECT exercise AS name, count(DISTINCT session) AS times, max(at) AS last, max(session) AS place
        FROM set_done WHERE ending = 'done' GROUP BY exercise""",
    Kind.ROUTINE: """
        SELECT routine AS name, count(*) AS times, max(coalesce(ended, started)) AS last, max(id) AS place
        FROM session WHERE finished AND coalesce(json_extract(asked, '$.name'), routine) = routine
        GROUP BY routine""",
    Kind.LESSON: "SELECT '' AS name, 0 AS times, NULL AS last, 0 AS place WHERE FALSE",
}
"""Selects what the journal knows of each kind; ``place`` is the number of the last session."""

_NOW: Final = "(SELECT coalesce(max(id), 0) + 0.5 FROM session)"
"""The place after the newest session in the journal and before the next one."""


def meetings(connection: sqlite3.Connection, kind: Kind) -> dict[str, Meeting]:
    """Return what was met of a kind, by its key. Raises sqlite3.Error, or ValueError for nonsense."""
    found = connection.execute(
        # Beside one max(), SQLite takes a bare column from the row that has it (sqlite.org/lang_select.html).
        f"""SELECT name, sum(times), last, max(place) FROM (
                {_WRITTEN[kind]} UNION ALL SELECT name, times, last, place FROM met WHERE kind = ?
            ) GROUP BY name""",  # noqa: S608 - a constant of this module
        (kind,),
    )
    return {name: Meeting(times, last and datetime.fromisoformat(last)) for name, times, last, _ in found}


def meet(connection: sqlite3.Connection, exercises: Iterable[str]) -> None:
    """Note exercises done just now in a session that is not written down. Raises sqlite3.Error."""
    with _together(connection):
        for key in set(exercises):
            _add(connection, Kind.EXERCISE, key, Meeting(1, None), newest=True)


def learn(connection: sqlite3.Connection, lesson: str) -> None:
    """Note that the coach has told a lesson. Raises sqlite3.Error."""
    with _together(connection):
        _add(connection, Kind.LESSON, lesson, Meeting(1, None), newest=True)


def take_old_files(connection: sqlite3.Connection, folder: Path, notice: Notice | None = None) -> None:
    """Take over what the old files in ``folder`` add; doing so twice changes nothing.

    With ``notice`` the files are then renamed, and it gets a line for each damaged one. Raises sqlite3.Error.
    """
    for kind, path in old_files(folder):
        try:
            old, why = _read(path, kind), "taken"
        except (OSError, ValueError):
            old, why = {}, "damaged"
        with _together(connection):
            known = meetings(connection, kind)
            for name, (times, last) in old.items():
                before, seen = known.get(name, (0, None))
                newest = not before or (seen is not None and last > seen)
                if newest or times > before:
                    _add(connection, kind, name, Meeting(max(0, times - before), last), newest=newest)
        if notice:
            with contextlib.suppress(OSError):
                aside = set_aside(path, why=why)
                if why == "damaged":
                    notice(f"{path} was damaged and is now {aside.name}: exercises may be explained anew.")


def old_files(folder: Path) -> tuple[tuple[Kind, Path], ...]:
    """Return the files of version 0.1.0 in ``folder``, each with its kind."""
    return tuple((kind, path) for kind, name in _OLD.items() if is_file(path := folder / name))


def _read(path: Path, kind: Kind) -> dict[str, tuple[int, datetime]]:
    """Return times and last moment by name. Raises OSError, or ValueError when the file makes no sense."""
    try:
        entries = dict(json.loads(read(path, _LARGEST)))
        if kind is Kind.ROUTINE:
            entries = {name: {"times": 1, "last": last} for name, last in entries.items()}
        return {name: _old(**entry) for name, entry in entries.items() if name.encode()}
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _old(*, times: int, last: str) -> tuple[int, datetime]:
    moment = datetime.fromisoformat(last)
    if type(times) is not int or not 1 <= times <= _MOST or moment.tzinfo is None:
        raise ValueError(f"{times} times, last {last}")
    return times, moment


def _add(connection: sqlite3.Connection, kind: Kind, name: str, meeting: Meeting, *, newest: bool) -> None:
    last = meeting.last and meeting.last.astimezone(UTC).isoformat(timespec="milliseconds")
    connection.execute(
        f"""INSERT INTO met VALUES (?, ?, ?, ?, {_NOW if newest else 0})
            ON CONFLICT DO UPDATE SET times = times + excluded.times,
                last = iif(excluded.place >= place, excluded.last, last), place = max(place, excluded.place)
        """,  # noqa: S608 - a constant of this module
        (kind, name, meeting.times, last),
    )


@contextlib.contextmanager
def _together(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit everything in the block together, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
