"""A copy of the journal in a file of its own, whole or not at all."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from pathlib import Path

from voicecoach.errors import JournalError
from voicecoach.journal.opening import reason


def copy_into(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the whole database, as it is at this moment, into ``path``; others may go on writing to it.

    Raises JournalError when there is such a file already, or it cannot be made; then nothing is left of it.
    """
    if path.is_dir():
        raise JournalError(f"{path} is a folder. Name a file in it, such as {path / 'journal-copy.db'}.")
    if path.exists():
        raise _taken(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".voicecoach-", dir=path.parent) as folder:
            copy = Path(folder) / "copy.db"
            with contextlib.closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")  # one file, whatever becomes of it
            _give_name(copy, path)
    except FileExistsError:
        raise _taken(path) from None
    except (OSError, sqlite3.Error) as error:
        raise JournalError(
            f"Your journal cannot be copied to {path}: {reason(error)}. Name a file in another place."
        ) from error


def _give_name(file: Path, name: Path) -> None:
    """Give a file its name, never that of another. Raises FileExistsError or OSError."""
    try:
        name.hardlink_to(file)
    except FileExistsError:
        raise
    except OSError:  # not every file system has links
        if name.exists():
            raise FileExistsError from None
        file.rename(name)


def _taken(path: Path) -> JournalError:
    return JournalError(f"{path} exists already, and is left as it is. Name a file that does not exist.")
