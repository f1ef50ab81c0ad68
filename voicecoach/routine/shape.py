"""The shape of a file: which keys a step or an exercise may have, and what each of them takes.

Values are checked by the parsers in ``fields``; pydantic finds missing and unknown keys, keeps all the
problems together, and writes the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError, core_schema

from voicecoach.errors import nearest
from voicecoach.routine import fields
from voicecoach.routine.dose import EXPECTED, MAX_REPS, MAX_SECONDS, MAX_SETS, Dose
from voicecoach.routine.mistakes import Mistakes, show
from voicecoach.routine.model import Caution, Kind, Posture, Sides
from voicecoach.routine.yamlfile import At, Data, Document

S = TypeVar("S", bound="Shape")


class Parsed:
    """Marks a field as read by one of the parsers, and says what the parser takes as JSON Schema."""

    def __init__(self, parse: Callable[[Data], object], schema: dict[str, Any], about: str = "") -> None:
        self.parse = parse
        self.schema = schema | ({"description": about} if about else {})

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, Any]:
        return self.schema

    def _validate(self, raw: Data) -> object:
        try:
            return self.parse(raw)
        except Mistakes as found:
            raise PydanticCustomError("mistakes", "mistakes", {"found": found.mistakes}) from None


_TEXT = {"type": ["string", "number"], "maxLength": fields.MAX_TEXT, "minLength": 1}
_NAME = _TEXT | {"maxLength": fields.MAX_NAME}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "maxItems": fields.MAX_ITEMS}]}
_TIME = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": MAX_SECONDS},
        {
            "type": "string",
            "pattern": r"^\s*(\d+:[0-5]\d|(?=\d)(\d+(\.\d+)?\s*h[ours]*)?\s*(\d+(\.\d+)?\s*m[inutes]*)?"
            r"\s*(\d+(\.\d+)?\s*(s[econds]*)?)?)\s*$",
        },
    ],
    "examples": ["10s", "1m30s"],
}
_SETS = {"type": "integer", "minimum": 1, "maximum": MAX_SETS}
_REPS = {"type": "integer", "minimum": 1, "maximum": MAX_REPS}
DOSE_SCHEMA = {
    "anyOf": [
        _REPS,
        {"type": "array", "items": _REPS, "minItems": 1, "maxItems": MAX_SETS},
        {"type": "string", "pattern": r"^\s*\d"},
    ],
    "description": EXPECTED,
    "examples": [12, "2 x 12", "3 x 10s", "6-4-2", "8 each side", "60s"],
}
_PHASE = {"type": "string", "pattern": r"^\s*\D.*\d"}
_REP = {
    "anyOf": [
        _PHASE,
        {
            "type": "array",
            "items": {
                "anyOf": [_PHASE, {"type": "object", "additionalProperties": _TIME, "maxProperties": 1}]
            },
            "minItems": 1,
            "maxItems": fields.MAX_PHASES,
        },
        {
            "type": "object",
            "additionalProperties": _TIME,
            "minProperties": 1,
            "maxProperties": fields.MAX_PHASES,
        },
    ],
    "examples": ["up 2s, hold 5s, down 2s"],
}
_CUES = {
    "anyOf": [
        _TEXTS,
        {
            "type": "object",
            "properties": {"always": _TEXTS, "rotating": _TEXTS},
            "additionalProperties": False,
        },
    ]
}
_FIX = {
    "type": "object",
    "properties": {"when": _TEXT, "fix": _TEXT},
    "required": ["when", "fix"],
    "additionalProperties": False,
}
_WAIT = {
    "anyOf": [
        _TEXT,
        {
            "type": "object",
            "properties": {"for": _TEXT, "limit": _TIME},
            "required": ["for"],
            "additionalProperties": False,
        },
    ]
}


def _choice(values: type[Kind | Posture | Sides | Caution]) -> dict[str, Any]:
    return {"enum": [value.value for value in values]}


Name = Annotated[str, Parsed(fields.name, _NAME)]
Text = Annotated[str, Parsed(fields.text, _TEXT)]
PlainText = Annotated[str, Parsed(fields.plain_text, _TEXT)]
Texts = Annotated[tuple[str, ...], Parsed(fields.texts, _TEXTS)]
Seconds = Annotated[float, Parsed(fields.seconds, _TIME)]
SomeSeconds = Annotated[float, Parsed(fields.some_seconds, _TIME)]
Switch = Annotated[bool, Parsed(fields.switch, {"type": "boolean"}, "true leaves this step out")]


class Shape(BaseModel):
    """A group of keys. A key that is not in the file is not in ``model_fields_set``."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DoseShape(Shape):
    """What a routine may change about a library exercise, and what any exercise may say."""

    reps: Annotated[Dose | None, Parsed(fields.dose, DOSE_SCHEMA)] = None
    sets: Annotated[int | None, Parsed(fields.sets, _SETS)] = None
    hold: Annotated[float | None, Parsed(fields.seconds, _TIME, "seconds of the phase called hold")] = None
    duration: Annotated[
        float | None, Parsed(fields.some_seconds, _TIME, "of a set, when there are no reps")
    ] = None
    rest: Annotated[float | None, Parsed(fields.seconds, _TIME, "between sets")] = None
    change: Annotated[float | None, Parsed(fields.seconds, _TIME, "to change sides")] = None
    sides: Annotated[Sides | None, Parsed(fields.choice(Sides), _choice(Sides))] = None
    rep: Annotated[
        tuple[tuple[str, float], ...] | None,
        Parsed(fields.rep, _REP, "the phases of a rep with their seconds, in the order they are done"),
    ] = None
    words: Annotated[
        dict[str, str] | None,
        Parsed(
            fields.words, {"type": "object", "additionalProperties": _TEXT}, "what is said as a phase starts"
        ),
    ] = None
    cues: Annotated[dict[str, tuple[str, ...]] | None, Parsed(fields.cues, _CUES)] = None


