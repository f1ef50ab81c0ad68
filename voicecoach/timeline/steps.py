"""The steps of a session, before they have times; one step becomes one segment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.model import Exercise, Fix, Pace, Posture, Round
from voicecoach.routine.phase import SHORTEST_PHASE, Phase
from voicecoach.routine.region import Region
from voicecoach.routine.rounds import every_of
from voicecoach.routine.suit import Swap


class Coaching(StrEnum):
    """How much is explained before an exercise."""

    FULL = "full"
    """Tell why, the position, the movement, how it should feel and the dose."""
    HOW = "how"
    """Tell the position, the movement and the dose, for somebody who waits to go on."""
    SHORT = "short"
    """Tell the name, the beginning of the position and the dose."""


class TalkLevel(StrEnum):
    """How much the coach says; what is left out is marked by tones."""

    ALL = "all"
    CUES = "cues"
    """Cues and names: no phase words, no counting and no praise."""
    NAMES = "names"
    """Names and tones: the exercise, its dose and its side, and what safety asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The base of all steps; each becomes one segment."""

    block: int
    title: str
    talk: TalkLevel = TalkLevel.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadIn(Step):
    """Silence that wakes the loudspeaker, then a tone. It needs no speech, so it can start at once."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intro(Step):
    """The introduction: the routine, its length, what to lay out, and one sentence on safety."""

    equipment: tuple[str, ...]
    loads: tuple[float, ...] = ()
    """The kilograms of each weight to lay out."""
    swaps: tuple[Swap, ...] = ()
    """The exercises replaced or left out to suit the person."""
    changes: tuple[str, ...] = ()
    """The changes since the last session, with reasons: a sentence or two each."""
    order: tuple[str, ...] = ()
    """The sides that were asked for in this session, in their order; empty when nothing was said of them."""
    ruled_out: tuple[str, ...] = ()
    """The names of the exercises that are done although the person's profile rules them out."""
    full: bool = False
    """Whether all of it is explained in full: then it also tells what the things must be like."""
    brisk: bool = False
    """Whether all of it is a walk or the like, which nobody is told to do slowly."""
    instructions: Instructions = NO_INSTRUCTIONS
    """What the clinician asks for who wrote the routine."""
    reminds: bool = False
    """Whether these instructions were told often enough, so that a reminder will do."""
    region: Region = Region.BACK
    """The part of the body that it is for, whose warning is told."""
    keys_later: bool = False
    """Whether the keys that nobody needs at first are left to the briefing of the second exercise."""
    seconds: float = 0.0
    """The approximate length of the session; 0 when not known yet."""
    resumes_at: Work | None = None
    resumes_set: tuple[int, int] = (0, 0)
    """Which set of the whole session that is, and of how many."""
    """The set with which an interrupted session goes on; the intro then tells nothing else but who or what
    has to be near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(Step):
    """How to do the exercise that follows, and time to get into position."""

    exercise: Exercise
    coaching: Coaching
    side: str
    again: bool
    """Whether this exercise already came in this session."""
    travel: float = 0.0
    """Seconds to get into position."""
    leaving: str = ""
    """How to come out of the exercise before, when that was skipped; else it is told before."""
    known: tuple[str, ...] = ()
    """The sentences of the position that hold already, as for the exercise before; only told in full."""
    way: str = ""
    """The name of the phrase that leads down to the floor, up from it or over; empty when none is needed."""
    way_in_full: bool = False
    stays: bool = False
    """Whether the person is in the posture already."""
    going_on: bool = False
    """Whether it comes in mid-exercise: it then tells the side and no dose."""
    turn: int = 0
    """How often the exercise was done before; the self-checks rotate by it."""
    focus: str = ""
    """The form cue that is the task of the first set."""
    keys: bool = False
    """Whether it tells the keys that the intro left for later."""
    round: Round | None = None
    """The round that begins with it; None where none does."""
    asked: bool = False
    """Whether the person asked for it, so that no written time cuts it short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A place on the ladder of an exercise, from its easiest to its hardest variation."""

    written: Exercise
    """The exercise of the routine, whose place is 0."""
    number: int = 0
    """How many rungs it is above that one; below 0 for easier variations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Step):
    """One set, on one side when sides are done one after the other."""

    exercise: Exercise
    set_number: int
    sets: int
    reps: int
    side: str
    ordinal: int
    """Its position among the Work steps of this exercise, from 0."""
    turn: int = 0
    """The place of its focus in the rotating cues, counted on past their end."""
    clicks: bool = False
    """Whether timed work with a step rate gets clicks."""
    rounds: tuple[Round, ...] = ()
    """The rounds that it is done in, the outermost first."""
    limit: float | None = None
    """Seconds after which it ends at one's own pace, where its round leaves so many."""
    marked: tuple[float, ...] = ()
    """The seconds from "go" to the end of each round or rep that was counted so far, in order."""
    counted: int = 0
    """How many were counted before it, where it is the rest of a set."""
    keys_known: bool = False
    """Whether a set at one's own pace came before, so that the person knows what to press at its end."""
    tempo: tuple[float, ...] = ()
    """The tempo of each rep: 1 as written; at 0.8 a movement lasts 1/0.8 times as long. Empty when all go as
    written; timed work is one rep. :func:`voicecoach.timeline.steps.at_tempo` makes it."""

    share: float = 1.0
    """The share of its set that it is; less when part of the set was done before it."""
    rung: Rung | None = None
    """Its place on the ladder; None for a whole set of the exercise of the routine."""

    @property
    def every(self) -> float | None:
        """The seconds from the "go" of its round to that of the next; None where a round takes its time."""
        return every_of(self.rounds)

    def tempo_of(self, rep: int) -> float:
        """Return the tempo of ``rep``, counted from 1."""
        return self.tempo[rep - 1] if self.tempo else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSides(Step):
    """A change of sides within a set, or before all sets on the other side."""

    exercise: Exercise
    side: str
    position: tuple[str, ...]
    """The sentences of the position that are told again for the other side."""
    resting: str = ""
    """How to rest in a long change, in an exercise whose position is no rest; empty in a short one."""
    set_number: int
    sets: int
    focus: str = ""
    """The form cue that is the task of the next set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestStep(Step):
    """A rest of stated length or, when ``seconds`` is None, as long as announcing the next exercise takes."""

    seconds: float | None
    after_work: bool
    posture: Posture | None
    """The person's posture during the rest."""
    next_exercise: Exercise | None = None
    """The exercise to announce; None when none follows."""
    next_set: int = 0
    """The number of the set after this rest; 0 when no set of the same exercise follows."""
    sets: int = 0
    side: str = ""
    """The side of the next set; empty when it works both."""
    changes: bool = False
    """Whether that is another side than before."""
    limb: str = ""
    pyramid: Exercise | None = None
    """The exercise of the next set, where its sets have different numbers of reps; they are told then."""
    reps: int = 0
    """The reps of the next set."""
    focus: str = ""
    """The form cue that is the task of the next set."""
    check: Fix | None = None
    """A common error to look out for, with its fix; told in a long rest."""
    position: tuple[str, ...] = ()
    """The sentences of the position that are told again for the other side."""
    resting: str = ""
    """How to rest in an exercise whose position is no rest, or how to leave one; empty once it is known."""
    turn: int = 0
    praise: str = ""
    """What is said when all of the exercise before was done; likewise in other steps that follow one."""
    added: float = 0.0
    """Seconds added while it was playing; ``seconds`` stays as announced."""
    round: Round | None = None
    """The round that begins with ``next_exercise``; None where none does."""
    fills: bool = False
    """Whether it lasts until a round begins at a fixed time."""
    exact: bool = True
    """Whether ``seconds`` are written in a routine; else they are the least, and grow for what is said."""
    transition: float | None = None
    """Where ``seconds`` is None, the seconds to a next exercise that is known and near; None without any."""

    @property
    def counts_in(self) -> bool:
        """Whether a count-in follows, which is part of the stated rest."""
        return self.next_set > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SayStep(Step):
    """A remark of the routine's author."""

    text: str
    after_work: bool
    leaving: str = ""
    """How to come out of the exercise before."""
    praise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStep(Step):
    """A wait until the person is ready."""

    what: str
    limit: float
    after_work: bool
    leaving: str = ""
    """How to come out of the exercise before."""
    praise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToMat(Step):
    """Time to get from the screen to the mat."""

    limit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurt(Step):
    """The reply when an exercise ends because it hurts, with the rules for when to stop."""

    exercise: Exercise
    goes_on: bool = True
    """Whether another exercise follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVariation(Step):
    """The reply to an easier or harder variation: ``text``, or the exercise ``instead``, whose briefing
    follows.
    """

    harder: bool
    back: bool = False
    """Whether it leads back to an exercise as it is written."""
    reminds: bool = False
    """Whether it only says ``text`` again, after the briefing."""
    text: str = ""
    instead: str = ""
    equipment: tuple[str, ...] = ()
    """The equipment that the previous variation did not need."""
    side: str = ""
    """The working side, for texts that mention it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outro(Step):
    """The end of the session, with what was done."""

    name: str
    exercises: int
    after_work: bool
    leaving: str = ""
    """How to come out of the last exercise."""
    way: str = ""
    """The name of the phrase for getting up from the floor; empty for people on their feet."""
    way_in_full: bool = False
    seconds: float = 0.0
    praise: str = ""
    idle: bool = False
    """Whether nothing was done: then there is nothing to praise or to count."""


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


