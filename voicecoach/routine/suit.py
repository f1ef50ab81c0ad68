"""Chooses the exercise that suits a person: the planned one, an alternative, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from voicecoach.errors import RoutineError, UnknownName
from voicecoach.routine.bounds import Most
from voicecoach.routine.model import (
    Caution,
    Do,
    Exercise,
    Remedy,
    Rest,
    Routine,
    Step,
    Wait,
)
from voicecoach.routine.one_side import standing_in
from voicecoach.routine.profile import WEIGHT, Profile
from voicecoach.routine.rounds import recounted

HOUSEHOLD: Final = frozenset({"chair", "cushion", "mat", "pillow", "stick", "strap", "towel", "wall"})
"""What people have who did not say what they have [own choice]: a strap may be a towel, a stick a broom. No
ball, step, weight or backpack to fill.
"""


NEW_HIP: Final = (Caution.OP, Caution.HIP)
"""The cautions that hold for a hip replaced lately in an exercise that does not name one: it is both."""


class Exercises(Protocol):
    """Looks exercises up by name."""

    def exercise(self, name: str) -> Exercise:
        """Return the exercise at its library dose. Raises UnknownName or RoutineError."""
        ...


def readable(library: Exercises, name: str) -> Exercise | None:
    """Return the exercise at its library dose; None when there is none or its file has mistakes."""
    try:
        return library.exercise(name)
    except (RoutineError, UnknownName):
        return None


@dataclass(frozen=True, slots=True)
class Suited:
    """What a person with cautions does for a planned exercise."""

    exercise: Exercise | None
    """The planned one itself, with its dose; another, at its library dose; or None: leave it out."""
    advice: tuple[str, ...] = ()
    """Advice said with the exercise, for cautions that allow it; of what ``care_order`` ranks, one piece."""
    because: tuple[Caution, ...] = ()
    """The cautions that replace or leave out the planned one; empty when it is done."""


def remedies(exercise: Exercise, cautions: Collection[Caution]) -> dict[Caution, Remedy]:
    """Return what ``exercise`` asks of a person with these ``cautions``.

    For a new hip it is what it asks of one, and of a hip in general only where it asks nothing of a new one.
    """
    applying = set(cautions)
    if Caution.HIP_NEW in applying:
        if Caution.HIP_NEW in exercise.cautions:
            applying.discard(Caution.HIP)
        else:
            applying.update(NEW_HIP)
    return {tag: remedy for tag, remedy in exercise.cautions.items() if tag in applying}


def told_as(tag: Caution, cautions: Collection[Caution]) -> Caution:
    """Return the caution that is told as the reason where ``tag`` decides for a person with ``cautions``."""
    new = Caution.HIP_NEW in cautions and (tag is Caution.HIP or (tag in NEW_HIP and tag not in cautions))
    return Caution.HIP_NEW if new else tag


def suited(planned: Exercise, cautions: Collection[Caution], library: Exercises) -> Suited:
    """Decide what a person with these ``cautions`` does for ``planned``.

    The first alternative of the exercise's cautions replaces it and is checked in the same way. The exercise
    is left out when a caution says so, or when the alternatives lead back to one already refused.

    Raises UnknownName or RoutineError when an alternative cannot be read.
    """
    exercise, refused, because = planned, set[str](), list[Caution]()
    while True:
        applying = remedies(exercise, cautions)
        refusing = {tag: remedy for tag, remedy in applying.items() if not remedy.advice}
        if not refusing:
            unheard = [tag for tag in exercise.care_order if tag in applying][1:]
            advice = tuple(remedy.advice for tag, remedy in applying.items() if tag not in unheard)
            return Suited(exercise, advice, tuple(dict.fromkeys(because)))
        because += (told_as(tag, cautions) for tag in refusing)
        refused.add(exercise.id)
        instead = next(remedy.exercise for remedy in refusing.values())
        if any(remedy.leaves_out for remedy in refusing.values()) or instead in refused:
            return Suited(None, (), tuple(dict.fromkeys(because)))
        exercise = library.exercise(instead)


@dataclass(frozen=True, slots=True)
class Swap:
    """One exercise that is replaced or left out, and why."""

    name: str
    instead: str = ""
    """The name of the replacement; empty when there is none."""
    cautions: tuple[Caution, ...] = ()
    """The cautions against it."""
    missing: tuple[str, ...] = ()
    """The equipment it needs and the person lacks."""


@dataclass(frozen=True, slots=True)
class Tailored:
    """A routine as one person does it."""

    routine: Routine
    """The routine; its exercises carry this person's advice in ``advice``."""
    swaps: tuple[Swap, ...] = ()
    """The exercises replaced or left out, each once, in order."""

    @property
    def empty(self) -> bool:
        """Whether all exercises were left out."""
        return bool(self.swaps) and not self.routine.exercises


