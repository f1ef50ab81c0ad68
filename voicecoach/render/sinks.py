"""Writes a compiled session to a sound file, through the mixer that plays it live."""

from __future__ import annotations

import os
import tempfile
import wave
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from itertools import zip_longest
from pathlib import Path
from typing import Final, Protocol

from voicecoach.audio.mixer import SessionMixer
from voicecoach.audio.pcm import Samples
from voicecoach.errors import FileError, UsageError
from voicecoach.timeline.segment import Score
from voicecoach.units import RATE, frames

BLOCK = frames(4)
"""Frames mixed at a time: long enough to be fast, short enough to show progress."""


def blocks(score: Score, mixer: SessionMixer) -> Iterator[Samples]:
    """All samples of ``score`` in order."""
    for segment, then in zip_longest(score.segments, score.segments[1:]):
        for start in range(0, segment.frames, BLOCK):
            yield mixer.block(segment, start, min(BLOCK, segment.frames - start), then)


class Sink(Protocol):
    """A sound file that is being written."""

    def write(self, block: Samples) -> None:
        """Add mono samples, int16 at 48 kHz. Raises OSError."""

    def close(self) -> None:
        """Complete the file. Raises OSError."""


class WavSink:
    """WAV: 48 kHz, mono, 16 bit."""

    def __init__(self, path: Path) -> None:
        self._file = wave.open(str(path), "wb")  # noqa: SIM115 - close() closes it
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(RATE)

    def write(self, block: Samples) -> None:
        self._file.writeframesraw(block.tobytes())

    def close(self) -> None:
        self._file.close()


SINKS: Final[dict[str, Callable[[Path], Sink]]] = {".wav": WavSink}
"""What opens a file, by its ending."""


def check(path: Path) -> None:
    """Raise UsageError when no sink writes files of this kind."""
    if path.suffix.lower() not in SINKS:
        raise UsageError(f"'{path}' is not the name of a sound file. End it in {' or '.join(SINKS)}.")


def mixdown(
    score: Score,
    mixer: SessionMixer,
    path: Path,
    progress: Callable[[float], None],
    beside: Mapping[Path, str] | None = None,
) -> None:
    """Write ``score`` to ``path``, and texts ``beside`` it. ``progress`` is told the share done, 0 to 1.

    Each is written under another name in its folder and all are renamed when complete, so that what stands
    there is never half a file. Raises FileError when that cannot be done, naming the file.
    """
    place = path
    try:
        with ExitStack() as stack:
            whole: dict[Path, Path] = {}
            for place, text in (beside or {}).items():
                whole[place] = stack.enter_context(_beside(place))
                whole[place].write_text(text, encoding="utf-8")
            place = path
            whole[place] = stack.enter_context(_beside(place))
            with closing(SINKS[path.suffix.lower()](whole[place])) as sink:
                done = 0
                for block in blocks(score, mixer):
                    sink.write(block)
                    done += len(block)
                    progress(done / score.frames)
            for place, partial in whole.items():
                partial.replace(place)
    except OSError as error:
        reason = error.strerror or error
        raise FileError(f"{place} cannot be written ({reason}). Choose another place with -o.") from error


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
