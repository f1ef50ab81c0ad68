"""A journal's file is opened: made, brought up to date, or set aside when it is damaged."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from voicecoach.errors import JournalError
from voicecoach.journal.migrations import LATEST, migrate, version
from voicecoach.safefiles import locked, set_aside

PATIENCE: Final = 5.0
"""Seconds that one session waits for another that is writing; a write takes milliseconds [own choice]."""
GLANCE: Final = 1.0
"""Seconds that reading waits for a program that has all of the journal, before it copies it [own choice]."""

BESIDE: Final = ("-wal", "-shm")
"""Endings of what SQLite keeps beside a journal."""

_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REASONS: Final = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may not be written to",
    sqlite3.SQLITE_CANTOPEN: "it, or its folder, may not be opened or written to",
    sqlite3.SQLITE_BUSY: "another program is using it",
    sqlite3.SQLITE_IOERR: "the disk is full, or does not answer",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_NOTADB: "it is damaged",
}
_ELSEWHERE: Final = " VOICECOACH_HOME names another place."
_WAYS_OUT: Final = {
    sqlite3.SQLITE_FULL: " Make room on it.",
    sqlite3.SQLITE_READONLY: _ELSEWHERE,
    sqlite3.SQLITE_CANTOPEN: _ELSEWHERE,
    sqlite3.SQLITE_BUSY: " Wait until that is done, or end it.",
    sqlite3.SQLITE_IOERR: f" Make room on it.{_ELSEWHERE}",
    sqlite3.SQLITE_CORRUPT: " The next session begins a new one. If you have a copy: voicecoach restore FILE",
}


def connect(path: Path, notice: Callable[[str], None]) -> sqlite3.Connection:
    """The database in ``path``, which is made when it is not there; threads may share the connection.

    A file that is damaged is kept under another name, which ``notice`` is told, and a new one is begun.
    Raises JournalError, whose message is for the person, when there can be no journal.
    """
    try:
        if path.is_dir():
            raise JournalError(
                f"Your journal {path} cannot be opened: a folder stands in its place. Move that away."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.with_suffix(".lock")):
            try:
                return _connect(path)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                aside = set_aside(path, *BESIDE)
                notice(
                    f"Your journal {path} is damaged. It is kept as {aside.name}, nothing in it was"
                    " changed, and a new journal begins. If you have a copy: voicecoach restore FILE"
                )
                return _connect(path)
    except sqlite3.Error as error:
        raise not_possible("opened", path, error) from error
    except OSError as error:
        way_out = (
            " Make room on that disk."
            if error.errno in {errno.ENOSPC, errno.EDQUOT}
            else f" Its folder must be one that you may write to;{_ELSEWHERE}"
        )
        raise JournalError(f"Your journal {path} cannot be opened: {error.strerror}.{way_out}") from error


def connect_to_read(path: Path) -> sqlite3.Connection:
    """The database in ``path``, to be read and not written; a copy in memory where it cannot even be opened.

    It is not looked over as a whole, which takes longer the longer the journal is: damage shows when it is
    read. Raises sqlite3.Error, OSError, or ValueError when it is not of this version: :func:`connect` brings
    it up to date, or says what is wrong.
    """
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",  # what is not there is not made
            uri=True,
            timeout=GLANCE,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA query_only = ON")
            _refuse_other_versions(connection)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        if is_damage(error):
            raise
        return connect_to_copy(path)
    return connection


def connect_to_copy(path: Path) -> sqlite3.Connection:
    """A copy in memory of the database in ``path``, which may be where nothing can be written.

    Raises sqlite3.Error, OSError, or ValueError when it is of a newer version or another program.
    """
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        copy = Path(folder) / path.name
        for ending in ("", "-wal"):
            if (beside := path.with_name(path.name + ending)).exists():
                shutil.copyfile(beside, copy.with_name(copy.name + ending))
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        try:
            with contextlib.closing(sqlite3.connect(copy)) as source:
                source.backup(memory)
            memory.row_factory = sqlite3.Row
            if version(memory):  # an empty file is no journal
                migrate(memory)
            _refuse_other_versions(memory)
            _refuse_what_is_damaged(memory)
        except BaseException:
            memory.close()
            raise
    return memory


def connect_to_nothing() -> sqlite3.Connection:
    """An empty journal in memory, for what cannot be written yet; threads may share the connection."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    memory.row_factory = sqlite3.Row
    memory.execute("PRAGMA foreign_keys = ON")
    migrate(memory)
    return memory


def not_possible(done: str, path: Path, error: sqlite3.Error) -> JournalError:
    """The error to raise when the journal cannot be ``done`` ("opened", "written" …)."""
    way_out = _WAYS_OUT.get(_code(error), "")
    return JournalError(f"Your journal {path} cannot be {done}: {reason(error)}.{way_out}")


def reason(error: sqlite3.Error | OSError) -> str:
    """Why a file cannot be used, for the end of a sentence."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _REASONS.get(_code(error), str(error))


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is the reason, and no other time or place would help."""
    return _code(error) in _DAMAGED


def _connect(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.Error, or JournalError for a file of a newer version or another program."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        _refuse_what_is_newer(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # a set survives a power cut, not only a kill
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
        _refuse_what_is_damaged(connection)
        # Nothing is stored by this: it only shows at once whether something could be.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE session SET id = id WHERE 0")
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_what_is_newer(connection: sqlite3.Connection, path: Path) -> None:
    try:
        found = version(connection)
    except ValueError:
        raise JournalError(
            f"{path} is the file of another program, so nothing is written to it. Move it away, and a journal"
            " is begun there."
        ) from None
    if found > LATEST:
        raise JournalError(
            f"Your journal {path} was written by a newer voicecoach (version {found} of its format; this one"
            f" knows {LATEST}), so nothing is written to it. Update voicecoach."
        )


def _refuse_other_versions(connection: sqlite3.Connection) -> None:
    if version(connection) != LATEST:
        raise ValueError("not a journal of this version")


def _refuse_what_is_damaged(connection: sqlite3.Connection) -> None:
    problem: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        error = sqlite3.DatabaseError(problem)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _code(error: sqlite3.Error) -> int:
    """The primary code of SQLite, without what refines it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
