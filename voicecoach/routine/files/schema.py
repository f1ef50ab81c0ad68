"""Writes the shapes of routines and exercises as a JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any, Final

from voicecoach.routine.bounds import Harder
from voicecoach.routine.figure import WORKING_TRUNK, Stance, View
from voicecoach.routine.files import bound_words, day_words, figure, instructions, values
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files.dose_words import EXPECTED, MAX_REPS, MAX_SECONDS, MAX_SETS
from voicecoach.routine.files.shapes import (
    OTHER_NAMES,
    ChangesShape,
    ExerciseShape,
    InlineShape,
    LibraryStepShape,
    RepeatShape,
    RestShape,
    RoutineShape,
    SayShape,
    Shape,
    WaitShape,
    keys,
)
from voicecoach.routine.files.values import MAX_ITEMS, Parser
from voicecoach.routine.instructions import MAX_PAIN, MOST_PRECAUTIONS
from voicecoach.routine.model import LEFT, RIGHT, Amrap, Caution, Kind, Moment, Pace, Posture, Sides
from voicecoach.routine.phase import KINDS_IN_A_REP
from voicecoach.routine.region import Region

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
_DIRECTION: Final = _any(
    {"type": "number", "minimum": -figure.MOST_DEGREES, "maximum": figure.MOST_DEGREES},
    {"type": "string", "pattern": r"^\s*-?\d+(\.\d+)?\s*((toward|away)\s*[0-2](\.\d+)?)?\s*$"},
    examples=[90, "90 toward 0.5"],
)
_CENTIMETRES: Final[Schema] = {"type": "number", "minimum": -figure.FARTHEST, "maximum": figure.FARTHEST}
_SPOT: Final = _list(_CENTIMETRES, 2) | {"minItems": 2}
_POINT: Final[Schema] = {"enum": [*figure.POINT_NAMES]}
_WORKERS: Final[Schema] = {"enum": [*figure.END_NAMES, WORKING_TRUNK]}
_ENDS: Final = _any({"enum": [*figure.END_NAMES]}, _list({"enum": [*figure.END_NAMES]}))
_POSE: Final = _group(
    {},
    dict.fromkeys(figure.SEGMENT_NAMES, _DIRECTION)
    | {"move": _SPOT, "reach": _group({}, dict.fromkeys(figure.END_NAMES, _any(_POINT, _SPOT)))},
)
_DRAWN: Final[Schema] = {
    "anchor": _POINT,
    "stay": _ENDS,
    "position": _POSE,
    "poses": {
        "type": "object",
        "maxProperties": figure.MOST_POSES,
        "additionalProperties": _any(_POSE, _list(_POSE, figure.MOST_POSES) | {"minItems": 1}),
    },
    "alternates": {"enum": [True, False, "yes", "no", "on", "off"]},
    "beats": {"type": "integer", "minimum": 1, "maximum": figure.MOST_POSES},
    "works": _any(_WORKERS, _list(_WORKERS)),
    "path": _POINT,
}


def _things(*also: Schema) -> Schema:
    """Return what may be written for each thing, and ``also`` for any."""
    takes: Schema = {}
    for kind, touch in figure.TOUCHES.items():
        more = [each - 1 for each in touch.points if each]
        named = (
            {"type": "string", "pattern": rf"^\s*\S+(\s+\S+){{{more[0]},{more[-1]}}}\s*$"}
            if more
            else {"const": True}
        )
        takes[kind] = _any(named, *([_SPOT] if touch.place else []), *also)
    return _group({}, takes)


_FIGURE: Final = _group(
    {"from": _one_of(Stance)},
    _DRAWN | {"view": _one_of(View), "props": _things()},
)
_FIGURE_CHANGE: Final = _group({}, _DRAWN | {"props": _things({"const": False})}) | {"minProperties": 1}
_VARIATION: Final = _any(
    _TEXT,
    _group({"text": _TEXT, "words": _WORDS}),
    _group({"text": _TEXT, "figure": _any(_FIGURE, _FIGURE_CHANGE)}, {"words": _WORDS}),
)
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
_LEVEL: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": MAX_PAIN}
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
        "maxLength": bound_words.MAX_CONDITION,
        "examples": ["3 x 12 with pain 2 or less, twice"],
    },
    bound_words.down_when: {
        "type": "string",
        "maxLength": bound_words.MAX_CONDITION,
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
    parts.cues: _any(_CUES, _WORDS, _group({}, {"always": _CUES, "rotating": _CUES})),
    parts.breathing: _any(_TEXT, _WORDS),
    figure.figure: _any(_FIGURE, _NAME),
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
    instructions.text: _TEXT,
    instructions.clinician: _TEXT | {"maxLength": instructions.MAX_BY},
    instructions.day: _DAY,
    instructions.surgery: _any(_DAY, {"pattern": "^[Nn]one$"}),
    instructions.until: {
        "type": "string",
        "pattern": r"^\s*(\d|[Nn]one$)",
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
