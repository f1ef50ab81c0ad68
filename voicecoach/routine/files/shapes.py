"""Defines the keys of steps, exercises and routines, and which values each takes.

``values`` and ``exercise_parts`` parse the values; this module finds missing and unknown keys and collects
all problems. It also writes the shapes as a JSON Schema for editors. (They are plain dataclasses, because
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

from voicecoach.routine.bounds import DownWhen, Harder
from voicecoach.routine.files import bound_words, day_words, instructions, values
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files.dose_words import EXPECTED, MAX_REPS, MAX_SECONDS, MAX_SETS, WrittenDose
from voicecoach.routine.files.located_yaml import At, Data, Document, show
from voicecoach.routine.files.side_words import WrittenSides
from voicecoach.routine.files.values import MAX_ITEMS, Parser
from voicecoach.routine.instructions import MOST_PRECAUTIONS, AgreedPain, Instructions
from voicecoach.routine.model import (
    KINDS_IN_A_REP,
    LEFT,
    RIGHT,
    Amrap,
    Caution,
    Cue,
    Kind,
    Moment,
    Pace,
    Posture,
    Prompt,
    Remedy,
    Sides,
    Variation,
)
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
    picture: str | None = key(values.name, "the file of a picture, which is not shown yet")


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
    leg_rule: bool | None = key(values.switch, "true: stop when pain spreads down a leg")
    pulls_on_leg: bool | None = key(values.switch, "true: wait while pain stays in the calf or foot")
    sources: Texts | None = key(values.texts)


@shape
class ExerciseShape(AboutShape):
    """An exercise of the library: a file in the folder exercises."""

    name: str = needed(values.name, default="")
    tempo: tuple[float, ...] | None = key(
        parts.tempo_of_phases, "seconds of lowering, pause, lifting and top, such as 4-2-1-0"
    )


@shape
class InlineShape(AboutShape):
    """An exercise that is defined in a routine."""

    exercise: str = needed(values.name, default="")
    tempo: tuple[float, ...] | None = key(
        parts.tempo_of_phases, "seconds of lowering, pause, lifting and top, such as 4-2-1-0"
    )
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
    surgery: date | None = key(instructions.day, "the day of the surgery")
    stop: Texts = key(instructions.signs, "signs to stop at", default=())
    pain: AgreedPain | None = key(instructions.pain, "how much pain is agreed, from 0 to 10")
    supervision: str = key(values.plain_text, "who or what has to be near", default="")
    goal: str = key(values.plain_text, "what it is for, in words", default="")

    def together(self, ident: str, bad: Collection[str], document: Document) -> Instructions:
        """Return what these keys say together in the file of ``ident``, whose ``bad`` keys were told.

        The mistakes that only show beside each other go to ``document``.
        """
        names = [each.name for each in keys(InstructionsShape).values()]
        found, mistakes = instructions.instructions(**{name: getattr(self, name) for name in names})
        document.complain_all((), mistakes if instructions.TOGETHER.isdisjoint(bad) else ())
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
    found, mistakes = values.read_keys(data, parsers[True], parsers[False])
    document.complain_all(at, mistakes)
    essential = {name for name, each in known.items() if each.default is dataclasses.MISSING}
    bad = data.keys() & known.keys() - found.keys()
    fields = {known[name].name: value for name, value in found.items()}
    return (shape(**fields) if essential <= found.keys() else None), bad


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

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_STEPS: Final[Schema] = {"$ref": "#/$defs/steps"}
_TEXT: Final[Schema] = {"type": ["string", "number"], "minLength": 1, "maxLength": values.MAX_TEXT}
_NAME: Final[Schema] = {"type": ["string", "number"], "minLength": 1, "maxLength": values.MAX_NAME}


def _list(items: Schema, most: int = MAX_ITEMS) -> Schema:
    return {"type": "array", "items": items, "maxItems": most}


def _group(needed: Schema, more: Schema | None = None) -> Schema:
    properties = needed | (more or {})
    return {"type": "object", "properties": properties, "required": [*needed], "additionalProperties": False}


def _one_of(values: type[StrEnum]) -> Schema:
    return {"enum": [value.value for value in values]}


def _any(*schemas: Schema, **more: Any) -> Schema:  # noqa: ANN401 - whatever JSON Schema has
    return {"anyOf": [*schemas], **more}


_TEXTS: Final = _any(_TEXT, _list(_TEXT))
_WORDS: Final[Schema] = {"type": "object", "additionalProperties": _TEXT}
"""A text for each of several phases."""
_CUE: Final = _any(_TEXT, _WORDS | {"minProperties": 1, "maxProperties": 1})
_VARIATION: Final = _any(_TEXT, _group({"text": _TEXT, "words": _WORDS}))
_CUES: Final = _any(_CUE, _list(_CUE))
_NUMBER: Final = (
    r"([\d\u00bc\u00bd\u00be]|\b([Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine"
    r"|[Tt]en|[Ee]leven|[Tt]welve|[Ff]ifteen|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ss]ixty|[Nn]inety"
    r"|[Hh]alf|[Aa](?= [Mm]in))\b)"
)
"""A number in digits, as the sign for a quarter, a half or three quarters, or in words."""
_TIME: Final = _any(
    {"type": "number", "minimum": 0, "maximum": MAX_SECONDS},
    {
        "type": "string",
        "pattern": rf"^\s*[:\d]|^[^-]*{_NUMBER}[^-]*([\dsS'\"\u2033]|[Mm]in|[Mm]inute|[Hh]our)",
        "maxLength": values.MAX_NAME,
    },
    examples=["10s", "1m30s"],
)
_WORDED_SIDE: Final = "(?:[Uu]n)?[Aa]ffected|[Oo]perated|[Pp]ainful|(?:[Uu]n)?[Ii]njured|[Ss]ore|[Hh]ealthy"
"""A side by another word than left or right."""
_COUNT: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": MAX_REPS}
_TEMPO: Final = (
    {
        "type": "string",
        "pattern": r"^\s*([\dxX][\d.]*(\s*[-\u2013/]\s*[\dxX][\d.]*){2,3}|[\dxX]{3,4})\s*$",
        "examples": ["4-2-1-0"],
    },
    {"type": "integer", "minimum": 100, "maximum": 9999},
)
_DOSE: Final = _any(
    _COUNT,
    _list(_COUNT, MAX_SETS) | {"minItems": 1},
    {
        "type": "string",
        "pattern": rf"^[^-]*({_NUMBER}|\b([Ll]eft|[Rr]ight|{_WORDED_SIDE})\b)",
        "maxLength": 60,
    },
    description=EXPECTED,
    examples=[12, "2 x 12", "8-12", "3 x 10s", "6-4-2", "8 each side", "10 left", "2 x 8 with 2 kg", "60s"],
)
_PHASE: Final[Schema] = {"type": "string", "pattern": r"^\s*[^\d\s-].*\d"}
_PHASE_TIME: Final = _any(
    _TIME, {"type": "string", "pattern": rf"\d.*\(\s*({'|'.join(KINDS_IN_A_REP)})\s*\)\s*$"}
)
_PHASES: Final[Schema] = {"type": "object", "additionalProperties": _PHASE_TIME, "minProperties": 1}
_REP: Final = _any(
    _PHASE,
    _list(_any(_PHASE, _PHASES | {"maxProperties": 1}), parts.MAX_PHASES) | {"minItems": 1},
    _PHASES | {"maxProperties": parts.MAX_PHASES},
    examples=["up 2s, hold 5s, down 2s"],
)

_SWITCH: Final[Schema] = {"enum": [True, False, "yes", "no", "on", "off"]}
_GROWTH: Final[Schema] = {
    "tempo": {"enum": ["keep", "free"]},
    "harder": _any(_one_of(Harder), {"enum": [True, False]}),
}
_REST: Final = _any(_TIME, {"enum": ["none", "no", "no rest"]})
_DAY: Final[Schema] = {
    "type": "string",
    "pattern": r"^\s*\d.*\d\s*$",
    "examples": ["2026-10-05", "5 October 2026"],
}
_SIGN: Final = _any(
    _TEXT, {"type": "object", "additionalProperties": _TEXT, "minProperties": 1, "maxProperties": 1}
)
"""A sentence, which to YAML is a key with its value when it has a colon."""
_LEVEL: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": instructions.MAX_PAIN}
_TAKES: Final[dict[Parser, Schema]] = {
    values.text: _TEXT,
    values.plain_text: _TEXT,
    values.name: _NAME,
    values.texts: _TEXTS,
    values.names: _any(_NAME, _list(_NAME)),
    values.seconds: _TIME,
    values.some_seconds: _TIME,
    parts.rest: _REST,
    parts.rests: _any(_REST, _list(_REST, MAX_SETS) | {"minItems": 1}),
    parts.transition: _TIME,
    parts.sets: {"type": "integer", "minimum": 1, "maximum": MAX_SETS},
    values.repeats: _any(
        {"type": "integer", "minimum": 1, "maximum": MAX_ITEMS},
        {"type": "string", "pattern": r"^\s*(EMOM\s+)?\d{1,2}", "examples": ["EMOM 10"]},
    ),
    parts.dose: _DOSE,
    parts.load: _any(
        {"enum": [True, False, "yes", "no", "on", "off"]},
        {"type": "string", "pattern": r"^\s*\d+([.,]\d+)?\s*[a-zA-Z]+\s*$"},
        {"type": "string", "pattern": r"^[^\d].*[a-zA-Z]", "maxLength": values.MAX_NAME},
        _list(_NAME) | {"minItems": 2},
        examples=["2 kg", "5 lb", "red band"],
    ),
    bound_words.levels: _list(_NAME) | {"minItems": 2},
    bound_words.level: _any({"type": "integer", "minimum": 1, "maximum": MAX_ITEMS}, _NAME),
    bound_words.growth: _any(_SWITCH, _group({}, {"max": _any(_DOSE, _TEXT)} | _GROWTH)),
    bound_words.growth_of_all: _any(_SWITCH, _group({}, _GROWTH)),
    bound_words.up_when: {
        "type": "string",
        "maxLength": 100,
        "examples": ["3 x 12 with pain 2 or less, twice"],
    },
    bound_words.down_when: {
        "type": "string",
        "maxLength": 100,
        "pattern": r"[Pp]ain|[Ww]orse",
        "examples": ["pain above 5, or worse the next morning"],
    },
    parts.speed: _any(
        {"type": "integer", "minimum": parts.SLOWEST, "maximum": parts.FASTEST},
        {"type": "string", "pattern": r"^\s*\d+\s*%\s*$"},
    ),
    parts.tempo_of_phases: _any(*_TEMPO),
    parts.phase_names: _any(_NAME, _list(_NAME, parts.MAX_PHASES) | {"minItems": 1}),
    parts.tempo: _any(
        *_TEMPO,
        {
            "type": "number",
            "minimum": parts.SLOWEST / 100,
            "maximum": parts.FASTEST / 100,
            "deprecated": True,
        },
    ),
    values.switch: _SWITCH,
    parts.kind: _one_of(Kind),
    values.region: _one_of(Region),
    parts.posture: _one_of(Posture),
    parts.sides: _any(
        {"enum": [*Sides, LEFT, RIGHT, f"{LEFT} first", f"{RIGHT} first"]},
        {
            "type": "string",
            "pattern": rf"\b([Ll]eft|[Rr]ight|[Ee]ach|[Pp]er|[Bb]oth|[Aa]lt\w*|[LR]|{_WORDED_SIDE})\b",
        },
    ),
    parts.affected: {"type": "string", "pattern": r"\b([Ll]eft|[Rr]ight|[LR])\b", "examples": [LEFT, RIGHT]},
    parts.first: {
        "type": "string",
        "pattern": rf"\b([Ll]eft|[Rr]ight|[LR]|{_WORDED_SIDE})\b",
        "examples": ["affected", LEFT, RIGHT],
    },
    parts.pace: _one_of(Pace),
    parts.amrap: _one_of(Amrap),
    parts.cadence: {"type": "number", "minimum": 30, "maximum": 200},
    day_words.times: _any(
        {"type": "integer", "minimum": 1, "maximum": day_words.MAX_TIMES},
        {"type": "string", "pattern": r"^\s*(\d{1,2}|[Oo]nce|[Tt]wice|[Tt]hrice|[a-z]+ times)"},
    ),
    values.programme_phases: _any(
        {"type": "integer", "minimum": 1, "maximum": 4}, {"type": "string", "pattern": r"^\s*[1-4]"}
    ),
    parts.rep: _REP,
    parts.phase_words: {"type": "object", "additionalProperties": _TEXT | {"minLength": 0}},
    parts.cues: _any(_CUES, _group({}, {"always": _CUES, "rotating": _CUES})),
    parts.breathing: _any(_TEXT, _WORDS),
    parts.errors: _list(_group({"when": _TEXT, "fix": _TEXT})),
    parts.variations: _any(_VARIATION, _list(_VARIATION)),
    parts.cautions: _any(
        {"const": parts.NOBODY},
        _list(_one_of(Caution)),
        _group({}, {tag: _TEXT | {"examples": [parts.LEAVE_OUT]} for tag in (*Caution, parts.WHEN_IT_HURTS)}),
    ),
    parts.own_cautions: _any({"const": parts.NOBODY}, _list(_one_of(Caution))),
    parts.care_order: _list(_one_of(Caution)),
    parts.prompts: _list(
        _group({"say": _TEXTS}, {"at": _one_of(Moment), "every": _TIME, "before_end": _TIME})
    ),
    values.wait: _any(_TEXT, _group({"for": _TEXT}, {"limit": _TIME})),
    values.steps: _STEPS,
    instructions.clinician: _TEXT | {"maxLength": instructions.MAX_BY},
    instructions.day: _DAY,
    instructions.until: {
        "type": "string",
        "pattern": r"^\s*\d",
        "examples": ["12 weeks after surgery", "2026-12-28"],
    },
    instructions.precautions: _any(_SIGN, _list(_SIGN, MOST_PRECAUTIONS)),
    instructions.signs: _any(_SIGN, _list(_SIGN, instructions.MAX_SIGNS)),
    instructions.pain: _group(
        {},
        dict.fromkeys(("go", "slow", "stop"), _LEVEL)
        | {"say": _TEXT, "morning": {"enum": ["no worse than today"]}},
    ),
}
"""The schema of each parser's values."""


