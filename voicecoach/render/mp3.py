"""Writes MP3, which every phone and every browser plays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import numpy as np

from voicecoach.audio.pcm import Samples
from voicecoach.render.about import About
from voicecoach.render.id3 import tag
from voicecoach.units import RATE

KILOBITS: Final = 48
"""The bit rate: speech is as clear as in WAV, at a sixteenth of the size [own choice]. It is constant, as
browsers seek to a wrong place where it varies."""
_RATE: Final = 24_000
"""Frames a second in the file: speech has next to nothing above 12 kHz."""
DELAY: Final = 1105 / _RATE
"""Seconds by which everything is heard later than it was written: 576 frames of the encoder and 529 of the
decoder, measured with ffmpeg and Chromium at 32 to 48 kbit/s."""


class Encoder:
    """Turns blocks of samples, int16 mono at 48 kHz, into MP3 without tags."""

    def __init__(self, kilobits: int = KILOBITS) -> None:
        import lameenc  # noqa: PLC0415 - only MP3 needs it
        import soxr  # noqa: PLC0415 - as above

        self._halved: Any = soxr.ResampleStream(RATE, _RATE, 1, dtype="int16", quality="HQ")
        self._lame: Any = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_bit_rate(kilobits)
        self._lame.set_in_sample_rate(_RATE)
        self._lame.set_out_sample_rate(_RATE)
        self._lame.set_channels(1)
        self._lame.set_quality(2)

    def encode(self, block: Samples) -> bytes:
        """Return what is complete with ``block``."""
        return self._encoded(self._halved.resample_chunk(block))

    def finish(self) -> bytes:
        """Return the rest; nothing can be encoded after it."""
        rest = self._encoded(self._halved.resample_chunk(np.zeros(0, np.int16), last=True))
        return rest + bytes(self._lame.flush())

    def _encoded(self, samples: Samples) -> bytes:
        return bytes(self._lame.encode(samples.tobytes()))


def encoded(blocks: Iterable[Samples], kilobits: int = KILOBITS) -> Iterator[bytes]:
    """Yield ``blocks`` of samples as MP3 without tags, piece by piece."""
    encoder = Encoder(kilobits)
    yield from map(encoder.encode, blocks)
    yield encoder.finish()


class Mp3Sink:
    """MP3: 24 kHz, mono, at a constant bit rate, with chapters and a cover."""

    def __init__(self, path: Path, about: About) -> None:
        self._encoder = Encoder()
        with ExitStack() as otherwise:
            self._file = otherwise.enter_context(path.open("wb"))
            self._file.write(tag(about, late=DELAY))
            otherwise.pop_all()

    def write(self, block: Samples) -> None:
        self._file.write(self._encoder.encode(block))

    def close(self) -> None:
        with self._file:
            self._file.write(self._encoder.finish())
