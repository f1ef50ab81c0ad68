"""Takes the coach's sound out of an utterance once that is over.

The canceller works while the sound comes, and where somebody speaks over the coach it takes parts of the
words as well. Afterwards all of it is known: the way from the loudspeaker to the microphone is the one that
leaves least of the sound, and what is left is the voice.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from voicecoach.hearing.echo import LONGEST as LONGEST_DELAY
from voicecoach.hearing.sound import RATE, Sound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    """Mono at 16 kHz, from -1 to 1."""
    Spectra = NDArray[np.complex64]

EARLY: Final = 320
"""Frames by which the coach's sound is given too early, 20 ms, so that no echo comes before it."""
_REMEMBERED: Final = 6 * RATE
"""Frames from which the way is found [own choice, measured]."""
_WINDOW: Final = 1024
_HOP: Final = 256
_TAPS: Final = 12
"""Spectra of the coach, one for each hop, of which each of the microphone's is made up: an echo of 0.2 s, and
what lasts longer has died away by then [own choice, measured]."""
_ROUNDS: Final = 6
"""Times that the way is found: what was left last time is the voice, and its loud moments count less in the
next, as in weighted prediction error (Nakatani et al. 2010) [own choice, measured]."""
_QUIETEST: Final = 1e-3
"""The share of the mean power below which a moment counts no more for being quieter."""
_SHAPE: Final = np.sqrt(np.hanning(_WINDOW + 1)[:-1]).astype(np.float32)


class BothSounds(NamedTuple):
    """A stretch of both sounds, int16 and equally long."""

    near: Sound
    """The microphone's."""
    far: Sound
    """The coach's, up to EARLY before its echo in ``near``."""


class LastSeconds:
    """Remembers the last seconds of both sounds."""

    def __init__(self) -> None:
        self._near: deque[Sound] = deque()
        self._far: deque[Sound] = deque()
        self._frames = 0
        """How many there are of the coach's, which are kept for longer: their echo comes later."""

    def put(self, near: Sound, far: Sound) -> None:
        """Add what was heard and what was sent out in the same time, equally many frames."""
        self._near.append(near)
        self._far.append(far)
        self._frames += len(far)
        while self._frames - len(self._far[0]) >= _REMEMBERED + LONGEST_DELAY:
            self._frames -= len(self._far.popleft())
        while sum(map(len, self._near)) - len(self._near[0]) >= _REMEMBERED:
            self._near.popleft()

    def aligned(self, delay: int) -> BothSounds:
        """Return what was heard, beside the coach's sound ``delay`` frames before, or a little less."""
        near, far = np.concatenate(self._near), np.concatenate(self._far)
        before = len(near) + max(delay - EARLY, 0)
        return BothSounds(near, np.pad(far, (before, 0))[-before:][: len(near)])


def without_echo(near: Samples, far: Samples) -> Samples:
    """Return ``near``, the microphone's sound, without what it has of ``far``, the coach's, as long.

    ``far`` comes up to EARLY before its echo. A few seconds are needed to tell the two apart.
    """
    heard, played = _spectra(near), _spectra(far)
    # Frequency by frequency: moments, and the coach's spectra before each of them.
    earlier = np.zeros((heard.shape[1], len(heard), _TAPS), np.complex64)
    for tap in range(_TAPS):
        earlier[:, tap:, tap] = played[: len(played) - tap].T
    left = _left(heard.T, earlier)
    return _sound(np.ascontiguousarray(left.T), len(near))


def _left(heard: Spectra, earlier: Spectra) -> Spectra:
    """Return what is left of ``heard`` (frequencies, moments) without ``earlier`` (with taps, too)."""
    least = _QUIETEST * np.mean(np.abs(heard) ** 2, axis=1, keepdims=True) + 1e-12
    left = heard
    for _ in range(_ROUNDS):
        weighted = earlier.conj() / (np.abs(left) ** 2 + least)[:, :, None]
        weighted = weighted.transpose(0, 2, 1)
        square = weighted @ earlier
        size = np.trace(square, axis1=1, axis2=2).real / _TAPS
        square += (1e-3 * size + 1e-9)[:, None, None] * np.eye(_TAPS, dtype=np.complex64)
        way = np.linalg.solve(square, weighted @ heard[:, :, None])
        left = heard - (earlier @ way)[:, :, 0]
    return left


def _spectra(sound: Samples) -> Spectra:
    """Return the spectra of ``sound`` (moments, frequencies), which is silent before and after."""
    padded = np.pad(sound, (_WINDOW - _HOP, _WINDOW))
    moments = sliding_window_view(padded, _WINDOW)[::_HOP]
    return np.fft.rfft(moments * _SHAPE, axis=1).astype(np.complex64)


def _sound(spectra: Spectra, length: int) -> Samples:
    """Return the sound with such spectra; the inverse of :func:`_spectra`."""
    moments = np.fft.irfft(spectra, _WINDOW, axis=1).astype(np.float32) * _SHAPE
    whole = np.zeros(len(spectra) * _HOP + _WINDOW, np.float32)
    for number, moment in enumerate(moments):
        whole[number * _HOP : number * _HOP + _WINDOW] += moment
    start = _WINDOW - _HOP
    # The squares of the windows over one point add up to half as many as there are.
    return whole[start : start + length] / (_WINDOW / _HOP / 2)
