"""Asks the journal a question or writes in it, even when there is no journal or that is not possible."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from voicecoach import paths
from voicecoach.errors import JournalError
from voicecoach.journal import felt, met
from voicecoach.journal.met import Kind, Meeting
from voicecoach.journal.opening import connect, connect_to_read, not_possible

if TYPE_CHECKING:
    from voicecoach.journal.store import Journal

T = TypeVar("T")

Notice = Callable[[str], None]


def ask_journal(question: Callable[[Journal], T], unknown: T, notice: Notice) -> T:
    """Return the journal's answer, or ``unknown`` when there is none or it is unreadable, with a notice."""
    from voicecoach.journal import store  # noqa: PLC0415 - reads sessions, and ``list`` needs none

    if not store.begun():
        return unknown
    try:
        with store.Journal.open_to_read(store.file(), notice) as journal:
            return question(journal)
    except JournalError as error:
        notice(f"{error} So it is not known here what you did.")
        return unknown


def write_down(write: Callable[[Journal], object], lost: str, notice: Notice) -> None:
    """Let ``write`` change the journal; ``notice`` hears why that is not possible, and what is ``lost``."""
    from voicecoach.journal import store  # noqa: PLC0415 - see above

    try:
        with store.Journal.open(store.file(), notice) as journal:
            write(journal)
    except JournalError as error:
        notice(f"{error} {lost}")


def meetings(kind: Kind, notice: Notice) -> Mapping[str, Meeting]:
    """Return what was done of one kind, by its key; ``notice`` gets a line when that cannot be read."""
    return _glance(lambda connection: met.meetings(connection, kind), {}, notice)


def last_leg(since: date, until: date, notice: Notice) -> int | None:
    """Return how far down a leg it was felt last, from one day to another, as :func:`felt.last_leg` does."""
    return _glance(lambda connection: felt.last_leg(connection, since, until), None, notice)


def _glance(look: Callable[[sqlite3.Connection], T], unknown: T, notice: Notice) -> T:
    """Return what ``look`` finds in the journal, without loading what reads whole sessions."""
    path = paths.journal()
    if not (os.path.lexists(path) or met.old_files(path.parent)):
        return unknown
    try:
        with contextlib.closing(connect_to_read(path, notice)) as connection:
            return look(connection)
    except JournalError as error:
        notice(f"{error} So it is not known here what you did.")
    except (sqlite3.Error, ValueError) as error:
        notice(f"Your journal {path} cannot be read: {error}. So it is not known here what you did.")
    return unknown


def note_met(exercises: Iterable[str], notice: Notice) -> None:
    """Note the exercises done in a session that is not written down; ``notice`` gets a line on failure."""
    lost = "So the next session explains the exercises as if you had not done them today."
    _note(lambda connection: met.meet(connection, exercises), lost, notice)


def is_told(lesson: str, notice: Notice) -> bool:
    """Tell whether the coach has told a ``lesson``; ``notice`` gets a line when that cannot be read."""
    return lesson in meetings(Kind.LESSON, notice)


def note_told(lesson: str, notice: Notice) -> None:
    """Note that the coach has told a ``lesson``; ``notice`` gets a line on failure."""
    lost = "So the next session tells again what you can say."
    _note(lambda connection: met.learn(connection, lesson), lost, notice)


def _note(write: Callable[[sqlite3.Connection], None], lost: str, notice: Notice) -> None:
    path = paths.journal()
    try:
        with contextlib.closing(connect(path, notice)) as connection:
            write(connection)
    except (JournalError, sqlite3.Error, UnicodeError) as error:
        why = not_possible("written", path, error) if isinstance(error, sqlite3.Error) else error
        notice(f"{why} {lost}")
