"""Works on samples: one-dimensional int16 arrays, mono, at :data:`voicecoach.units.RATE`.

Full scale is ±32767. Levels are in dBFS of the peak; 0 dBFS is full scale.
"""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from voicecoach.errors import OwnFileError
from voicecoach.units import RATE, frames

Samples = npt.NDArray[np.int16]
"""A run of mono samples, shape ``(frames,)``."""

FULL_SCALE: Final = 32_767
FADE: Final = RATE // 100
"""Frames of a fade that sounds like a soft stop instead of a click: 10 ms."""


def silence(length: int) -> Samples:
    """Return ``length`` frames of silence."""
    return np.zeros(length, np.int16)


def to_samples(signal: npt.NDArray[np.floating]) -> Samples:
    """Round ``signal``, shape ``(frames,)``, in int16 steps, to samples clipped at full scale."""
    clipped = np.clip(np.rint(signal), -FULL_SCALE, FULL_SCALE)
    return np.asarray(clipped, np.int16)


def gain(decibels: float) -> float:
    """Return the factor for a change of level by ``decibels``: 0 gives 1, -20 gives 0.1."""
    return float(10 ** (decibels / 20))


def rise(length: int) -> npt.NDArray[np.float64]:
    """Return a raised-cosine ramp from just above 0 to just below 1, shape ``(length,)``."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(length, 1)))


def fade_in(samples: Samples) -> Samples:
    """Return a copy of ``samples`` that rises from silence over its whole length."""
    return to_samples(samples * rise(len(samples)))


def fade_out(samples: Samples) -> Samples:
    """Return a copy of ``samples`` that fades to silence over its whole length."""
    return to_samples(samples * rise(len(samples))[::-1])


def read_wav(path: Path) -> Samples:
    """Read the samples of a WAV file.

    Raises OwnFileError when it cannot be read or is not 16-bit mono at 48 kHz.
    """
    try:
        with wave.open(str(path), "rb") as file:
            found = (file.getnchannels(), file.getsampwidth() * 8, file.getframerate())
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise OwnFileError(f"The sound file {path} cannot be read: {error}.") from error
    if found != (1, 16, RATE):
        channels, bits, rate = found
        raise OwnFileError(
            f"The sound file {path} has {channels} channels of {bits} bits at {rate} Hz; "
            f"it must have one channel of 16 bits at {RATE} Hz."
        )
    return np.frombuffer(data, "<i2").astype(np.int16, copy=False)


RAMP: Final = frames(0.015)
"""Frames of a change of level: short enough to follow a key at once, long enough not to click."""


class Fader:
    """Gives the factor of each frame, in order; a change ramps evenly from the frame it is made at."""

    def __init__(self, factor: float) -> None:
        self._target = factor
        self._steps = 0.0
        """The change of the factor in one frame."""
        self._left = 0
        """Frames until the target is reached."""

    def to(self, factor: float) -> None:
        """Move to ``factor`` from the present value."""
        if factor != self._target:
            now = self._target - self._steps * self._left
            self._left = RAMP
            self._steps = (factor - now) / RAMP
            self._target = factor

    def take(self, length: int) -> np.float32 | npt.NDArray[np.float32]:
        """Return the factors of the next ``length`` frames, as a single number when they are all the same."""
        if not self._left:
            return np.float32(self._target)
        left = np.arange(self._left - 1, self._left - 1 - length, -1).clip(0)
        self._left = max(self._left - length, 0)
        return (self._target - self._steps * left).astype(np.float32)