class ChangesShape(DoseShape):
    """A library exercise in a routine, with changes."""

    tempo: Annotated[
        float | None,
        Parsed(
            fields.tempo,
            {"type": "number", "minimum": 0.5, "maximum": 2},
            "factor for the seconds of the movement; a hold keeps its own",
        ),
    ] = None
    off: Switch = False


class AboutShape(DoseShape):
    """What can be said about an exercise besides its name."""

    kind: Annotated[Kind | None, Parsed(fields.choice(Kind), _choice(Kind))] = None
    posture: Annotated[Posture | None, Parsed(fields.choice(Posture), _choice(Posture))] = None
    why: Text | None = None
    position: Annotated[tuple[str, ...] | None, Parsed(fields.texts, _TEXTS, "from the floor up")] = None
    movement: Text | None = None
    feel: Text | None = None
    breathing: Text | None = None
    limb: Annotated[str | None, Parsed(fields.name, _NAME, "what is left or right, such as leg")] = None
    errors: Annotated[
        tuple[tuple[str, str], ...] | None,
        Parsed(fields.many(fields.fix, "a list of 'when: …' and 'fix: …'"), {"type": "array", "items": _FIX}),
    ] = None
    easier: Texts | None = None
    harder: Texts | None = None
    cautions: Annotated[
        tuple[Caution, ...] | None,
        Parsed(
            fields.many(fields.choice(Caution), "a list such as [knee, wrist]"),
            {"type": "array", "items": _choice(Caution)},
        ),
    ] = None
    equipment: Texts | None = None
    sources: Texts | None = None


class ExerciseShape(AboutShape):
    """An exercise of the library: a file in the folder exercises."""

    name: Name


class InlineShape(AboutShape):
    """An exercise that is defined in a routine."""

    exercise: Name
    off: Switch = False


class LibraryStepShape(ChangesShape):
    """A library exercise by its name, with changes."""

    exercise: Name


class RestShape(Shape):
    """A rest of a stated length."""

    rest: SomeSeconds
    off: Switch = False


class SayShape(Shape):
    """Something to say."""

    say: PlainText
    off: Switch = False


class WaitShape(Shape):
    """A wait until the person is ready."""

    wait: Annotated[tuple[str, float | None], Parsed(fields.wait, _WAIT)]
    off: Switch = False


class RepeatShape(Shape):
    """A group of steps that is done several times."""

    repeat: Annotated[
        int, Parsed(fields.repeats, {"type": "integer", "minimum": 1, "maximum": fields.MAX_ITEMS})
    ]
    steps: Annotated[list[Data], Parsed(fields.steps, {"$ref": "#/$defs/steps"})]
    off: Switch = False


class RoutineShape(Shape):
    """A routine."""

    name: Name
    about: PlainText = ""
    steps: Annotated[list[Data], Parsed(fields.steps, {"$ref": "#/$defs/steps"})]


def check(shape: type[S], data: Data, document: Document, at: At) -> tuple[S | None, set[str]]:
    """``data`` in ``shape``, and the keys that were wrong; their problems are noted in ``document``.

    The shape holds everything that is right, so that the rest can still be checked; it is None when
    what is wrong is needed.
    """
    try:
        return shape.model_validate(data), set()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    bad: set[str] = set()
    for each in errors:
        loc: At = each["loc"]
        bad.update(map(str, loc[:1]))
        match each["type"]:
            case "mistakes":
                for found in each["ctx"]["found"]:
                    document.complain(at + loc + found.at, found.wrong, found.expected)
            case "missing":
                document.complain(at, f"'{loc[0]}' is missing", f"a line '{loc[0]}: …'")
            case "extra_forbidden":
                document.complain(at + loc, *_unknown_key(str(loc[0]), shape), key=True)
            case _:
                document.complain(at, f"{show(data)} stands here", "lines of the form 'key: value'")
    if not isinstance(data, dict) or any(
        shape.model_fields[key].is_required() for key in bad & set(shape.model_fields)
    ):
        return None, bad
    return shape.model_validate({key: value for key, value in data.items() if key not in bad}), bad


def _unknown_key(key: str, shape: type[Shape]) -> tuple[str, str]:
    known = list(shape.model_fields)
    near = nearest(key, known)
    return f"unknown key {show(key)}", f"did you mean '{near}'?" if near else f"one of {', '.join(known)}"
