"""The one place where this program looks at a real clock or sleeps.

Sound keeps its own time (frames delivered to the output). These functions serve what has no sound
device: the ``silent`` output, time limits, dates in records.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """A clock that only runs forward; tests pass one that they wind themselves."""

    def now(self) -> float:
        """Seconds from an arbitrary start, never going back."""
        ...

    def sleep(self, length: float) -> None:
        """Return after ``length`` seconds (at once when it is not positive)."""
        ...


class SystemClock:
    """The computer's monotonic clock."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, length: float) -> None:
        if length > 0:
            time.sleep(length)


def today() -> datetime:
    """The present moment, with its time zone."""
    return datetime.now(UTC).astimezone()
