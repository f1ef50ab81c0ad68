"""The files that are the person's own: where each stands, what it is called, and what reads it.

In a copy of them each has a name of its own, whatever folders the system has: the journal, what stands in the
folder for data, and the settings.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from voicecoach import paths
from voicecoach.errors import VoicecoachError
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import MAX_BYTES, parse
from voicecoach.routine.place import ENDINGS
from voicecoach.safefiles import is_file, read
from voicecoach.session.commands import spoken
from voicecoach.settings import file as settings_file
from voicecoach.settings import listen_file, profile_file, schedule_file

JOURNAL: Final = "journal.db"
LARGEST: Final = MAX_BYTES
"""The most bytes of any of the files but the journal: more is read of none of them."""
MOST: Final = 1000
"""The most files but the journal [own choice]."""
TOGETHER: Final = 50_000_000
"""The most bytes of all of them together [own choice]."""

_PLAN: Final = "data/plan.yaml"
_PROFILE: Final = "data/profile.yaml"
_SETTINGS: Final = "config/config.toml"
_WORDS: Final = "config/listen.yaml"
_SINGLE: Final[Mapping[str, str]] = {
    JOURNAL: "journal",
    _PLAN: "plan",
    _PROFILE: "profile",
    _SETTINGS: "settings",
    _WORDS: "own words for commands",
    "data/safety.json": "answers about safety",
    "data/shared.json": "addresses of shared pages",
}
"""What each file is called, by its name in a copy."""
_ROUTINES: Final = "data/routines/"
_DEEPEST: Final = 8
"""The most folders in each other [own choice]."""
_LONGEST: Final = 240
"""The most bytes of a name [own choice]; systems take 255."""
_ELSEWHERE: Final = re.compile(r'[\\/:*?"<>|]')
"""What is no part of a name on some system, or leads out of the folder there."""
_DEVICE: Final = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
"""The names that Windows keeps for itself."""


class Folders(NamedTuple):
    """The folders of the person's files."""

    data: Path
    config: Path

    @classmethod
    def own(cls) -> Folders:
        """Return the folders that the program uses."""
        return cls(paths.user_data(), paths.user_config())

    @property
    def journal(self) -> Path:
        return self.data / JOURNAL

    def place(self, name: str) -> Path:
        """Return the place of a file by its name in a copy, which is a known one."""
        if name == JOURNAL:
            return self.journal
        kind, _, rest = name.partition("/")
        return (self.config if kind == "config" else self.data).joinpath(*rest.split("/"))


def is_known(name: str) -> bool:
    """Tell whether a copy may have a file of that name; it leads nowhere else."""
    if name in _SINGLE:
        return True
    parts = name.removeprefix(_ROUTINES).split("/")
    return (
        name.startswith(_ROUTINES)
        and len(parts) <= _DEEPEST
        and is_routine(name)
        and all(map(_is_plain, parts))
    )


def there(home: Folders) -> Iterator[str]:
    """Yield the names of the files that there are, without the journal.

    Some may be names that a copy cannot have.
    """
    for name in _SINGLE:
        if name != JOURNAL and is_file(home.place(name)):
            yield name
    for folder, folders, files in os.walk(home.data / "routines", followlinks=True):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        inside = Path(folder).relative_to(home.data).as_posix()
        if inside.count("/") >= _DEEPEST:
            folders.clear()  # also where links lead in a circle
        yield from (f"data/{inside}/{each}" for each in sorted(files) if is_routine(each) and each[0] != ".")


def is_routine(name: str) -> bool:
    """Tell whether a name is that of a routine, exercise or programme, and not of another file."""
    return name not in _SINGLE and name.lower().endswith(ENDINGS)


def _is_plain(part: str) -> bool:
    """Tell whether each system takes a part of a path for the name of a file, and for nothing else."""
    try:
        short = len(part.encode()) <= _LONGEST
    except UnicodeEncodeError:
        return False
    plain = (
        part.isprintable() and not _ELSEWHERE.search(part) and not _DEVICE.fullmatch(part.partition(".")[0])
    )
    return short and plain and part == part.strip(" .") != ""


def called(name: str) -> str:
    """Return what a file is called in a sentence that begins with "your"."""
    return _SINGLE.get(name) or name.removeprefix("data/")


def mistaken(folder: Path, home: Folders, names: Iterator[str]) -> Iterator[str]:
    """Yield those of the files in ``folder``, by their names in a copy, that their own readers refuse."""
    routines = (folder / _ROUTINES, home.data / "routines", paths.shipped("routines"))
    library = Library(routines)
    for name in names:
        path = folder / name
        try:
            _reader(name, library)(read(path, LARGEST), path)
        except (VoicecoachError, ValueError, RecursionError):
            yield name


def _reader(name: str, library: Library) -> Callable[[bytes, Path], object]:
    single: Mapping[str, Callable[[bytes, Path], object]] = {
        _PLAN: partial(_plan, library=library),
        _PROFILE: profile_file.read,
        _SETTINGS: _settings,
        _WORDS: _words,
    }
    if read_single := single.get(name):
        return read_single
    if not name.startswith(_ROUTINES):
        return lambda source, _: dict(json.loads(source))
    where, stem = PurePosixPath(name).parent.name, PurePosixPath(name).stem
    by_folder: Mapping[str, Callable[[str], object]] = {
        "exercises": library.exercise,
        "programmes": library.programme,
    }
    if load := by_folder.get(where):
        return lambda *_: load(stem)
    return (lambda _, path: library.load(path)) if where == "routines" else parse


def _plan(source: bytes, path: Path, library: Library) -> None:
    schedule_file.read(source, path, library.routines())


def _words(source: bytes, path: Path) -> None:
    listen_file.read(source, path, spoken(phrases.load()), ())


def _settings(source: bytes, path: Path) -> None:
    found = settings_file.parse(source.decode("utf-8-sig").replace("\r\n", "\n"), path)
    if found.problems:
        raise ValueError(str(found.problems[0]))
