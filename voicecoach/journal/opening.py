"""Opens the journal's file: makes it, brings it up to date, or sets it aside when it is damaged."""

from __future__ import annotations

import contextlib
import errno
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from voicecoach.errors import JournalError, NoCopy
from voicecoach.journal.met import old_files, take_old_files
from voicecoach.safefiles import (
    give_name,
    locked,
    make_file,
    make_folder,
    opened,
    refuse_what_is_no_file,
    set_aside,
)

PATIENCE: Final = 5.0
"""Seconds that one session waits for another that is writing; a write takes milliseconds [own choice]."""
GLANCE: Final = 0.2
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
    sqlite3.SQLITE_INTERRUPT: "reading it would take too long",
}
_ELSEWHERE: Final = " Set VOICECOACH_HOME to another folder."
_WAYS_OUT: Final = {
    sqlite3.SQLITE_FULL: " Make room on it.",
    sqlite3.SQLITE_READONLY: _ELSEWHERE,
    sqlite3.SQLITE_CANTOPEN: _ELSEWHERE,
    sqlite3.SQLITE_BUSY: " Wait until that is done, or end it.",
    sqlite3.SQLITE_IOERR: f" Make room on it.{_ELSEWHERE}",
    sqlite3.SQLITE_CORRUPT: " The next session begins a new one. If you have a copy: voicecoach restore FILE",
}


def connect(path: Path, notice: Callable[[str], None], patience: float | None = None) -> sqlite3.Connection:
    """Open the database in ``path``, or make one; threads may share the connection.

    A damaged file is renamed, ``notice`` gets a line about it, and a new one begins. Raises JournalError,
    whose message is for the person, when there can be no journal, or when another program has it for
    ``patience`` seconds (:data:`PATIENCE` by default), in which every later write waits as well.
    """
    patience = PATIENCE if patience is None else patience
    try:
        _refuse_what_is_no_file(path)
        make_folder(path.parent)
        with locked(path.with_suffix(".lock"), patience):
            if path.exists() and not path.stat().st_size:
                notice(
                    f"Your journal {path} was cut off: it is empty (0 bytes). A new one begins. If you have a"
                    " copy: voicecoach restore FILE"
                )
            try:
                connection = _connect(path, patience)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                aside = set_aside(path, *BESIDE)
                notice(
                    f"Your journal {path} is damaged. It is kept as {aside.name}, nothing in it was"
                    " changed, and a new journal begins. If you have a copy: voicecoach restore FILE"
                )
                connection = _connect(path, patience)
            take_old_files(connection, path.parent, notice)
            return connection
    except sqlite3.Error as error:
        raise not_possible("opened", path, error) from error
    except OSError as error:
        why, way_out = _reason_of(error)
        raise JournalError(f"Your journal {path} cannot be opened: {why}.{way_out}", why) from error


def _refuse_what_is_no_file(path: Path) -> None:
    """Raises JournalError."""
    if path.is_dir():
        raise JournalError(
            f"Your journal {path} cannot be opened: a folder stands in its place. Move that away.",
            "a folder stands in its place",
        )
    try:
        refuse_what_is_no_file(path)
    except OSError as error:
        raise JournalError(
            f"Your journal {path} cannot be opened: {error.strerror}. Move that away.", error.strerror or ""
        ) from error


def connect_to_read(path: Path, notice: Callable[[str], None]) -> sqlite3.Connection:
    """Open the database in ``path`` for reading, even where nothing can be written; writes are lost.

    A damaged or older one is opened as by :func:`connect`. Raises JournalError when nothing can be read.
    """
    with contextlib.suppress(OSError, sqlite3.Error, ValueError):
        return _connect_to_read(path)
    try:
        return connect(path, notice)
    except JournalError as error:
        try:
            return connect_to_copy(path)
        except (OSError, sqlite3.Error, ValueError):
            raise error from None


def _reason_of(error: OSError) -> tuple[str, str]:
    """Say why the journal's folder cannot be used, and the way out of it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _REASONS[sqlite3.SQLITE_FULL], _WAYS_OUT[sqlite3.SQLITE_FULL]
    if error.errno == errno.EBUSY:
        return _REASONS[sqlite3.SQLITE_BUSY], _WAYS_OUT[sqlite3.SQLITE_BUSY]
    way_out = " Make its folder one that you may write to, or set VOICECOACH_HOME to another folder."
    return error.strerror or str(error), way_out


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the database in ``path`` read-only, or as a copy in memory when it cannot be opened.

    It is not checked as a whole, which takes long for a long journal: damage shows when it is read. Raises
    sqlite3.Error, OSError, or ValueError when it is not of this version.
    """
    refuse_what_is_no_file(path)
    if old_files(path.parent):
        raise ValueError("there are files to take into it")
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
    """Copy the database in ``path`` into memory; its folder need not be writable.

    Raises sqlite3.Error, OSError, or ValueError for a newer version or another program's file.
    """
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        copy = Path(folder) / path.name
        for ending in ("", "-wal"):
            if (beside := path.with_name(path.name + ending)).exists():
                with opened(beside) as content, copy.with_name(copy.name + ending).open("xb") as file:
                    shutil.copyfileobj(content, file)
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        try:
            with contextlib.closing(sqlite3.connect(copy)) as source:
                source.backup(memory)
            memory.row_factory = sqlite3.Row
            if version(memory):  # an empty file is no journal
                migrate(memory)
            _refuse_other_versions(memory)
            _refuse_what_is_damaged(memory)
            take_old_files(memory, path.parent)
        except BaseException:
            memory.close()
            raise
    return memory


