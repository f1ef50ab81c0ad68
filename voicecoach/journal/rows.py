"""Turns records into rows of the journal's tables, and back; columns of a later version are ignored.

Reading raises ValueError, TypeError or KeyError when a row makes no sense.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from voicecoach.journal.records import Before, Decision, Event, Felt, Session, SetDone
from voicecoach.plain import plain, read
from voicecoach.text import SURROGATE

Row = dict[str, Any]

_COLUMN: Final = {"pain": "pain_before", "leg": "leg_before", "arm": "arm_before", "sign": "sign_before"}
"""The columns of the answers before a session that have another name than their field."""

SESSION_OF: Final = "session"
"""The column with the number of the session to which a row belongs."""
TABLES: Final = {"session": "id"} | dict.fromkeys(
    ("set_done", "decision", "event", "plan", "to_answer", "returned"), SESSION_OF
)
"""The tables of a session, and the column of each that has its number."""


def insert(table: str, row: Row) -> tuple[str, Row]:
    """Return the statement that adds ``row``, and its parameters. Names come from this module only."""
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", row  # noqa: S608 - names are constants


def update(table: str, ident: int, row: Row) -> tuple[str, Row]:
    """Return the statement that updates the row ``ident``, and its parameters."""
    names = ", ".join(f"{name} = :{name}" for name in row)
    return f"UPDATE {table} SET {names} WHERE id = :id", {**row, "id": ident}  # noqa: S608 - as above


def of_session(session: Session) -> Row:
    """Return the row of a session, without its id, sets and decisions."""
    row = columns(session, without=("id", "before", "after", "sets", "decisions"))
    before = {_COLUMN.get(name, name): value for name, value in columns(session.before).items()}
    return row | before | columns(session.after)


def to_session(row: sqlite3.Row, sets: tuple[SetDone, ...], decisions: tuple[Decision, ...]) -> Session:
    """Return the session in ``row`` with its sets and decisions."""
    found = dict(row)
    before = {each.name: found[_COLUMN.get(each.name, each.name)] for each in fields(Before)}
    return read(Session, found | {"before": before, "after": found}, sets=sets, decisions=decisions)


def of_set(done: SetDone, session: int) -> Row:
    row = {SESSION_OF: session} | columns(done, without=("felt",)) | columns(done.felt)
    return row | {"written": done.written or done.exercise}


def to_set(row: sqlite3.Row) -> SetDone:
    found = dict(row)
    return read(SetDone, found | {"felt": found})


def of_part(part: Event | Decision, session: int) -> Row:
    """Return the row of what belongs to a session."""
    return {SESSION_OF: session} | columns(part)


def changed(before: Session, after: Session) -> Row:
    """Return the columns in which two records of a session differ, as in ``after``."""
    old = of_session(before)
    return {name: value for name, value in of_session(after).items() if value != old[name]}


def of_parts(session: Session) -> dict[str, list[Row]]:
    """Return the rows of the sets and the decisions of a session, by their table."""
    return {
        "set_done": [of_set(each, session.id) for each in session.sets],
        "decision": [of_part(each, session.id) for each in session.decisions],
    }


def of_correction(session: int, at: datetime, before: Row | None) -> Row:
    """Return the row of a correction; ``before`` has the old columns, and may have the old rows of the sets
    and decisions by their table. It is None for a new session.
    """
    kept = None if before is None else json.dumps(before, ensure_ascii=False)
    return {SESSION_OF: session, "at": _moment(at), "before": kept}


def of_removal(session: int, at: datetime, parts: dict[str, list[Row]]) -> Row:
    """Return the row that says that a session was removed; ``parts`` are all its rows, by their table."""
    kept = json.dumps(parts, ensure_ascii=False)
    return {SESSION_OF: session, "at": _moment(at), "removed": kept}


def to_removed(text: str) -> dict[str, list[Row]]:
    """Return all rows of a removed session, by their table. Raises ValueError for another table."""
    found = json.loads(text)
    if not (isinstance(found, dict) and found.keys() <= TABLES.keys()):
        raise ValueError(f"a removal of {text}")
    parts: dict[str, list[Row]] = found
    return parts


def to_before(text: str, session: Session) -> tuple[Row, dict[str, list[Row]]]:
    """Return the old columns, and the old rows of sets and decisions by their table, where these had changed.

    Raises ValueError for columns that are not there.
    """
    before = json.loads(text)
    known = {"set_done": _SET_COLUMNS, "decision": _DECISION_COLUMNS}
    fits = isinstance(before, dict)
    parts = {table: before.pop(table) for table in known if table in before} if fits else {}
    fits = fits and all(row.keys() <= known[table] for table, old in parts.items() for row in old)
    if not (fits and before.keys() <= of_session(session).keys()):
        raise ValueError(f"a correction of {text}")
    return before, parts


def columns(record: Any, without: tuple[str, ...] = ()) -> Row:  # noqa: ANN401 - any record
    """Return each field of a record as its column holds it."""
    names = (each.name for each in fields(record) if each.name not in without)
    return {name: _column(getattr(record, name)) for name in names}


_SET_COLUMNS: Final = {SESSION_OF} | ({each.name for each in (*fields(SetDone), *fields(Felt))} - {"felt"})
_DECISION_COLUMNS: Final = {SESSION_OF} | {each.name for each in fields(Decision)}


def _column(value: object) -> object:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) or is_dataclass(value):  # a message too
        return _json(plain(value))
    return str(value) if isinstance(value, str) else value  # of an enumeration, its text


def _json(value: object) -> str:
    """Return a value as JSON in its own letters; in ASCII when the name of a file in it is not UTF-8."""
    text = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if SURROGATE.search(text) else text


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
