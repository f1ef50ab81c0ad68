"""A level that moves without a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.units import frames

if TYPE_CHECKING:
    import numpy.typing as npt

RAMP: Final = frames(0.015)
"""Frames that a change takes: short enough to follow a key at once, long enough not to click."""


class Fader:
    """Gives the factor for each frame, in order; a change ramps evenly from the frame it is made at."""

    def __init__(self, factor: float) -> None:
        self._target = factor
        self._steps = 0.0
        """How much the factor moves a frame."""
        self._left = 0
        """Frames until the target is reached."""

    def to(self, factor: float) -> None:
        """Move to ``factor``, from wherever it is now."""
        if factor != self._target:
            now = self._target - self._steps * self._left
            self._left = RAMP
            self._steps = (factor - now) / RAMP
            self._target = factor

    def take(self, length: int) -> np.float32 | npt.NDArray[np.float32]:
        """The factors of the next ``length`` frames: a single number when they are all the same."""
        if not self._left:
            return np.float32(self._target)
        left = np.arange(self._left - 1, self._left - 1 - length, -1).clip(0)
        self._left = max(self._left - length, 0)
        return (self._target - self._steps * left).astype(np.float32)