def owning(profile: Profile, things: Iterable[str]) -> Profile:
    """Return ``profile`` with these things, those of a routine, when what the person has is only a guess."""
    if not profile.guessed or profile.equipment is None:
        return profile
    return replace(profile, equipment=profile.equipment.union(things))


def tailor(routine: Routine, profile: Profile, library: Exercises) -> Tailored:
    """Adapt ``routine`` to a person with this ``profile``: its exercises, and the weights for them.

    A replacement is done at its own library dose, on the same sides as far as it has any, is itself safe for
    every caution and needs no missing equipment. It replaces one exercise only, wherever that one comes; when
    it is in the session already, the other exercise is left out.

    Raises UnknownName or RoutineError when an alternative cannot be read.
    """
    profile = owning(profile, routine.equipment)
    fates = [(exercise, _fate(exercise, profile, library)) for exercise in routine.exercises]
    stands_for = {planned.key: planned.key for planned, fate in fates if not fate.changed}
    steps: list[Step] = []
    swaps: list[Swap] = []
    remaining = iter(fates)
    left_out = False
    for step in routine.steps:
        if not isinstance(step, Do):
            if not (left_out and isinstance(step, Rest)):  # there is nothing to rest from
                steps.append(step)
            continue
        planned, fate = next(remaining)
        if fate.exercise and stands_for.setdefault(fate.exercise.key, planned.key) != planned.key:
            fate = replace(fate, exercise=None)
        left_out = fate.exercise is None
        if fate.changed:
            drop_waits(steps)
        if fate.exercise:
            fitted = _fitted(fate.exercise, fate.advice, profile)
            fitted = standing_in(fitted, planned) if fate.changed else fitted
            if step.rounds and fate.changed:  # its rounds are its sets
                fitted = replace(fitted, reps=fitted.reps[: len(planned.reps)])
            steps.append(replace(step, exercise=fitted))
        if fate.changed:
            instead = fate.exercise.name if fate.exercise else ""
            swaps.append(Swap(planned.name, instead, fate.because, fate.missing))
    return Tailored(replace(routine, steps=recounted(steps)), tuple(dict.fromkeys(swaps)))


def drop_waits(steps: list[Step]) -> None:
    """Take away the waits that end ``steps``: what they wait for is not needed any more."""
    while steps and isinstance(steps[-1], Wait):
        steps.pop()


def alone(exercise: Exercise, profile: Profile, library: Exercises) -> Exercise | None:
    """Add this ``profile``'s advice and weights to ``exercise``; None when the person should not do it.

    Raises UnknownName or RoutineError when an alternative cannot be read.
    """
    fate = _fate(exercise, profile, library)
    return None if fate.changed or fate.exercise is None else _fitted(exercise, fate.advice, profile)


def _fitted(exercise: Exercise, advice: tuple[str, ...], profile: Profile) -> Exercise:
    """Add what the person has to mind, and the weights they have; one that needs a weight begins with the
    lightest.
    """
    exercise = exercise.advised(advice)
    if exercise.load is None or exercise.weights or not profile.weights:  # a routine may say which there are
        return exercise
    needs_one = WEIGHT in exercise.equipment and not exercise.load
    load = min(profile.weights) if needs_one else exercise.load
    bounds = exercise.bounds
    if needs_one:
        bounds = replace(bounds, free=bounds.free.widened(Most(load=load)))
    return replace(exercise, weights=profile.weights, load=load, bounds=bounds)


@dataclass(frozen=True, slots=True)
class _Fate:
    """The outcome for a planned exercise."""

    exercise: Exercise | None
    """The exercise done for it; None when it is left out."""
    advice: tuple[str, ...] = ()
    because: tuple[Caution, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.because or self.missing)


def _fate(
    planned: Exercise, profile: Profile, library: Exercises, seen: Collection[str] = frozenset()
) -> _Fate:
    """Find the first that suits: ``planned``, its alternative or an easier variation; none in ``seen``."""
    found = suited(planned, profile.cautions, library)
    if found.exercise is None:
        return _Fate(None, (), found.because)
    missing = profile.lacks(found.exercise)
    if not missing:
        return _Fate(found.exercise, found.advice, found.because)
    seen = {*seen, planned.key, found.exercise.key}
    for variation in found.exercise.easier:
        if variation.exercise and variation.exercise not in seen:
            easier = _fate(library.exercise(variation.exercise), profile, library, seen)
            if easier.exercise and easier.exercise.key not in seen:
                return replace(easier, because=found.because, missing=missing)
    return _Fate(None, (), found.because, missing)
