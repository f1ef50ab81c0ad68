"""Copies all that is the person's into one file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from voicecoach.app import archive
from voicecoach.app.belongings import JOURNAL, LARGEST, MOST, TOGETHER, Folders, is_known, there
from voicecoach.app.journal import Notice
from voicecoach.errors import NoCopy, UsageError
from voicecoach.journal import store, unwritten
from voicecoach.journal.backup import gather
from voicecoach.journal.store import Journal
from voicecoach.safefiles import is_file, opened


class Copied(NamedTuple):
    """What was copied."""

    names: tuple[str, ...]
    """The names of the files in the copy, the journal first."""
    sessions: int


def backup(path: Path, notice: Notice) -> Copied:
    """Copy what is the person's into a new file; a session may go on meanwhile.

    ``notice`` hears what cannot be in it. Raises UsageError when there is nothing, NoCopy for a place where
    no file can be made, and JournalError for a journal that cannot be read.
    """
    home = Folders.own()
    if path.is_dir():
        raise NoCopy(f"{path} is a folder. Name a file in it, such as {path / 'voicecoach.zip'}.")
    if path.exists():
        raise _taken(path)
    files = {name: home.place(name) for name in fitting(home, notice)}
    try:
        with tempfile.TemporaryDirectory(prefix=".voicecoach-", dir=path.parent) as folder:
            sessions = 0
            if store.begun():
                sessions = _copy_journal(home.journal, copy := Path(folder) / JOURNAL, notice)
                files = {JOURNAL: copy} | files
            if not files:
                raise UsageError("There is nothing of yours yet, so there is nothing to copy.")
            archive.write(path, files)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise NoCopy(
            f"No copy can be written to {path}: {error.strerror}. Name a file in another place."
        ) from error
    return Copied(tuple(files), sessions)


def _taken(path: Path) -> NoCopy:
    return NoCopy(f"{path} exists already, and is left as it is. Name a file that does not exist.")


def _copy_journal(journal: Path, copy: Path, notice: Notice) -> int:
    """Copy the journal, with the sessions that wait beside it, and return how many sessions it has."""
    with Journal.open_to_read(journal, notice) as present:
        present.backup(copy)
        count = present.count()
    if waiting := unwritten.files(journal):
        for each in waiting:
            with opened(each) as content, copy.with_name(each.name).open("xb") as file:
                shutil.copyfileobj(content, file)
        with Journal.open(copy, notice) as made:
            count = made.count()
        gather(copy)
    return count


def fitting(home: Folders, notice: Notice) -> Iterator[str]:
    """Yield the names of the person's files that a copy can have, without the journal.

    ``notice`` hears of the others.
    """
    count = together = 0
    for name in there(home):
        place = home.place(name)
        try:
            size = place.stat().st_size if is_file(place) else LARGEST + 1
        except OSError:
            continue
        fits = size <= LARGEST and is_known(name)
        if not fits or count >= MOST or together + size > TOGETHER:
            why = (
                "there are too many files" if fits else "it is too large, or not a file that voicecoach reads"
            )
            notice(f"{place} is not in the copy: {why}.")
            continue
        count, together = count + 1, together + size
        yield name
