"""Writes what is in the file of a journal, whoever made it, into a fresh journal.

Nothing of the file's own schema comes along, and none of its SQL runs: values are read from the tables and
columns that a journal of its version has, and written into tables that our own statements make. How long that
takes is bounded by the size of the file.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from voicecoach.errors import JournalError
from voicecoach.journal.met import Kind, meetings
from voicecoach.journal.opening import migrate
from voicecoach.journal.records import Session
from voicecoach.journal.store import Journal
from voicecoach.plain import plain
from voicecoach.routine.dose import Dose
from voicecoach.safefiles import make_file
from voicecoach.text import clean
from voicecoach.timeline import saved_plan
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.timeline.steps import works

LARGEST: Final = 500_000_000
"""The most bytes of a journal that are read [own choice]; ten years of daily sessions have about 20 MB."""
_LONGEST: Final = 10_000_000
"""The most bytes of one value [own choice]; the longest that we write are the plans of sessions."""
_MOST: Final = 1_000_000
"""Larger numbers make no sense [own choice]: as seconds it would be eleven days."""
_LAST: Final = 1_000_000_000
"""The largest number of a row [own choice]."""
_ROWS: Final = {"id", "session", "place", "seq"}
"""The columns with numbers of rows, or that count on after them."""
_REPS: Final = 10_000
"""No set, dose or plan has more reps or steps [own choice]: with those a session takes minutes to begin."""
_YEARS: Final = range(1900, 2500)
"""The years of moments that make sense, also where a clock was wrong [own choice]."""
_STEPS_AT_LEAST: Final = 5_000_000
_STEPS_A_BYTE: Final = 50
"""How many steps of SQLite's machine reading a file may take [own choice]: it takes about one a byte."""
_LONGEST_SQL: Final = 20_000
"""The most letters of a statement in its schema [own choice]; our longest has 1,200."""
_STEPS_OF_SCHEMA: Final = 5000
"""How many of them reading its schema may take [own choice]: for each table and index about ten."""
_GLANCE: Final = 100
"""How many steps there are between two looks at how many there were."""

_KINDS: Final[Mapping[str, tuple[type, ...]]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}
_TABLE: Final = re.compile(r"CREATE TABLE\b")
_SUSPICIOUS: Final = re.compile(r"^[\[{].*(?:NaN|Infinity|\d{7}|\d[eE])", re.DOTALL)
"""What there is in each JSON with a number that is too large, and hardly ever elsewhere."""
_NO_JSON: Final = {"comment", "before", "removed"}
"""The columns with a text that may begin as JSON does: a person's own, and rows that are looked at later."""
_READING: Final = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA}
_SAFE: Final = ("trusted_schema = OFF", "query_only = ON", "ignore_check_constraints = ON", "mmap_size = 0")
_SEQUENCE: Final = "sqlite_sequence"
"""SQLite's table of the highest numbers that were given, so that none is given again."""

_Columns = Mapping[str, Mapping[str, str]]
"""The columns of each table, with the type of each."""


class Transcript(NamedTuple):
    """What was written into a fresh journal."""

    days: tuple[date, ...]
    """The day of each session, earliest first."""
    left_out: tuple[str, ...]
    """What else there was in the file, in words."""


def transcribe(source: Path, fresh: Path, version: int) -> Transcript:
    """Write what the journal ``source`` says, of that version, into a new one in ``fresh``.

    Raises sqlite3.Error, ValueError or JournalError for a file that is damaged, or holds what we would not
    have written; ``source`` may change, so it has to be a copy.
    """
    make_file(fresh)
    with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as ours:
        ours.row_factory = sqlite3.Row
        migrate(ours, to=version)
        columns = _columns(ours)
        with contextlib.closing(_opened(source)) as theirs:
            left_out = _others(theirs, {**columns, _SEQUENCE: {"name": "", "seq": ""}})
            ours.execute("BEGIN")
            for table, kinds in columns.items():
                _copy(theirs, ours, table, kinds)
            _count_on(theirs, ours, columns)
            ours.execute("COMMIT")
        if ours.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.DatabaseError("it is damaged")
        migrate(ours)
        left_out += _without_what_fails_later(ours, fresh)
        return Transcript(_read(Journal(ours, fresh), ours), tuple(left_out))


