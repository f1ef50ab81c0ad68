"""Sessions as a whole in the journal's tables, with their sets and decisions."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from voicecoach.journal import rows
from voicecoach.journal.records import Decision, Session, SetDone


def insert(connection: sqlite3.Connection, session: Session) -> Session:
    """Insert a session with its sets and decisions; returns it with its id. Raises sqlite3.Error."""
    ident = connection.execute(*rows.insert("session", rows.of_session(session))).lastrowid
    if ident is None:
        raise AssertionError("a row that was inserted has a number")
    for done in session.sets:
        connection.execute(*rows.insert("set_done", rows.of_set(done, ident)))
    for decision in session.decisions:
        connection.execute(*rows.insert("decision", rows.of_decision(decision, ident)))
    return replace(session, id=ident)


def select(connection: sqlite3.Connection, where: str, values: rows.Row) -> tuple[Session, ...]:
    """The sessions for which the SQL ``where`` holds, earliest first.

    Raises sqlite3.Error, and ValueError, TypeError or KeyError when what is there makes no sense.
    """
    found = _select(connection, "session", where, values)
    sets: dict[int, list[SetDone]] = {row["id"]: [] for row in found}
    decisions: dict[int, list[Decision]] = {row["id"]: [] for row in found}
    within, these = "session IN (SELECT value FROM json_each(:these))", {"these": json.dumps([*sets])}
    for row in _select(connection, "set_done", within, these):
        sets[row[rows.SESSION_OF]].append(rows.to_set(row))
    for row in _select(connection, "decision", within, these):
        decisions[row[rows.SESSION_OF]].append(rows.to_decision(row))
    return tuple(rows.to_session(row, tuple(sets[row["id"]]), tuple(decisions[row["id"]])) for row in found)


def overview(connection: sqlite3.Connection, where: str, values: rows.Row) -> tuple[Session, ...]:
    """As :func:`select`, but without their sets and decisions, which take most of the time."""
    return tuple(rows.to_session(row, (), ()) for row in _select(connection, "session", where, values))


def _select(connection: sqlite3.Connection, table: str, where: str, values: rows.Row) -> list[sqlite3.Row]:
    """The rows of a table in their order; ``table`` and ``where`` are SQL of this package."""
    order = "started, id" if table == "session" else "id"
    query = f"SELECT * FROM {table} WHERE {where} ORDER BY {order}"  # noqa: S608 - see the docstring
    return connection.execute(query, values).fetchall()
