"""A compiled session as a sound file, through the mixer that plays it live."""

from __future__ import annotations

import os
import tempfile
import wave
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from voicecoach.audio.mixer import SessionMixer
from voicecoach.audio.pcm import Samples
from voicecoach.errors import FileError
from voicecoach.timeline.segment import Score
from voicecoach.units import RATE, frames

BLOCK = frames(4)
"""Frames mixed at a time: long enough to be fast, short enough to show progress."""


def blocks(score: Score, mixer: SessionMixer) -> Iterator[Samples]:
    """All samples of ``score`` in order."""
    for segment, then in zip_longest(score.segments, score.segments[1:]):
        mixer.load(segment)
        for start in range(0, segment.frames, BLOCK):
            yield mixer.block(segment, start, min(BLOCK, segment.frames - start), then)


def mixdown(score: Score, mixer: SessionMixer, path: Path, progress: Callable[[float], None]) -> None:
    """Write ``score`` to ``path``: WAV, 48 kHz, mono, 16 bit. ``progress`` is told the share done, 0 to 1.

    Written under another name beside ``path`` and renamed when complete, so that what stands there is
    never half a file. Raises FileError when that cannot be done.
    """
    try:
        with _beside(path) as partial:
            with wave.open(str(partial), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                done = 0
                for block in blocks(score, mixer):
                    file.writeframesraw(block.tobytes())
                    done += len(block)
                    progress(done / score.frames)
            partial.replace(path)
    except OSError as error:
        reason = error.strerror or error
        raise FileError(f"{path} cannot be written ({reason}). Choose another place with -o.") from error


class _beside:  # noqa: N801 - used like a function
    """A new file in the folder of ``path``, gone again unless it was renamed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Path:
        handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", suffix=".part", dir=self._path.parent)
        os.close(handle)
        self._partial = Path(name)
        mask = os.umask(0)
        os.umask(mask)
        self._partial.chmod(0o666 & ~mask)  # mkstemp's are for the owner alone
        return self._partial

    def __exit__(self, *_: object) -> None:
        self._partial.unlink(missing_ok=True)
