"""Stand-ins for sound: speech clips and music."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from voicecoach.audio.pcm import Samples


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
