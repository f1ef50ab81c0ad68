"""Keeps rendered speech on disk, so that a session played before starts at once.

Each clip has one file, named by the SHA-256 of everything that shapes its sound. Files appear whole or not at
all, so two programs can share the folder; a damaged file is removed and its clip made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.safefiles import opened, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEADER: Final = struct.Struct("<4sII")
"""Magic, bytes of sound, their CRC-32."""
_MAGIC: Final = b"vcs1"
_SUFFIX: Final = ".speech"
_UNFINISHED: Final = ".part"
_ABANDONED: Final = 3600 * 10**9
"""Nanoseconds after which an unfinished file counts as left behind by a killed program."""
_LIMIT: Final = 300 * 1024 * 1024
_AFTER_CLEANING: Final = 0.9
"""The share of the limit that stays after cleaning, so that not every new clip scans the folder."""


class SpeechCache:
    """Clips as bytes (int16 mono at 48 kHz, little-endian) in ``folder``, at most ``limit`` bytes of them.

    No method raises for an unusable folder: speech is then made afresh, and ``notice`` gets one line.
    """

    def __init__(self, folder: Path, notice: Callable[[str], None], *, limit: int = _LIMIT) -> None:
        self._folder = folder
        self._notice = notice
        self._limit = limit
        self._size: int | None = None
        """The known bytes in the folder, to which other programs may add. None before the first clip."""
        self._broken = False

    def get(self, key: str) -> bytes | None:
        """Return the sound kept under ``key``, or None, and mark it as used: used clips are kept longest."""
        path = self._path(key)
        try:
            with opened(path) as file:
                header = file.read(_HEADER.size)
                # A damaged file can be huge, so the length in its header is compared with its size first.
                length = os.fstat(file.fileno()).st_size - _HEADER.size
                sound = file.read(length) if length <= self._limit and _promises(header, length) else None
        except FileNotFoundError:
            return None
        except OSError:
            sound = None
        if sound is None or header != _header(sound):
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return sound

    def put(self, key: str, sound: bytes) -> bool:
        """Keep ``sound``; False when it could not be kept."""
        if self._broken:
            return False
        try:
            write(self._path(key), _header(sound) + sound, suffix=_UNFINISHED)
            self._make_room(_HEADER.size + len(sound))
        except OSError as error:
            self._broken = True
            self._notice(
                f"Speech cannot be kept in {self._folder} ({error.strerror}), so it is made afresh each time."
            )
            return False
        return True

    def size(self) -> int:
        """Return the bytes of all files in the cache."""
        return sum(size for _, size, _ in self._files())

    def clear(self) -> int:
        """Remove every clip and return how many bytes that freed."""
        freed = 0
        for path, size, _ in list(self._files()):
            with contextlib.suppress(OSError):
                path.unlink()
                freed += size
        self._size = None
        return freed

    def _make_room(self, added: int) -> None:
        """Remove the least recently used clips when the folder is over its limit."""
        self._size = self.size() if self._size is None else self._size + added
        if self._size <= self._limit:
            return
        files = sorted(self._files(), key=lambda file: file[2])
        self._size = sum(size for _, size, _ in files)
        for path, size, used in files:
            if path.suffix == _UNFINISHED and used > files[-1][2] - _ABANDONED:
                continue  # another program is writing it
            if self._size <= self._limit * _AFTER_CLEANING:
                break
            with contextlib.suppress(OSError):  # another program was faster
                path.unlink()
            self._size -= size

    def _files(self) -> Iterator[tuple[Path, int, int]]:
        """Path, size and time of last use in nanoseconds of each of the cache's files."""
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith((_SUFFIX, _UNFINISHED)):
                    with contextlib.suppress(OSError):
                        status = entry.stat()
                        yield Path(entry.path), status.st_size, status.st_mtime_ns

    def _path(self, key: str) -> Path:
        return self._folder / (key + _SUFFIX)


def cache_key(*parts: str | int) -> str:
    """Return a key for ``parts``; any difference in them gives another key."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _promises(header: bytes, length: int) -> bool:
    """Tell whether ``header`` belongs to ``length`` bytes of sound."""
    if len(header) != _HEADER.size:
        return False
    magic, promised, _ = _HEADER.unpack(header)
    return bool(magic == _MAGIC and promised == length)


def _header(sound: bytes) -> bytes:
    return _HEADER.pack(_MAGIC, len(sound), zlib.crc32(sound))
