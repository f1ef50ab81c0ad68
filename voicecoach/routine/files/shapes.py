"""Defines the keys of steps, exercises and routines, and which values each takes.

``values`` parses the values; this module finds missing and unknown keys and collects all problems. It also
writes the shapes as a JSON Schema for editors. (They are plain dataclasses, because importing a validation
library takes longer than everything else before the first word.)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from voicecoach.routine.files import values as fields
from voicecoach.routine.files import values as guidance
from voicecoach.routine.files.dose_words import EXPECTED, MAX_REPS, MAX_SECONDS, MAX_SETS, WrittenDose
from voicecoach.routine.files.located_yaml import At, Data, Document, Mistakes, show
from voicecoach.routine.files.values import MAX_ITEMS, Parser, unknown_key
from voicecoach.routine.model import (
    KINDS_IN_A_REP,
    Caution,
    Kind,
    Moment,
    Pace,
    Phase,
    Posture,
    Prompt,
    Remedy,
    Sides,
    Variation,
)

S = TypeVar("S", bound="Shape")
Pairs = tuple[tuple[str, str], ...]
Texts = tuple[str, ...]


def needed(parse: Parser, about: str = "", default: object = dataclasses.MISSING) -> Any:  # noqa: ANN401 - any field
    """Define a key that a file must have, with its parser and its description for editors.

    With a ``default`` the other keys can be checked even when this one is missing or wrong.
    """
    metadata = {"parse": parse, "about": about, "needed": True}
    return dataclasses.field(default=default, metadata=metadata)


def key(parse: Parser, about: str = "", default: object = None) -> Any:  # noqa: ANN401 - as above
    """Define an optional key."""
    return dataclasses.field(default=default, metadata={"parse": parse, "about": about, "needed": False})


shape = dataclass(kw_only=True, eq=False, repr=False)  # nothing compares or prints one; saves half the time


@shape
class Shape:
    """A group of keys with their values; None for keys missing from the file."""


@shape
class DoseShape(Shape):
    """What a routine may change about a library exercise, and what any exercise may say."""

    reps: WrittenDose | None = key(fields.dose, "of each set, or a whole dose such as 2 x 12 or 3 x 10s")
    sets: int | None = key(fields.sets)
    hold: float | None = key(fields.seconds, "seconds of the hold")
    duration: float | None = key(fields.some_seconds, "of a set, when there are no reps")
    rest: float | None = key(fields.seconds, "between sets")
    change: float | None = key(fields.seconds, "to change sides")
    sides: Sides | None = key(fields.sides)
    rep: tuple[Phase, ...] | None = key(fields.rep, "its phases with seconds, in order")
    words: dict[str, str] | None = key(fields.words, "what is said as a phase starts")
    cues: dict[str, Texts] | None = key(guidance.cues, "short reminders")
    cadence: float | None = key(fields.cadence, "steps a minute, when there are no reps")
    pace: Pace | None = key(fields.pace, "beat: the coach calls the phases; self: one's own pace")
    limit: float | None = key(fields.some_seconds, "after which a set at one's own pace ends by itself")


@shape
class ChangesShape(DoseShape):
    """A library exercise in a routine, with changes."""

    speed: int | None = key(fields.speed, "percent, 50 is half as fast; a hold keeps its seconds")
    tempo: tuple[float, ...] | float | None = key(
        fields.tempo, "seconds of lowering, pause, lifting and top, such as 4-2-1-0"
    )
    off: bool = key(fields.switch, "true leaves this step out", default=False)


@shape
class LibraryStepShape(ChangesShape):
    """A library exercise by its name, with changes."""

    exercise: str = needed(fields.name)


@shape
class AboutShape(DoseShape):
    """What can be said about an exercise besides its name."""

    kind: Kind | None = key(fields.kind)
    posture: Posture | None = key(fields.posture)
    why: str | None = key(fields.text)
    position: Texts | None = key(fields.texts, "sentences, from the floor up")
    movement: str | None = key(fields.text)
    feel: str | None = key(fields.text)
    breathing: str | None = key(fields.text)
    limb: str | None = key(fields.name, "what is left or right, such as leg")
    errors: Pairs | None = key(guidance.errors, "common errors, each with its fix")
    prompts: tuple[Prompt, ...] | None = key(guidance.prompts, "what is said when, in timed work")
    goal: WrittenDose | None = key(fields.dose, "the dose to work up to")
    easier: tuple[Variation, ...] | None = key(guidance.variations, "exercises by name, or sentences")
    harder: tuple[Variation, ...] | None = key(guidance.variations, "exercises by name, or sentences")
    cautions: dict[Caution, Remedy] | None = key(
        guidance.cautions, "who does another exercise, leaves it out, or needs advice"
    )
    leg_rule: bool | None = key(fields.switch, "true: stop when pain spreads down a leg")
    equipment: Texts | None = key(fields.texts)
    sources: Texts | None = key(fields.texts)


@shape
class ExerciseShape(AboutShape):
    """An exercise of the library: a file in the folder exercises."""

    name: str = needed(fields.name, default="")


@shape
class InlineShape(AboutShape):
    """An exercise that is defined in a routine."""

    exercise: str = needed(fields.name, default="")
    off: bool = key(fields.switch, "true leaves this step out", default=False)


@shape
class RestShape(Shape):
    """A rest of a stated length."""

    rest: float = needed(fields.some_seconds)
    off: bool = key(fields.switch, "true leaves this step out", default=False)


@shape
class SayShape(Shape):
    """Something to say."""

    say: str = needed(fields.plain_text)
    off: bool = key(fields.switch, "true leaves this step out", default=False)


@shape
class WaitShape(Shape):
    """A wait until the person is ready."""

    wait: tuple[str, float | None] = needed(fields.wait, "for what")
    off: bool = key(fields.switch, "true leaves this step out", default=False)


@shape
class RepeatShape(Shape):
    """A group of steps that is done several times."""

    repeat: int = needed(fields.repeats, "how often", default=1)
    steps: list[Data] | None = needed(fields.steps, default=None)
    off: bool = key(fields.switch, "true leaves these steps out", default=False)


@shape
class RoutineTexts(Shape):
    """What is said about a routine, in another language than in its file."""

    name: str = key(fields.name, default="")
    about: str = key(fields.plain_text, default="")
    days: str = key(fields.name, "how often, such as 3-5 a week", default="")


@shape
class RoutineShape(RoutineTexts):
    """A routine."""

    name: str = needed(fields.name, default="")
    phase: tuple[int, ...] = key(
        fields.programme_phases, "1 calm, 2 restore, 3 build, 4 maintain", default=()
    )
    steps: list[Data] | None = needed(fields.steps, default=None)


def keys(shape: type[Shape]) -> dict[str, dataclasses.Field[Any]]:
    """Return the keys of a shape, each with ``parse`` and ``about`` in its metadata."""
    all_keys = dataclasses.fields(shape)  # type: ignore[arg-type] # mypy cannot tell that @shape is @dataclass
    return {each.name: each for each in all_keys}


def check(shape: type[S], data: Data, document: Document, at: At) -> tuple[S | None, set[str]]:
    """Fit ``data`` into ``shape``; return it with the set of wrong keys, whose problems go to ``document``.

    The shape holds every correct value, so that these can still be checked. It is None when a needed value is
    missing or wrong.
    """
    if not isinstance(data, dict):
        document.complain(at, f"{show(data)} stands here", "lines such as 'key: value'")
        return None, set()
    known = keys(shape)
    values: dict[str, Any] = {}
    bad: set[str] = set()
    for name, raw in data.items():
        if name not in known:
            document.complain((*at, name), *unknown_key(name, known), key=True)
            continue
        try:
            values[name] = known[name].metadata["parse"](raw)
        except Mistakes as found:
            bad.add(name)
            document.complain_all((*at, name), found.mistakes)
    for name, each in known.items():
        if each.metadata["needed"] and name not in data:
            document.complain(at, f"'{name}' is missing", f"a line '{name}: …'")
    essential = {each.name for each in known.values() if each.default is dataclasses.MISSING}
    return (shape(**values) if essential <= values.keys() else None), bad


Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_STEPS: Final[Schema] = {"$ref": "#/$defs/steps"}
_TEXT: Final[Schema] = {"type": ["string", "number"], "minLength": 1, "maxLength": fields.MAX_TEXT}
_NAME: Final[Schema] = {"type": ["string", "number"], "minLength": 1, "maxLength": fields.MAX_NAME}


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
_TIME: Final = _any(
    {"type": "number", "minimum": 0, "maximum": MAX_SECONDS},
    {"type": "string", "pattern": r"^\s*\d[\d.:\sa-z]*$"},
    examples=["10s", "1m30s"],
)
_COUNT: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": MAX_REPS}
_DOSE: Final = _any(
    _COUNT,
    _list(_COUNT, MAX_SETS) | {"minItems": 1},
    {"type": "string", "pattern": r"^\s*\d", "maxLength": 60},
    description=EXPECTED,
    examples=[12, "2 x 12", "3 x 10s", "6-4-2", "8 each side", "60s"],
)
_PHASE: Final[Schema] = {"type": "string", "pattern": r"^\s*[^\d\s-].*\d"}
_PHASE_TIME: Final = _any(
    _TIME, {"type": "string", "pattern": rf"\d.*\(\s*({'|'.join(KINDS_IN_A_REP)})\s*\)\s*$"}
)
_PHASES: Final[Schema] = {"type": "object", "additionalProperties": _PHASE_TIME, "minProperties": 1}
_REP: Final = _any(
    _PHASE,
    _list(_any(_PHASE, _PHASES | {"maxProperties": 1}), fields.MAX_PHASES) | {"minItems": 1},
    _PHASES | {"maxProperties": fields.MAX_PHASES},
    examples=["up 2s, hold 5s, down 2s"],
)

_TAKES: Final[dict[Parser, Schema]] = {
    fields.text: _TEXT,
    fields.plain_text: _TEXT,
    fields.name: _NAME,
    fields.texts: _TEXTS,
    fields.seconds: _TIME,
    fields.some_seconds: _TIME,
    fields.sets: {"type": "integer", "minimum": 1, "maximum": MAX_SETS},
    fields.repeats: {"type": "integer", "minimum": 1, "maximum": MAX_ITEMS},
    fields.dose: _DOSE,
    fields.speed: _any(
        {"type": "integer", "minimum": fields.SLOWEST, "maximum": fields.FASTEST},
        {"type": "string", "pattern": r"^\s*\d+\s*%\s*$"},
    ),
    fields.tempo: _any(
        {
            "type": "string",
            "pattern": r"^\s*\d[\d.]*(\s*[-\u2013]\s*\d[\d.]*){2,3}\s*$",
            "examples": ["4-2-1-0"],
        },
        {
            "type": "number",
            "minimum": fields.SLOWEST / 100,
            "maximum": fields.FASTEST / 100,
            "deprecated": True,
        },
    ),
    fields.switch: {"enum": [True, False, "yes", "no", "on", "off"]},
    fields.kind: _one_of(Kind),
    fields.posture: _one_of(Posture),
    fields.sides: _one_of(Sides),
    fields.pace: _one_of(Pace),
    fields.cadence: {"type": "number", "minimum": 30, "maximum": 200},
    fields.programme_phases: _any(
        {"type": "integer", "minimum": 1, "maximum": 4}, {"type": "string", "pattern": r"^\s*[1-4]"}
    ),
    fields.rep: _REP,
    fields.words: {"type": "object", "additionalProperties": _TEXT},
    guidance.cues: _any(_TEXTS, _group({}, {"always": _TEXTS, "rotating": _TEXTS})),
    guidance.errors: _list(_group({"when": _TEXT, "fix": _TEXT})),
    guidance.variations: _TEXTS,
    guidance.cautions: _any(
        _list(_one_of(Caution)),
        _group({}, {tag.value: _TEXT | {"examples": [guidance.LEAVE_OUT]} for tag in Caution}),
    ),
    guidance.prompts: _list(
        _group({"say": _TEXTS}, {"at": _one_of(Moment), "every": _TIME, "before_end": _TIME})
    ),
    fields.wait: _any(_TEXT, _group({"for": _TEXT}, {"limit": _TIME})),
    fields.steps: _STEPS,
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
            "properties": {"off": _TAKES[fields.switch]} | dict.fromkeys(names, changes),
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
        group[name] = takes | {"description": about} if about else takes
    return _group(needed, more) | {"description": (of.__doc__ or "").strip()}
