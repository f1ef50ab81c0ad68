"""The plan of a session as it is saved, so that an interrupted session can go on: as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from voicecoach.plain import read
from voicecoach.routine.model import Exercise
from voicecoach.timeline.steps import AnyStep, works

VERSION: Final = 2
"""Of the form of the text; a plan of another version is not read."""
_EXERCISES: Final = frozenset({"exercise", "next_exercise", "pyramid", "written"})
"""The fields of steps that hold an exercise."""


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
        if isinstance(value, date):
            return value.isoformat()
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
        exercises = [read(Exercise, each) for each in raw["exercises"]]
        return read(SavedPlan, _shared(raw["plan"], exercises))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"a plan that makes no sense: {error!r}") from error


def _plain(value: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """The fields of a dataclass that differ from their defaults, with the name of its type."""
    told = {each.name: held for each in fields(value) if (held := getattr(value, each.name)) != each.default}
    return {"type": type(value).__name__} | told


def _shared(raw: Any, exercises: Sequence[Exercise]) -> Any:  # noqa: ANN401 - what JSON has
    """Put each of the ``exercises`` where ``raw`` has its number."""
    if isinstance(raw, list):
        return [_shared(each, exercises) for each in raw]
    if not isinstance(raw, dict):
        return raw
    return {
        name: exercises[held] if name in _EXERCISES and isinstance(held, int) else _shared(held, exercises)
        for name, held in raw.items()
    }
