"""What the person adds and corrects by hand, kept so that it can be taken back exactly.

Only the columns that a correction changes are kept, and only they are set back: what was written of the
session meanwhile stays. All functions raise sqlite3.Error, and belong into a transaction.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from voicecoach.journal import rows
from voicecoach.journal.records import Session, Undone


def added(connection: sqlite3.Connection, session: int, at: datetime) -> None:
    """Note that a session was added by hand."""
    connection.execute(*rows.insert("correction", rows.of_correction(session, at, None)))


def correct(connection: sqlite3.Connection, before: Session, after: Session, at: datetime) -> None:
    """Write what differs between two records of a session; nothing when it is no longer there."""
    changed = rows.changed(before, after)
    if (row := _row(connection, before.id)) is not None:
        old = {name: row[name] for name in changed}
        connection.execute(*rows.insert("correction", rows.of_correction(before.id, at, old)))
        connection.execute(*rows.update("session", before.id, changed))


def undo(connection: sqlite3.Connection) -> Undone | None:
    """Take back the last change; None when there is none. Raises ValueError for one that makes no sense."""
    last = connection.execute("SELECT * FROM correction ORDER BY id DESC LIMIT 1").fetchone()
    if last is None:
        return None
    was = rows.to_session(_row(connection, last[rows.SESSION_OF]), (), ())
    connection.execute("DELETE FROM correction WHERE id = ?", (last["id"],))
    if last["before"] is None:
        connection.execute("DELETE FROM session WHERE id = ?", (was.id,))
        return Undone(was, None)
    connection.execute(*rows.update("session", was.id, rows.to_before(last["before"], was)))
    return Undone(was, rows.to_session(_row(connection, was.id), (), ()))


def _row(connection: sqlite3.Connection, session: int) -> Any:  # noqa: ANN401 - what the cursor gives
    return connection.execute("SELECT * FROM session WHERE id = ?", (session,)).fetchone()
