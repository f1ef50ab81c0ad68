"""A segment written from front to back: the coach speaks first, and time follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicecoach.timeline.fit import Lane
from voicecoach.timeline.kit import Kit
from voicecoach.timeline.segment import Event, Play, Role, Segment, SegmentKind, Sound
from voicecoach.timeline.steps import Step
from voicecoach.units import frames

SENTENCE_PAUSE = frames(0.4)
"""Between two sentences of one thought."""
FOLLOW_PAUSE = frames(1.2)
"""After a sentence that asks the body to do something, so that one can follow. [own choice]"""


@dataclass
class Talk:
    """A segment written from front to back: sentences, pauses and earcons one after the other."""

    kit: Kit
    at: int = 0
    lane: Lane = field(init=False)
    sounds: list[Play] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lane = Lane(self.kit.speech)

    def pause(self, length: int) -> None:
        self.at += length

    def say(self, text: str, role: Role, pause: int = SENTENCE_PAUSE) -> None:
        if text:
            self.at = self.lane.follow(self.at, text, role) + pause

    def play(self, sound: Sound, role: Role = Role.NAME, pause: int = SENTENCE_PAUSE) -> None:
        length = self.kit.sounds[sound]
        self.sounds.append(Play(self.at, length, sound, role))
        self.at += length + pause

    def and_rest(self, turn: int, *, after_work: bool) -> None:
        """Say that work is over, where it is: a set never ends on a tone alone."""
        if after_work:
            self.say(self.kit.phrases("rest.end_of_work", turn), Role.NAME)

    def done(self, index: int, kind: SegmentKind, step: Step, length: int = 0, **numbers: int) -> Segment:
        """The segment, at least ``length`` frames long and never shorter than what is in it."""
        events: list[Event] = sorted([*self.lane.said, *self.sounds], key=lambda event: event.frame)
        return Segment(
            index=index,
            kind=kind,
            title=step.title,
            block=step.block,
            frames=max(self.at, length, self.lane.ends()),
            events=tuple(events),
            dropped=tuple(self.lane.dropped),
            set_number=numbers.get("set_number", 0),
            sets=numbers.get("sets", 0),
        )
