"""Which exercise suits a person: the one that was planned, the one that is done instead, or none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from voicecoach.routine.model import Caution, Exercise


class Exercises(Protocol):
    """Where exercises are looked up by name."""

    def exercise(self, name: str) -> Exercise:
        """The exercise at its library dose. Raises UnknownName or RoutineError."""
        ...


@dataclass(frozen=True, slots=True)
class Suited:
    """What somebody with cautions does in place of a planned exercise."""

    exercise: Exercise | None
    """The planned one itself, with its dose; another, at its library dose; or None: leave it out."""
    advice: tuple[str, ...] = ()
    """Said with the exercise, for the cautions that it may be done with."""
    because: tuple[Caution, ...] = ()
    """The cautions for which the planned one is replaced or left out; empty when it is done."""


def suited(planned: Exercise, cautions: Collection[Caution], library: Exercises) -> Suited:
    """What somebody to whom ``cautions`` apply does for ``planned``.

    An exercise is replaced by the first alternative of its cautions, and that one is looked at in the same
    way. It is left out when a caution says so, or when alternatives lead back to one already refused.

    Raises UnknownName or RoutineError when an alternative cannot be read.
    """
    exercise, refused, because = planned, set[str](), list[Caution]()
    while True:
        applying = {tag: remedy for tag, remedy in exercise.cautions.items() if tag in cautions}
        refusing = {tag: remedy for tag, remedy in applying.items() if not remedy.advice}
        if not refusing:
            advice = tuple(remedy.advice for remedy in applying.values())
            return Suited(exercise, advice, tuple(dict.fromkeys(because)))
        because += refusing
        refused.add(exercise.id)
        instead = next(remedy.exercise for remedy in refusing.values())
        if any(remedy.leaves_out for remedy in refusing.values()) or instead in refused:
            return Suited(None, (), tuple(dict.fromkeys(because)))
        exercise = library.exercise(instead)
