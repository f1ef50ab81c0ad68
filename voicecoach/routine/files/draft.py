"""The draft of an exercise: what is decided of it so far, while its keys are read."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from voicecoach.routine.files.bound_words import WrittenGrowth
from voicecoach.routine.files.located_yaml import Data, Mistake
from voicecoach.routine.files.references import FindExercise
from voicecoach.routine.files.shapes import DoseShape
from voicecoach.routine.model import Exercise


def _unknown(_: str) -> None:
    """Find no exercise."""


@dataclass
class Draft:
    """An exercise on its way from file to model."""

    exercise: Exercise
    """As it stands so far."""
    base: Exercise | None
    """The library exercise that a routine changes; None for a new one."""
    given: DoseShape
    bad: set[str]
    """Keys with problems; no further problem is noted for them."""
    raw: Data
    """The data as written, to find the place of a text in it."""
    find: FindExercise = _unknown
    """Finds its variations, to name one in a mistake."""
    affected: str = ""
    """The side that the routine names as its ``side``: left or right; empty when it names none."""
    tempo_read: bool = False
    """Whether the seconds of a tempo stand in the rep already."""
    growth: WrittenGrowth | None = None
    """How all exercises of the routine may grow, where they do not say it themselves."""
    mistakes: list[Mistake] = field(default_factory=list)

    def complain(self, key: str, wrong: str, expected: str) -> None:
        """Note a mistake at ``key``, unless the key already has one."""
        if key not in self.bad:
            self.bad.add(key)
            self.mistakes.append(Mistake(wrong, expected, (key,)))

    def get(self, key: str) -> Any:  # noqa: ANN401 - a key that this kind of shape may not have
        """Return the parsed value of ``key``, or None."""
        return getattr(self.given, key, None)

    def written(self, key: str) -> Data:
        """Return what stands at ``key`` in the file, not parsed; None when nothing does."""
        return self.raw.get(key) if isinstance(self.raw, dict) else None

    def put(self, **values: Any) -> None:  # noqa: ANN401 - any field of an exercise
        """Set fields of the exercise."""
        before = self.exercise  # copied for what is new alone: most keys say what holds anyway
        if any(getattr(before, name) != value for name, value in values.items()):
            self.exercise = dataclasses.replace(before, **values)
