"""The plan of a session as it is saved, so that an interrupted session can go on: as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from voicecoach.routine.model import Exercise
from voicecoach.timeline.steps import AnyStep, works

VERSION: Final = 1
"""Of the form of the text; a plan of another version is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """The steps of a session as they are planned at the moment, and how far it came."""

    steps: tuple[AnyStep, ...] = ()
    at: int = 0
    """The index of the step to go on with; those before it are over."""
    written: Mapping[int, str] = field(default_factory=dict)
    """The key of the exercise that the routine has in each block: another variation may be done there."""

    @property
    def sets(self) -> int:
        """How many sets it has; the sides of one count together."""
        return len({(work.block, work.set_number) for work in works(self.steps)})


NOTHING: Final = SavedPlan()


def to_json(plan: SavedPlan) -> str:
    """``plan`` as text, with each exercise written once, however many steps it is in."""
    exercises: list[Exercise] = []

    def plain(value: object) -> object:
        if not isinstance(value, Exercise):
            return _plain(value)
        if value not in exercises:
            exercises.append(value)
        return exercises.index(value)

    steps = json.dumps(plan, default=plain)
    named = json.dumps([_plain(each) for each in exercises], default=_plain)
    return f'{{"version": {VERSION}, "plan": {steps}, "exercises": {named}}}'


def from_json(text: str) -> SavedPlan:
    """The plan in ``text``. Raises ValueError for a text of another version, or that makes no sense."""
    try:
        raw = json.loads(text)
        if raw["version"] != VERSION:
            raise ValueError(f"a plan of version {raw['version']}")
        exercises = [_read(Exercise, each, ()) for each in raw["exercises"]]
        plan: SavedPlan = _read(SavedPlan, raw["plan"], exercises)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"a plan that makes no sense: {error!r}") from error
    return plan


def _plain(value: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """The fields of a dataclass that differ from their defaults, with the name of its type."""
    told = {each.name: held for each in fields(value) if (held := getattr(value, each.name)) != each.default}
    return {"type": type(value).__name__} | told


def _read(kind: Any, value: Any, exercises: Sequence[Exercise]) -> Any:  # noqa: ANN401 - any field
    """``value``, as it comes out of JSON, as the ``kind`` of the field that it is for."""
    if get_origin(kind) in {Union, UnionType}:
        kinds = {each.__name__: each for each in get_args(kind) if each is not NoneType}
        kind = kinds[value["type"]] if len(kinds) > 1 else next(iter(kinds.values()))
    origin, inner, read = get_origin(kind) or kind, get_args(kind), value
    if value is None:
        pass
    elif kind is Exercise and isinstance(value, int):
        read = exercises[value]
    elif issubclass(origin, Enum):
        read = origin(value)
    elif issubclass(origin, tuple):
        read = tuple(_read(inner[0], each, exercises) for each in value)
    elif issubclass(origin, Mapping):
        read = {inner[0](key): _read(inner[1], each, exercises) for key, each in value.items()}
    elif is_dataclass(origin):
        hints = _hints(kind)
        read = kind(**{name: _read(hints[name], value[name], exercises) for name in value if name != "type"})
    return read


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
