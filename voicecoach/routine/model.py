"""The routine as the rest of the program sees it: complete, checked, normalised.

Shorthand (``3 x 10s``, ``- cat_camel``), defaults and library look-ups are already resolved here. Times are
seconds (float); frames begin in the timeline.

Texts may hold ``{side}`` and ``{other}``, which become "left" and "right" for the side being worked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from voicecoach.errors import Place
from voicecoach.routine.bounds import UNBOUNDED, Bounds
from voicecoach.routine.dose import Counted, Dose, Grade
from voicecoach.routine.figure import Figure, FigureChange
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.routine.region import Region


class Kind(StrEnum):
    """What an exercise trains (catalogue section 0)."""

    BREATHING = "breathing"
    MOBILITY = "mobility"
    STRETCH = "stretch"
    NERVE = "nerve"
    STABILISATION = "stabilisation"
    STRENGTH = "strength"
    BALANCE = "balance"
    """Standing on little, in which one sways. Version 0.1.0 called it stabilisation, which stays valid."""
    AEROBIC = "aerobic"


EFFORT: Final = frozenset({Kind.STABILISATION, Kind.STRENGTH})
"""The kinds in which one works against a load or one's own weight."""


class Posture(StrEnum):
    """The position an exercise is done in; a pair of them decides how long a change of position takes."""

    STANDING = "standing"
    SITTING = "sitting"
    HALF_KNEELING = "half_kneeling"
    HANDS_AND_KNEES = "hands_and_knees"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    SUPINE = "supine"

    @property
    def is_upright(self) -> bool:
        """Whether the trunk is upright (sitting, standing, kneeling): a sore back needs help to get there."""
        return self in {Posture.STANDING, Posture.SITTING, Posture.HALF_KNEELING}


LEFT: Final = "left"
RIGHT: Final = "right"
OTHER_SIDE: Final = {LEFT: RIGHT, RIGHT: LEFT}
WAY: Final = "circle"
"""The limb of an exercise that goes one way and then the other, as circles do: left and right are ways."""


class Sides(StrEnum):
    """How left and right share a set."""

    BOTH = "both"
    """One set works both sides at once."""
    EACH = "each"
    """Each set is done on the left, then on the right; reps count per side."""
    ALTERNATE = "alternate"
    """Reps go left, right, left …; reps count both together."""
    SWAP = "swap"
    """The first half of all reps with one side, the rest with the other (curl-up: which knee is bent)."""


class Pace(StrEnum):
    """Who keeps the time of a set."""

    BEAT = "beat"
    """The coach calls every phase."""
    SELF = "self"
    """The person does the reps at their own pace and says when they are done."""


class Amrap(StrEnum):
    """What is counted, by pressing Enter, in timed work in which as many as possible are done."""

    ROUNDS = "rounds"
    REPS = "reps"


class Moment(StrEnum):
    """A point in timed work at which something is said."""

    START = "start"
    HALF = "half"


class Caution(StrEnum):
    """A reason to leave an exercise out, change it or ask first (catalogue section 0)."""

    FLEX = "flex"
    EXT = "ext"
    LEG = "leg"
    OSTEO = "osteo"
    ACUTE = "acute"
    OP = "op"
    PREG = "preg"
    KNEE = "knee"
    WRIST = "wrist"
    SHOULDER = "shoulder"
    NECK = "neck"
    HIP = "hip"
    HIP_NEW = "hip_new"
    """A hip that was replaced lately; see ``suit`` for exercises that do not name it."""
    BP = "bp"
    BAL = "bal"
    AM = "am"


TURN_OVER: Final = 15.0
"""Seconds to turn over onto the other side, which hurts a sore back. [own choice]"""


