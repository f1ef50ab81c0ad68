"""What a session is made of before it has times: one step becomes one segment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from voicecoach.routine.model import SHORTEST_PHASE, Exercise, Pace, Phase, Posture
from voicecoach.routine.suit import Swap

LEFT, RIGHT = "left", "right"


class Coaching(StrEnum):
    """How much is explained before an exercise."""

    FULL = "full"
    """Why, position, movement, how it should feel and the dose."""
    SHORT = "short"
    """Its name, the first words of the position and the dose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Anything that becomes a segment."""

    block: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadIn(Step):
    """Silence that wakes the loudspeaker, then a tone. Needs no speech, so it can start at once."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intro(Step):
    """What this session is, how long it lasts, what to lay out, and the one sentence on safety."""

    equipment: tuple[str, ...]
    swaps: tuple[Swap, ...] = ()
    """What is done otherwise than the routine says, to suit the person."""
    changes: tuple[str, ...] = ()
    """What is done otherwise than the last time, and why: a sentence or two each."""
    seconds: float = 0.0
    """How long the session lasts, roughly; 0 when that is not known yet."""
    resumes_at: Work | None = None
    """The set with which an interrupted session goes on, and then nothing else is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(Step):
    """How to do the exercise that follows, and time to get into position."""

    exercise: Exercise
    coaching: Coaching
    side: str
    travel: float
    get_up: bool
    """Whether the person has to get up from lying for it, which is where a sore back is hurt."""
    again: bool
    """Whether this exercise was done before in this session."""
    going_on: bool = False
    """Whether it is told in the middle of the exercise, which then goes on: no dose, but the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Step):
    """One set, on one side when sides are done one after the other."""

    exercise: Exercise
    set_number: int
    sets: int
    reps: int
    side: str
    ordinal: int
    """0 for the first Work of this exercise: cues go on rotating from there."""
    clicks: bool = False
    """Whether the step rate of timed work is clicked."""
    tempo: tuple[float, ...] = ()
    """How fast each rep goes: 1 as it is written, 0.8 slower, so that its movements last 1/0.8 as long. Empty
    when all go as written; timed work is one rep. Made by :func:`voicecoach.timeline.steps.at_tempo`."""

    def tempo_of(self, rep: int) -> float:
        """The tempo of ``rep``, counted from 1."""
        return self.tempo[rep - 1] if self.tempo else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSides(Step):
    """Change of sides within a set."""

    exercise: Exercise
    side: str
    position: tuple[str, ...]
    """What of the position is told again, for the other side."""
    set_number: int
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestStep(Step):
    """A rest of stated length, or (``seconds`` None) as long as announcing the next exercise takes."""

    seconds: float | None
    after_work: bool
    posture: Posture | None
    """Where the person is resting."""
    next_exercise: Exercise | None = None
    """Announced when another exercise comes after this rest."""
    next_set: int = 0
    """The number of the set after this rest, 0 when no set of the same exercise follows."""
    sets: int = 0
    side: str = ""
    """The side to change to, empty when it stays."""
    limb: str = ""
    position: tuple[str, ...] = ()
    """What of the position is told again, for the other side."""
    turn: int = 0
    added: float = 0.0
    """Seconds by which it was made longer while it went on; ``seconds`` is what was said of it."""

    @property
    def counts_in(self) -> bool:
        """Whether a count-in follows at once, which is part of the stated rest."""
        return self.next_set > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SayStep(Step):
    """A remark of the routine's author."""

    text: str
    after_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStep(Step):
    """Hold until the person is ready."""

    what: str
    limit: float
    after_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToMat(Step):
    """Time to get from the screen to the mat."""

    limit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurt(Step):
    """An exercise is over because it hurts: said kindly, with the rules for when to stop."""

    exercise: Exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVariation(Step):
    """From here on something easier or harder is done: ``text``, or the exercise called ``instead``, whose
    briefing follows.
    """

    harder: bool
    text: str = ""
    instead: str = ""
    equipment: tuple[str, ...] = ()
    """What it takes that was not needed before."""
    side: str = ""
    """The working side, for texts that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outro(Step):
    """The end: what was done."""

    name: str
    exercises: int
    after_work: bool
    lying: bool = False
    """Whether the person lies down at the end."""
    seconds: float = 0.0
    week: tuple[int, int] | None = None
    """How many sessions of this week it makes, and how many are the goal, 0 when there is none."""


AnyStep = (
    LeadIn
    | GoToMat
    | Intro
    | Briefing
    | Work
    | ChangeSides
    | RestStep
    | SayStep
    | WaitStep
    | Hurt
    | OtherVariation
    | Outro
)


def works(steps: Iterable[AnyStep]) -> tuple[Work, ...]:
    """The sets in ``steps``."""
    return tuple(step for step in steps if isinstance(step, Work))


AS_WRITTEN: Final = 1.0
SLOWEST_TEMPO: Final = 0.5
"""Movements take twice as long: slower, and the words of a rep no longer hang together. [own choice]"""
FASTEST_TEMPO: Final = 1.5
"""A movement of 2 s takes 1.3 s: faster, and it comes near the second below which it is a jerk, see the
advice of that name. [own choice]"""


def within_bounds(tempo: float) -> float:
    """The tempo nearest to ``tempo`` that people can follow."""
    return min(max(tempo, SLOWEST_TEMPO), FASTEST_TEMPO)


def at_tempo(work: Work, tempo: float, *, first: int = 1) -> Work:
    """The same set with rep ``first`` and all after it at ``tempo``, held within the bounds.

    The reps before ``first`` keep their beats, to the frame. Timed work is one rep.
    """
    kept = tuple(work.tempo_of(rep) for rep in range(1, min(first, work.reps + 1)))
    reps = (*kept, *(within_bounds(tempo),) * (work.reps - len(kept)))
    return replace(work, tempo=reps if set(reps) != {AS_WRITTEN} else ())


def has_tempo(work: Work) -> bool:
    """Whether the set can go slower or faster: a hold or a time keeps its seconds, and only clicks can."""
    if work.exercise.pace is Pace.SELF:
        return False
    if work.exercise.duration is not None:
        return work.clicks and work.exercise.cadence is not None
    return not all(phase.is_hold for phase in work.exercise.rep)


def phases_at(exercise: Exercise, tempo: float) -> tuple[Phase, ...]:
    """The phases of one rep at ``tempo``: a hold keeps its seconds, and nothing gets too short."""
    if tempo == AS_WRITTEN:
        return exercise.rep
    return tuple(
        phase
        if phase.is_hold
        else replace(phase, seconds=max(phase.seconds / tempo, min(phase.seconds, SHORTEST_PHASE)))
        for phase in exercise.rep
    )
