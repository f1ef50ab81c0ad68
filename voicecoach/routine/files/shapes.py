"""Defines the keys of steps, exercises and routines, and which values each takes.

``values`` and ``exercise_parts`` parse the values; this module finds missing and unknown keys and collects
all problems. ``schema`` writes the shapes as a JSON Schema for editors. (They are plain dataclasses, because
importing a validation library takes longer than everything else before the first word.)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from voicecoach.routine.bounds import DownWhen
from voicecoach.routine.figure import Figure
from voicecoach.routine.files import bound_words, day_words, instructions, values
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files import figure as figures
from voicecoach.routine.files.dose_words import WrittenDose
from voicecoach.routine.files.located_yaml import At, Data, Document, show
from voicecoach.routine.files.side_words import WrittenSides
from voicecoach.routine.files.values import Parser
from voicecoach.routine.instructions import MOST_PRECAUTIONS, NO_AGREEMENT, AgreedPain, Instructions
from voicecoach.routine.model import Amrap, Caution, Cue, Kind, Pace, Posture, Prompt, Remedy, Variation
from voicecoach.routine.region import Region

S = TypeVar("S", bound="Shape")
Pairs = tuple[tuple[str, str], ...]
Texts = tuple[str, ...]


def needed(parse: Parser, about: str = "", default: object = dataclasses.MISSING) -> Any:  # noqa: ANN401 - any field
    """Define a key that a file must have, with its parser and its description for editors.

    With a ``default`` the other keys can be checked even when this one is missing or wrong.
    """
    metadata = {"parse": parse, "about": about, "needed": True}
    return dataclasses.field(default=default, metadata=metadata)


def key(parse: Parser, about: str = "", default: object = None, spelt: str = "") -> Any:  # noqa: ANN401 - as above
    """Define an optional key; it is ``spelt`` so in a file where its field cannot have that name."""
    metadata = {"parse": parse, "about": about, "needed": False, "spelt": spelt}
    return dataclasses.field(default=default, metadata=metadata)


shape = dataclass(kw_only=True, eq=False, repr=False)  # nothing compares or prints one; saves half the time


@shape
class Shape:
    """A group of keys with their values; None for keys missing from the file."""


@shape
class DoseShape(Shape):
    """What a routine may change about a library exercise, and what any exercise may say."""

    reps: WrittenDose | None = key(parts.dose, "of each set, or a whole dose such as 2 x 12 or 3 x 10s")
    sets: int | None = key(parts.sets)
    hold: float | None = key(values.seconds, "seconds of the hold")
    duration: float | None = key(values.some_seconds, "of a set, when there are no reps")
    rest: tuple[float, ...] | None = key(parts.rests, "between sets; a list has one after each set")
    change: float | None = key(values.seconds, "to change sides")
    sides: WrittenSides | None = key(parts.sides, "how left and right share a set, and which comes first")
    first: tuple[str, ...] | None = key(parts.first, "the side that comes first: affected, left or right")
    one_side_first: bool | None = key(values.switch, "true: all sets on one side, then all on the other")
    rep: tuple[parts.WrittenPhase, ...] | None = key(parts.rep, "its phases with seconds, in order")
    words: dict[str, str] | None = key(
        parts.phase_words, "what is said as a phase starts; empty for a tone alone"
    )
    cues: dict[str, tuple[Cue, ...]] | None = key(parts.cues, "short reminders")
    cadence: float | None = key(parts.cadence, "steps a minute, when there are no reps")
    pace: Pace | None = key(parts.pace, "beat: the coach calls the phases; self: one's own pace")
    load: float | bool | tuple[float, ...] | parts.Bands | None = key(
        parts.load, "such as 2 kg, 5 lb or red band; true: the exercise takes one; a list: those there are"
    )
    levels: Texts | None = key(bound_words.levels, "a ladder of its own, the easiest first")
    level: str | None = key(bound_words.level, "the level it begins with: its number or its words")
    grow: bound_words.WrittenGrowth | None = key(
        bound_words.growth, "no, yes, or bounds such as {max: 3 x 12, tempo: keep, harder: ask}"
    )
    up_when: bound_words.WrittenUp | None = key(
        bound_words.up_when, "such as 3 x 12 with pain 2 or less, twice"
    )
    down_when: DownWhen | None = key(bound_words.down_when, "such as pain above 5, or worse the next morning")
    limit: float | None = key(values.some_seconds, "after which a set at one's own pace ends by itself")


@shape
class TextsShape(DoseShape):
    """What a routine may say of an exercise in words of its own, also of one of the library."""

    posture: Posture | None = key(parts.posture)
    why: str | None = key(values.text)
    position: Texts | None = key(values.texts, "sentences, from the floor up")
    movement: str | None = key(values.text)
    feel: str | None = key(values.text)
    breathing: tuple[Cue, ...] | None = key(parts.breathing, "a sentence, or one for each phase")
    resting: str | None = key(values.text, "how to rest between sets, where the position is no rest")
    changing: str | None = key(values.text, "what to do first when sides change")
    leaving: str | None = key(values.text, "how to come out of it, and where to put what was used")
    phases: Texts | None = key(parts.phase_names, "names for the seconds of tempo, in the order of doing")
    limb: str | None = key(values.name, "what is left or right, such as leg")
    errors: Pairs | None = key(parts.errors, "common errors, each with its fix")
    goal: WrittenDose | None = key(parts.dose, "the dose to work up to")
    easier: tuple[Variation, ...] | None = key(parts.variations, "exercises by name, or sentences")
    harder: tuple[Variation, ...] | None = key(parts.variations, "exercises by name, or sentences")
    cautions: dict[Caution, Remedy] | None = key(
        parts.cautions, "who does another exercise, leaves it out, or needs advice"
    )
    equipment: Texts | None = key(values.texts)
    picture: str | None = key(values.name, "the file of a picture, which is not shown: write a figure")


@shape
class ChangesShape(TextsShape):
    """A library exercise in a routine, with changes."""

    speed: int | None = key(parts.speed, "percent, 50 is half as fast; a hold keeps its seconds")
    tempo: tuple[float, ...] | float | None = key(
        parts.tempo, "seconds of lowering, pause, lifting and top, such as 4-2-1-0"
    )
    off: bool = key(values.switch, "true leaves this step out", default=False)


@shape
class LibraryStepShape(ChangesShape):
    """A library exercise by its name, with changes."""

    exercise: str = needed(values.name)


@shape
class AboutShape(TextsShape):
    """What can be said about an exercise besides its name."""

    kind: Kind | None = key(parts.kind)
    region: Region | None = key(values.region, "what it is for, such as knee")
    amrap: Amrap | None = key(parts.amrap, "rounds or reps: as many as possible, which Enter counts")
    prompts: tuple[Prompt, ...] | None = key(parts.prompts, "what is said when, in timed work")
    substitutes: Texts | None = key(values.names, "exercises by name, one of which is done while it hurts")
    care_order: tuple[Caution, ...] | None = key(
        parts.care_order, "cautions whose advice is about the same movement, the most careful first"
    )
    poised: bool | None = key(values.switch, "true: the last sentence of the position is hard to hold")
    figure: Figure | str | None = key(
        figures.figure,
        "what is drawn: a position and a pose for each phase; or an exercise to borrow it from",
    )
    leg_rule: bool | None = key(values.switch, "true: stop when pain spreads down a leg")
    pulls_on_leg: bool | None = key(values.switch, "true: wait while pain stays in the calf or foot")
    sources: Texts | None = key(values.texts)
    tempo: tuple[float, ...] | None = key(
        parts.tempo_of_phases, "seconds of lowering, pause, lifting and top, such as 4-2-1-0"
    )


@shape
class ExerciseShape(AboutShape):
    """An exercise of the library: a file in the folder exercises."""

    name: str = needed(values.name, default="")


@shape
class InlineShape(AboutShape):
    """An exercise that is defined in a routine."""

    exercise: str = needed(values.name, default="")
    off: bool = key(values.switch, "true leaves this step out", default=False)


@shape
class RestShape(Shape):
    """A rest of a stated length."""

    rest: float = needed(parts.rest)
    off: bool = key(values.switch, "true leaves this step out", default=False)


@shape
class SayShape(Shape):
    """Something to say."""

    say: str = needed(values.plain_text)
    off: bool = key(values.switch, "true leaves this step out", default=False)


@shape
class WaitShape(Shape):
    """A wait until the person is ready."""

    wait: tuple[str, float | None] = needed(values.wait, "for what")
    off: bool = key(values.switch, "true leaves this step out", default=False)


@shape
class RepeatShape(Shape):
    """A group of steps that is done several times."""

    repeat: int = needed(values.repeats, "how often", default=1)
    rest: tuple[float, ...] | None = key(parts.rests, "between rounds; a list has one after each")
    every: float | None = key(values.some_seconds, "from the start of a round to that of the next")
    steps: list[Data] | None = needed(values.steps, default=None)
    off: bool = key(values.switch, "true leaves these steps out", default=False)


@shape
class RoutineTexts(Shape):
    """What is said about a routine, in another language than in its file."""

    name: str = key(values.name, default="")
    about: str = key(values.plain_text, default="")
    days: str = key(values.name, "how often, such as 3-5 a week", default="")


@shape
class InstructionsShape(Shape):
    """What the clinician who wrote it asks of the person."""

    by: str = key(instructions.clinician, "who wrote it: Anna Berg, physiotherapist", default="")
    written: date | None = key(instructions.day, "when it was written")
    patient: str = key(instructions.clinician, "whom it is for, in words", default="", spelt="for")
    precautions: Texts = key(
        instructions.precautions, f"the most important first, at most {MOST_PRECAUTIONS}", default=()
    )
    until: date | instructions.Later | None = key(
        instructions.until, "the last day of the precautions, or how long after the surgery"
    )
    surgery: date | None = key(instructions.surgery, "the day of the surgery")
    stop: Texts = key(instructions.signs, "signs to stop at", default=())
    pain: AgreedPain | None = key(instructions.pain, "how much pain is agreed, from 0 to 10")
    supervision: str = key(instructions.text, "who or what has to be near", default="")
    goal: str = key(instructions.text, "what it is for, in words", default="")

    def together(self, ident: str, bad: Collection[str], document: Document) -> Instructions:
        """Return what these keys say together in the file of ``ident``, whose ``bad`` keys were told.

        The mistakes that only show beside each other go to ``document``.
        """
        end, mistakes = instructions.end(
            self.until, self.precautions, surgery=self.surgery, written=self.written
        )
        document.complain_all((), mistakes if instructions.TOGETHER.isdisjoint(bad) else ())
        found = Instructions(
            by=self.by,
            written=self.written,
            patient=self.patient,
            precautions=self.precautions,
            until=end,
            stop=self.stop,
            pain=self.pain or NO_AGREEMENT,
            supervision=self.supervision,
            goal=self.goal,
        )
        return dataclasses.replace(found, source=ident) if found else found


@shape
class RoutineShape(RoutineTexts, InstructionsShape):
    """A routine."""

    name: str = needed(values.name, default="")
    phase: tuple[int, ...] = key(
        values.programme_phases, "1 calm, 2 restore, 3 build, 4 maintain", default=()
    )
    times_a_day: int | None = key(day_words.times, "how often on each of its days, such as 2")
    side: str = key(
        parts.affected,
        "left or right, the painful or operated one: it comes first, and is {affected}",
        default="",
    )
    grow: bound_words.WrittenGrowth | None = key(
        bound_words.growth_of_all,
        "whether its doses rise with you; or bounds of all its exercises such as {tempo: keep, harder: ask}",
    )
    region: Region | None = key(values.region, "what it is for, such as knee; back when nothing is said")
    transition: float | None = key(
        parts.transition, "from one exercise to the next, where that is known and in the same position"
    )
    cautions: dict[Caution, Remedy] | None = key(
        parts.own_cautions, "who leaves out its own exercises that do not say so themselves, or none"
    )
    steps: list[Data] | None = needed(values.steps, default=None)


class Contents(StrEnum):
    """What a person can write a file of."""

    ROUTINE = "routine"
    EXERCISE = "exercise"
    PROGRAMME = "programme"


_OF_AN_EXERCISE: Final = frozenset({"rep", "duration", "tempo", "position", "movement"})
"""The keys that no routine and no programme has."""


def contents(data: Data) -> Contents:
    """Tell by the keys what a file is; a routine when they do not say."""
    if not isinstance(data, dict) or "steps" in data:
        return Contents.ROUTINE
    if data.keys() & _OF_AN_EXERCISE:
        return Contents.EXERCISE
    return Contents.PROGRAMME if data.keys() & {"phases", "sore"} else Contents.ROUTINE


def keys(shape: type[Shape]) -> dict[str, dataclasses.Field[Any]]:
    """Return the keys of a shape, each with ``parse`` and ``about`` in its metadata."""
    all_keys = dataclasses.fields(shape)  # type: ignore[arg-type] # mypy cannot tell that @shape is @dataclass
    return {each.metadata.get("spelt") or each.name: each for each in all_keys}


def check(shape: type[S], data: Data, document: Document, at: At) -> tuple[S | None, set[str]]:
    """Fit ``data`` into ``shape``; return it with the set of wrong keys, whose problems go to ``document``.

    The shape holds every correct value, so that these can still be checked. It is None when a needed value is
    missing or wrong.
    """
    if not isinstance(data, dict):
        document.complain(at, f"{show(data)} stands here", "lines such as 'key: value'")
        return None, set()
    known = keys(shape)
    parsers: dict[bool, dict[str, Parser]] = {True: {}, False: {}}
    for name, each in known.items():
        parsers[each.metadata["needed"]][name] = each.metadata["parse"]
    elsewhere = values.NOWHERE if data.keys() <= known.keys() else _elsewhere(shape)
    found, mistakes = values.read_keys(data, parsers[True], parsers[False], elsewhere)
    document.complain_all(at, mistakes)
    essential = {name for name, each in known.items() if each.default is dataclasses.MISSING}
    bad = data.keys() & known.keys() - found.keys()
    fields = {known[name].name: value for name, value in found.items()}
    return (shape(**fields) if essential <= found.keys() else None), bad


_TOP: Final = "at the top of the routine, above 'steps'"
_STEP: Final = "in 'steps', as a step of its own"
_NEITHER_NAME: Final = f"{_TOP}; an exercise has its name after 'exercise:'"
_STEPS: Final = "at the top of the routine, or beside 'repeat'"
_IN_GROUP: Final = {
    "max": bound_words.IN_GROW,
    "every": "in 'steps', beside 'repeat'",
    **dict.fromkeys(("always", "rotating"), "in 'cues' of an exercise"),
    **dict.fromkeys(("when", "fix"), "in 'errors' of an exercise"),
    **dict.fromkeys(("go", "slow", "morning"), f"in 'pain' {_TOP}"),
}
"""Where a key is to be written that stands inside or beside one other key alone."""
_OF_ONES_OWN: Final = "only in an exercise of your own: one of the library keeps what it has"
_OF_THE_LIBRARY: Final = "only below an exercise of the library: yours has its seconds in 'rep' or 'tempo'"
_GROWTH: Final = f"in 'grow', as in 'grow: {{tempo: keep, harder: ask}}', or {bound_words.BELOW}"


def _elsewhere(shape: type[Shape]) -> Mapping[str, str]:
    """Return the keys that do not belong to ``shape``, each with where it is to be written."""
    if shape not in {*_STEPS_AND_WHOLE, ChangesShape}:
        return values.NOWHERE
    own, changes, top = keys(InlineShape), keys(ChangesShape), keys(RoutineShape)
    places = dict.fromkeys(top, _TOP) | {"name": _NEITHER_NAME, "steps": _STEPS}
    for name in own | changes:
        places[name] = f"{bound_words.BELOW}, or {_TOP}" if name in top else bound_words.BELOW
    places |= dict.fromkeys(("exercise", "say", "wait", "repeat"), _STEP) | _IN_GROUP
    if shape is ChangesShape:
        places |= dict.fromkeys(own.keys() - top.keys() - {"exercise"}, _OF_ONES_OWN) | {"region": _TOP}
    elif shape in {InlineShape, ExerciseShape}:
        places["speed"] = _OF_THE_LIBRARY
    elif shape is RoutineShape:
        places |= {"reps": f"as 'reps' or 'dose' {bound_words.BELOW}", "tempo": _GROWTH, "harder": _GROWTH}
    return {name: place for name, place in places.items() if name not in keys(shape)}


OTHER_NAMES: Final = {"dose": "reps"}
"""The key by each other name that it has."""
_IN_GROUPS: Final = (
    "always",
    "rotating",
    "when",
    "fix",
    "at",
    "every",
    "before_end",
    "for",
    "text",
    "max",
    "harder",
)
_STEPS_AND_WHOLE: Final = (
    *(LibraryStepShape, ExerciseShape, InlineShape, RestShape, SayShape, WaitShape, RepeatShape),
    RoutineShape,
)
KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {name: name for of in _STEPS_AND_WHOLE for name in keys(of)}
    | {name: name for name in _IN_GROUPS}
    | OTHER_NAMES
)
"""Every key of a routine or an exercise, by each of its names."""
