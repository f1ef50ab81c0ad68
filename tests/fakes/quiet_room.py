"""A hearing worker and a room, in which everything is heard at times that are known beforehand."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from fakes.clock import FakeClock
from fakes.transcripts import understood

from voicecoach.hearing.messages import Level, Ready, Said, Speaking

QUIET, VOICE, COACH = -60.0, -30.0, -45.0
"""How loud each is at the microphone, in dBFS."""


@dataclass
class QuietRoom(FakeClock):
    """A clock whose passing time lets somebody speak, and the worker that hears it."""

    script: list[tuple[float, Any]] = field(default_factory=list)
    """What the worker tells, each with its seconds from the start."""
    told: Any = None
    level: float = QUIET
    leaves_after: float = math.inf
    """Seconds from the start after which somebody presses Ctrl-C."""
    log: list[Any] = field(default_factory=list)

    def says(self, text, at, *, ago=0.5):
        """Let somebody say ``text``, which takes a second; it is understood ``ago`` seconds later."""
        self.script += [
            (at, Speaking(now=True)),
            (at + 1.0, Speaking(now=False, recognised=True)),
            (at + 1.0 + ago, Said(understood(text), ago)),
        ]

    def opened(self, told):
        self.told = told
        return self

    def start(self):
        self.begun = self.time
        self.script.append((0.0, Ready("base", "USB microphone")))

    def rest(self):
        self.log.append("rest")

    def wake(self):
        self.log.append("wake")

    def expect(self, phrases):
        self.log.append(("expect", len(phrases)))

    def feed(self, sound):
        self.log.append(("feed", len(sound)))

    def close(self):
        self.log.append("closed")

    def sleep(self, length):
        super().sleep(length)
        if self.time > self.begun + self.leaves_after:
            raise KeyboardInterrupt
        due = sorted(
            (each for each in self.script if self.begun + each[0] <= self.time), key=lambda each: each[0]
        )
        for each in due:
            self.script.remove(each)
            message = each[1]
            if isinstance(message, Speaking):
                self.level = VOICE if message.now else QUIET
            self.told(message)
        self.told(Level(self.level, QUIET))
