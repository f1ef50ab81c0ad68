"""Finds how late the coach's sound comes back through the microphone."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from voicecoach.hearing.sound import RATE, Sound

THINNING: Final = 2
"""One of so many frames is looked at: 8 kHz are enough for speech, and half the work."""
LONGEST: Final = 3 * RATE // 2 // THINNING
"""The longest delay that is looked for: Bluetooth takes up to 0.3 s, a network loudspeaker a second."""
WINDOW: Final = 8_192
"""Frames of the microphone's sound in one comparison, about a second."""
HOP: Final = WINDOW // 2
SIZE: Final = 32_768
"""Frames of a transform; holds a window and the longest delay without wrapping around."""
BAND: Final = slice(SIZE * 200 // (RATE // THINNING), SIZE * 3_600 // (RATE // THINNING))
"""The bins of a transform that are compared, 200 to 3,600 Hz: what a small loudspeaker gives back."""
MEMORY: Final = 0.7
"""What is left of the comparisons so far when another is made, half a second later."""
AUDIBLE: Final = 30.0
"""The root mean square, in int16 steps, above which the coach makes a sound that can be compared."""
SURE: Final = 10.0
"""A peak must be so many times higher than the rest [own choice]; without an echo it is 4 to 5 times."""
NEARBY: Final = RATE // THINNING // 50
"""Frames around a peak that are part of it, 20 ms."""


class DelayFinder:
    """Compares the microphone's sound (near) with the coach's (far) by the phases of their spectra."""

    def __init__(self) -> None:
        self.delay: int | None = None
        """Frames at 16 kHz by which the echo follows, once two comparisons agree; the last one found."""
        self.sureness = 0.0
        """How many times higher than the rest the peak of the last comparison was."""
        self._near = np.zeros(0, np.float32)
        self._far = np.zeros(LONGEST, np.float32)
        self._cross = np.zeros(BAND.stop - BAND.start, np.complex128)
        self._size = np.zeros(BAND.stop - BAND.start)
        self._candidate = -1

    def hear(self, near: Sound, far: Sound) -> None:
        """Take the next frames of both, equally many."""
        self._near = np.concatenate([self._near, _thinned(near)])
        self._far = np.concatenate([self._far, _thinned(far)])
        while len(self._near) >= WINDOW:
            self._compare(self._near[:WINDOW], self._far[: LONGEST + WINDOW])
            self._near, self._far = self._near[HOP:], self._far[HOP:]

    def _compare(self, near: npt.NDArray[np.float32], far: npt.NDArray[np.float32]) -> None:
        if _loudness(far) < AUDIBLE or _loudness(near) == 0:
            return
        cross = np.fft.rfft(near, SIZE)[BAND] * np.conj(np.fft.rfft(far, SIZE)[BAND])
        self._cross = MEMORY * self._cross + cross
        self._size = MEMORY * self._size + np.abs(cross)
        spectrum = np.zeros(SIZE // 2 + 1, np.complex128)
        spectrum[BAND] = self._cross / (self._size + 1e-9)
        # Far begins LONGEST frames before near, so no delay at all is a shift by -LONGEST, which stands
        # LONGEST from the end.
        self._judge(np.abs(np.fft.irfft(spectrum, SIZE)[-LONGEST:]))

    def _judge(self, match: npt.NDArray[np.float64]) -> None:
        peak = int(match.argmax())
        rest = np.concatenate([match[: max(peak - NEARBY, 0)], match[peak + NEARBY :]])
        self.sureness = float(match[peak] / (np.sqrt(np.mean(rest**2)) + 1e-12))
        if self.sureness < SURE:
            self._candidate = -1
            return
        if abs(peak - self._candidate) <= NEARBY:
            self.delay = peak * THINNING
        self._candidate = peak


def _thinned(samples: Sound) -> npt.NDArray[np.float32]:
    return np.asarray(samples.reshape(-1, THINNING).mean(axis=1), np.float32)


def _loudness(samples: npt.NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(samples**2)))
