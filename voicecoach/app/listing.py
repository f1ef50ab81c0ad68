"""Lists the routines for ``voicecoach list``, and caches the list until something it depends on changes.

Making the list reads and compiles every routine; looking it up only compares files. So this module imports
little, and the modules for making it only when needed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach import __version__, paths
from voicecoach.app.journal import meetings
from voicecoach.journal.met import Kind
from voicecoach.journal.opening import BESIDE
from voicecoach.safefiles import read, write
from voicecoach.training.teaching import is_learned

_LARGEST: Final = 1_000_000
"""The most bytes of a library file for the list to be cached [own choice]."""


class ListedRoutine(NamedTuple):
    """A routine in the list."""

    name: str
    minutes: int
    """0 when it cannot be done."""
    text: str
    """Its purpose, or why it cannot be done."""
    mark: str = ""
    """Shown instead of its minutes when it cannot be done."""


def rows(notice: Callable[[str], None], now: datetime) -> tuple[ListedRoutine, ...]:
    """All routines, in order of the alphabet. Raises FileError for settings or a profile with mistakes."""
    noticed: list[str] = []

    def tell(text: str) -> None:
        noticed.append(text)
        notice(text)

    key = _key(tell, now)
    if known := _remembered(key, now):
        return known
    found = _worked_out(tell, now)
    if key and not noticed:  # notices must come again the next time
        kept = {"key": key, "made": now.isoformat(), "until": _until(now).isoformat(), "rows": found}
        with contextlib.suppress(OSError):
            write(_file(), json.dumps(kept, ensure_ascii=False))
    return found


def _until(now: datetime) -> datetime:
    """Return when the list made ``now`` is no longer right, because a morning begins or ends."""
    from voicecoach.settings import profile_file  # noqa: PLC0415 - for who makes the list, as below
    from voicecoach.training.cautions import next_turn  # noqa: PLC0415

    person = profile_file.load()
    return next_turn(now, person.up_at if person else None)


def _worked_out(notice: Callable[[str], None], now: datetime) -> tuple[ListedRoutine, ...]:
    from voicecoach.app.shelf import Trouble, own_shelf  # noqa: PLC0415 - 0.3 s, for what is not known

    shelf = own_shelf(notice, now)
    looks = ((name, shelf.look(name)) for name in shelf.names(notice))
    return tuple(
        ListedRoutine(name, 0, look.text, look.mark)
        if isinstance(look, Trouble)
        else ListedRoutine(name, shelf.minutes(look), look.routine.about)
        for name, look in looks
    )


def remembered_minutes(notice: Callable[[str], None], now: datetime) -> dict[str, int]:
    """How long each routine takes, by its name; empty when nothing is remembered."""
    return {row.name: row.minutes for row in _remembered(_key(notice, now), now)}


def _remembered(key: str, now: datetime) -> tuple[ListedRoutine, ...]:
    """The list that was made of what ``key`` stands for, and is right ``now``; empty when there is none."""
    try:
        kept = json.loads(read(_file(), _LARGEST))
        made, until = (datetime.fromisoformat(kept[name]) for name in ("made", "until"))
        if kept["key"] != key or not made <= now < until:
            return ()
        return tuple(ListedRoutine(*row) for row in kept["rows"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()


def _key(notice: Callable[[str], None], now: datetime) -> str:
    """A hash of all that the list follows from but the time of day: the program, the files of the library,
    what the person set, the day, the journal, and which exercises they know by now. Empty when not all of it
    can be read.
    """
    known = meetings(Kind.EXERCISE, notice)
    short = sorted(key for key, meeting in known.items() if is_learned(meeting, now))
    everything = hashlib.sha256(repr((__version__, now.date(), short, _journal())).encode())
    try:
        for path in _files():
            content = _content(path)
            everything.update(os.fsencode(path) + f"\0{len(content)}\0".encode())
            everything.update(content)
    except OSError:
        return ""
    return everything.hexdigest()


def _content(path: Path) -> bytes:
    """What is in a file, or why it cannot be read. Raises OSError for one too large to be compared."""
    try:
        return read(path, _LARGEST)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise
        return str(error).encode(errors="replace")


def _files() -> Iterator[Path]:
    """All that a person can write, profile and settings included, and what came with the program."""
    for folder in (paths.user_data(), paths.user_config(), paths.shipped("routines")):
        for root, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(root, name)
                if path.suffix in {".yaml", ".yml", ".toml"}:
                    yield path


def _journal() -> list[tuple[int, int]]:
    """The size and the time of the last change of the journal, whose doses follow from all that is in it.

    What SQLite has not yet moved into the file itself is beside it.
    """
    found = (Path(f"{paths.journal()}{ending}") for ending in ("", BESIDE[0]))
    return [(each.st_size, each.st_mtime_ns) for path in found if path.exists() and (each := path.stat())]


def _file() -> Path:
    return paths.cache() / "list.json"
