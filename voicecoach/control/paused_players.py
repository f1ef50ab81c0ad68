"""Notes which players a session has paused, so that they go on although it was killed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Final

from voicecoach import paths, safefiles
from voicecoach.plain import read

_NAME: Final = "paused-players-"
_LONGEST: Final = 65_536
"""Bytes; a longer file is none of ours."""


@dataclass(frozen=True, slots=True)
class Paused:
    """A player that was paused, and where."""

    owner: str
    """Its connection to the bus."""
    name: str
    """The program's name for people."""
    track: str = ""
    position: int = 0
    """In microseconds."""


@dataclass(frozen=True, slots=True)
class PausedPlayers:
    """The players that one session has paused."""

    bus: str
    """The name of the bus that the connections belong to: after a new login the same names are others'."""
    at: float
    """When, in seconds since 1970."""
    players: tuple[Paused, ...]


class Note:
    """The note of this session. Where it cannot be written there is none."""

    def __init__(self) -> None:
        self._path = paths.cache() / f"{_NAME}{os.getpid()}.json"
        self._claim: BinaryIO | None = None

    def write(self, paused: PausedPlayers) -> None:
        with suppress(OSError):
            self._claim = self._claim or safefiles.claimed(_lock(self._path), 0)
            safefiles.write(self._path, json.dumps(asdict(paused)))

    def remove(self) -> None:
        if self._claim is not None:
            self._claim.close()
            _remove(self._path)


def left_over() -> Iterator[PausedPlayers]:
    """Yield the notes of sessions that were killed, and remove them."""
    with suppress(OSError):
        for path in sorted(paths.cache().glob(f"{_NAME}*.json")):
            claim = None if path == Note()._path else safefiles.claimed(_lock(path), 0)  # noqa: SLF001 - its own
            if claim is None:
                continue  # that session plays
            with claim:
                found = _read(path)
                _remove(path)
            if found is not None:
                yield found


def _read(path: Path) -> PausedPlayers | None:
    """Return what a note says; None when it makes no sense."""
    with suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
        return read(PausedPlayers, json.loads(safefiles.read(path, _LONGEST)))
    return None


def _remove(path: Path) -> None:
    for each in (path, _lock(path)):
        with suppress(OSError):
            each.unlink()


def _lock(path: Path) -> Path:
    return path.with_suffix(".lock")