def marks(source: Path) -> tuple[int, int]:
    """Return the number of the program that wrote a file, and the version of its format.

    Raises sqlite3.Error.
    """
    with contextlib.closing(_opened(source)) as theirs:
        application: int = theirs.execute("PRAGMA application_id").fetchone()[0]
        version: int = theirs.execute("PRAGMA user_version").fetchone()[0]
    return application, version


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file so that nothing in it can do anything. Raises sqlite3.Error."""
    theirs = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        theirs.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        theirs.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_SQL)
        theirs.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for each in _SAFE:
            theirs.execute(f"PRAGMA {each}")
        theirs.set_authorizer(_allowed)
        theirs.set_progress_handler(_ending_after(_STEPS_OF_SCHEMA), _GLANCE)
        theirs.execute("SELECT 1 FROM sqlite_master").fetchone()  # SQLite reads the schema first
        sizes = (each.stat().st_size for each in path.parent.glob(f"{path.name}*"))  # also of what is beside
        theirs.set_progress_handler(_ending_after(_STEPS_AT_LEAST + _STEPS_A_BYTE * sum(sizes)), _GLANCE)
    except BaseException:
        theirs.close()
        raise
    return theirs


def _allowed(action: int, _one: str | None, _two: str | None, _base: str | None, inside: str | None) -> int:
    """Allow nothing but reading, and that only when no view or trigger does it."""
    return sqlite3.SQLITE_OK if action in _READING and inside is None else sqlite3.SQLITE_DENY


def _ending_after(steps: int) -> Callable[[], bool]:
    """Return what ends a query once there were so many steps."""
    left = iter(range(steps // _GLANCE))
    return lambda: next(left, None) is None


def _columns(ours: sqlite3.Connection) -> _Columns:
    """Return the tables of a journal as our own statements have made it."""
    tables = ours.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> ?", (_SEQUENCE,))
    return {
        table: {each["name"]: each["type"] for each in ours.execute(f"PRAGMA table_info({table})")}
        for (table,) in tables.fetchall()
    }


def _others(theirs: sqlite3.Connection, columns: _Columns) -> list[str]:
    """Name what is in the file beside our tables.

    Raises sqlite3.Error when one of those is missing, damaged or something else than a table.
    """
    there: set[str] = set()
    others: list[str] = []
    schema = theirs.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
    for kind, name, of, root, sql in schema:
        if name in columns:
            if kind != "table" or not root or not _TABLE.match(sql) or name in there:
                raise sqlite3.DatabaseError(f"its '{name}' is no table of a journal")
            there.add(name)
        elif not name.startswith("sqlite_") and not (kind == "index" and of in columns):
            others.append(f"the {clean(kind)} '{clean(name)}'")
    for table, kinds in columns.items():
        if table not in there:
            raise sqlite3.DatabaseError(f"no such table: {table}")
        found = theirs.execute(f"PRAGMA table_xinfo({table})").fetchall()
        if missing := kinds.keys() - {name for _, name, *_ in found}:
            raise sqlite3.DatabaseError(f"no such column: {min(missing)}")
        if any(hidden for *_, hidden in found):
            raise sqlite3.DatabaseError(f"a column of '{table}' is computed")
        if theirs.execute(f"PRAGMA quick_check({table})").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("it is damaged")
    return others


def _copy(theirs: sqlite3.Connection, ours: sqlite3.Connection, table: str, kinds: Mapping[str, str]) -> None:
    """Copy the values of a table. Raises sqlite3.Error, or ValueError for one that makes no sense."""
    names = ", ".join(kinds)
    marks = ", ".join("?" * len(kinds))
    found = theirs.execute(f"SELECT {names} FROM main.{table} NOT INDEXED")  # noqa: S608 - names of our schema
    ours.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - see above
        _checked(table, kinds, found),
    )


def _checked(table: str, kinds: Mapping[str, str], rows: sqlite3.Cursor) -> Iterator[tuple[object, ...]]:
    for row in rows:
        for (name, kind), value in zip(kinds.items(), row, strict=True):
            if value is None:
                continue
            if not (
                isinstance(value, _KINDS[kind]) and _is_bounded(value, _LAST if name in _ROWS else _MOST)
            ):
                raise ValueError(f"a value of {type(value).__name__} in '{table}.{name}'")
            if isinstance(value, str) and name not in _NO_JSON and _SUSPICIOUS.search(value):
                with contextlib.suppress(json.JSONDecodeError):
                    _refuse_unbounded(json.loads(value))
        yield row


def _count_on(theirs: sqlite3.Connection, ours: sqlite3.Connection, columns: _Columns) -> None:
    """Let the numbers of sessions go on where they were, as those of removed ones are not given again."""
    numbers = theirs.execute(f"SELECT name, seq FROM {_SEQUENCE}").fetchall()  # noqa: S608 - a constant
    for name, number in numbers:
        if name not in columns:
            continue
        if not (isinstance(number, int) and 0 <= number <= _LAST):
            raise ValueError(f"a number in '{_SEQUENCE}'")
        known = ours.execute(f"SELECT max(seq) FROM {_SEQUENCE} WHERE name = ?", (name,)).fetchone()[0]  # noqa: S608
        ours.execute(f"DELETE FROM {_SEQUENCE} WHERE name = ?", (name,))  # noqa: S608 - as above
        ours.execute(f"INSERT INTO {_SEQUENCE} VALUES (?, ?)", (name, max(number, known or 0)))  # noqa: S608


def _without_what_fails_later(ours: sqlite3.Connection, path: Path) -> list[str]:
    """Take out what nothing reads until somebody asks for it, and what would fail then; say what that was."""
    left_out = []
    for number, steps in ours.execute("SELECT session, steps FROM plan").fetchall():
        try:
            _refuse_endless(saved_plan.from_json(steps))
            _refuse_unbounded(json.loads(steps))
        except (ValueError, RecursionError, OverflowError):
            ours.execute("DELETE FROM plan WHERE session = ?", (number,))
            left_out.append(f"the plan of session {number}")
    if last := _last_that_cannot_be_undone(ours, path):
        ours.execute("DELETE FROM correction WHERE id <= ?", (last,))
        left_out.append("changes that could not have been taken back")
    return left_out


def _last_that_cannot_be_undone(ours: sqlite3.Connection, path: Path) -> int | None:
    """Take all changes made by hand back, in a copy; return the number of the first that fails, or None."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        ours.backup(copy)
        copy.row_factory = sqlite3.Row
        copy.execute("PRAGMA foreign_keys = ON")
        journal = Journal(copy, path)
        while last := copy.execute("SELECT max(id) FROM correction").fetchone()[0]:
            try:
                undone = journal.undo()
                if undone and undone.now and (session := journal.session(undone.now.id)):
                    _refuse_nonsense(session)
                    _refuse_unbounded(plain((replace(session, id=0), *journal.events(session.id))))
            except (JournalError, ValueError, TypeError, RecursionError, OverflowError):
                return int(last)
    return None


