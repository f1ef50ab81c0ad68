"""The plan while it is played: what is compiled of it, and how what plays goes over into another plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from voicecoach.session.edits import PlanPosition, Revision, Steps
from voicecoach.session.listener import Script
from voicecoach.session.lookahead import Join, Lookahead
from voicecoach.session.ports import Director
from voicecoach.session.transport import Transport
from voicecoach.timeline.segment import Segment, splice


@dataclass(frozen=True, slots=True)
class Splice:
    """What plays goes on as ``old`` up to ``frame``, where its new form takes over."""

    old: Segment
    frame: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The frames of a segment from ``start`` to ``end``."""

    segment: Segment
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


class RunningPlan:
    """The steps of a session and their segments; commands put other steps in their place.

    ``segments`` compiles them and is closed by whoever made it; ``director`` estimates those that are not
    compiled yet.
    """

    def __init__(self, steps: Steps, segments: Lookahead, director: Director) -> None:
        self._segments = segments
        self._director = director
        self._splice: Splice | None = None
        self._take(steps)

    def _take(self, steps: Steps) -> None:
        outline = self._director.outline(steps)
        self.steps, self.outline = steps, outline
        ends = tuple(accumulate(segment.expected for segment in outline))
        self._left_after = tuple(ends[-1] - end for end in ends)

    def script(self, at: int) -> Script:
        """The plan, in which the session is at step ``at``."""
        return Script(self.steps, self.outline, at)

    def left_after(self, index: int) -> int:
        """Frames from the end of segment ``index`` to the end of the session, as estimated."""
        return self._left_after[index]

    def segment(self, index: int) -> Segment:
        """A segment; one that is not compiled yet was not heard either, so that its estimate will do."""
        return self._segments.peek(index) or self.outline[index]

    def count_in(self, index: int) -> Segment:
        """What is played before segment ``index``, a set, goes on after a pause."""
        return self._director.count_in(self.segment(index))

    def following(self, segment: Segment) -> Segment | None:
        """What comes after ``segment`` if nobody asks for something else, when it is compiled already."""
        last = segment.index + 1 == len(self.steps)
        return None if last else self._segments.peek(segment.index + 1)

    def place(self, index: int, frame: int) -> PlanPosition:
        """Frame ``frame`` of segment ``index``, in the form that is written there."""
        if (old := self._left(index)) and (frame < old.frame or self._segments.peek(index) is None):
            return PlanPosition(index, frame, old.old)
        return PlanPosition(index, frame, self.segment(index))

    def due(self, index: int, frame: int, timeout: float) -> Stretch | None:
        """What to write from frame ``frame`` of segment ``index`` on; None when it is not compiled within
        ``timeout`` seconds.
        """
        if (old := self._left(index)) and frame < old.frame:
            return Stretch(old.old, frame, old.frame)
        compiled = self._segments.wait(index, timeout)
        return None if compiled is None else Stretch(compiled, frame, compiled.frames)

    def is_left(self, segment: Segment) -> bool:
        """Whether ``segment`` is an old form, which ends where the new one takes over."""
        return self._splice is not None and segment is self._splice.old

    def keeps(self, revision: Revision, index: int) -> bool:
        """Whether step ``index`` stays as it is."""
        return revision.steps[index] is self.steps[index]

    def after(self, revision: Revision, at: Transport) -> Transport:
        """Where to go on in the plan of ``revision`` from ``at``: there, or at the start of another step."""
        if revision.jump is not None:
            return Transport(segment=revision.jump)
        return at if self.keeps(revision, at.segment) else Transport(segment=at.segment)

    def follow(self, revision: Revision, place: PlanPosition) -> None:
        """Take over the plan of ``revision``, into which what plays at ``place`` goes over."""
        joins: dict[int, Join] = {}
        begun = place.segment is not self.outline[place.index]  # nothing of an estimate was written
        if revision.splice is not None and begun:
            self._splice = Splice(place.segment, revision.splice)
            joins[place.index] = partial(splice, place.segment, frame=revision.splice)
        elif self._splice and not self.keeps(revision, self._splice.old.index):
            self._splice = None
        self._segments.revise(revision.steps, joins)
        self._take(revision.steps)

    def _left(self, index: int) -> Splice | None:
        return self._splice if self._splice and self._splice.old.index == index else None
