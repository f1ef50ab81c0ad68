"""Lays the coach's sound beside the microphone's, by counting frames.

What goes out to the loudspeaker comes here before it is heard, in bursts. The two need not fit exactly: the
ear finds out by how much the one follows the other. But the coach's sound must be the earlier one, and what
lies between the two should not change.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Final

import numpy as np

from voicecoach.hearing.sound import RATE as HEARS_AT
from voicecoach.hearing.sound import Sound
from voicecoach.units import RATE

_MOST: Final = HEARS_AT
"""Frames that may wait. More are left over when the microphone gave no sound for a while."""
_RESERVE: Final = HEARS_AT * 15 // 1000
"""Frames that are left for a burst that comes late. They are taken from the time by which the coach's sound
is the earlier one: with 40 ms left its echo came 2 ms after it or sooner [own choice, measured]."""
_SLACK: Final = HEARS_AT * 30 // 1000
"""Frames that may wait without ever being needed; for the same reason not more [own choice]."""
_WATCHED: Final = HEARS_AT * 3
"""Frames during which that is watched."""
_WATCHED_FIRST: Final = HEARS_AT // 2
"""The same after a beginning: a device takes several bursts at once then."""
_MOST_MISSING: Final = 2 * RATE


class FarSound:
    """The coach's sound, from 48 kHz to 16, for two threads: one puts it in and one takes it out."""

    def __init__(self) -> None:
        import soxr  # noqa: PLC0415 - the program itself, which knows this class, need not load it

        self._resampler = soxr.ResampleStream(RATE, HEARS_AT, 1, dtype="int16", quality="MQ")
        self._waiting: deque[Sound] = deque()
        self._length = 0
        self._least = _MOST
        """The fewest frames that were left since the watch began."""
        self._watched = 0
        self._watch = _WATCHED_FIRST
        self._silent = 0
        """Frames since the last that came from the coach."""
        self._lock = threading.Lock()

    def put(self, sound: bytes) -> None:
        """Add what goes out now: int16 at 48 kHz."""
        self._put(np.frombuffer(sound, "<i2"))

    def missing(self, frames: int) -> None:
        """Add silence in the place of so many frames at 48 kHz that got lost."""
        self._put(np.zeros(min(frames, _MOST_MISSING), np.int16))

    def take(self, frames: int) -> Sound:
        """Return the next ``frames`` at 16 kHz, with silence where none have come."""
        with self._lock:
            taken = self._pop(frames)
            self._least = min(self._least, self._length)
            self._watched += frames
            if self._length > _MOST:
                self._pop(self._length - _RESERVE)
                self._begin_watch(_WATCHED)
            elif self._watched >= self._watch:
                if self._least > _SLACK:
                    self._pop(self._least - _RESERVE)
                self._begin_watch(_WATCHED)
            self._silent = self._silent + frames if not len(taken) else 0
            if self._silent > _WATCHED_FIRST:  # nothing plays: what comes next is a beginning
                self._begin_watch(_WATCHED_FIRST)
        return np.concatenate((taken, np.zeros(frames - len(taken), np.int16)))

    def _put(self, sound: Sound) -> None:
        resampled = self._resampler.resample_chunk(sound)
        with self._lock:
            self._waiting.append(resampled)
            self._length += len(resampled)

    def _begin_watch(self, frames: int) -> None:
        self._watched, self._least, self._watch = 0, _MOST, frames

    def _pop(self, frames: int) -> Sound:
        """Remove up to ``frames`` and return them."""
        parts = []
        while frames > 0 and self._waiting:
            part = self._waiting.popleft()
            if len(part) > frames:
                self._waiting.appendleft(part[frames:])
                part = part[:frames]
            parts.append(part)
            frames -= len(part)
        taken = np.concatenate([np.zeros(0, np.int16), *parts])
        self._length -= len(taken)
        return taken
