"""The one place where this program looks at a real clock or sleeps.

Sound keeps its own time (frames delivered to the output). These functions serve what has no sound
device: the ``silent`` output, time limits, dates in records.
"""

from __future__ import annotations

import queue
import time
from datetime import UTC, datetime
from typing import Protocol


class Alarm:
    """Wakes the one thread that waits for it. May be rung from any thread and from a signal handler."""

    def __init__(self) -> None:
        # Its put() may interrupt itself, as a signal handler does; an Event's lock may not.
        self._rings: queue.SimpleQueue[None] = queue.SimpleQueue()

    def ring(self) -> None:
        """End the wait that goes on; when none does, the next one."""
        self._rings.put(None)

    def wait(self, length: float) -> None:
        """Return when it rings, and after ``length`` seconds at the latest (at once when not positive)."""
        try:
            self._rings.get(timeout=max(length, 0.0))
            while True:
                self._rings.get_nowait()
        except queue.Empty:
            pass


class Clock(Protocol):
    """A clock that only runs forward; tests pass one that they wind themselves."""

    def now(self) -> float:
        """Seconds from an arbitrary start, never going back."""
        ...

    def sleep(self, length: float) -> None:
        """Return after ``length`` seconds (at once when it is not positive)."""
        ...

    def wait(self, alarm: Alarm, length: float) -> None:
        """Return when ``alarm`` rings, and after ``length`` seconds at the latest."""
        ...


class SystemClock:
    """The computer's monotonic clock."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, length: float) -> None:
        if length > 0:
            time.sleep(length)

    def wait(self, alarm: Alarm, length: float) -> None:
        alarm.wait(length)


def today() -> datetime:
    """The present moment, with its time zone."""
    return datetime.now(UTC).astimezone()
