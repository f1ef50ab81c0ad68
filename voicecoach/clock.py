"""The one place where this program looks at a real clock or sleeps.

Sound keeps its own time (frames delivered to the output). This clock serves everything without a sound
device: the ``silent`` output, time limits, the day and the moment in records. The command line makes it, and
passes it on.
"""

from __future__ import annotations

import queue
import time
from datetime import UTC, date, datetime
from typing import Protocol


class Alarm:
    """Wakes the one thread that waits for it. May be rung from any thread and from a signal handler."""

    def __init__(self) -> None:
        # A signal handler may interrupt its put() with another put(); an Event's lock would hang.
        self._rings: queue.SimpleQueue[None] = queue.SimpleQueue()

    def ring(self) -> None:
        """End the present wait, or the next one when nobody is waiting."""
        self._rings.put(None)

    def wait(self, length: float) -> None:
        """Wait for the alarm, at most ``length`` seconds (not at all when that is not positive)."""
        try:
            self._rings.get(timeout=max(length, 0.0))
            while True:
                self._rings.get_nowait()
        except queue.Empty:
            pass


class Clock(Protocol):
    """What time it is, and how much of it passes; tests pass one that they advance themselves."""

    def moment(self) -> datetime:
        """Return the present moment, with its time zone."""
        ...

    def today(self) -> date:
        """Return the present day where the person is."""
        return self.moment().date()

    def now(self) -> float:
        """Return the seconds since an arbitrary start; they never decrease."""
        ...

    def sleep(self, length: float) -> None:
        """Sleep for ``length`` seconds (not at all when that is not positive)."""
        ...

    def wait(self, alarm: Alarm, length: float) -> None:
        """Wait until ``alarm`` rings, at most ``length`` seconds."""
        ...


class SystemClock(Clock):
    """The computer's clocks: the one on its wall, and one that never goes back."""

    def moment(self) -> datetime:
        return datetime.now(UTC).astimezone()

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, length: float) -> None:
        if length > 0:
            time.sleep(length)

    def wait(self, alarm: Alarm, length: float) -> None:
        alarm.wait(length)
