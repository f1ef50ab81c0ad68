"""Places words and tones in time, on a lane where no two texts ever touch.

Texts bound to a beat are fixed first. The others go into the gaps, most important first, long wording before
short. Texts that fit nowhere are dropped and listed.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import product

from voicecoach.language.phrases import Phrases
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import (
    Dropped,
    Event,
    Play,
    Role,
    Segment,
    SegmentKind,
    Sound,
    Speak,
    Speech,
    is_said,
)
from voicecoach.timeline.steps import Outro, RestStep, SayStep, Step, TalkLevel, WaitStep
from voicecoach.units import frames

BREATH = frames(0.12)
"""Frames of silence kept between two texts, so that they are heard as two."""


@dataclass
class Lane:
    """The words and tones of one segment. Positions are frames from the segment's start."""

    kit: Kit
    said: list[Speak] = field(default_factory=list)
    """The placed words, in order of frame."""
    tones: list[Play] = field(default_factory=list)
    """In any order."""
    dropped: list[Dropped] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)
    """Stretches kept free of words, as a tone marks a beat there: first frame, and the one after the last."""

    def fix(
        self, frame: int, texts: Sequence[str], role: Role, *, until: int, missed: bool = True
    ) -> Speak | None:
        """Say the first of ``texts`` that can begin exactly at ``frame`` and end by ``until``.

        What has no room there is listed as dropped, unless nobody would have ``missed`` it.
        """
        for text in texts:
            if self.is_free(frame, text, until=until):
                return self._add(Speak(frame, self.kit.speech.measure(text), text, role))
        if missed:
            self.drop(texts, role)
        return None

    def is_free(self, frame: int, text: str, *, until: int) -> bool:
        """Tell whether ``text`` can begin at ``frame`` and end by ``until`` without touching another."""
        end = frame + self.kit.speech.measure(text)
        return end <= until and all(
            end + BREATH <= say.frame or say.end + BREATH <= frame for say in self.said
        )

    def place(
        self,
        texts: Sequence[str],
        role: Role,
        *,
        since: int,
        until: int,
        late: bool = False,
        margin: int = BREATH,
        missed: bool = True,
    ) -> Speak | None:
        """Say the first of ``texts`` that fits between ``since`` and ``until``.

        It is placed as early as possible, or as late with ``late``, ``margin`` frames from other texts. What
        fits nowhere is listed as dropped, unless nobody would have ``missed`` it.
        """
        windows = [(since, until)]
        return self.place_in(windows, texts, role, late=late, margin=margin, missed=missed)

    def place_in(
        self,
        windows: Iterable[tuple[int, int]],
        texts: Sequence[str],
        role: Role,
        *,
        late: bool = False,
        margin: int = BREATH,
        missed: bool = True,
    ) -> Speak | None:
        """Say the first of ``texts`` that fits into one of ``windows``, tried in their order.

        A window is its first frame and the one after its last; see :meth:`place` for the rest.
        """
        for text, (since, until) in product(texts, windows):
            if say := self._try(since, until, text, role, late=late, margin=margin):
                return self._add(say)
        if missed:
            self.drop(texts, role)
        return None

    def follow(self, frame: int, text: str, role: Role) -> int:
        """Say ``text`` at ``frame``, where there is room for it, and return the frame it ends at."""
        return self._add(Speak(frame, self.kit.speech.measure(text), text, role)).end

    def play(self, frame: int, sound: Sound, role: Role) -> int:
        """Sound an earcon from ``frame`` on and return the frame it ends at."""
        self.tones.append(Play(frame, self.kit.sounds[sound], sound, role))
        return self.tones[-1].end

    def events(self) -> tuple[Event, ...]:
        """Return the words and tones, in order of frame."""
        return tuple(sorted([*self.said, *self.tones], key=lambda event: event.frame))

    def end_before(self, frame: int) -> int:
        """Return the frame at which the last word that begins before ``frame`` ends; 0 without one."""
        return max((say.end for say in self.said if say.frame < frame), default=0)

    def is_speaking(self, frame: int) -> bool:
        """Tell whether ``frame`` falls within a word."""
        return any(say.frame < frame < say.end for say in self.said)

    def spoken(self) -> int:
        """Return the frames of speech so far."""
        return sum(say.frames for say in self.said)

    def ends(self) -> int:
        """Return the frame at which the last word ends; 0 when nothing is said."""
        return self.said[-1].end if self.said else 0

    def _try(self, since: int, until: int, text: str, role: Role, *, late: bool, margin: int) -> Speak | None:
        length = self.kit.speech.measure(text)
        gaps = list(self._gaps(since, until, margin))
        for start, end in reversed(gaps) if late else gaps:
            if end - start >= length:
                return Speak(end - length if late else start, length, text, role)
        return None

    def _gaps(self, since: int, until: int, margin: int) -> Iterable[tuple[int, int]]:
        start = since
        for first, end in sorted([*self.kept, *((say.frame, say.end) for say in self.said)]):
            if first - margin > start:
                yield start, min(until, first - margin)
            start = max(start, end + margin)
            if start >= until:
                return
        yield start, until

    def _add(self, say: Speak) -> Speak:
        bisect.insort(self.said, say, key=lambda each: each.frame)
        return say

    def drop(self, texts: Sequence[str], role: Role) -> None:
        """List the first of ``texts`` as not said."""
        if texts:
            self.dropped.append(Dropped(texts[0], role))


