"""The journal's tables, as the steps by which a file of any earlier version becomes one of this version.

A step is never changed once it was released: add another one at the end, and keep a file of the version
before it for the tests.
"""

from __future__ import annotations

import sqlite3
from typing import Final

APPLICATION: Final = 0x766F6361
"""Stands in the file's header ("voca"), so that another program's database is not taken for a journal."""

_FELT: Final = """
    worst_pain INTEGER CHECK (worst_pain BETWEEN 0 AND 10),
    effort INTEGER CHECK (effort BETWEEN 0 AND 10),
    leg INTEGER CHECK (leg BETWEEN 0 AND 5),
    form_ok INTEGER CHECK (form_ok IN (0, 1))
"""

STEPS: Final = (
    (
        f"""CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            routine TEXT NOT NULL,
            version TEXT NOT NULL,
            started TEXT NOT NULL,
            day TEXT NOT NULL,
            planned REAL NOT NULL,
            sets_planned INTEGER NOT NULL,
            ended TEXT,
            seconds REAL NOT NULL,
            finished INTEGER NOT NULL,
            as_written INTEGER NOT NULL,
            by_hand INTEGER NOT NULL,
            pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10),
            leg_before INTEGER CHECK (leg_before BETWEEN 0 AND 5),
            next_morning INTEGER CHECK (next_morning BETWEEN 0 AND 10),
            comment TEXT NOT NULL,
            {_FELT})""",
        "CREATE INDEX session_day ON session (day)",
        f"""CREATE TABLE set_done (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            exercise TEXT NOT NULL,
            written TEXT NOT NULL,
            set_number INTEGER NOT NULL,
            sets INTEGER NOT NULL,
            block INTEGER NOT NULL,
            side TEXT NOT NULL,
            reps INTEGER NOT NULL,
            reps_planned INTEGER NOT NULL,
            seconds REAL NOT NULL,
            seconds_planned REAL,
            hold REAL,
            lowering REAL,
            load REAL NOT NULL,
            tempo REAL NOT NULL,
            ending TEXT NOT NULL,
            at TEXT NOT NULL,
            {_FELT})""",
        "CREATE INDEX set_done_session ON set_done (session)",
        "CREATE INDEX set_done_written ON set_done (written, session)",
        """CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            at TEXT NOT NULL,
            what TEXT NOT NULL,
            command TEXT NOT NULL,
            why TEXT NOT NULL)""",
        "CREATE INDEX event_session ON event (session)",
        """CREATE TABLE decision (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            written TEXT NOT NULL,
            exercise TEXT NOT NULL,
            dose TEXT,
            level TEXT,
            change TEXT NOT NULL,
            reason TEXT NOT NULL,
            advice TEXT NOT NULL,
            based_on TEXT NOT NULL)""",
        "CREATE INDEX decision_session ON decision (session)",
        "CREATE INDEX decision_written ON decision (written, session)",
        """CREATE TABLE choice (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            written TEXT NOT NULL,
            wish TEXT NOT NULL,
            dose TEXT)""",
        """CREATE TABLE correction (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            at TEXT NOT NULL,
            before TEXT)""",
        "CREATE INDEX correction_session ON correction (session)",
    ),
    (
        "ALTER TABLE session ADD COLUMN asked TEXT",
        "ALTER TABLE set_done ADD COLUMN sides INTEGER NOT NULL DEFAULT 1",
    ),
    ("ALTER TABLE session ADD COLUMN course TEXT",),
)
"""Statements of each step; the first makes version 1 of an empty file."""

LATEST: Final = len(STEPS)


def version(connection: sqlite3.Connection) -> int:
    """The version of the file; 0 when it is empty. Raises ValueError for another program's database."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION:
        return found
    if found == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        return 0
    raise ValueError("not a journal")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the latest version, all steps or none; another program may do so at the same time.

    Raises sqlite3.Error or ValueError. A file that is newer already is left as it is.
    """
    if version(connection) >= LATEST:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {max(LATEST, version(connection))}")
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
