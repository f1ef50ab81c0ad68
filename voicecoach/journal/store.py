"""The journal: one SQLite file in the data folder, shared by all sessions that run at the same time."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from voicecoach import paths
from voicecoach.errors import EntryRefused, JournalError
from voicecoach.journal import rows, unwritten
from voicecoach.journal.journal_file import JournalFile
from voicecoach.journal.opening import connect, connect_to_read, copy_into, not_possible
from voicecoach.journal.records import (
    Agreement,
    Choice,
    Decision,
    Event,
    Lifted,
    Remark,
    Session,
    SetDone,
    Tally,
    Undone,
    Weakness,
    tallies,
)
from voicecoach.plain import read
from voicecoach.session.listener import Ending
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json

_S = TypeVar("_S", Choice, Agreement, Weakness, Lifted, Remark)

AT_ONCE: Final = 0.05
"""Seconds that a reader waits to take in what could not be written before [own choice]."""
PLANS_KEPT: Final = 20
"""The plan of an unfinished session is deleted after this many later sessions [own choice]."""
_PLAN: Final = "REPLACE INTO plan VALUES (?, ?, ?)"
_PLACE: Final = "UPDATE plan SET at = ? WHERE session = ?"
_FORGET: Final = """
    DELETE FROM event
    WHERE id = (SELECT max(id) FROM event WHERE session = :session AND at = :at AND command = :command)
