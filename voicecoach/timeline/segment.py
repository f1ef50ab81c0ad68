"""A compiled session: segments that hold events at integer frames.

Events count from the start of their segment, so that segments can be compiled one at a time, repeated and
skipped. A ``Score`` is a list of segments laid end to end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline.steps import TalkLevel, Work
from voicecoach.units import frames

LEAST_LEFT = frames(5)
"""The least number of frames left when a hold or timed work goes on after a pause, so that its countdown is
heard apart from the count-in. Shorter holds begin again, with their rep. [own choice]"""


class SegmentKind(StrEnum):
    """The person's activity during a segment."""

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
    """Confirms a command. This one and the next are played at once and belong to no segment."""
    REFUSED = "refused"
    """Refuses a command that means nothing here."""


class Role(StrEnum):
    """The purpose of an event, most important first: where room is short, the last ones are dropped."""

    SAFETY = "safety"
    KEYS = "keys"
    """What a key does, told in the first session."""
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
    """Clicks at a step rate; never spoken."""

    @property
    def rank(self) -> int:
        """The position in order of importance; 0 is the most important."""
        return list(Role).index(self)


_NAMES = frozenset({Role.SAFETY, Role.KEYS, Role.NAME, Role.SIDE})
_SAID = {
    TalkLevel.ALL: frozenset(Role),
    TalkLevel.CUES: _NAMES | {Role.HALFWAY, Role.TEACH, Role.CUE, Role.BREATH},
    TalkLevel.NAMES: _NAMES,
}


def is_said(role: Role, talk: TalkLevel) -> bool:
    """Tell whether words of ``role`` are spoken when the coach says as much as ``talk``."""
    return role in _SAID[talk]


@dataclass(frozen=True, slots=True)
class Speak:
    """Words that are first heard on ``frame`` and end before ``frame + frames``."""

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
    """The number of the rep, from 1; 0 for the count-in."""
    reps: int
    side: str
    """The working side: "left", "right", or "" for both."""
    phase: str = ""
    """The name of the phase; empty outside called reps."""

    @property
    def end(self) -> int:
        return self.frame + self.frames

    @property
    def goes_on(self) -> bool:
        """Whether it goes on with what was left of it after a pause, and need not begin again."""
        return self.kind in {PhaseKind.HOLD, PhaseKind.TIMED} and self.frames > LEAST_LEFT


