"""Measures levels, and how loud the coach's echo may still be in what is left of the microphone's sound."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection
from typing import Final

import numpy as np

from voicecoach.hearing.sound import RATE, Sound
from voicecoach.hearing.utterances import MOMENTS

FLOOR: Final = -96.0
"""The level of digital silence, in dBFS."""
AUDIBLE: Final = -60.0
"""Below this level the coach is silent: half a loud room's noise at a quiet loudspeaker [own choice]."""
DYING_AWAY: Final = 2.5
"""Decibels by which an echo falls in 32 ms; in a room with a long echo, of 0.75 s [own choice]."""
CLEAR: Final = 10.0
"""Decibels above the noise from which on the coach's echo is measured."""
LATEST: Final = 48
"""Moments until an echo comes back at the latest, 1.5 s."""
LEARNED: Final = 64
"""Moments with the coach's sound after which its echo is known well enough to tell a voice from it; while its
delay is unknown, so many after the latest time at which it can come."""
MOVED: Final = RATE // 50
"""Frames by which a delay changes when the sound takes another way, 20 ms [own choice]."""
FIRST_LOSSES: Final = 16
"""Moments with an echo well above the noise that tell how much of it is taken out."""
AUDIBLE_ECHO: Final = 3.0
"""Decibels above the noise below which an echo is inaudible, as with headphones [own choice]."""
UNSETTLED: Final = 9.0
"""Decibels by which the echo may be louder than it was while nothing is taken out of it yet; half a decibel
less for each decibel that is. It changes more from word to word than what is left later [own choice]."""


class Levels:
    """Learns how loud the coach comes back, and how much of that is taken out, in moments of 32 ms."""

    def __init__(self) -> None:
        self.level = FLOOR
        """The level of the microphone's sound in the last moment, in dBFS."""
        self._far: deque[float] = deque([FLOOR] * LATEST, LATEST)
        self._coach = FLOOR
        self._delay: int | None = None
        self._gains: deque[float] = deque(maxlen=160)
        self._losses: deque[float] = deque(maxlen=64)
        self._quietest: deque[float] = deque(maxlen=320)

    @property
    def noise(self) -> float:
        """The level of what is left while nobody speaks, in dBFS."""
        return _share(self._quietest, 0.1) if self._quietest else FLOOR

    @property
    def loss(self) -> float:
        """Decibels of the coach's sound that were taken out lately, at least; 0 before it was heard."""
        return _share(self._losses, 0.3) if len(self._losses) >= FIRST_LOSSES else 0.0

    def hear(self, near: float, far: float, left: float, delay: int | None, *, learn: bool) -> float:
        """Take the levels of the next moment: the microphone's, the coach's and of what is left; in dBFS.

        Return the level that the coach's echo may still have in what is left, -inf where it is inaudible.
        Without ``learn``, as when somebody speaks, nothing is learned about the echo.
        """
        self.level = near
        self._quietest.append(left)
        self._far.append(far)
        self._follow(delay)
        self._coach = max(self._arriving(delay), self._coach - DYING_AWAY)
        if self._coach < AUDIBLE:
            return -math.inf
        if learn and self._coach > max(self._far) - CLEAR:
            self._learn(near, left)
        if len(self._gains) < LEARNED + (LATEST if delay is None else 0):
            return 0.0
        echo = self._coach + _share(self._gains, 0.8)
        if echo < self.noise + AUDIBLE_ECHO:
            return -math.inf
        return echo - self.loss + max(UNSETTLED - self.loss / 2, 0.0)

    def _follow(self, delay: int | None) -> None:
        """Forget what was learned at another delay, which the canceller has to learn anew as well."""
        if delay is not None and self._delay is not None and abs(delay - self._delay) > MOVED:
            self._gains.clear()
            self._losses.clear()
        self._delay = delay

    def _learn(self, near: float, left: float) -> None:
        self._gains.append(near - self._coach)
        if near > self.noise + CLEAR:
            self._losses.append(max(near - left, 0.0))

    def _arriving(self, delay: int | None) -> float:
        """Return the level of the coach's sound whose echo arrives now, or may."""
        if delay is None:
            return max(self._far)
        late = min(round(delay * MOMENTS / RATE), LATEST - 2)
        return max(self._far[-1 - k] for k in range(max(late - 1, 0), late + 2))


def level(sound: Sound) -> float:
    """Return the level of ``sound``, in dBFS of its root mean square."""
    signal = sound.astype(np.float32)
    power = float(np.dot(signal, signal)) / max(len(signal), 1) / 32_768**2
    return max(10 * math.log10(power), FLOOR) if power else FLOOR


def _share(values: Collection[float], share: float) -> float:
    """Return the value below which ``share`` of ``values`` lie."""
    return sorted(values)[int(share * (len(values) - 1))]
