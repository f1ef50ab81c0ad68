"""What the person has met, asked of the journal without loading all that reads sessions."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping

from voicecoach import paths
from voicecoach.errors import JournalError
from voicecoach.journal import met
from voicecoach.journal.met import Kind, Meeting
from voicecoach.journal.opening import connect, connect_to_read, not_possible


def known(kind: Kind, notice: Callable[[str], None]) -> Mapping[str, Meeting]:
    """Everything of a kind that was done, by its key; a journal that cannot be read is told."""
    path = paths.journal()
    if not (os.path.lexists(path) or met.old_files(path.parent)):
        return {}
    try:
        with contextlib.closing(connect_to_read(path, notice)) as connection:
            return met.meetings(connection, kind)
    except JournalError as error:
        notice(f"{error} So it is not known here what you did.")
    except (sqlite3.Error, ValueError) as error:
        notice(f"Your journal {path} cannot be read: {error}. So it is not known here what you did.")
    return {}


def note(exercises: Iterable[str], notice: Callable[[str], None]) -> None:
    """Note that these were done in a session that is not written down; what prevents that is told."""
    path = paths.journal()
    try:
        with contextlib.closing(connect(path, notice)) as connection:
            met.meet(connection, exercises)
    except (JournalError, sqlite3.Error, UnicodeError) as error:
        why = not_possible("written", path, error) if isinstance(error, sqlite3.Error) else error
        notice(f"{why} So the next session explains the exercises as if you had not done them today.")