SENTENCE_PAUSE = frames(0.4)
"""Frames between two sentences of one thought."""
FOLLOW_PAUSE = frames(1.2)
"""Frames after a sentence that asks for a movement, so that the person can follow. [own choice]"""
TO_LEAVE = frames(4)
"""Frames after the sentence that leads out of a position, in which a ball or a weight is put away. [own
choice]"""


class Telling(IntEnum):
    """How much is said between two sets, most first."""

    EVERYTHING = 0
    TASK = 1
    """That the set is over, how to rest, what comes next and where, and the task of the next set."""
    NEEDED = 2
    """The same without the task."""
    NEXT = 3
    """What comes next."""
    NOTHING = 4
    """Only how to leave a position; what comes next was said before the set was over."""


@dataclass
class Talk:
    """Writes a segment from start to end: sentences, pauses and earcons one after the other."""

    kit: Kit
    at: int = 0
    lane: Lane = field(init=False)

    def __post_init__(self) -> None:
        self.lane = Lane(self.kit)

    def pause(self, length: int) -> None:
        self.at += length

    def say(self, text: str, role: Role, pause: int = SENTENCE_PAUSE) -> None:
        if text and self.kit.says(role):
            self.at = self.lane.follow(self.at, text, role) + pause

    def say_last(self, text: str, role: Role, until: int) -> None:
        """Say ``text`` as late as it ends before frame ``until``, or next where that is over."""
        self.at = max(self.at, until - self.kit.speech.measure(text) - SENTENCE_PAUSE)
        self.say(text, role)

    def play(self, sound: Sound, role: Role = Role.NAME, pause: int = SENTENCE_PAUSE) -> None:
        self.at = self.lane.play(self.at, sound, role) + pause

    def and_rest(self, turn: int, *, after_work: bool) -> None:
        """Say "and rest" after work, because a set never ends on a tone alone."""
        if after_work:
            self.say(self.kit.phrases("rest.end_of_work", turn), Role.NAME)

    def praise(self, step: RestStep | SayStep | WaitStep | Outro) -> bool:
        """Say what is to be praised in the work before ``step``; tell whether there is something."""
        praise = step.praise if step.after_work and self.kit.says(Role.PRAISE) else ""
        self.say(praise, Role.PRAISE, FOLLOW_PAUSE)
        return bool(praise)

    def done(self, index: int, kind: SegmentKind, step: Step, length: int = 0, **numbers: int) -> Segment:
        """Return the segment: ``length`` frames, or more when its content needs them."""
        return Segment(
            index=index,
            kind=kind,
            title=step.title,
            block=step.block,
            frames=max(self.at, length, self.lane.ends()),
            events=self.lane.events(),
            dropped=tuple(self.lane.dropped),
            set_number=numbers.get("set_number", 0),
            sets=numbers.get("sets", 0),
        )


@dataclass(frozen=True)
class Kit:
    """The voice, earcons and phrases for compiling: the same kit and step give the same segment."""

    speech: Speech
    sounds: Mapping[Sound, int]
    """The length of each earcon in frames."""
    phrases: Phrases
    talk: TalkLevel = TalkLevel.ALL
    """How much of it is said."""
    medium: Medium = Medium.LIVE

    def says(self, role: Role) -> bool:
        """Tell whether words of ``role`` are spoken or shown as captions."""
        return is_said(role, self.talk)

    def is_heard(self, role: Role) -> bool:
        """Tell whether words of ``role`` are heard; where they are not, earcons mark the beat."""
        return self.speech.audible and self.says(role)
