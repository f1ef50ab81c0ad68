"""Does an exercise on one side only or beginning with another side, and counts its dose for one side.

All functions are pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from voicecoach.routine.bounds import UNBOUNDED, Most
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, dose_of, halves, within_bounds
from voicecoach.routine.model import LEFT, RIGHT, Do, Exercise, Routine, Sides

SIDES_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "left": (LEFT,),
    "right": (RIGHT,),
    "left first": (LEFT, RIGHT),
    "right first": (RIGHT, LEFT),
}
"""The order of sides in the words by which a person asks for it, which is how it is kept."""


def word_of(order: tuple[str, ...]) -> str:
    """Return the words by which a person asks for ``order``; empty where there is no order."""
    return next((word for word, known in SIDES_SAID.items() if known == order), "")


def has_sides(exercise: Exercise) -> bool:
    """Tell whether left and right can be done one without the other, and both are."""
    return exercise.sides is not Sides.BOTH and not exercise.only_side


def in_order(exercise: Exercise, order: tuple[str, ...]) -> Exercise:
    """Do ``exercise`` on the sides in ``order``, or on the only one that is there.

    One without sides stays as it is, and so does one that is written for one side alone; an empty order
    changes nothing.
    """
    if not (order and has_sides(exercise)):
        return exercise
    if len(order) > 1:
        return replace(exercise, order=order)
    goal = exercise.goal
    return replace(
        exercise,
        sides=Sides.EACH,
        shared=exercise.sides,
        order=order,
        one_side_first=False,
        reps=of_one_side(exercise.reps, exercise.sides),
        goal=goal and replace(goal, reps=of_one_side(goal.reps, exercise.sides)),
        bounds=exercise.bounds.counted(partial(of_one_side, sides=exercise.sides)),
    )


def standing_in(exercise: Exercise, planned: Exercise) -> Exercise:
    """Do ``exercise`` for another one that is ``planned``: for the same region, on the same sides, as far as
    it has any, and with nothing above the bounds of that.
    """
    found = in_order(exercise, planned.order)
    if found.key == planned.key:
        found = replace(found, region=planned.region, grades=planned.grades, grade=planned.grade)
    elif found.region is not planned.region:
        found = replace(found, region=planned.region)
    if planned.bounds is UNBOUNDED or planned.bounds == UNBOUNDED:
        return found
    bounds = planned.bounds
    if planned.sides is not found.sides:  # the same reps on each side at most, however they are shared
        bounds = bounds.counted(partial(of_one_side, sides=planned.sides))
    if found.key != planned.key:  # its load is its own, and the way back to what is planned is free
        free = bounds.free if bounds.free.load is None else Most(load=found.load or 0.0)
        known = {*bounds.variations, planned.key}
        bounds = replace(bounds, free=free, variations=tuple(sorted(known)))
    found = replace(found, bounds=bounds)
    now = dose_of(found)
    bounded = within_bounds(found, now)
    return found if bounded == now else at_dose(found, bounded)


def with_sides(routine: Routine, order: tuple[str, ...]) -> Routine:
    """Do each exercise of ``routine`` in ``order``; see :func:`in_order`."""
    steps = (
        replace(step, exercise=in_order(step.exercise, order)) if isinstance(step, Do) else step
        for step in routine.steps
    )
    return replace(routine, steps=tuple(steps))


def of_one_side(reps: tuple[int, ...], sides: Sides) -> tuple[int, ...]:
    """Return the reps of each set on one side, where ``sides`` says how both share a set of ``reps``."""
    if sides is Sides.ALTERNATE:
        return tuple((count + 1) // 2 for count in reps)
    if sides is Sides.SWAP:
        return tuple(first for first, _ in halves(reps) if first)
    return reps


def of_both_sides(reps: tuple[int, ...], sides: Sides) -> tuple[int, ...]:
    """Return the reps of each set on both sides, when each side has ``reps``."""
    if sides is Sides.ALTERNATE or (sides is Sides.SWAP and len(reps) == 1):
        return tuple(2 * count for count in reps)
    return (*reps, *reps) if sides is Sides.SWAP else reps


def dose_of_one_side(dose: Dose, sides: Sides) -> Dose:
    """Return what is done on one side of a ``dose`` for both."""
    return replace(dose, reps=of_one_side(dose.reps, sides))


def dose_of_both_sides(dose: Dose, sides: Sides) -> Dose:
    """Return the dose for both sides, when each side has ``dose``."""
    return replace(dose, reps=of_both_sides(dose.reps, sides))