"""
_UNFIT: Final = (
    sqlite3.DataError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
    UnicodeError,
)
"""The errors for values that no column can hold, such as a name that is not Unicode."""


def file() -> Path:
    """Return the path of the journal, which may not exist."""
    return paths.journal()


def begun() -> bool:
    """Tell whether there is a journal, or anything else at its path, or a session that waits for one."""
    try:
        file().stat()
    except FileNotFoundError:
        return bool(unwritten.files(file()))
    except OSError:
        return True  # opening it says what is wrong
    return True


class Journal:
    """An open journal file, which threads may share.

    Every method raises JournalError when the file cannot be read or written, and EntryRefused for an entry
    that it cannot hold; earlier entries stay.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, file: JournalFile | None = None) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.Lock()
        self._file = file

    @classmethod
    def open(cls, path: Path, notice: Callable[[str], None], patience: float | None = None) -> Self:
        """Open the journal in ``path``, or begin one; ``notice`` and the rest as for :func:`connect`.

        Sessions that could not be written into it are taken in.
        """
        connection = connect(path, notice, patience)
        try:
            unwritten.take_in(connection, path)
        except sqlite3.Error as error:
            connection.close()
            raise not_possible("written", path, error) from error
        return cls(connection, path, JournalFile(path))

    @classmethod
    def open_to_read(cls, path: Path, notice: Callable[[str], None]) -> Self:
        """Open the journal in ``path`` for reading; ``notice`` and errors as for :func:`connect_to_read`.

        Sessions that could not be written into it are taken in first, where that is possible at once.
        """
        if unwritten.files(path):
            with contextlib.suppress(JournalError):
                cls.open(path, notice, patience=AT_ONCE).close()
        return cls(connect_to_read(path, notice), path)

    @property
    def is_in_place(self) -> bool:
        """Whether its file is still the one at its path, and nobody else has shortened it."""
        return self._file is None or self._file.is_unchanged()

    def close(self) -> None:
        """Close the file; further calls do nothing."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._connection.close()
        if self._file is not None:
            self._file.leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, session: Session, plan: SavedPlan | None = None) -> Session:
        """Write a new session with its sets, decisions and plan; return it with its id.

        Old plans of unfinished sessions are deleted (:data:`PLANS_KEPT`).
        """
        with self._writing() as connection:
            new = insert(connection, session)
            if plan is not None:
                connection.execute("DELETE FROM plan WHERE session < ?", (new.id - PLANS_KEPT,))
                connection.execute(_PLAN, (new.id, plan.at, to_json(plan)))
            return new

    def played(self, session: Session) -> Session | None:
        """Find a played session by its routine and its start; of several, the one with its number."""
        where = "started = :started AND routine = :routine AND NOT by_hand"
        row = rows.of_session(session)
        found = self._sessions(where, {name: row[name] for name in ("started", "routine")})
        return min(found, key=lambda each: each.id != session.id, default=None)

    def add_set(self, session: int, done: SetDone, at: int = 0, heard: float = 0.0) -> None:
        """Write a set that just ended, the step ``at`` which its session goes on, and how many seconds of the
        session were ``heard`` until then; all of it reaches the disk.
        """
        with self._writing() as connection:
            connection.execute(*rows.insert("set_done", rows.of_set(done, session)))
            connection.execute(_PLACE, (at, session))
            connection.execute(*rows.update("session", session, {"seconds": heard}))

    def end_as_hurt(self, session: int, exercise: str) -> None:
        """Rewrite how the last set of an exercise in a session ended: it hurt."""
        with self._writing() as connection:
            connection.execute(_LAST_HURT, (Ending.HURT, session, exercise))

    def take_back(self, session: int, sets: Iterable[SetDone], at: int, event: Event | None) -> None:
        """Rewrite the sets of a session and the step ``at`` which it would go on, and delete ``event``."""
        with self._writing() as connection:
            _put_sets(connection, session, sets)
            connection.execute(_PLACE, (at, session))
            if event is not None:
                connection.execute(_FORGET, rows.of_part(event, session))

    def add_event(self, session: int, event: Event) -> None:
        with self._writing() as connection:
            connection.execute(*rows.insert("event", rows.of_part(event, session)))

    def update(self, session: Session) -> None:
        """Rewrite a session's own row (end, answers, comment), not its sets."""
        with self._writing() as connection:
            connection.execute(*rows.update("session", session.id, rows.of_session(session)))

    def answer(self, before: Session, after: Session) -> None:
        """Write the differences between two records of a session's own row; what another program has written
        into it meanwhile stays.
        """
        if changed := rows.changed(before, after):
            with self._writing() as connection:
                connection.execute(*rows.update("session", before.id, changed))

    def keep_plan(self, session: Session, plan: SavedPlan) -> None:
        """Write the plan with which an interrupted session can go on, and its number of sets."""
        with self._writing() as connection:
            connection.execute(*rows.update("session", session.id, {"sets_planned": session.sets_planned}))
            connection.execute(_PLAN, (session.id, plan.at, to_json(plan)))

    def keep_place(self, session: int, at: int) -> None:
        """Write the step ``at`` which a session would go on after an interruption."""
        with self._writing() as connection:
            connection.execute(_PLACE, (at, session))

    def plan(self, session: int) -> SavedPlan | None:
        """Return the plan of a session; None without one, or for one of another version of the program."""
        with self._reading() as connection:
            row = connection.execute("SELECT * FROM plan WHERE session = ?", (session,)).fetchone()
        with contextlib.suppress(ValueError):
            return row and replace(from_json(row["steps"]), at=row["at"])
        return None

    def end(self, session: Session) -> None:
        """Write how a session ended; answers given meanwhile stay."""
        how = {name: rows.of_session(session)[name] for name in ("ended", "seconds", "finished")}
        with self._writing() as connection:
            connection.execute(*rows.update("session", session.id, how))
            if session.finished:
                connection.execute("DELETE FROM plan WHERE session = ?", (session.id,))

    def add_by_hand(self, session: Session, at: datetime) -> Session:
        """Write a session that was done elsewhere; :meth:`undo` takes it back."""
        with self._writing() as connection:
            new = insert(connection, session)
            connection.execute(*rows.insert("correction", rows.of_correction(new.id, at, None)))
        return new

    def add_returned(
        self,
        record: str,
        session: Session,
        events: Iterable[Event],
        at: datetime,
        weakness: Iterable[Weakness] = (),
    ) -> Session | None:
        """Write a session that comes back from a page, with the id of its ``record``; :meth:`undo` takes it
        back, but not the ``weakness`` that was told in it.

        Returns None, and writes nothing, when that record has been noted before.
        """
        with self._writing() as connection:
            found = connection.execute("SELECT 1 FROM returned WHERE record = ?", (record,)).fetchone()
            if found is not None:
                return None
            new = insert(connection, session)
            for event in events:
                connection.execute(*rows.insert("event", rows.of_part(event, new.id)))
            connection.execute(*rows.insert("returned", {"session": new.id, "record": record}))
            for each in weakness:
                connection.execute(*rows.insert("weakness", rows.columns(each)))
            connection.execute(*rows.insert("correction", rows.of_correction(new.id, at, None)))
        return new

    def correct(self, before: Session, after: Session, at: datetime) -> None:
        """Write the differences between two records of a session; :meth:`undo` takes it back.

        Does nothing when the session is gone.
        """
        with self._writing() as connection:
            changed = rows.changed(before, after)
            if (row := _row(connection, before.id)) is not None:
                old = {name: row[name] for name in changed}
                if (before.sets, before.decisions) != (after.sets, after.decisions):
                    old |= rows.of_parts(before)
                    _replace_parts(connection, before.id, rows.of_parts(after))
                connection.execute(*rows.insert("correction", rows.of_correction(before.id, at, old)))
                if changed:
                    connection.execute(*rows.update("session", before.id, changed))

    def take_out(self, session: int, at: datetime) -> None:
        """Delete a session with everything in it; :meth:`undo` brings it back."""
        with self._writing() as connection:
            parts = {
                table: [dict(row) for row in _select(connection, table, f"{column} = :id", {"id": session})]
                for table, column in rows.TABLES.items()
            }
            connection.execute(*rows.insert("correction", rows.of_removal(session, at, parts)))
            connection.execute("DELETE FROM session WHERE id = ?", (session,))

    def undo(self) -> Undone | None:
        """Take back the last change made by hand; None when none is left."""
        with self._writing() as connection, self._understanding():
            last = connection.execute("SELECT * FROM correction ORDER BY id DESC LIMIT 1").fetchone()
            if last is None:
                return None
            connection.execute("DELETE FROM correction WHERE id = ?", (last["id"],))
            if last["removed"] is not None:
                _bring_back(connection, rows.to_removed(last["removed"]))
                return Undone(None, _with_sets(connection, last[rows.SESSION_OF]))
            was = _with_sets(connection, last[rows.SESSION_OF])
            if last["before"] is None:
                connection.execute("DELETE FROM session WHERE id = ?", (was.id,))
                return Undone(was, None)
            old, parts = rows.to_before(last["before"], was)
            if old:
                connection.execute(*rows.update("session", was.id, old))
            _replace_parts(connection, was.id, parts)
            return Undone(was, _with_sets(connection, was.id))

    def replace_sets(self, session: int, sets: Iterable[SetDone]) -> None:
        """Replace the sets of a session."""
        with self._writing() as connection:
            _put_sets(connection, session, sets)

    def remove(self, session: int) -> None:
        """Delete a session with everything in it, and for good."""
        with self._writing() as connection:
            connection.execute("DELETE FROM correction WHERE session = ?", (session,))
            connection.execute("DELETE FROM session WHERE id = ?", (session,))

    def choose(self, choice: Choice) -> None:
        """Write what the person wants."""
        self._say("choice", choice)

    def forget(self, choice: Choice) -> None:
        """Delete a choice; does nothing when it is gone."""
        last = "SELECT max(id) FROM choice WHERE at = :at AND written = :written AND wish = :wish"
        with self._writing() as connection:
            connection.execute(f"DELETE FROM choice WHERE id = ({last})", rows.columns(choice))  # noqa: S608 - see above

    def session(self, ident: int) -> Session | None:
        """Return the session with that number, or None."""
        return next(iter(self._sessions("id = :id", {"id": ident})), None)

    def sessions(self, since: date | None = None) -> tuple[Session, ...]:
        """Return all sessions, or those since a day, earliest first."""
        return self._sessions("day >= :since", {"since": since.isoformat() if since else ""})

    def overview(self, since: date | None = None) -> tuple[Session, ...]:
        """Return the same sessions without sets and decisions, which take most of the time to read."""
        values = {"since": since.isoformat() if since else ""}
        with self._reading() as connection:
            found = _select(connection, "session", "day >= :since", values)
            return tuple(rows.to_session(row, (), ()) for row in found)

    def newest(self, limit: int | None = None, since: date | None = None) -> tuple[Session, ...]:
        """Return the last ``limit`` sessions (None: all) since a day, latest first; as :meth:`overview`."""
        query = "SELECT * FROM session WHERE day >= ? ORDER BY started DESC, id DESC LIMIT ?"
        values = (since.isoformat() if since else "", -1 if limit is None else limit)
        with self._reading() as connection:
            return tuple(rows.to_session(row, (), ()) for row in connection.execute(query, values))

    def count(self, since: date | None = None) -> int:
        """Return the number of sessions since a day."""
        query = "SELECT count(*) FROM session WHERE day >= ?"
        with self._reading() as connection:
            found: int = connection.execute(query, (since.isoformat() if since else "",)).fetchone()[0]
            return found

    def tallies(self, since: date | None = None) -> Mapping[int, Tally]:
        """Return the tally of each session since a day that has sets, by its number."""
        with self._reading() as connection:
            return tallies(connection, since)

    def recent(self, since: date) -> tuple[Session, ...]:
        """Return the sessions since a day, and the last one with each exercise and with a decision on it.

        The rules need no others, and ten years take many times as long to read.
        """
        return self._sessions(f"day >= :since OR id IN ({LAST_OF_EACH})", {"since": since.isoformat()})

    def latest(self, until: date = date.max) -> Session | None:
        """Return the session that started last, of those until a day; None when there is none."""
        where = "id = (SELECT id FROM session WHERE day <= :day ORDER BY started DESC, id DESC LIMIT 1)"
        return next(iter(self._sessions(where, {"day": until.isoformat()})), None)

    def leave_open(self, session: int) -> None:
        """Write that the questions after a session are not answered yet, if that is in the journal."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO to_answer SELECT id FROM session WHERE id = ?", (session,)
            )

    def settle(self, session: int) -> None:
        """Write that they are answered, or never will be."""
        with self._writing() as connection:
            connection.execute("DELETE FROM to_answer WHERE session = ?", (session,))

    def left_open(self, since: date) -> tuple[Session, ...]:
        """Return the sessions since a day whose questions are not answered yet, earliest first."""
        where = "day >= :since AND id IN (SELECT session FROM to_answer)"
        return self._sessions(where, {"since": since.isoformat()})

    def events(self, session: int) -> tuple[Event, ...]:
        """Return the commands of one session, in order."""
        with self._reading() as connection:
            found = connection.execute("SELECT * FROM event WHERE session = ? ORDER BY id", (session,))
            return tuple(read(Event, dict(row)) for row in found)

    def choices(self) -> tuple[Choice, ...]:
        """Return all choices of the person, earliest first."""
        return self._said(Choice, "choice")

    def agree(self, agreement: Agreement) -> None:
        """Write what was said about an agreed pace."""
        self._say("agreement", agreement)

    def agreements(self) -> tuple[Agreement, ...]:
        """Return all that was said about an agreed pace, earliest first."""
        return self._said(Agreement, "agreement")

    def say_weak(self, answer: Weakness) -> None:
        """Write an answer to whether a leg or foot is newly weak or numb."""
        self._say("weakness", answer)

    def weakness(self) -> tuple[Weakness, ...]:
        """Return these answers, earliest first."""
        return self._said(Weakness, "weakness")

    def say_lifted(self, answer: Lifted) -> None:
        """Write an answer to whether precautions have been lifted."""
        self._say("precautions_lifted", answer)

    def lifted(self) -> tuple[Lifted, ...]:
        """Return these answers, earliest first."""
        return self._said(Lifted, "precautions_lifted")

    def remark(self, remark: Remark) -> None:
        """Write that something was said."""
        self._say("remark", remark)

    def remarks(self) -> tuple[Remark, ...]:
        """Return what was said once, earliest first."""
        return self._said(Remark, "remark")

    def backup(self, path: Path) -> None:
        """Copy the journal into ``path``, which must not exist; sessions may go on meanwhile."""
        with self._reading() as connection:
            copy_into(connection, path)

    def _say(self, table: str, said: _S) -> None:
        with self._writing() as connection:
            connection.execute(*rows.insert(table, rows.columns(said)))

    def _said(self, kind: type[_S], table: str) -> tuple[_S, ...]:
        """Return what was said of one kind in the order in which it was said, whatever the clock was."""
        with self._reading() as connection:
            found = connection.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 - our own names
            return tuple(read(kind, dict(row)) for row in found)

    def _sessions(self, where: str, values: rows.Row) -> tuple[Session, ...]:
        """Return the sessions for which the SQL ``where`` holds, earliest first."""
        within = "session IN (SELECT value FROM json_each(:these))"
        with self._reading() as connection:
            found = _select(connection, "session", where, values)
            sets: dict[int, list[SetDone]] = {row["id"]: [] for row in found}
            decisions: dict[int, list[Decision]] = {row["id"]: [] for row in found}
            these = {"these": json.dumps([*sets])}
            for row in _select(connection, "set_done", within, these):
                sets[row[rows.SESSION_OF]].append(rows.to_set(row))
            for row in _select(connection, "decision", within, these):
                decisions[row[rows.SESSION_OF]].append(read(Decision, dict(row)))
            return tuple(
                rows.to_session(row, tuple(sets[row["id"]]), tuple(decisions[row["id"]])) for row in found
            )

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Commit everything in the block together, or nothing of it."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.commit()
                except BaseException:
                    with contextlib.suppress(sqlite3.Error):
                        self._connection.rollback()
                    raise
            except _UNFIT as error:
                raise EntryRefused(f"That does not fit into your journal {self.path}: {error}.") from error
            except sqlite3.Error as error:
                raise not_possible("written", self.path, error) from error

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Read everything in the block as of one moment."""
        with self._lock:
            try:
                self._connection.execute("BEGIN")
                try:
                    with self._understanding():
                        yield self._connection
                finally:
                    with contextlib.suppress(sqlite3.Error):
                        self._connection.rollback()
            except sqlite3.Error as error:
                raise not_possible("read", self.path, error) from error

    @contextlib.contextmanager
    def _understanding(self) -> Iterator[None]:
        """Raise JournalError when something read in the block makes no sense."""
        try:
            yield
        except (ValueError, TypeError, KeyError) as error:
            raise JournalError(
                f"Your journal {self.path} holds something that voicecoach did not write: {error}."
                " 'voicecoach backup' makes a copy of it."
            ) from error