def praised(steps: tuple[AnyStep, ...], words: Mapping[str, str]) -> tuple[AnyStep, ...]:
    """Return ``steps`` with ``words`` of praise, by the key of an exercise, after its last set."""
    ends = {work.exercise.key: index + 1 for index, work in enumerate(steps) if isinstance(work, Work)}
    said = {index: words[key] for key, index in ends.items() if key in words}
    return tuple(
        with_praise(step, said[index]) if index in said else step for index, step in enumerate(steps)
    )


def with_praise(step: AnyStep, words: str) -> AnyStep:
    """Return ``step`` with these words of praise, if it can follow a set."""
    return replace(step, praise=words) if isinstance(step, RestStep | SayStep | WaitStep | Outro) else step


def telling(steps: Iterable[AnyStep], talk: TalkLevel) -> tuple[AnyStep, ...]:
    """Return ``steps`` with as much said in each of them as ``talk``."""
    return tuple(step if step.talk is talk else replace(step, talk=talk) for step in steps)


AS_WRITTEN: Final = 1.0
SLOWEST_TEMPO: Final = 0.5
"""Movements take twice as long; any slower, and the words of a rep no longer belong together. [own choice]"""
FASTEST_TEMPO: Final = 1.5
"""A movement of 2 s takes 1.3 s; any faster, and it comes near the one second of the advice ``jerk``. [own
choice]"""


