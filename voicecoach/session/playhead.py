"""Which frames of which segment the output has been given, and so what has been heard."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.timeline.segment import Segment


@dataclass(slots=True)
class Run:
    """Consecutive frames of one segment that were written one after the other."""

    segment: Segment
    start: int
    """First frame, counted within the segment."""
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Heard:
    """Frames ``start`` to ``end`` of ``segment`` have just gone out."""

    segment: Segment
    start: int
    end: int
    total: int
    """Frames that had gone out in all when this was over."""


class Tape:
    """Remembers what was written until it is heard. Frames count from the start of the output."""

    def __init__(self) -> None:
        self._runs: deque[Run] = deque()
        self.written = 0
        self.heard = 0

    def wrote(self, segment: Segment, start: int, length: int) -> None:
        """Frames ``start`` to ``start + length`` of ``segment`` were written."""
        last = self._runs[-1] if self._runs else None
        if last and last.segment is segment and last.end == start:
            last.length += length
        else:
            self._runs.append(Run(segment, start, length))
        self.written += length

    def dropped(self, length: int) -> None:
        """The last ``length`` frames written will never be heard."""
        self.written -= length
        while length and self._runs:
            last = self._runs[-1]
            taken = min(length, last.length)
            last.length -= taken
            length -= taken
            if not last.length:
                self._runs.pop()

    def advance(self, delivered: int) -> Iterator[Heard]:
        """What has gone out since the last call, now that ``delivered`` frames have gone out in all."""
        while self.heard < delivered and self._runs:
            run = self._runs[0]
            taken = min(delivered - self.heard, run.length)
            self.heard += taken
            yield Heard(run.segment, run.start, run.start + taken, self.heard)
            run.start += taken
            run.length -= taken
            if not run.length:
                self._runs.popleft()
