"""Takes the journal out of a copy of it, which anybody may have made, and makes the present one one file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Final

from voicecoach.errors import JournalError, NoCopy
from voicecoach.journal.opening import APPLICATION, BESIDE, LATEST, is_damage, reason
from voicecoach.journal.transcript import LARGEST, Transcript, marks, transcribe
from voicecoach.safefiles import Readable, is_file, opened, private, set_aside

HEADER: Final = b"SQLite format 3\0"
"""How a database file begins (sqlite.org/fileformat.html)."""
_BLOCK: Final = 1_000_000


def taken_from(copy: Readable, called: Path, fresh: Path, *, alone: bool = False) -> Transcript:
    """Write what is in a ``copy`` of a journal into a new one in ``fresh``.

    ``called`` is the name of the copy for messages, and of the file beside which SQLite may have left the
    last sets, unless the copy is ``alone``, in an archive of that name. Raises NoCopy when it is
    no journal, damaged or of a newer version, and OSError.
    """
    given = fresh.with_name("given.db")
    _write(copy, given)
    beside = called.with_name(f"{called.name}{BESIDE[0]}")  # when it is not from a backup
    if not alone and is_file(beside):
        with opened(beside) as content:
            _write(content, given.with_name(f"{given.name}{BESIDE[0]}"))
    try:
        return transcribe(given, fresh, _version(given, called))
    except NoCopy:
        raise
    except (sqlite3.Error, OverflowError, RecursionError) as error:
        told = reason(error) if isinstance(error, sqlite3.Error) else str(error)
        raise NoCopy(
            f"{called} cannot be restored: {told}. What you have is as it was; try an earlier copy."
        ) from error
    except (ValueError, JournalError) as error:
        why = error.__cause__ if isinstance(error, JournalError) and error.__cause__ else error
        raise NoCopy(
            f"{called} holds something that voicecoach did not write: {why}. What you have is as it was; try"
            " an earlier copy."
        ) from error


def no_journal(called: Path) -> NoCopy:
    """Return the error for a file that is no copy at all."""
    return NoCopy(
        f"{called} is no copy that voicecoach has made, so everything stays as it is. Name a file that"
        " 'voicecoach backup' has made."
    )


def _version(given: Path, called: Path) -> int:
    """Return the version of the journal in ``given``. Raises NoCopy, or sqlite3.Error."""
    application, version = marks(given)
    if application != APPLICATION or version < 1:
        raise no_journal(called)
    if version > LATEST:
        raise NoCopy(
            f"{called} was written by a newer voicecoach (version {version} of its format; this one knows"
            f" {LATEST}), so your journal is left as it was. Update voicecoach first."
        )
    return version


def gather(place: Path) -> Path | None:
    """Merge SQLite's side files into the journal, so that it is one file.

    A damaged one is renamed, and its new name is returned. Raises JournalError when a session is using it.
    """
    try:
        with contextlib.closing(sqlite3.connect(place, timeout=0.2, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if is_damage(error):
            return set_aside(place, *BESIDE)
        raise JournalError(
            f"Your journal {place} cannot be replaced now: {reason(error)}. End the session that is going on,"
            " and try again."
        ) from error
    return None


def _write(content: Readable, path: Path) -> None:
    """Write a file whole. Raises OSError, and NoCopy for more than a journal can have."""
    left = LARGEST
    with open(path, "xb", opener=private) as file:
        while block := content.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise NoCopy(
                    f"This has more than {LARGEST} bytes, so it is no journal. What you have is as it was."
                )
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
