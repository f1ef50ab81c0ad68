"""Writes WAV: the very samples of the mixer."""

from __future__ import annotations

import errno
import struct
from pathlib import Path
from typing import Final

from voicecoach.audio.pcm import Samples
from voicecoach.render.about import About
from voicecoach.units import RATE


class WavSink:
    """WAV: 48 kHz, mono, 16 bit, and nothing else.

    The standard library's own writer complains on the screen when it is interrupted while it opens a file.
    """

    def __init__(self, path: Path, _: About | None = None) -> None:
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
