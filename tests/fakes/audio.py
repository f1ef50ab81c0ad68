"""Stand-ins for sound: outputs, speech clips and music."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from voicecoach.audio.pcm import Samples
from voicecoach.clock import Alarm
from voicecoach.errors import OutputError


@dataclass
class Clip:
    samples: Samples


@dataclass
class FakeClips:
    """Speech made of numbers: each text is a run of its own constant."""

    lengths: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def clip(self, text: str) -> Clip:
        self.asked.append(text)
        return Clip(np.full(self.lengths.get(text, 4800), 100 * (1 + len(text)), np.int16))


class FakeOutput:
    """A loudspeaker whose time passes only while something waits for room; it can be lost and found."""

    name = "fake"
    capacity = 9600

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.queue: list[int] = []
        self.lost = False

    @property
    def delivered(self) -> int:
        return len(self.heard)

    def start(self) -> None:
        pass

    def write(self, block: Samples) -> bool:
        if len(self.queue) >= self.capacity:
            return False
        self.queue += block.tolist()
        return True

    def wait(self, alarm: Alarm) -> None:
        self.play(960)

    def play(self, frames: int) -> None:
        if not self.lost:
            self.heard += self.queue[:frames]
            self.queue = self.queue[frames:]

    def drop(self) -> int:
        forgotten = len(self.queue[480:])
        self.queue = self.queue[:480]
        return forgotten

    def overlay(self, block: Samples) -> None:
        for index, value in enumerate(block.tolist()[: len(self.queue)]):
            self.queue[index] += value

    def reopen(self) -> None:
        if self.lost:
            raise OutputError("There is no loudspeaker.")

    def close(self, *, drain: bool = True) -> None:
        if drain:
            self.play(len(self.queue))


class CountedMusic:
    """Music whose samples say where in it they are: 1, 2, 3 …"""

    def __init__(self) -> None:
        self.at = 0

    def take(self, length: int) -> Samples:
        self.at += length
        return np.arange(self.at - length + 1, self.at + 1).astype(np.int16)

    def rewind(self, length: int) -> None:
        self.at -= length


class ConstantMusic(CountedMusic):
    """Music that is one long value."""

    def take(self, length: int) -> Samples:
        return np.full(length, 10_000, np.int16)
