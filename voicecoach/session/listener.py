"""What the player tells the rest of the program, in the past tense: it has been heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicecoach.session.levels import Levels
from voicecoach.session.script import Script
from voicecoach.session.transport import Command, State
from voicecoach.timeline.segment import Beat, Event, Segment
from voicecoach.timeline.steps import Work


@dataclass(frozen=True, slots=True)
class Position:
    """Where the session is, as heard."""

    segment: Segment
    frame: int
    """Frames into the segment."""
    elapsed: int
    """Frames heard since the start of the session, pauses left out."""
    remaining: int
    """Frames from here to the end, if nothing is skipped; what is not compiled yet is estimated."""

    @property
    def beat(self) -> Beat | None:
        """The phase that is being done, or None outside a set."""
        for beat in reversed(self.segment.beats):
            if beat.frame <= self.frame:
                return beat if self.frame < beat.frame + beat.frames else None
        return None


class Ending(StrEnum):
    """Why a set was left."""

    DONE = "done"
    SKIPPED = "skipped"
    """By going on, back or to another form."""
    HURT = "hurt"
    STOPPED = "stopped"
    """With the session."""


@dataclass(frozen=True, slots=True)
class SetResult:
    """What was done of one set (one side of it, when sides are done one after the other)."""

    work: Work
    reps: int
    """Reps that were heard to their end."""
    frames: int
    """Frames heard of it from its first rep on, each once: what was repeated after a pause counts once."""
    ending: Ending


@dataclass(frozen=True, slots=True)
class Summary:
    """How a session ended."""

    finished: bool
    """Whether it reached its end rather than being stopped."""
    frames: int
    """Frames heard, pauses left out."""
    done: tuple[Segment, ...]
    """The work segments that were heard to their end, in order; one done twice stands here twice."""


class Listener:
    """Hears what the player did. Every method may be left as it is; none may take long."""

    def segment_started(self, segment: Segment) -> None:
        """The first frame of ``segment`` was delivered."""

    def event_started(self, event: Event) -> None:
        """Words or an earcon began."""

    def moved(self, position: Position) -> None:
        """Some frames went by; called about fifty times a second."""

    def planned(self, script: Script) -> None:
        """What is going to happen: at the start, and whenever the plan was changed."""

    def obeyed(self, command: Command) -> None:
        """A command was accepted."""

    def refused(self, command: Command, why: str) -> None:
        """A command means nothing here; ``why`` is one short sentence for the person."""

    def levels_changed(self, levels: Levels) -> None:
        """Something is louder or softer now."""

    def set_ended(self, result: SetResult) -> None:
        """A set was left, done or not."""

    def state_changed(self, state: State) -> None:
        """The transport paused, resumed, or ended."""

    def noticed(self, text: str) -> None:
        """Something happened that the person should know, in one line."""
