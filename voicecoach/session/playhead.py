"""Where the session is: what was written, what of it was heard, and where the last command led."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.session.running_plan import RunningPlan
from voicecoach.session.transport import Outline, State, Transport, segment_over
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
    fading: bool
    """Whether it was left already: the person has gone on from it by a command."""


class Playhead:
    """Follows the frames from writing to hearing. They count from the start of the output.

    What is written lies a little ahead of what is heard; commands go by what is heard.
    """

    def __init__(self, first: Segment) -> None:
        """``first``: the segment that the session begins with."""
        self._runs: deque[Run] = deque()
        self.written = 0
        self.heard = 0
        self._at = (first, 0)
        """The last segment of the plan of which something was heard, and how far."""
        self._led_to: Transport | None = None
        """Where the last command led, until something from there is heard."""
        self._led_from = 0
        """Frames heard in all when that will be; before it the fade of what was left is heard."""

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
            fading = self.heard <= self._led_from
            yield Heard(run.segment, run.start, run.start + taken, fading)
            run.start += taken
            run.length -= taken
            if not run.length:
                self._runs.popleft()

    def reached(self, segment: Segment, frame: int) -> None:
        """``segment``, which is part of the plan, was heard up to ``frame``."""
        self._led_to = None
        self._at = (segment, frame)

    def led(self, after: Transport) -> None:
        """A command leads to ``after``, which is written next."""
        self._led_to = replace(after, state=State.PLAYING)
        self._led_from = self.written

    @property
    def segment(self) -> Segment:
        """The last segment of the plan of which something was heard."""
        return self._at[0]

    def transport(self, outline: Outline) -> Transport:
        """Where the session is for the person, while it plays."""
        if self._led_to:
            return self._led_to
        segment, frame = self._at
        at = Transport(segment=segment.index, frame=frame)
        return segment_over(at, outline) if frame >= segment.frames else at

    def held(self, at: Transport) -> Transport:
        """``at``, moved back when it is a pause, to where one can go on without halving a word or a rep."""
        if at.state is State.PAUSED and self.segment.index == at.segment:
            return replace(at, frame=self.segment.resume_at(at.frame))
        return at

    def remaining(self, plan: RunningPlan) -> int:
        """Frames from here to the end of ``plan``, if nothing is skipped."""
        at, frame = self._at
        if self._led_to:  # what was heard may not be in the plan any more
            at, frame = plan.segment(self._led_to.segment), self._led_to.frame
        return max(at.expected - frame, 0) + plan.left_after(at.index)
