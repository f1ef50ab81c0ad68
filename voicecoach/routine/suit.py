"""Which exercise suits a person: the one that was planned, the one that is done instead, or none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol

from voicecoach.routine.model import Caution, Do, Exercise, Profile, Rest, Routine, Step


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


@dataclass(frozen=True, slots=True)
class Swap:
    """One exercise that is not done as planned, and why."""

    name: str
    instead: str = ""
    """The name of what is done instead; empty when nothing takes its place."""
    cautions: tuple[Caution, ...] = ()
    """Why it should not be done."""
    missing: tuple[str, ...] = ()
    """Equipment without which it cannot be done."""


@dataclass(frozen=True, slots=True)
class Tailored:
    """A routine as one person does it."""

    routine: Routine
    """Its exercises carry in ``advice`` what this person should mind."""
    swaps: tuple[Swap, ...] = ()
    """Every exercise that is not done as planned, once each, in order."""

    @property
    def empty(self) -> bool:
        """Whether there were exercises and none is left."""
        return bool(self.swaps) and not self.routine.exercises


def tailor(routine: Routine, profile: Profile, library: Exercises) -> Tailored:
    """``routine`` as somebody with this ``profile`` should do it.

    What takes the place of an exercise is done at its own library dose, and is itself safe for every caution
    and needs nothing that is missing. It stands in for one exercise only, wherever that one comes; where it
    is in the session already, nothing takes the other's place.

    Raises UnknownName or RoutineError when an alternative cannot be read.
    """
    fates = [(exercise, _fate(exercise, profile, library)) for exercise in routine.exercises]
    stands_for = {planned.key: planned.key for planned, fate in fates if not fate.changed}
    steps: list[Step] = []
    swaps: list[Swap] = []
    remaining = iter(fates)
    left_out = False
    for step in routine.steps:
        if not isinstance(step, Do):
            if not (left_out and isinstance(step, Rest)):  # nothing was done that one rests from
                steps.append(step)
            continue
        planned, fate = next(remaining)
        if fate.exercise and stands_for.setdefault(fate.exercise.key, planned.key) != planned.key:
            fate = replace(fate, exercise=None)
        left_out = fate.exercise is None
        if fate.exercise:
            steps.append(Do(exercise=replace(fate.exercise, advice=fate.advice)))
        if fate.changed:
            instead = fate.exercise.name if fate.exercise else ""
            swaps.append(Swap(planned.name, instead, fate.because, fate.missing))
    return Tailored(replace(routine, steps=tuple(steps)), tuple(dict.fromkeys(swaps)))


def alone(exercise: Exercise, profile: Profile, library: Exercises) -> Exercise | None:
    """``exercise`` with what somebody with this ``profile`` should mind; None when they should not do it.

    Raises UnknownName or RoutineError when an alternative cannot be read.
    """
    fate = _fate(exercise, profile, library)
    return None if fate.changed or fate.exercise is None else replace(exercise, advice=fate.advice)


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a planned exercise."""

    exercise: Exercise | None
    """What is done for it; None when it is left out."""
    advice: tuple[str, ...] = ()
    because: tuple[Caution, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.because or self.missing)


def _fate(
    planned: Exercise, profile: Profile, library: Exercises, seen: Collection[str] = frozenset()
) -> _Fate:
    """The first that suits: ``planned`` itself, its alternative, or an easier form; ``seen`` do not."""
    found = suited(planned, profile.cautions, library)
    if found.exercise is None:
        return _Fate(None, (), found.because)
    missing = profile.lacks(found.exercise)
    if not missing:
        return _Fate(found.exercise, found.advice, found.because)
    seen = {*seen, planned.key, found.exercise.key}
    for form in found.exercise.easier:
        if form.exercise and form.exercise not in seen:
            easier = _fate(library.exercise(form.exercise), profile, library, seen)
            if easier.exercise and easier.exercise.key not in seen:
                return replace(easier, because=found.because, missing=missing)
    return _Fate(None, (), found.because, missing)
