"""What the player tells the rest of the program, in the past tense: it has been heard."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.session.transport import State
from voicecoach.timeline.segment import Beat, Event, Segment


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

    def state_changed(self, state: State) -> None:
        """The transport paused, resumed, or ended."""

    def noticed(self, text: str) -> None:
        """Something happened that the person should know, in one line."""
