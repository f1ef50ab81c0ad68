"""The compiled form of a session: segments that hold events at integer frames.

A segment's events are relative to its own start, so that segments can be compiled one at a time,
repeated and skipped. ``Score`` is a list of them laid end to end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from voicecoach.routine.model import PhaseKind
from voicecoach.timeline.steps import Work


class SegmentKind(StrEnum):
    """What the person is doing during a segment."""

    INTRO = "intro"
    BRIEFING = "briefing"
    WORK = "work"
    CHANGE = "change"
    REST = "rest"
    SAY = "say"
    WAIT = "wait"
    OUTRO = "outro"


class Sound(StrEnum):
    """The earcons; each is a file ``sounds/<value>.wav``."""

    GET_READY = "get_ready"
    TICK = "tick"
    GO = "go"
    PHASE = "phase"
    HALFWAY = "halfway"
    END_OF_SET = "end_of_set"
    REST = "rest"
    SESSION_END = "session_end"
    ACCEPTED = "accepted"
    """A command was understood. This and the next are heard at once and are in no segment."""
    REFUSED = "refused"
    """A command means nothing here."""


class Role(StrEnum):
    """Why something is said or sounded, most important first: what does not fit is dropped from below."""

    SAFETY = "safety"
    NAME = "name"
    SIDE = "side"
    PHASE = "phase"
    COUNT = "count"
    HALFWAY = "halfway"
    TEACH = "teach"
    CUE = "cue"
    BREATH = "breath"
    PRAISE = "praise"
    PACE = "pace"
    """Clicks of a step rate; never said."""

    @property
    def rank(self) -> int:
        """0 for the most important."""
        return list(Role).index(self)


@dataclass(frozen=True, slots=True)
class Speak:
    """Words whose audible onset lies on ``frame`` and whose last sample is before ``frame + frames``."""

    frame: int
    frames: int
    text: str
    role: Role

    @property
    def end(self) -> int:
        return self.frame + self.frames


@dataclass(frozen=True, slots=True)
class Play:
    """An earcon that starts on ``frame`` and lasts ``frames``."""

    frame: int
    frames: int
    sound: Sound
    role: Role

    @property
    def end(self) -> int:
        return self.frame + self.frames


Event = Speak | Play


@dataclass(frozen=True, slots=True)
class Beat:
    """One phase of one rep, for the screen and for going back to the start of a rep."""

    frame: int
    frames: int
    kind: PhaseKind
    rep: int
    """1 for the first rep of the set, 0 for the count-in."""
    reps: int
    side: str
    """The working side: "left", "right", or "" for both."""
    phase: str = ""
    """The name of the phase; empty where the kind says it all, outside of called reps."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that would have been said and did not fit."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the session, compiled. Nothing in it sounds past its end."""

    index: int
    kind: SegmentKind
    title: str
    block: int
    """Segments of one exercise, rest, remark or wait share a block: ``next`` and ``back`` move by blocks."""
    frames: int
    events: tuple[Event, ...]
    """In order of frame; no two :class:`Speak` overlap."""
    beats: tuple[Beat, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    set_number: int = 0
    sets: int = 0
    work: Work | None = None
    """The set that this is, in a set."""
    restarts: tuple[int, ...] = ()
    """In a set, the frames from which it can go on after a pause: the starts of its reps."""
    waits: bool = False
    """Whether it holds until the person is ready, and ends by itself only when they never say so."""
    usual: int = 0
    """In a set at one's own pace, the frames that it takes when its reps are done as they are written."""

    @property
    def expected(self) -> int:
        """Frames that it is likely to take: all of them, unless it usually ends before."""
        return self.usual or self.frames

    @property
    def begins(self) -> int:
        """In a set the frame of its first rep, 0 elsewhere."""
        return next((beat.frame for beat in self.beats if beat.rep), 0)

    def rep_starts(self) -> tuple[int, ...]:
        """In a set on the beat, the frame at which each rep begins, the first one first."""
        if self.waits:
            return ()
        first: dict[int, int] = {}
        for beat in self.beats:
            first.setdefault(beat.rep, beat.frame)
        return tuple(frame for rep, frame in first.items() if rep)

    def resume_at(self, frame: int) -> int:
        """The frame at which to go on after a pause at ``frame``, so that no word and no rep is halved.

        In a set the start of the rep; elsewhere ``frame`` itself, or the start of what it would cut.
        """
        if self.restarts:
            return max((point for point in self.restarts if point <= frame), default=0)
        return min((event.frame for event in self.events if event.frame <= frame < event.end), default=frame)


def reps_done(segment: Segment, frame: int) -> int:
    """How many reps of a set are over at ``frame``; timed work is one rep. 0 where nobody counts them."""
    if segment.waits:
        return 0
    last = {beat.rep: beat.frame + beat.frames for beat in segment.beats if beat.rep}
    return sum(end <= frame for end in last.values())


class Speech(Protocol):
    """What the compiler needs to know about the voice. The same text always has the same length."""

    @property
    def audible(self) -> bool:
        """False when there is no voice: texts are captions, and earcons mark the beat in their place."""
        ...

    def measure(self, text: str) -> int:
        """Frames that ``text`` lasts when spoken, without silence around it."""
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """A whole session, compiled."""

    segments: tuple[Segment, ...]

    @property
    def frames(self) -> int:
        return sum(segment.frames for segment in self.segments)

    @property
    def expected(self) -> int:
        """Frames that it is likely to take, which are fewer where a set is done at one's own pace."""
        return sum(segment.expected for segment in self.segments)

    def starts(self) -> Iterator[tuple[int, Segment]]:
        """Each segment with its first frame, counted from the start of the session."""
        start = 0
        for segment in self.segments:
            yield start, segment
            start += segment.frames

    def events(self) -> Iterable[tuple[int, Segment, Event]]:
        """Each event with its absolute frame and its segment, in order."""
        for start, segment in self.starts():
            for event in segment.events:
                yield start + event.frame, segment, event


def splice(old: Segment, new: Segment, frame: int) -> Segment:
    """What began in ``old`` before ``frame``, and ``new`` from there on. No word is cut and none overlap.

    A word of ``new`` that would begin within the last one of ``old`` is dropped, and a tone within a tone.
    """
    begun = [event for event in old.events if event.frame < frame]
    speaking_until = max((event.end for event in begun if isinstance(event, Speak)), default=0)
    sounding_until = max((event.end for event in begun if isinstance(event, Play)), default=0)
    events: list[Event] = list(begun)
    dropped = list(new.dropped)
    for event in new.events:
        if event.frame < frame:
            continue
        if isinstance(event, Speak) and event.frame <= speaking_until:
            dropped.append(Dropped(event.text, event.role))
        elif isinstance(event, Speak) or event.frame >= sounding_until:
            events.append(event)
    beats = (
        *(beat for beat in old.beats if beat.frame < frame),
        *(beat for beat in new.beats if beat.frame >= frame),
    )
    ends = (event.end for event in events)
    return replace(
        new,
        frames=max(new.frames, *ends) if events else new.frames,
        events=tuple(events),
        beats=beats,
        dropped=tuple(dropped),
        restarts=_restarts(old, new, frame, speaking_until),
    )


def _restarts(old: Segment, new: Segment, frame: int, speaking_until: int) -> tuple[int, ...]:
    before = (point for point in old.restarts if point < frame)
    after = (point for point in new.restarts if point >= max(frame, speaking_until))
    return (*before, *after)