def within_bounds(tempo: float) -> float:
    """Limit ``tempo`` to what people can follow."""
    return min(max(tempo, SLOWEST_TEMPO), FASTEST_TEMPO)


def at_tempo(work: Work, tempo: float, *, first: int = 1) -> Work:
    """Set the tempo from rep ``first`` on, limited to what people can follow.

    The reps before ``first`` keep their beats to the frame. Timed work is one rep.
    """
    if work.exercise.bounds.tempo_kept:
        return work
    kept = tuple(work.tempo_of(rep) for rep in range(1, min(first, work.reps + 1)))
    reps = (*kept, *(within_bounds(tempo),) * (work.reps - len(kept)))
    return replace(work, tempo=reps if set(reps) != {AS_WRITTEN} else ())


def has_tempo(work: Work) -> bool:
    """Tell whether the set can go slower or faster: holds keep their seconds, and of timed work only the
    clicks can change.
    """
    if work.exercise.pace is Pace.SELF or work.exercise.bounds.tempo_kept:
        return False
    if work.exercise.duration is not None:
        return work.clicks and work.exercise.cadence is not None
    return not all(phase.is_hold for phase in work.exercise.rep)


def work_seconds(work: Work) -> float:
    """Return the seconds of timed work, or that the reps take when the coach calls them."""
    if work.exercise.duration is not None:
        return work.exercise.duration
    return sum(
        phase.seconds
        for rep in range(1, work.reps + 1)
        for phase in phases_at(work.exercise, work.tempo_of(rep))
    )


def phases_at(exercise: Exercise, tempo: float) -> tuple[Phase, ...]:
    """Return the phases of one rep at ``tempo``: holds keep their seconds, and no phase gets too short."""
    if tempo == AS_WRITTEN:
        return exercise.rep
    return tuple(
        phase
        if phase.is_hold
        else replace(phase, seconds=max(phase.seconds / tempo, min(phase.seconds, SHORTEST_PHASE)))
        for phase in exercise.rep
    )