def insert(connection: sqlite3.Connection, session: Session) -> Session:
    """Insert a session with its sets and decisions; return it with its id. Raises sqlite3.Error."""
    ident = connection.execute(*rows.insert("session", rows.of_session(session))).lastrowid
    if ident is None:
        raise AssertionError("a row that was inserted has a number")
    for done in session.sets:
        connection.execute(*rows.insert("set_done", rows.of_set(done, ident)))
    for decision in session.decisions:
        connection.execute(*rows.insert("decision", rows.of_part(decision, ident)))
    return replace(session, id=ident)


def _replace_parts(connection: sqlite3.Connection, session: int, parts: Mapping[str, list[rows.Row]]) -> None:
    """Replace the rows of a session in each table of ``parts``."""
    for table, made in parts.items():
        connection.execute(f"DELETE FROM {table} WHERE session = ?", (session,))  # noqa: S608 - a table of rows.of_parts
        for row in made:
            connection.execute(*rows.insert(table, row))


def _put_sets(connection: sqlite3.Connection, session: int, sets: Iterable[SetDone]) -> None:
    """Replace the sets of a session."""
    connection.execute("DELETE FROM set_done WHERE session = ?", (session,))
    for done in sets:
        connection.execute(*rows.insert("set_done", rows.of_set(done, session)))