_BETWEEN_NUMBERS: Final = re.compile(r"\s*[-\u2013/]\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A short reminder of form or breath, at most about seven words."""

    text: str
    phase: str = ""
    """The name of the phase that it belongs to, or a kind of phase; empty when it fits any effort."""

    def fits(self, phase: str, kind: PhaseKind) -> bool:
        """Tell whether it may be said in a phase of that name and kind.

        Nothing of the effort is said while the person lets go.
        """
        return self.phase in {phase, kind} if self.phase else kind is not PhaseKind.RELAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The reminders of an exercise."""

    always: tuple[Cue, ...] = ()
    """Reminders of safety and position, said each time, in every set that has room for them."""
    rotating: tuple[Cue, ...] = ()
    """Reminders of form, in turn: one is the focus of each set, and at most one is said in ten seconds."""

    def __iter__(self) -> Iterator[Cue]:
        return iter((*self.always, *self.rotating))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A common error as a self-check: ``when`` you notice this, do ``fix``."""

    when: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """An easier or harder variation of an exercise: another exercise or a sentence, never both."""

    exercise: str = ""
    """The id of a library exercise."""
    text: str = ""
    """What to do differently."""
    words: dict[str, str] = field(default_factory=dict)
    """The words for the phases that are called otherwise when it is done as ``text`` says."""
    figure: Figure | FigureChange | None = None
    """What is drawn when it is done as ``text`` says, or what differs from the figure of the exercise; None
    when that looks as the exercise does."""

    def drawn(self, figure: Figure | None) -> Figure | None:
        """Return what is drawn in this variation of an exercise with that ``figure``."""
        if isinstance(self.figure, FigureChange):
            return self.figure.of(figure) if figure else None
        return self.figure or figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What to do when a caution applies: another exercise, this one with advice, or neither."""

    exercise: str = ""
    """The id of a library exercise that is done instead."""
    advice: str = ""
    """Advice said and shown with the exercise, which is then done."""

    @property
    def leaves_out(self) -> bool:
        """Whether the exercise is left out and not replaced."""
        return not (self.exercise or self.advice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Something said during timed work. Exactly one of ``at``, ``every`` and ``before_end`` says when."""

    say: tuple[str, ...]
    """The texts, said in turn."""
    at: Moment | None = None
    every: float | None = None
    """Seconds between repetitions; the first comes that long after the start."""
    before_end: float | None = None
    """Seconds before the work ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise with its dose, from the library or defined on the spot."""

    id: str = ""
    """The library file's name without its ending; empty for one defined in a routine."""
    name: str
    kind: Kind = Kind.STABILISATION
    region: Region | None = None
    """The region that it is done for; None for the back, and where nothing is said."""
    posture: Posture | None = None
    """None when the routine does not say; then there is no time to change position."""
    poised: bool = False
    """Whether the last sentence of the position is hard to hold; it then comes right before the count-in."""
    why: str = ""
    position: tuple[str, ...] = ()
    """Sentences from the floor up."""
    movement: str = ""
    feel: str = ""
    breathing: tuple[Cue, ...] = ()
    """Short breath cues, said every third rep: one, or one for each phase that has its own."""
    resting: str = ""
    """How to rest between sets of an exercise whose position is no rest: told in its first rest."""
    changing: str = ""
    """What to do first when sides change: to take the strap off the other foot, for one."""
    leaving: str = ""
    """How to come out of the position and where to put what was used, when something else follows."""

    rep: tuple[Phase, ...] = ()
    """The phases of one rep in performed order; empty when the work is timed by ``duration``."""
    words: dict[str, str] = field(default_factory=dict)
    """The words for the start of a phase; a phase missing here is called by its name."""
    duration: float | None = None
    """Seconds of continuous work a set, for exercises without reps."""
    reps: tuple[int, ...] = (1,)
    """Reps of each set in order: ``(12, 12)`` or a pyramid ``(6, 4, 2)``; all ones when timed."""
    counted: Counted = Counted.REPS
    """What the reps are called."""
    sides: Sides = Sides.BOTH
    order: tuple[str, ...] = ()
    """:data:`LEFT` and :data:`RIGHT` in the order in which they are worked; one alone, with
    :attr:`Sides.EACH`, when only that side is worked. Empty where it is not said: then the left is first, and
    with :attr:`Sides.SWAP` each of them every other session."""
    shared: Sides | None = None
    """Where one side alone is worked, how left and right share a set when both are; else None."""
    one_side_first: bool = False
    """Whether all sets of one side come before those of the other, because turning over is the painful part;
    only with :attr:`Sides.EACH`."""
    limb: str = "side"
    """The part of the body that has sides: "Left leg first", "Right side now"."""
    rest: float = 20.0
    """Seconds between sets; after the first of them where ``rests`` has others."""
    rests: tuple[float, ...] = ()
    """Seconds after each set where they differ; those of the last also hold for all later sets."""
    exact_rest: bool = False
    """Whether a routine says how long the rests are, so that nothing makes them longer."""
    change: float = 6.0
    """Seconds to change sides."""
    exact_change: bool = False
    """Whether a routine says so: then they run from the end of a set to the next "go", whatever is said."""
    cadence: float | None = None
    """Steps a minute of timed work; None when it has no beat."""
    pace: Pace = Pace.BEAT
    """Who keeps the time; timed work is always on the beat."""
    limit: float | None = None
    """Seconds after which a set at one's own pace ends by itself; None leaves that to the timeline."""
    amrap: Amrap | None = None
    """What of timed work is counted while it goes on; None when nothing is."""
    load: float | None = None
    """Kilograms; 0 when it is done without a load, None when it takes none."""
    weights: tuple[float, ...] = ()
    """Kilograms of each weight the person has for it, lightest first; empty when unknown: see ``tailor``."""
    grades: tuple[Grade, ...] = ()
    """The levels of its own ladder, the easiest first."""
    grade: Grade | None = None
    """The level at which it is done; None without a ladder of its own."""
    goal: Dose | None = None
    bounds: Bounds = UNBOUNDED
    """How far it may grow, as whoever prescribed it says."""

    cues: Cues = Cues()
    errors: tuple[Fix, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    easier: tuple[Variation, ...] = ()
    harder: tuple[Variation, ...] = ()
    substitutes: tuple[str, ...] = ()
    """The ids of library exercises for the same part of the body, the nearest first. One is done while this
    exercise is left out because it hurt, so none moves in the direction that hurt."""
    cautions: dict[Caution, Remedy] = field(default_factory=dict)
    care_order: tuple[Caution, ...] = ()
    """The cautions whose advice says how much of the same movement to do, the most careful first; only the
    first that a person has is heard."""
    advice: tuple[str, ...] = ()
    """Advice for a person whose cautions allow the exercise: see ``tailor``."""
    tempo: str = ""
    """The seconds of its phases as they are written, such as "3-1-3"; empty without a tempo."""
    tempo_named: bool = False
    """Whether the phases of its tempo are named in the file. Only advice uses it."""
    factor: float | None = None
    """The factor in ``tempo``, as in version 0.1.0; None without one. Only advice uses it."""
    kind_known: bool = True
    """Whether its kind is written, and not only assumed. Only advice uses it."""
    cautions_known: bool = True
    """Whether its file says who should not do it, and be it nobody. Only advice uses it."""
    dose_range: str = ""
    """The range in which its dose was written, such as "8-12"; empty without one. Its end is the goal."""
    rest_range: str = ""
    """The range in which its rest was written, such as "60-90s"; empty without one. Only advice uses it."""
    picture: str = ""
    """The file of a picture, which nothing shows yet. Only advice uses it."""
    figure: Figure | None = None
    """The picture that moves with it; None when nothing is drawn."""
    figure_from: str = ""
    """The id of the exercise whose figure it borrows; empty when it has its own or none."""
    leg_rule: bool = False
    """Whether to stop when pain, tingling or numbness spreads down a leg (catalogue sections 2 and 7), or at
    the warning of another region in a routine for that."""
    pulls_on_leg: bool = False
    """Whether it pulls on the nerve of a leg: then it waits while pain stays in the calf or the foot."""
    equipment: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key in records: its id, or its name when it has no id."""
        return self.id or self.name

    @property
    def keeps_tempo(self) -> bool:
        """Whether its phases last as the tempo that is written says, which a rule may have changed since."""
        lasting, written = [phase.seconds for phase in self.rep], self.tempo_numbers
        return bool(written) and all(lasting.count(each) >= written.count(each) for each in written if each)

    @property
    def tempo_numbers(self) -> tuple[float, ...]:
        """The seconds in its tempo, an X being one; empty without a tempo."""
        apart = _BETWEEN_NUMBERS.split(self.tempo)
        written = apart if len(apart) > 1 else [*self.tempo]
        return tuple(1.0 if each in "xX" else float(each) for each in written)

    def rest_after(self, number: int) -> float:
        """Return the seconds of rest after the set with that number, counted from 1."""
        return self.rests[min(number, len(self.rests)) - 1] if self.rests else self.rest

    @property
    def between_sets(self) -> tuple[float, ...]:
        """The seconds of each rest between two sets, in order."""
        return tuple(map(self.rest_after, range(1, len(self.reps))))

    @property
    def side_order(self) -> tuple[str, ...]:
        """The sides in the order in which they are worked."""
        return self.order or (LEFT, RIGHT)

    @property
    def only_side(self) -> str:
        """The side that alone is worked; empty when both are, or it has none."""
        return self.order[0] if len(self.order) == 1 else ""

    @property
    def sides_of_both(self) -> Sides:
        """How left and right share a set when both are worked, also where only one is here."""
        return self.shared or self.sides

    @property
    def sides_apart(self) -> int:
        """How many sides each set is done on, one after the other."""
        return len(self.side_order) if self.sides is Sides.EACH else 1

    def advised(self, advice: tuple[str, ...]) -> Exercise:
        """Return the exercise with that ``advice``, drawn as that says where it is an easier variation."""
        told = (each for text in advice for each in self.easier if each.text == text)
        easier = next(told, None)
        return replace(self, advice=advice, figure=easier.drawn(self.figure) if easier else self.figure)

    @property
    def texts(self) -> Iterator[str]:
        """All that can be said of it."""
        yield from (self.why, self.movement, self.feel, self.resting, self.changing, self.leaving)
        yield from (*self.position, *self.words.values())
        yield from (grade.words for grade in self.grades)
        yield from (cue.text for cue in (*self.cues, *self.breathing))
        yield from (text for error in self.errors for text in (error.when, error.fix))
        for variation in (*self.easier, *self.harder):
            yield from (variation.text, *variation.words.values())
        yield from (remedy.advice for remedy in self.cautions.values())
        yield from (text for prompt in self.prompts for text in prompt.say)

    @property
    def set_seconds(self) -> tuple[float, ...]:
        """The seconds of each set, or of one side of it when sides are done one after the other."""
        if self.duration is not None:
            return (self.duration,) * len(self.reps)
        rep = sum(phase.seconds for phase in self.rep)
        return tuple(count * rep for count in self.reps)

    @property
    def total_seconds(self) -> float:
        """Seconds of work, changes of sides and rests between sets, without the words before and after."""
        rests = sum(self.between_sets)
        if self.sides_apart == 1:
            return sum(self.set_seconds) + rests
        if self.one_side_first:
            return 2 * (sum(self.set_seconds) + rests) + self.change
        return 2 * sum(self.set_seconds) + len(self.reps) * self.change + rests


@dataclass(frozen=True, slots=True)
class Round:
    """One of the times that a group of steps is done, counted from 1."""

    number: int
    of: int
    every: float | None = None
    """Seconds from the "go" of each round to that of the next; None where a round takes its time."""

    @property
    def is_last(self) -> bool:
        """Whether no other one follows."""
        return self.number == self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class InRounds:
    """The base of all steps."""

    rounds: tuple[Round, ...] = ()
    """The rounds that it is done in, the outermost first; empty outside 'repeat'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Do(InRounds):
    """Do an exercise: all its sets."""

    type: Literal["do"] = "do"
    exercise: Exercise
    place: Place | None = field(default=None, compare=False, repr=False)
    """Its place in the routine's file; None when it comes from no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest(InRounds):
    """Rest for a stated time."""

    type: Literal["rest"] = "rest"
    seconds: float
    between: bool = False
    """Whether it ends a round or all sets of an exercise, and so is left out where no work follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(InRounds):
    """Say something, then go on."""

    type: Literal["say"] = "say"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(InRounds):
    """Wait until the person is ready, at most ``limit`` seconds; ``what`` says what for."""

    type: Literal["wait"] = "wait"
    what: str
    limit: float = 60.0


Step = Do | Rest | Say | Wait
"""A step. A routine is a flat list: ``repeat`` is unrolled, and switched-off steps are gone."""


_GROWING: Final = frozenset({2, 3})
"""The phases restore and build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A whole session, in order."""

    id: str
    """Its name on the command line."""
    name: str
    about: str = ""
    days: str = ""
    """How often, in words: "3-5 a week"."""
    times_a_day: int = 0
    """How often on each of these days; 0 when its file does not say."""
    phases: tuple[int, ...] = ()
    """Which of the phases 1 calm, 2 restore, 3 build, 4 maintain it belongs to (catalogue section 11)."""
    grow: bool | None = None
    """Whether its doses rise with the person; None when its file does not say."""
    region: Region | None = None
    """The part of the body that it is for; None when neither its file nor its exercises say."""
    transition: float | None = None
    """Seconds from one exercise to the next, where that is known and near; None for as long as it takes."""
    affected: str = ""
    """The painful or operated side, left or right, which its file names once; empty when it names none."""
    instructions: Instructions = NO_INSTRUCTIONS
    """What the clinician who wrote it asks of the person."""
    surgery: date | None = None
    """The day of the surgery that it is for; None when its file names none. Only advice uses it."""
    steps: tuple[Step, ...]
    path: Path
    """The file it was read from."""

    @property
    def grows(self) -> bool:
        """Whether its doses rise: as its file says, else in the phases restore and build [own choice]."""
        return not _GROWING.isdisjoint(self.phases) if self.grow is None else self.grow

    @property
    def for_region(self) -> Region:
        """The part of the body that it is for: the back, when nothing is said."""
        return self.region or Region.BACK

    def in_region(self, region: Region) -> Routine:
        """Return it as one for ``region``, with all its exercises."""
        each = None if region is Region.BACK else region
        steps = (
            replace(step, exercise=replace(step.exercise, region=each))
            if isinstance(step, Do) and step.exercise.region is not each
            else step
            for step in self.steps
        )
        return replace(self, region=region, steps=tuple(steps))

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises in the order they are done, repeats included."""
        return tuple(step.exercise for step in self.steps if isinstance(step, Do))

    @property
    def equipment(self) -> tuple[str, ...]:
        """Everything to lay out before the start, each thing once, in order of first use."""
        return tuple(dict.fromkeys(item for exercise in self.exercises for item in exercise.equipment))

    @property
    def loads(self) -> tuple[float, ...]:
        """The kilograms of every load to lay out before the start, each once, lightest first."""
        return tuple(sorted({exercise.load for exercise in self.exercises if exercise.load}))
