"""The file of an open journal: whether it is still there, not shortened, and the one that was opened.

SQLite does not look: it goes on writing into a file that was deleted, moved, replaced or cut short, and what
it writes is lost. The file is never opened here: closing it again would drop the locks that SQLite holds on
it (sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_Identity = tuple[int, int]
"""The device and the number of a file."""


class JournalFile:
    """The file at a path, and the file beside it that has what SQLite has not moved into it yet."""

    def __init__(self, path: Path) -> None:
        real = Path(os.path.realpath(path))  # SQLite keeps its files beside that
        self._path = path
        self._log, self._shared = (real.with_name(f"{real.name}-{each}") for each in ("wal", "shm"))
        self._is, self._size = _identity(path), _size(path)
        self._log_is = _identity(self._log)

    def is_unchanged(self) -> bool:
        """Tell whether both are the files that were opened, and the first is no shorter."""
        size, before = _size(self._path), self._size
        self._size = max(size, before)
        log = self._log_is is None or _identity(self._log) == self._log_is
        return log and size >= before and _identity(self._path) == self._is

    def leave(self) -> None:
        """Remove what stays beside a closed journal that another file has replaced.

        SQLite would take it for a part of that one (sqlite.org/howtocorrupt.html, 1.4).
        """
        if self._is is None or self._log_is is None or _identity(self._path) == self._is:
            return
        if _identity(self._log) == self._log_is:
            with contextlib.suppress(OSError):
                self._log.unlink(missing_ok=True)
                self._shared.unlink(missing_ok=True)


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
