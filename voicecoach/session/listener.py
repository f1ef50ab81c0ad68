"""The player's reports to the rest of the program, each made once it was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from voicecoach.session.audibility import Audibility
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.microphone import Microphone
from voicecoach.session.transport import Outline, State
from voicecoach.timeline.segment import Beat, Event, Segment
from voicecoach.timeline.steps import AnyStep, Work


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
                return beat if self.frame < beat.end else None
        return None


class Ending(StrEnum):
    """Why a set was left."""

    DONE = "done"
    SKIPPED = "skipped"
    """Left by going on, back or to another variation."""
    HURT = "hurt"
    STOPPED = "stopped"
    """Left with the session."""


@dataclass(frozen=True, slots=True)
class SetResult:
    """The result of one set (one side of it, when sides are done one after the other)."""

    work: Work
    reps: int
    """Reps that were heard to their end."""
    frames: int
    """Frames heard of its reps, each once: what was repeated after a pause counts once."""
    ending: Ending


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a session: how far it came, and its sets."""

    finished: bool
    """Whether it reached its end rather than being stopped, and not only by skipping all of its exercises."""
    frames: int
    """Frames heard, pauses left out."""
    steps: tuple[AnyStep, ...]
    """The plan as it was in the end."""
    results: tuple[SetResult, ...]
    """The sets that were done or begun, in order; one that was done twice stands here twice."""

    @property
    def done(self) -> tuple[Work, ...]:
        """The sets that were heard to their end."""
        return tuple(result.work for result in self.results if result.ending is Ending.DONE)


class Listener:
    """Receives the player's reports. Each method does nothing until overridden; none may take long."""

    def segment_started(self, segment: Segment) -> None:
        """The first frame of ``segment`` was delivered."""

    def event_started(self, event: Event) -> None:
        """Words or an earcon began."""

    def moved(self, position: Position) -> None:
        """Some frames went by; called about six times a second, and at each event."""

    def planned(self, script: Script) -> None:
        """The plan was made or changed; called at the start and after each edit."""

    def obeyed(self, command: Command) -> None:
        """A command was accepted."""

    def refused(self, command: Command, why: str) -> None:
        """A command was refused; ``why`` is one short sentence for the person."""

    def levels_changed(self, levels: Levels) -> None:
        """The levels have changed."""

    def set_ended(self, result: SetResult) -> None:
        """A set was left, done or not."""

    def exercise_hurt(self, key: str) -> None:
        """The exercise with that key hurt, as was said after its last set had been told of."""

    def taken_back(self, command: Command, at: int, endings: tuple[Ending | None, ...]) -> None:
        """What ``command`` did was taken back; the session goes on at step ``at`` of the plan told next.

        ``endings`` are those that the sets have now, in the order in which they were told of; None for one
        that is not over after all.
        """

    def state_changed(self, state: State) -> None:
        """The transport paused, resumed, or ended."""

    def audibility_changed(self, audibility: Audibility) -> None:
        """The loudspeaker has come or gone."""

    def microphone_changed(self, microphone: Microphone) -> None:
        """The microphone was opened, closed or lost, or somebody began or ceased to speak."""

    def noticed(self, text: str) -> None:
        """There is one line that the person should read."""


class Listeners(Listener):
    """Passes every report on to several listeners, in their order."""

    def __init__(self, *listeners: Listener) -> None:
        self._all = listeners


def _passed_on(name: str) -> Callable[..., None]:
    def tell(listeners: Listeners, *told: object) -> None:
        for each in listeners._all:  # noqa: SLF001 - it becomes a method of that class
            getattr(each, name)(*told)

    return tell


for _name in [each for each in vars(Listener) if not each.startswith("_")]:
    setattr(Listeners, _name, _passed_on(_name))


@dataclass(frozen=True, slots=True)
class Script:
    """The plan as listeners are told it. Step and segment with the same index belong together."""

    steps: tuple[AnyStep, ...]
    outline: Outline
    """One segment a step, with its kind, block and estimated length."""
    at: int = 0
    """The index of the step that plays, or that a command has led to."""
