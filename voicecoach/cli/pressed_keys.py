"""The keys with which questions are answered: pressed or said, in their order, and waited for."""

from __future__ import annotations

import math
import queue
from typing import Final, NamedTuple

from voicecoach.clock import Clock
from voicecoach.control.auto_repeat import LastKey

_LOOK_EVERY: Final = 0.1
"""Seconds between checks; an endless wait could not be interrupted on Windows."""
_SAID_AGAIN: Final = 3.0
"""Seconds in which the same answer, if it is said twice, counts once [own choice]."""


class Pressed(NamedTuple):
    """A key, by its name."""

    key: str
    at: float
    """By the clock, in seconds."""
    again: bool = False
    """Whether it is the key before it, which is held or was hit twice: it counts once."""
    said: bool = False
    """Whether it was not pressed but said."""


class PressedKeys:
    """Takes keys from any thread, and hands them out to one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queue: queue.SimpleQueue[Pressed] = queue.SimpleQueue()
        self._next: Pressed | None = None
        """The next one, if it has been looked at already."""
        self._last = LastKey()
        self._said = "", -math.inf
        """The key that was said last, and when."""

    def follow(self, key: str) -> None:
        """Expect that ``key``, which was pressed before, is still held."""
        self._last = LastKey(key, self._clock.now())

    def put(self, key: str, *, said: bool) -> Pressed:
        """Take a key that was pressed, or ``said``, just now."""
        now = self._clock.now()
        again = self._is_said_again(key, now) if said else self._last.is_again(key, now)
        pressed = Pressed(key, now, again, said)
        self._queue.put(pressed)
        return pressed

    def put_back(self, pressed: Pressed) -> None:
        """Hand out again, as the next one, the key that was handed out last."""
        self._next = pressed

    def wait(self, seconds: float) -> Pressed | None:
        """Return the next key, once it is there; None when none comes within ``seconds``."""
        until = self._clock.now() + seconds
        while True:
            if self._next is not None:
                pressed, self._next = self._next, None
                return pressed
            left = until - self._clock.now()
            try:
                return self._queue.get(timeout=max(0, min(left, _LOOK_EVERY)))
            except queue.Empty:
                if left <= _LOOK_EVERY:
                    return None

    @property
    def are_there(self) -> bool:
        """Whether a key waits to be handed out; those before it that came again are left out then."""
        while self._next is None and not self._queue.empty():
            pressed = self._queue.get()
            self._next = None if pressed.again else pressed
        return self._next is not None

    def _is_said_again(self, key: str, now: float) -> bool:
        """Tell whether the same answer was said a moment ago, as by somebody who was not heard at once."""
        (before, at), self._said = self._said, (key, now)
        return before == key and now - at < _SAID_AGAIN
