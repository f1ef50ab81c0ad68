"""The auto-repeat of the keyboard: a key that is held down counts as pressed once."""

from __future__ import annotations

import math
from typing import Final

from voicecoach.clock import Clock
from voicecoach.control.sources import CONTINUED, GONE, INTERRUPT, Key, Send
from voicecoach.session.commands import Request, command_for
from voicecoach.session.levels import Volume

HELD: Final = 0.7
"""Seconds in which the same key again is the same press [own choice].

A terminal does not tell when a key is let go; it only sends the key again while it is held: first after 0.25
to 0.66 s (Windows, macOS, X11, the Linux console), then every 0.03 to 0.1 s. The longest of these delays has
to be shorter than this, and the second between two rounds that somebody counts longer.
"""
_NOBODYS: Final = frozenset({CONTINUED, GONE, INTERRUPT})
"""Keys that no finger holds."""


class LastKey:
    """The key that came last: a keyboard repeats only that one."""

    def __init__(self, name: str = "", at: float = -math.inf) -> None:
        """``at`` is when it came, by the clock, in seconds."""
        self._name, self._at = name.lower(), at

    def is_again(self, name: str, at: float) -> bool:
        """Take the next key, and tell whether it is this one, which is held or was hit twice."""
        before, last, self._name, self._at = self._name, self._at, name.lower(), at
        return before == self._name and at - last < HELD and Key(name) not in _NOBODYS


class AutoRepeat:
    """Passes on what a person asks for, without the repeats of a held key.

    The commands that are meant to repeat do.
    """

    def __init__(self, send: Send, clock: Clock) -> None:
        self._send = send
        self._clock = clock
        self._last = LastKey()

    def send(self, request: Key | Request | Volume) -> None:
        """Take a request. Only keys repeat, and an end from outside never waits."""
        if not isinstance(request, Key) or not self._is_held(request):
            self._send(request)

    def _is_held(self, key: Key) -> bool:
        again = self._last.is_again(key.name, self._clock.now())
        return again and not command_for(key.name).row.repeats
