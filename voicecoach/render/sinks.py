"""Writes a compiled session to a sound file, through the mixer that plays it live."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from itertools import zip_longest
from pathlib import Path
from typing import Final, Protocol

from voicecoach.audio.mixer import SessionMixer
from voicecoach.audio.pcm import Samples
from voicecoach.control import signals
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
    """WAV: 48 kHz, mono, 16 bit.

    The standard library's own writer complains on the screen when it is interrupted while it opens a file.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._size = 0
        self._file.write(_wav_header(0))

    def write(self, block: Samples) -> None:
        self._size += block.nbytes
        if self._size > _LARGEST_WAV:
            raise OSError(errno.EFBIG, "no WAV file is longer than twelve hours")
        self._file.write(block.astype("<i2", copy=False).tobytes())

    def close(self) -> None:
        with self._file:
            self._file.seek(0)
            self._file.write(_wav_header(self._size))


_WAV: Final = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LARGEST_WAV: Final = 2**32 - _WAV.size


def _wav_header(size: int) -> bytes:
    """Return what stands before ``size`` bytes of samples."""
    about = 1, 1, RATE, 2 * RATE, 2, 16  # PCM, channels, frames and bytes a second, bytes and bits a sample
    return _WAV.pack(b"RIFF", _WAV.size - 8 + size, b"WAVE", b"fmt ", 16, *about, b"data", size)


SINKS: Final[dict[str, Callable[[Path], Sink]]] = {".wav": WavSink}
"""What opens a file, by its ending."""


def check(path: Path, *beside: Path) -> None:
    """Raise UsageError or FileError when ``path`` or a file ``beside`` it cannot be written."""
    if path.suffix.lower() not in SINKS:
        raise UsageError(f"'{path}' is not the name of a sound file. End it in {' or '.join(SINKS)}.")
    for each in (path, *beside):
        try:
            if not stat.S_ISREG(each.stat().st_mode):
                raise UsageError(f"{each} is not a file, so it is left as it is. {_ELSEWHERE}")
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _unwritable(each, error) from error
    if not path.parent.is_dir():
        raise FileError(f"There is no folder {path.parent}. Make it, or choose another place with -o.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise FileError(f"Nothing can be written to the folder {path.parent}. {_ELSEWHERE}")


def mixdown(
    score: Score,
    mixer: SessionMixer,
    path: Path,
    progress: Callable[[float], None],
    beside: Mapping[Path, str] | None = None,
) -> None:
    """Write ``score`` to ``path``, and texts ``beside`` it. ``progress`` is told the share done, 0 to 1.

    Each is written under another name in its folder and all are renamed when complete, so that what stands
    there is never half a file, whatever signal comes. Raises FileError when that cannot be done, naming the
    file.
    """
    place = path
    try:
        with ExitStack() as stack:
            whole: dict[Path, Path] = {}
            for place, text in (beside or {}).items():
                whole[place] = _beside(place, stack)
                whole[place].write_text(text, encoding="utf-8")
            place = path
            whole[place] = _beside(place, stack)
            with closing(SINKS[path.suffix.lower()](whole[place])) as sink:
                done = 0
                for block in blocks(score, mixer):
                    sink.write(block)
                    done += len(block)
                    progress(done / score.frames)
            with signals.deferred():
                for place, partial in whole.items():
                    partial.replace(place)
    except OSError as error:
        raise _unwritable(place, error) from error


_ELSEWHERE: Final = "Choose another place with -o."


def _unwritable(path: Path, error: OSError) -> FileError:
    return FileError(f"{path} cannot be written ({error.strerror or error}). {_ELSEWHERE}")


def _beside(path: Path, stack: ExitStack) -> Path:
    """Return the name of a new file beside ``path``; ``stack`` removes the file, unless it was renamed."""
    partial = path.with_name(f".voicecoach-{secrets.token_hex(8)}.part")
    stack.callback(partial.unlink, missing_ok=True)
    return partial