def _read(journal: Journal, ours: sqlite3.Connection) -> tuple[date, ...]:
    """Read everything once, so that nothing fails later; return the days.

    Raises JournalError or ValueError.
    """
    try:
        sessions = journal.sessions()
        for session in sessions:
            _refuse_nonsense(session)
            for event in journal.events(session.id):
                _refuse_strange(event.at)
        said = (
            journal.choices(),
            journal.agreements(),
            journal.weakness(),
            journal.lifted(),
            journal.remarks(),
        )
        for each in (each for some in said for each in some):
            _refuse_strange(each.at)
        for choice in journal.choices():
            _refuse_large(choice.dose)
        journal.left_open(date.min)
        for kind in Kind:
            for meeting in meetings(ours, kind).values():
                _refuse_strange(meeting.last)
    except (TypeError, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error
    return tuple(session.day for session in sessions)


def _refuse_nonsense(session: Session) -> None:
    """Raise ValueError or OverflowError for a session that could not be shown."""
    for at in (session.started, session.ended, *(each.at for each in session.sets)):
        _refuse_strange(at and session.local(at))
    if session.day.year not in _YEARS:
        raise ValueError(f"the day {session.day}")
    for done in session.sets:
        if max(done.reps, done.reps_planned, done.counted, done.sets, done.set_number, done.sides) > _REPS:
            raise ValueError(f"a set of {done.reps_planned} reps")
    for decision in session.decisions:
        _refuse_large(decision.dose)
        _refuse_large(decision.level)


def _refuse_large(dose: Dose | None) -> None:
    if dose is not None and len(dose.reps) + sum(dose.reps) > _REPS:
        raise ValueError("a dose without an end")


def _refuse_endless(plan: SavedPlan) -> None:
    if len(plan.steps) + sum(work.reps for work in works(plan.steps)) > _REPS:
        raise ValueError("a plan without an end")


def _refuse_strange(at: datetime | None) -> None:
    if at is not None and (at.year not in _YEARS or at.astimezone().year not in _YEARS):
        raise ValueError(f"the moment {at}")


def _refuse_unbounded(value: Any) -> None:  # noqa: ANN401 - what JSON has
    """Raise ValueError for a number that no calculation can bear; a text is as long as its column allows."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _refuse_unbounded(each)
    elif not _is_bounded(value):
        raise ValueError("a number without bounds")


def _is_bounded(value: object, most: float = _MOST) -> bool:
    return not isinstance(value, int | float) or -most <= value <= most
