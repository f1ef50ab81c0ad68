"""Takes the coach's own sound out of the microphone's."""

from __future__ import annotations

from typing import Final

import numpy as np

from voicecoach.hearing.delay import DelayFinder
from voicecoach.hearing.sound import RATE, Sound

EASY: Final = range(RATE // 100, RATE * 3 // 10)
"""Delays that the canceller finds by itself; it follows about 0.4 s."""
SPARE: Final = RATE // 20
"""What is left of a delay that is made shorter: the canceller cannot take an echo before its sound."""
LONGEST: Final = RATE * 3 // 2


class EchoCanceller:
    """Shortens the delay of near (the microphone's sound) after far (the coach's), then cancels with AEC3."""

    def __init__(self) -> None:
        # Loaded here: the rest of hearing, and its tests, do without.
        from pywebrtc_audio import EchoCanceller as Aec3  # noqa: PLC0415

        self._aec3 = Aec3(RATE)
        self._finder = DelayFinder()
        self._shift = 0
        self._past = np.zeros(LONGEST, np.int16)
        self._dither = np.random.default_rng(0)

    @property
    def delay(self) -> int | None:
        """Frames by which the echo follows the coach's sound, once known."""
        return self._finder.delay

    def clean(self, near: Sound, far: Sound) -> Sound:
        """Return ``near`` without the echo of ``far``, equally many frames."""
        self._finder.hear(near, far)
        self._follow()
        self._past = np.concatenate([self._past, far])[-LONGEST - len(far) :]
        start = LONGEST - self._shift
        cleaned: Sound = self._aec3.process(near, self._dithered(self._past[start : start + len(far)]))
        return cleaned

    def _dithered(self, far: Sound) -> Sound:
        """Return ``far`` without digital silence, in which AEC3 works on denormal numbers, slowly."""
        return np.where(far == 0, self._dither.integers(-1, 1, len(far), np.int16, endpoint=True), far)

    def _follow(self) -> None:
        delay = self._finder.delay
        if delay is not None and delay - self._shift not in EASY:
            self._shift = max(delay - SPARE, 0)
