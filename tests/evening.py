"""The program on another day, in a room where sound is over at once: ``python -m evening DAY COMMAND…``.

Its questions wait as long as ever, so that one can read them, but sessions take a hundredth of their time.
From EVENING_SLOW_AT seconds of sound on they take a tenth, so that a key is pressed where it is meant.
"""

import os
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from voicecoach.audio import outputs
from voicecoach.audio.outputs import SilentOutput
from voicecoach.cli.main import main
from voicecoach.clock import SystemClock
from voicecoach.units import seconds
from voicecoach.voices import engines

PACE = 100
SLOW_PACE = 10


class MovedClock(SystemClock):
    """The computer's clock on another day."""

    def __init__(self, began):
        self._began, self._since = began, time.monotonic()

    def moment(self):
        return self._began + timedelta(seconds=time.monotonic() - self._since)


class FastClock(SystemClock):
    """A clock that runs fast, until it is slowed."""

    def __init__(self):
        self.pace, self._slowed = PACE, 0.0

    def now(self):
        return super().now() * self.pace + self._slowed

    def slow(self):
        now, self.pace = self.now(), SLOW_PACE
        self._slowed = now - super().now() * self.pace

    def sleep(self, length):
        super().sleep(length / self.pace)

    def wait(self, alarm, length):
        super().wait(alarm, length / self.pace)


class Loudspeaker(SilentOutput):
    """A loudspeaker that nobody hears."""

    name = "miniaudio"

    def __init__(self, _):
        self._fast = FastClock()
        super().__init__(self._fast)
        self._slow_at = float(os.environ.get("EVENING_SLOW_AT", "inf"))

    def write(self, block):
        if seconds(self.delivered) >= self._slow_at:
            self._slow_at = float("inf")
            self._fast.slow()
        return super().write(block)


class Voice:
    """Hums as long as somebody would speak."""

    def render(self, text, wpm):
        seconds = len(text.split()) * 60 / wpm
        return np.sin(np.arange(round(seconds * 8000)) / 8).astype(np.float32), 8000


if __name__ == "__main__":
    heard = {**outputs.DEVICES, "miniaudio": Loudspeaker}
    voices = tuple(replace(each, factory="evening:Voice", version=lambda: "1") for each in engines.ENGINES)
    setattr(outputs, "DEVICES", heard)  # noqa: B010 - they are final for everybody else
    setattr(engines, "ENGINES", voices)  # noqa: B010
    day = datetime.fromisoformat(sys.argv.pop(1)).replace(tzinfo=UTC)
    main(MovedClock(day))
