"""Brings a copy of the person's files back, whole or not at all.

All of it is checked and laid out in a folder beside the journal first. That folder then gets another name,
and from there on the copy counts: whatever interrupts the rest, the next command finishes it. What was there
before is in a copy of its own by then.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach import paths
from voicecoach.app import archive
from voicecoach.app.backup import fitting
from voicecoach.app.belongings import JOURNAL, LARGEST, Folders, mistaken
from voicecoach.app.journal import Notice
from voicecoach.errors import JournalError, NoCopy
from voicecoach.journal.backup import HEADER, gather, no_journal, taken_from
from voicecoach.journal.opening import reason
from voicecoach.journal.transcript import Transcript
from voicecoach.safefiles import (
    Readable,
    is_file,
    locked,
    make_folder,
    opened,
    private,
    read,
    refuse_what_is_no_file,
)

_UNCHECKED: Final = f"{paths.RESTORING}-"
"""The beginning of the name of the folder with the files until all of them are checked."""


class Restored(NamedTuple):
    """What was restored, and where what was there before is; files by their names in a copy."""

    journal: Transcript | None
    """None when there is none in the copy."""
    replaced: tuple[str, ...]
    added: tuple[str, ...]
    mistaken: tuple[str, ...]
    """Those of them that their own readers refuse."""
    aside: Path | None
    """The copy of all that was there before; None when there was nothing."""
    damaged: Path | None
    """What the journal is called now, if it was damaged."""


def restore(source: Path, today: date, notice: Notice, home: Folders | None = None) -> Restored:
    """Check ``source`` completely, then put what is in it in its places.

    Raises JournalError when ``source`` is no copy, damaged or of a newer version, or when a session is using
    the journal; everything then stays as it is.
    """
    home = home or Folders.own()
    _refuse_what_is_no_copy(source, home)
    try:
        make_folder(home.data)
        with locked(_lock(home)):
            _finish(home)
            for left in home.data.glob(f"{_UNCHECKED}*"):  # by one that was killed
                shutil.rmtree(left, ignore_errors=True)
            stage = Path(tempfile.mkdtemp(prefix=_UNCHECKED, dir=home.data))
            try:
                restored = _prepared(source, stage, home, today, notice)
                stage.rename(home.data / paths.RESTORING)
            except BaseException:
                shutil.rmtree(stage, ignore_errors=True)
                raise
            _finish(home)
    except OSError as error:
        raise JournalError(
            f"{source} cannot be restored to {home.data}: {reason(error)}. What you have is as it was. Try"
            " again when the disk has room, and the folder may be written to."
        ) from error
    return restored


def finish(home: Folders | None = None) -> None:
    """Put the rest of an interrupted copy in its places. Raises JournalError when that is not possible."""
    home = home or Folders.own()
    try:
        with locked(_lock(home)):
            _finish(home)
    except OSError as error:
        raise _unfinished(home, error) from error


def _unfinished(home: Folders, error: OSError) -> JournalError:
    return JournalError(
        f"A copy of your files is being restored, and the rest of it in {home.data / paths.RESTORING} cannot"
        f" be put in its place: {reason(error)}. Make room on the disk, and check that the folder can be"
        " written to; the next command then finishes it."
    )


def _lock(home: Folders) -> Path:
    return home.journal.with_suffix(".lock")


def _refuse_what_is_no_copy(source: Path, home: Folders) -> None:
    try:
        if not source.exists():
            raise NoCopy(f"There is no file {source}. Name one that 'voicecoach backup' has made.")
        if home.journal.exists() and source.samefile(home.journal):
            raise NoCopy(f"{source} is your journal itself. Name what 'voicecoach backup' has made.")
        with opened(source) as content:
            header = content.read(len(HEADER))
    except OSError as error:
        raise NoCopy(f"{source} cannot be read: {reason(error)}. What you have is as it was.") from error
    if header != HEADER and not header.startswith(archive.HEADER):
        raise no_journal(source)


def _prepared(source: Path, stage: Path, home: Folders, today: date, notice: Notice) -> Restored:
    """Lay out what is in ``source`` in ``stage``, and keep what it replaces.

    Raises JournalError and OSError.
    """
    transcript = _laid_out(source, stage)
    names = tuple(_names(stage))
    changed = [name for name in names if name == JOURNAL or not _is_there(stage / name, home.place(name))]
    for name in set(names) - set(changed):
        (stage / name).unlink()
    for name in changed:
        _refuse_what_is_in_the_way(home.place(name))
    replaced = tuple(name for name in changed if os.path.lexists(home.place(name)))
    wrong = tuple(mistaken(stage, home, (name for name in changed if name != JOURNAL)))
    journal = Path(os.path.realpath(home.journal))
    damaged = gather(journal) if JOURNAL in replaced else None
    aside = _kept(home, today, notice) if replaced else None
    added = tuple(name for name in changed if name not in replaced)
    return Restored(transcript, replaced, added, wrong, aside, damaged)


def _refuse_what_is_in_the_way(place: Path) -> None:
    """Raise OSError when a file cannot be put in its place, as far as a look can tell."""
    refuse_what_is_no_file(place)
    real = Path(os.path.realpath(place))
    folder = next(each for each in real.parents if os.path.lexists(each))
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        why = errno.EACCES if folder.is_dir() else errno.ENOTDIR
        raise OSError(why, f"{os.strerror(why)} ({folder})")


def _laid_out(source: Path, stage: Path) -> Transcript | None:
    """Write the files in ``source`` into ``stage``, by their names; return what the journal says."""
    with opened(source) as content:
        if content.read(len(HEADER)) == HEADER:
            content.seek(0)
            return _checked(content, source, stage)
        transcript = None
        try:
            for name, file in archive.read(content):
                if name == JOURNAL:
                    transcript = _checked(file, source, stage, alone=True)
                else:
                    make_folder((stage / name).parent)
                    _write(file, stage / name)
        except archive.NotOurs as error:
            raise NoCopy(
                f"{source} cannot be restored: {error}. What you have is as it was; try an earlier copy."
            ) from error
        return transcript


def _checked(journal: Readable, source: Path, stage: Path, *, alone: bool = False) -> Transcript:
    """Write the journal in a copy into a fresh one in ``stage``."""
    with tempfile.TemporaryDirectory(dir=stage) as folder:
        fresh = Path(folder) / JOURNAL
        transcript = taken_from(journal, source, fresh, alone=alone)
        fresh.rename(stage / JOURNAL)
    return transcript


def _names(stage: Path) -> Iterator[str]:
    """Yield the names of the files in ``stage``, the journal first."""
    found = sorted(each.relative_to(stage).as_posix() for each in stage.rglob("*") if is_file(each))
    yield from sorted(found, key=lambda name: name != JOURNAL)


def _is_there(new: Path, present: Path) -> bool:
    with contextlib.suppress(OSError):
        return read(present, LARGEST) == read(new, LARGEST)
    return False


def _kept(home: Folders, today: date, notice: Notice) -> Path | None:
    """Write a copy of all that is there now beside it, and return its name; None when there is nothing."""
    files = {name: home.place(name) for name in fitting(home, notice)}
    if home.journal.exists():
        files = {JOURNAL: home.journal} | files
    if not files:
        return None
    number = 1
    while (aside := _named(home, today, number)).exists():
        number += 1
    archive.write(aside, files)
    return aside


def _named(home: Folders, today: date, number: int) -> Path:
    ending = "" if number == 1 else f"-{number}"
    return home.data / f"before-{today.isoformat()}{ending}.zip"


def _finish(home: Folders) -> None:
    """Put each file that was checked in its place. Doing so twice changes nothing. Raises JournalError."""
    checked = home.data / paths.RESTORING
    if not checked.is_dir():
        return
    try:
        for name in _names(checked):
            place = Path(os.path.realpath(home.place(name)))  # a link stays one
            make_folder(place.parent)
            _move(checked / name, place)
        shutil.rmtree(checked)
    except OSError as error:
        raise _unfinished(home, error) from error


def _move(file: Path, place: Path) -> None:
    """Move a file, also to another disk, so that its new place has the old or the new one. Raises OSError."""
    try:
        file.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=place.parent) as folder:
            copy = Path(folder) / place.name
            with opened(file) as content:
                _write(content, copy)
            copy.replace(place)
        file.unlink()


def _write(content: Readable, path: Path) -> None:
    """Write a file whole, to the disk, so that nobody else can read it. Raises OSError."""
    with open(path, "xb", opener=private) as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
