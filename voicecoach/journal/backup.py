"""Restores a copy of the journal, and keeps the present one under another name."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.errors import JournalError, NoCopy
from voicecoach.journal.opening import APPLICATION, BESIDE, LATEST, is_damage, migrate, reason, version
from voicecoach.journal.store import Journal
from voicecoach.safefiles import is_file, locked, opened, set_aside

_HEADER: Final = b"SQLite format 3\0"
"""How a database file begins (sqlite.org/fileformat.html)."""


class Restored(NamedTuple):
    """What was restored, and where the journal from before is."""

    days: tuple[date, ...]
    """The day of each session, earliest first."""
    aside: Path | None
    """None when there was no journal before."""


def restore(source: Path, place: Path, today: date) -> Restored:
    """Check ``source`` completely, then put a copy of it in the ``place`` of the journal.

    Raises JournalError when ``source`` is no journal, damaged or of a newer version, or when a session is
    using the present one, which then stays. It also stays after a kill at any moment.
    """
    _refuse_what_is_no_journal(source, place)
    # The journal may be a link to a folder that is kept in step with others.
    real = Path(os.path.realpath(place))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with (
            locked(place.with_suffix(".lock")),
            tempfile.TemporaryDirectory(prefix=".restoring-", dir=real.parent) as folder,
        ):
            copy = Path(folder) / real.name
            days = _copied(source, copy)
            aside = _kept(real, today) if real.exists() else None
            copy.replace(real)
    except OSError as error:
        raise JournalError(
            f"{source} cannot be restored to {place}: {reason(error)}. Your journal is as it was. Try again"
            " when the disk has room, and the folder may be written to."
        ) from error
    return Restored(days, aside)


def _refuse_what_is_no_journal(source: Path, place: Path) -> None:
    try:
        if not source.exists():
            raise NoCopy(f"There is no file {source}. Name one that 'voicecoach backup' has made.")
        if _same(source, place):
            raise NoCopy(f"{source} is your journal itself. Name what 'voicecoach backup' has made.")
        with opened(source) as content:
            header = content.read(len(_HEADER))
    except OSError as error:
        raise NoCopy(f"{source} cannot be read: {reason(error)}. Your journal is as it was.") from error
    if header != _HEADER:
        raise _no_journal(source)


def _same(source: Path, place: Path) -> bool:
    with contextlib.suppress(OSError):  # what cannot be looked at is found out later
        return source.samefile(place)
    return False


def _no_journal(source: Path) -> NoCopy:
    return NoCopy(
        f"{source} is not a journal of voicecoach, so your journal is left as it was. Name a file that"
        " 'voicecoach backup' has made."
    )


def _copied(source: Path, copy: Path) -> tuple[date, ...]:
    """Copy ``source``, bring the copy up to date, and return its days. Raises JournalError or OSError."""
    _copy(source, copy)
    beside = source.with_name(f"{source.name}-wal")  # when it is not from a backup, the last sets are there
    if is_file(beside):
        _copy(beside, copy.with_name(f"{copy.name}-wal"))
    try:
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                raise _no_journal(source)
            if (found := version(connection)) > LATEST:
                raise NoCopy(
                    f"{source} was written by a newer voicecoach (version {found} of its format; this one"
                    f" knows {LATEST}), so your journal is left as it was. Update voicecoach first."
                )
            _refuse_damage(connection)
            migrate(connection)
            days = _days(Journal(connection, source))
            connection.execute("PRAGMA journal_mode = DELETE")  # everything is in the one file now
    except JournalError as error:
        raise NoCopy(str(error)) from error
    except sqlite3.Error as error:
        raise NoCopy(
            f"{source} cannot be restored: {reason(error)}. Your journal is as it was; try an earlier copy."
        ) from error
    return days


def _refuse_damage(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError."""
    problem: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if problem != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.DatabaseError("it is damaged")


def _days(journal: Journal) -> tuple[date, ...]:
    """Read everything once, so that nothing fails later; return the days. Raises JournalError."""
    sessions = journal.sessions()
    for session in sessions:
        journal.events(session.id)
    journal.choices()
    journal.agreements()
    journal.weakness()
    journal.lifted()
    journal.remarks()
    journal.left_open(date.min)
    return tuple(session.day for session in sessions)


def _kept(place: Path, today: date) -> Path:
    """Hard-link the present journal to a backup name before it is replaced; return that name."""
    try:
        _gather(place)
    except sqlite3.Error as error:
        if is_damage(error):
            return set_aside(place, *BESIDE)
        raise JournalError(
            f"Your journal {place} cannot be replaced now: {reason(error)}. End the session that is going on,"
            " and try again."
        ) from error
    number = 1
    while (aside := _named(place, today, number)).exists():
        number += 1
    try:
        aside.hardlink_to(place)
    except OSError:  # not every file system has links
        _copy(place, aside)
    return aside


def _gather(place: Path) -> None:
    """Merge SQLite's side files into the main one, which needs the file to be open nowhere else."""
    with contextlib.closing(sqlite3.connect(place, timeout=0.2, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _named(place: Path, today: date, number: int) -> Path:
    ending = "" if number == 1 else f"-{number}"
    return place.with_name(f"{place.stem}.before-{today.isoformat()}{ending}{place.suffix}")


def _copy(source: Path, copy: Path) -> None:
    """Copy a file whole, to the disk, or leave nothing of it. Raises OSError."""
    try:
        with opened(source) as content, copy.open("xb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
