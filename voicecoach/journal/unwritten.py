"""Sessions that could not be written into the journal: each is kept in a file beside it, and taken in later.

Each file is a small journal that holds one session so far; it is rewritten as the session goes on.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from voicecoach.journal import rows
from voicecoach.journal.opening import connect_to_copy
from voicecoach.safefiles import make_file, make_folder

_Rows = Mapping[str, Sequence[rows.Row]]
"""The rows of each table of a session."""

_NAMED: Final = "unwritten"


def file_for(journal: Path, started: datetime) -> Path:
    """Return the file for a session that began at that moment."""
    moment = f"{started:%Y%m%d-%H%M%S}{started.microsecond // 1000:03}"
    return journal.with_name(f"{journal.stem}.{_NAMED}-{moment}{journal.suffix}")


def files(journal: Path) -> tuple[Path, ...]:
    """Return the files that wait beside a journal, earliest first."""
    with contextlib.suppress(OSError):
        return tuple(sorted(journal.parent.glob(f"{journal.stem}.{_NAMED}-*{journal.suffix}")))
    return ()


def keep(connection: sqlite3.Connection, file: Path) -> None:
    """Copy a journal in memory into ``file``, in place of what that had. Raises OSError or sqlite3.Error."""
    make_folder(file.parent)
    with tempfile.TemporaryDirectory(prefix=".voicecoach-", dir=file.parent) as folder:
        copy = Path(folder) / "copy.db"
        make_file(copy)
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
        copy.replace(file)


def take_in(connection: sqlite3.Connection, journal: Path) -> None:
    """Write the sessions that wait beside a journal into it, and remove their files.

    Doing so twice changes nothing. A file that is no journal stays. Raises sqlite3.Error.
    """
    for file in files(journal):
        try:
            with contextlib.closing(connect_to_copy(file)) as kept:
                sessions = [_parts(kept, row["id"]) for row in kept.execute("SELECT id FROM session")]
        except (OSError, ValueError, sqlite3.Error):
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            for parts in sessions:
                _put(connection, parts)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        with contextlib.suppress(OSError):
            file.unlink()


def _parts(kept: sqlite3.Connection, session: int) -> _Rows:
    return {
        table: [
            dict(row)
            for row in kept.execute(f"SELECT * FROM {table} WHERE {column} = ?", (session,))  # noqa: S608 - our own names
        ]
        for table, column in rows.TABLES.items()
    }


def _put(connection: sqlite3.Connection, parts: _Rows) -> None:
    """Write a session, instead of what there is of the same one."""
    (session,) = parts["session"]
    number = _same(connection, session)
    if number is None:
        row = {name: value for name, value in session.items() if name != "id"}
        number = connection.execute(*rows.insert("session", row)).lastrowid
    else:
        connection.execute(*rows.update("session", number, dict(session) | {"id": number}))
    pressed = {row["at"] for row in connection.execute("SELECT at FROM event WHERE session = ?", (number,))}
    for table, column in rows.TABLES.items():
        if table == "session":
            continue
        if table != "event":  # those from before an interruption are not in the file
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608 - as above
        for row in parts[table]:
            if table != "event" or row["at"] not in pressed:
                here = {name: value for name, value in row.items() if name != "id"} | {column: number}
                connection.execute(*rows.insert(table, here))


def _same(connection: sqlite3.Connection, session: rows.Row) -> Any:  # noqa: ANN401 - a number, or None
    found = connection.execute(
        "SELECT id FROM session WHERE started = :started AND routine = :routine AND NOT by_hand", session
    ).fetchone()
    return found and found["id"]
