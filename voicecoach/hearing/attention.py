"""When the coach is lowered for somebody who speaks, and for how long.

A voice may be a television's. So the coach comes back up after a while without a command, and what was in
vain several times is followed by rests in which it is not lowered.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = 4.0
"""Seconds that the coach is lowered for at most; commands are shorter [own choice]."""
FIRST_REST: Final = 10.0
LONGEST_REST: Final = 120.0
"""Seconds of the shortest and the longest rest; each is twice as long as the one before [own choice]."""
FORGOTTEN_AFTER: Final = 120.0
"""Seconds after a rest without a voice after which all is as at the beginning [own choice]."""


class Attention:
    """Knows what was in vain. All times are seconds of one clock.

    Who was not understood says it again at once, so the first time in vain is followed by no rest.
    """

    def __init__(self) -> None:
        self._since: float | None = None
        """When the coach was lowered; None while it is not."""
        self._in_vain = 0
        """How often it was lowered in vain lately."""
        self._rests_until = 0.0

    @property
    def lowered(self) -> bool:
        """Whether the coach is lowered now."""
        return self._since is not None

    def voice_began(self, now: float) -> bool:
        """Tell whether the coach is lowered for a voice that begins."""
        if now >= self._rests_until + FORGOTTEN_AFTER:
            self._in_vain = 0
        if self._since is None and now >= self._rests_until:
            self._since = now
        return self.lowered

    def obeyed(self) -> None:
        """Note that a command was heard."""
        self._since, self._in_vain, self._rests_until = None, 0, 0.0

    def in_vain(self, now: float) -> None:
        """Note that what was heard is no command."""
        if self._since is None:
            return
        self._since = None
        rest = min(FIRST_REST * 2 ** (self._in_vain - 1), LONGEST_REST) if self._in_vain else 0.0
        self._in_vain += 1
        self._rests_until = now + rest

    def time_passed(self, now: float) -> None:
        """End what has lasted for too long."""
        if self._since is not None and now - self._since >= LONGEST:
            self.in_vain(now)