@dataclass(frozen=True, slots=True)
class Hold:
    """A place where a page waits for a tap."""

    at: int
    """The first frame of the quiet in which it stops, which goes by where nothing can wait."""
    to: int
    """The frame from which it goes on."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A text that did not fit and is not said."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Segment:
    """A compiled stretch of the session. None of its events sounds past its end."""

    index: int
    kind: SegmentKind
    title: str
    block: int
    """Segments of one exercise, rest, remark or wait share a block: ``next`` and ``back`` move by blocks."""
    frames: int
    events: tuple[Event, ...]
    """The events in order of frame; no two :class:`Speak` overlap."""
    beats: tuple[Beat, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    set_number: int = 0
    sets: int = 0
    work: Work | None = None
    """The set, when this segment is one."""
    restarts: tuple[int, ...] = ()
    """The frames at which a set can resume after a pause: the starts of its reps, and of the phases that come
    after a long hold. Empty outside sets."""
    waits: bool = False
    """Whether it lasts until the person is ready; if they never are, it ends at its limit."""
    to_go: int = 0
    """The frames from the end of a rest to the next "go", as far as they count as rest; 0 elsewhere."""
    holds: tuple[Hold, ...] = ()
    """Where a page waits for a tap; empty for other media."""
    usual: int = 0
    """The frames that it usually takes where that depends on the person: a set at their own pace when its
    reps are done as written, and on a page a wait. 0 where it takes all its frames."""

    @property
    def expected(self) -> int:
        """The frames it is likely to take: all of them, unless it ends when the person is ready or done."""
        return self.usual or self.frames

    def expects_a_key(self, frame: int) -> bool:
        """Tell whether Enter means something at ``frame``: that the person is done, or has counted one."""
        return (self.waits and frame >= self.begins) or self.counts(frame)

    def counts(self, frame: int) -> bool:
        """Tell whether rounds or reps can be counted at ``frame``: from the "go" of such a set to its end."""
        counted = self.work is not None and self.work.exercise.amrap is not None
        return counted and self.begins <= frame < self.ends

    @property
    def begins(self) -> int:
        """The frame of the first rep in a set; 0 elsewhere."""
        return next((beat.frame for beat in self.beats if beat.rep), 0)

    @property
    def ends(self) -> int:
        """The frame at which the last rep of a set is over, before the tone that says so; else the end."""
        return self.beats[-1].end if self.beats else self.frames

    def rep_starts(self) -> tuple[int, ...]:
        """Return the frame at which each rep of a set on the beat begins, in order."""
        if self.waits:
            return ()
        first: dict[int, int] = {}
        for beat in self.beats:
            first.setdefault(beat.rep, beat.frame)
        return tuple(frame for rep, frame in first.items() if rep)

    def resume_at(self, frame: int) -> int:
        """Return the frame to resume from after a pause at ``frame``, so that no word and no rep is cut.

        In a set that is the last of its restarts, but a long hold and timed work go on with what was left of
        them. Elsewhere it is ``frame`` itself, or the start of the event there.
        """
        if not self.restarts or frame >= self.ends:
            return self._before_event(frame)
        points = [point for point in self.restarts if point <= frame]
        for beat in self.beats:
            if beat.goes_on and beat.frame < frame < beat.end:
                within = self._before_event(min(frame, beat.end - LEAST_LEFT))
                points += [within] if within > beat.frame else []
        return max(points, default=0)

    def _before_event(self, frame: int) -> int:
        """Return ``frame``, or the start of the words or the tone that it is within.

        Words may begin over the end of a tone, which is then heard whole, too.
        """
        around = [event.frame for event in self.events if event.frame <= frame < event.end]
        within = min(around, default=frame)
        return within if within == frame else self._before_event(within)


def reps_done(segment: Segment, frame: int) -> int:
    """Return how many reps of a set are over at ``frame``; timed work is one rep. 0 outside counted sets."""
    if segment.waits:
        return 0
    last = {beat.rep: beat.end for beat in segment.beats if beat.rep}
    return sum(end <= frame for end in last.values())


class Speech(Protocol):
    """The voice as the compiler sees it. The same text always has the same length."""

    @property
    def audible(self) -> bool:
        """Whether there is a voice; without one, texts are captions and earcons mark the beat."""
        ...

    def measure(self, text: str) -> int:
        """Return the frames that ``text`` lasts when spoken, without silence around it."""
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
        """The frames it is likely to take: others than ``frames`` when a set is done at one's own pace."""
        return sum(segment.expected for segment in self.segments)

    def starts(self) -> Iterator[tuple[int, Segment]]:
        """Yield each segment with its first frame, counted from the start of the session."""
        start = 0
        for segment in self.segments:
            yield start, segment
            start += segment.frames

    def events(self) -> Iterable[tuple[int, Segment, Event]]:
        """Yield each event in order, with its absolute frame and its segment."""
        for start, segment in self.starts():
            for event in segment.events:
                yield start + event.frame, segment, event


def only_said(segment: Segment, talk: TalkLevel, since: int = 0) -> Segment:
    """Leave out the words that ``talk`` leaves out, from the frame ``since`` on; nothing else moves."""
    return replace(
        segment,
        events=tuple(
            event
            for event in segment.events
            if isinstance(event, Play) or event.frame < since or is_said(event.role, talk)
        ),
        dropped=tuple(text for text in segment.dropped if is_said(text.role, talk)),
    )


def splice(old: Segment, new: Segment, frame: int) -> Segment:
    """Join ``old`` before ``frame`` to ``new`` from ``frame`` on; no word is cut and none overlap.

    Words and tones that began in ``old`` are finished; those of ``new`` that would begin within them are
    dropped.
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
