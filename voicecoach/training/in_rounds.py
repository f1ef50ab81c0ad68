"""Exercises that come in rounds: their rounds are their sets, so no rule adds sets to a round.

The dose of such an exercise is that of one round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from voicecoach.routine.model import Do, Exercise, Routine
from voicecoach.training.variation import FindVariation


def rounds_of(routine: Routine) -> Mapping[str, int]:
    """Return how often each exercise comes in rounds of ``routine``, by its key; only those in rounds.

    Of one that is done on each side alone, each side counts by itself.
    """
    done = (step for step in routine.steps if isinstance(step, Do) and step.rounds)
    times = Counter((step.exercise.key, step.exercise.only_side) for step in done)
    return {key: max(count for (other, _), count in times.items() if other == key) for key, _ in times}


def growing_within(routine: Routine) -> Routine:
    """Return ``routine`` in which no exercise that comes in rounds works up to more sets in a round."""
    rounds = rounds_of(routine)
    steps = (
        replace(step, exercise=_in_a_round(step.exercise, len(step.exercise.reps)))
        if isinstance(step, Do) and step.exercise.key in rounds
        else step
        for step in routine.steps
    )
    return replace(routine, steps=tuple(steps))


def fitting(find_variation: FindVariation, sets: int) -> FindVariation:
    """Return what finds the same variations, each with no more than so many sets in a round."""

    def find(key: str) -> Exercise | None:
        found = find_variation(key)
        return found and _in_a_round(found, sets)

    return find


def _in_a_round(exercise: Exercise, sets: int) -> Exercise:
    """Return ``exercise`` with no more than so many sets, neither to begin with nor as its goal."""
    goal = exercise.goal and replace(exercise.goal, reps=exercise.goal.reps[:sets])
    return replace(exercise, reps=exercise.reps[:sets], goal=goal)