def connect_to_nothing() -> sqlite3.Connection:
    """Make an empty journal in memory, for what cannot be written yet; threads may share the connection."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    memory.row_factory = sqlite3.Row
    memory.execute("PRAGMA foreign_keys = ON")
    migrate(memory)
    return memory


def not_possible(done: str, path: Path, error: sqlite3.Error) -> JournalError:
    """Return the error to raise when the journal cannot be ``done`` ("opened", "written" …)."""
    why, way_out = reason(error), _WAYS_OUT.get(_code(error), "")
    return JournalError(f"Your journal {path} cannot be {done}: {why}.{way_out}", why)


def reason(error: sqlite3.Error | OSError) -> str:
    """Say why a file cannot be used, for the end of a sentence."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _REASONS.get(_code(error), str(error))


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether the file itself is damaged, so that trying again would not help."""
    return _code(error) in _DAMAGED


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    """Raises sqlite3.Error, or JournalError for a file of a newer version or another program."""
    is_new = not path.exists()
    if is_new:
        _make(path)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
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
        if is_new:
            _leave_nothing(path)
        raise
    return connection


def _make(path: Path) -> None:
    """Make the empty file that SQLite fills; what it keeps beside is as private. Raises sqlite3.Error."""
    try:
        make_file(path)
    except FileExistsError:
        return
    except OSError as error:
        failed = sqlite3.OperationalError(error.strerror)
        failed.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise failed from error


def _leave_nothing(path: Path) -> None:
    """Remove a journal that could not be begun, as an empty one would be taken for one that was cut off."""
    with contextlib.suppress(OSError):
        if not path.stat().st_size:
            path.unlink()


def _refuse_what_is_newer(connection: sqlite3.Connection, path: Path) -> None:
    try:
        found = version(connection)
    except ValueError:
        raise JournalError(
            f"{path} is the file of another program, so nothing is written to it. Move it away, and a journal"
            " is begun there.",
            "the file of another program stands in its place",
        ) from None
    if found > LATEST:
        raise JournalError(
            f"Your journal {path} was written by a newer voicecoach (version {found} of its format; this one"
            f" knows {LATEST}), so nothing is written to it. Update voicecoach.",
            "a newer voicecoach wrote it",
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
    """Return SQLite's primary error code, without the extended part."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


APPLICATION: Final = 0x766F6361
"""Marks the file's header ("voca"), so that another program's database is not taken for a journal."""

_SCHEMA: Final = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
STEPS: Final = tuple(
    tuple(filter(None, map(str.strip, step.split(";"))))
    for step in re.split(r"(?m)^-- version \d+$", _SCHEMA)[1:]
)
"""The statements that lead to each version; the first ones make version 1 of an empty file."""

LATEST: Final = len(STEPS)


def version(connection: sqlite3.Connection) -> int:
    """Return the file's version; 0 when it is empty. Raises ValueError for another program's database."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION:
        return found
    if found == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        return 0
    raise ValueError("not a journal")


def migrate(connection: sqlite3.Connection, to: int = LATEST) -> None:
    """Bring the file to a version in one transaction; a newer file is left as it is.

    Another program may do so at the same time. Raises sqlite3.Error or ValueError.
    """
    if version(connection) >= to:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version(connection) : to]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {max(to, version(connection))}")
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def copy_into(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the database as it is now into ``path``; others may go on writing to it.

    Raises JournalError, and leaves no file, when ``path`` exists or cannot be made.
    """
    if path.is_dir():
        raise NoCopy(f"{path} is a folder. Name a file in it, such as {path / 'journal-copy.db'}.")
    if path.exists():
        raise _taken(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".voicecoach-", dir=path.parent) as folder:
            copy = Path(folder) / "copy.db"
            make_file(copy)
            with contextlib.closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")  # one file, whatever becomes of it
            give_name(copy, path)
    except FileExistsError:
        raise _taken(path) from None
    except (OSError, sqlite3.Error) as error:
        raise NoCopy(
            f"Your journal cannot be copied to {path}: {reason(error)}. Name a file in another place."
        ) from error


def _taken(path: Path) -> NoCopy:
    return NoCopy(f"{path} exists already, and is left as it is. Name a file that does not exist.")
