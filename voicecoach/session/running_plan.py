"""The plan while it is played: its steps, their segments, and the change to another plan in mid-play."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from voicecoach.session.listener import Script
from voicecoach.session.lookahead import Join, Lookahead
from voicecoach.session.ports import Director
from voicecoach.session.revision import PlanPosition, Revision, Steps
from voicecoach.session.transport import Transport
from voicecoach.timeline.gaps import GapsAround, gaps
from voicecoach.timeline.segment import Segment, splice


@dataclass(frozen=True, slots=True)
class Splice:
    """The point in a segment, ``frame``, where its new version takes over from ``old``."""

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


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan as it was once, and the segment that was being played."""

    steps: Steps
    around: Sequence[GapsAround]
    entered: int | None
    index: int
    segment: Segment | None
    """None when it was not compiled, so that nothing of it was heard."""


class RunningPlan:
    """The steps of a session and their segments; commands replace the steps.

    ``segments`` compiles them, and its maker closes it; ``director`` estimates those that are not compiled
    yet.
    """

    def __init__(self, steps: Steps, segments: Lookahead, director: Director) -> None:
        self._segments = segments
        self._director = director
        self._splice: Splice | None = None
        self._entered: int | None = None
        """The step that the last command led to."""
        self._interjected: tuple[Segment, Segment] | None = None
        """What plays with something said besides: as it was without that, and with it."""
        self._take(steps, gaps(steps))

    def _take(self, steps: Steps, around: Sequence[GapsAround]) -> None:
        outline = self._director.outline(steps, around)
        self.steps, self.around, self.outline = steps, around, outline
        ends = tuple(accumulate(segment.expected for segment in outline))
        self._left_after = tuple(ends[-1] - end for end in ends)

    def script(self, at: int) -> Script:
        """Return the plan as listeners are told it, with the session at step ``at``."""
        return Script(self.steps, self.outline, at)

    def left_after(self, index: int) -> int:
        """Return the frames from the end of segment ``index`` to the end of the session, as estimated."""
        return self._left_after[index]

    def segment(self, index: int) -> Segment:
        """Return segment ``index``, or its estimate when it is not compiled: then nothing of it was heard."""
        return self._segments.peek(index) or self.outline[index]

    def count_in(self, at: Transport, said: str, *, counted: bool) -> Segment:
        """Return what is played before the session goes on at ``at``, as :meth:`Director.count_in` does."""
        return self._director.count_in(self.segment(at.segment), at.frame, said, counted=counted)

    def following(self, segment: Segment) -> Segment | None:
        """Return the segment after ``segment``, or None at the end and while it is not compiled."""
        last = segment.index + 1 == len(self.steps)
        return None if last else self._segments.peek(segment.index + 1)

    def place(self, at: Transport) -> PlanPosition:
        """Return ``at`` with the version of its segment that is written there."""
        index, old = at.segment, self._left(at.segment)
        if old and (at.frame < old.frame or self._segments.peek(index) is None):
            return PlanPosition(index, at.frame, old.old)
        return PlanPosition(index, at.frame, self.segment(index))

    def due(self, at: Transport, timeout: float) -> Stretch | None:
        """Return what to write from ``at`` on; None when it is not compiled within ``timeout`` seconds."""
        if (old := self._left(at.segment)) and at.frame < old.frame:
            return Stretch(old.old, at.frame, old.frame)
        compiled = self._segments.wait(at.segment, timeout)
        return None if compiled is None else Stretch(compiled, at.frame, compiled.frames)

    def is_left(self, segment: Segment) -> bool:
        """Tell whether ``segment`` is an old version, which ends where the new one takes over."""
        return self._splice is not None and segment is self._splice.old

    def keeps(self, revision: Revision, index: int) -> bool:
        """Tell whether step ``index`` stays as it is."""
        return index < len(revision.steps) and revision.steps[index] is self.steps[index]

    def after(self, revision: Revision, at: Transport) -> Transport:
        """Return where ``revision`` leads from ``at``: nowhere else, or to the start of a step."""
        if revision.jump is not None:
            return Transport(segment=revision.jump)
        return at if self.keeps(revision, at.segment) else Transport(segment=at.segment)

    def follow(self, revision: Revision, place: PlanPosition) -> None:
        """Adopt the plan of ``revision``, merging it into what plays at ``place``."""
        joins: dict[int, Join] = {}
        begun = place.segment is not self.outline[place.index]  # nothing of an estimate was written
        if revision.splice is not None and begun:
            self._splice = Splice(place.segment, revision.splice)
            join = partial(splice, place.segment, frame=revision.splice)
            if revision.talk:
                join = partial(
                    self._director.at_talk_level, place.segment, frame=revision.splice, talk=revision.talk
                )
            joins[place.index] = join
        elif self._splice and not self.keeps(revision, self._splice.old.index):
            self._splice = None
        self._adopt(revision.steps, joins, begun=place.index)

    def interject(self, at: Transport, texts: Sequence[str], since: int, until: int | None = None) -> bool:
        """Say ``texts`` in the silences of what plays ``at``, the first from frame ``since`` on.

        False when there is none for that ``until`` some frame, or while another version of it is to come.
        """
        place = self.place(at)
        if place.segment is not self._segments.peek(place.index):
            return False
        window = since, min(until or place.segment.frames, place.segment.frames)
        if (found := self._director.interjected(place.segment, texts, window)) is None:
            return False
        segment, frame = found
        self._interjected, self._splice = (place.segment, segment), Splice(place.segment, frame)
        self._segments.revise(self.steps, {}, self.around, {place.index: segment})
        return True

    def forget_interjection(self) -> None:
        """Leave out what was said besides the plan, when the session goes elsewhere or back to before it."""
        if self._interjected is None:
            return
        without, segment = self._interjected
        self._interjected = None
        if self._segments.peek(segment.index) is segment:
            self._splice = None
            self._segments.revise(self.steps, {}, self.around, {segment.index: without})

    def enter(self, index: int) -> bool:
        """Begin at step ``index``; tell whether that changes the plan.

        What is left of a written time that begins before it takes its own time: its beginning is not heard.
        """
        if index == self._entered:
            return False
        self._entered = index
        before = self.around
        self._adopt(self.steps, {}, begun=index - 1)
        return before != self.around

    def state(self, index: int) -> PlanState:
        """Return all that :meth:`restore` needs, with the session at step ``index``."""
        old = self._left(index)
        segment = self._segments.peek(index) or (old.old if old else None)
        return PlanState(self.steps, self.around, self._entered, index, segment)

    def restore(self, before: PlanState) -> Segment:
        """Go back to the plan as it was, and return the segment that was being played.

        That may be a merged one, and is not compiled anew.
        """
        self._splice, self._entered, self._interjected = None, before.entered, None
        made = {} if before.segment is None else {before.index: before.segment}
        self._segments.revise(before.steps, {}, before.around, made)
        self._take(before.steps, before.around)
        return self.segment(before.index)

    def _adopt(self, steps: Steps, joins: dict[int, Join], *, begun: int) -> None:
        """Take on ``steps``; those up to ``begun`` stay as they are, whatever follows them now."""
        around = list(gaps(steps, self._entered))
        for index in range(min(begun + 1, len(steps), len(self.steps))):
            if steps[index] is self.steps[index]:
                around[index] = self.around[index]
        self._segments.revise(steps, joins, around)
        self._take(steps, around)

    def _left(self, index: int) -> Splice | None:
        return self._splice if self._splice and self._splice.old.index == index else None
