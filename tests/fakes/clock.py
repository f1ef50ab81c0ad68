"""A clock that tests wind, and an alarm that they read."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from voicecoach.clock import Alarm, Clock

MONDAY_EVENING = datetime(2026, 3, 2, 17, tzinfo=UTC)


@dataclass
class FakeClock(Clock):
    """It goes on by ``step`` seconds at each look, and when somebody sleeps or waits on it; the day stays."""

    then: datetime = MONDAY_EVENING
    time: float = 71_234.5  # far from zero, so that a real clock in its place would show
    step: float = 0.0

    def moment(self):
        return self.then

    def now(self):
        self.time += self.step
        return self.time

    def sleep(self, length):
        self.time += max(length, 0.0)

    def wait(self, alarm, length):
        self.sleep(length)


@dataclass
class Bell(Alarm):
    """Counts how often it was rung, and notes how long somebody was ready to wait for it."""

    rung: int = 0
    waits: list[float] = field(default_factory=list)

    def ring(self):
        self.rung += 1

    def wait(self, length):
        self.waits.append(length)
