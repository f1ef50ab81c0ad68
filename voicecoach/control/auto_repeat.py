"""The auto-repeat of the keyboard: a key that is held down counts as pressed once."""

from __future__ import annotations

from typing import Final

from voicecoach.clock import Clock
from voicecoach.control.sources import CONTINUED, INTERRUPT, Key, Send
from voicecoach.session.commands import Command, command_for
from voicecoach.session.levels import Volume

HELD: Final = 0.7
"""Seconds in which the same key again is the same press [own choice].

A terminal does not tell when a key is let go; it only sends the key again while it is held: first after 0.25
to 0.66 s (Windows, macOS, X11, the Linux console), then every 0.03 to 0.1 s. The longest of these delays has
to be shorter than this, and the second between two rounds that somebody counts longer.
"""


class AutoRepeat:
    """Passes on what a person asks for, without the repeats of a held key.

    The commands that are meant to repeat do. Only the key that went down last is repeated by a keyboard.
    """

    def __init__(self, send: Send, clock: Clock) -> None:
        self._send = send
        self._clock = clock
        self._last: tuple[str, float] | None = None
        """The last key, and when it came."""

    def send(self, request: Key | Command | Volume) -> None:
        """Take a request. Only keys repeat, and an end from outside never waits."""
        if not isinstance(request, Key) or request in {INTERRUPT, CONTINUED} or not self._is_held(request):
            self._send(request)

    def _is_held(self, key: Key) -> bool:
        name, now, last = key.name.lower(), self._clock.now(), self._last
        self._last = name, now
        same = last is not None and last[0] == name and now - last[1] < HELD
        return same and not command_for(name).row.repeats
