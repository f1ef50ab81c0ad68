"""An output without a loudspeaker that keeps real time: the session is followed on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.units import RATE, frames, seconds

if TYPE_CHECKING:
    from voicecoach.audio.pcm import Samples
    from voicecoach.clock import Clock

CAPACITY: Final = RATE // 5
"""Frames that may wait: as many as the real outputs hold, so that the player behaves alike."""
FADE: Final = RATE // 100
"""Frames that :meth:`SilentOutput.drop` lets go out, as a loudspeaker's fade does: 10 ms."""
MOMENT: Final = 0.02
"""Seconds to wait for room."""


class SilentOutput:
    """Delivers what is written to it at the pace of ``clock``.

    Positions are reckoned from the moment the present run of blocks began and never added up, so it
    keeps time with the clock to the frame as long as the player keeps up.
    """

    name = "silent"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._run_began = clock.now()
        self._before_run = 0
        self._written = 0
        self._closed = False

    @property
    def delivered(self) -> int:
        """Frames of written blocks whose time has passed."""
        passed = frames(self._clock.now() - self._run_began)
        return min(self._before_run + passed, self._written)

    def start(self) -> None:
        """Nothing to do: time begins to run with the first block."""

    def write(self, block: Samples) -> bool:
        waiting = self._written - self.delivered
        if waiting >= CAPACITY:
            self._clock.sleep(MOMENT)
            return False
        if not waiting:
            self._run_began, self._before_run = self._clock.now(), self._written
        self._written += len(block)
        return True

    def drop(self) -> int:
        forgotten = max(self._written - self.delivered - FADE, 0)
        self._written -= forgotten
        return forgotten

    def overlay(self, block: Samples) -> None:
        """Nothing: there is no loudspeaker."""

    def reopen(self) -> None:
        """Nothing can be lost."""

    def close(self, *, drain: bool = True) -> None:
        if drain and not self._closed:
            self._clock.sleep(seconds(self._written - self.delivered))
        self._closed = True
