"""The file format as JSON Schema, so that editors complete and check a routine while it is typed.

Keys come from the shapes; each parser has its counterpart here. A schema cannot say everything (whether
an exercise exists, whether it has a hold): ``voicecoach check`` does.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any, Final

from voicecoach.routine import fields, guidance, shape
from voicecoach.routine.combine import MAX_ITEMS, Parser
from voicecoach.routine.dose import EXPECTED, MAX_REPS, MAX_SECONDS, MAX_SETS
from voicecoach.routine.model import Caution, Kind, Moment, Pace, Posture, Sides

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
_PHASES: Final[Schema] = {"type": "object", "additionalProperties": _TIME, "minProperties": 1}
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
    fields.tempo: {"type": "number", "minimum": 0.5, "maximum": 2},
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
    guidance.forms: _TEXTS,
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
"""What each parser takes."""


def exercise_schema() -> Schema:
    """The schema of an exercise file."""
    return {"$schema": _DIALECT, "title": "voicecoach exercise", **_schema(shape.ExerciseShape)}


def routine_schema(exercises: Collection[str] = ()) -> Schema:
    """The schema of a routine file; editors offer the names in ``exercises``."""
    names = sorted(exercises)
    changes = {"$ref": "#/$defs/changes"}
    step = _any(
        _any({"enum": names}, {"type": "string", "pattern": r"^[\w-]+$"}) if names else {"type": "string"},
        *(_schema(each) for each in (shape.RestShape, shape.SayShape, shape.WaitShape, shape.RepeatShape)),
        _schema(shape.LibraryStepShape),
        _schema(shape.InlineShape),
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
    routine = _schema(shape.RoutineShape)
    parts = {"steps": steps, "changes": _any({"type": "null"}, _DOSE, _schema(shape.ChangesShape))}
    return {"$schema": _DIALECT, "title": "voicecoach routine", **routine, "$defs": parts}


def _schema(of: type[shape.Shape]) -> Schema:
    needed: Schema = {}
    more: Schema = {}
    for name, key in shape.keys(of).items():
        takes = _TAKES[key.metadata["parse"]]
        about = key.metadata["about"]
        group = needed if key.metadata["needed"] else more
        group[name] = takes | {"description": about} if about else takes
    return _group(needed, more) | {"description": (of.__doc__ or "").strip()}