def exercise_schema() -> Schema:
    """Return the schema of an exercise file."""
    return {"$schema": _DIALECT, "title": "voicecoach exercise", **_schema(ExerciseShape)}


def routine_schema(exercises: Collection[str] = ()) -> Schema:
    """Return the schema of a routine file, which offers the names in ``exercises``."""
    names = sorted(exercises)
    changes = {"$ref": "#/$defs/changes"}
    step = _any(
        _any({"enum": names}, {"type": "string", "pattern": r"^[\w-]+$"}) if names else {"type": "string"},
        *(_schema(each) for each in (RestShape, SayShape, WaitShape, RepeatShape)),
        _schema(LibraryStepShape),
        _schema(InlineShape),
        {
            "type": "object",
            "description": "a library exercise with its dose or changes",
            "properties": {"off": _TAKES[values.switch]} | dict.fromkeys(names, changes),
            "propertyNames": {"not": {"enum": ["exercise", "rest", "say", "wait", "repeat", "steps"]}},
            "additionalProperties": changes,
            "minProperties": 1,
            "maxProperties": 2,
        },
    )
    steps = {"type": "array", "items": step, "minItems": 1}
    routine = _schema(RoutineShape)
    parts = {"steps": steps, "changes": _any({"type": "null"}, _DOSE, _schema(ChangesShape))}
    return {"$schema": _DIALECT, "title": "voicecoach routine", **routine, "$defs": parts}


def _schema(of: type[Shape]) -> Schema:
    needed: Schema = {}
    more: Schema = {}
    for name, key in keys(of).items():
        takes = _TAKES[key.metadata["parse"]]
        about = key.metadata["about"]
        group = needed if key.metadata["needed"] else more
        described = takes | {"description": about} if about else takes
        others = (other for other, meant in OTHER_NAMES.items() if meant == name)
        group |= dict.fromkeys((name, *others), described)
    return _group(needed, more) | {"description": (of.__doc__ or "").strip()}