def _bring_back(connection: sqlite3.Connection, parts: Mapping[str, list[rows.Row]]) -> None:
    """Insert the rows of a session that was removed, as far as their tables still have the columns."""
    for table, kept in parts.items():
        known = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        for row in kept:
            there = {name: value for name, value in row.items() if name in known}
            connection.execute(*rows.insert(table, there))


def _select(connection: sqlite3.Connection, table: str, where: str, values: rows.Row) -> list[sqlite3.Row]:
    """Return rows of a table in their order; ``table`` and ``where`` are SQL of this package."""
    order = "started, id" if table == "session" else "rowid"
    query = f"SELECT * FROM {table} WHERE {where} ORDER BY {order}"  # noqa: S608 - see the docstring
    return connection.execute(query, values).fetchall()


def _last_of_each(table: str) -> str:
    """Skip from one key to the next, as SQLite has no such scan itself (sqlite.org/lang_with.html)."""
    return f"""
        SELECT (SELECT max(session) FROM {table} WHERE written = key) FROM (
            WITH RECURSIVE keys(key) AS (
                SELECT min(written) FROM {table}
                UNION ALL
                SELECT (SELECT min(written) FROM {table} WHERE written > key) FROM keys WHERE key IS NOT NULL
            )
            SELECT key FROM keys WHERE key IS NOT NULL
        )
    """  # noqa: S608 - the name of a table, from this module


_LAST_HURT: Final = """
    UPDATE set_done SET ending = ?
    WHERE id = (SELECT max(id) FROM set_done WHERE session = ? AND exercise = ?)
"""
LAST_OF_EACH: Final = f"{_last_of_each('set_done')} UNION {_last_of_each('decision')}"
"""Selects the number of the last session with a set of each exercise, and with a decision on it."""


def _with_sets(connection: sqlite3.Connection, session: int) -> Session:
    """Return a session that is there, without its decisions."""
    sets = _select(connection, "set_done", "session = :session", {"session": session})
    return rows.to_session(_row(connection, session), tuple(map(rows.to_set, sets)), ())


def _row(connection: sqlite3.Connection, session: int) -> Any:  # noqa: ANN401 - what the cursor gives
    return connection.execute("SELECT * FROM session WHERE id = ?", (session,)).fetchone()
