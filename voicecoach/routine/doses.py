"""Reads the dose of an exercise, gives it another one, and splits reps between left and right."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from voicecoach.routine.model import Dose, Exercise, Kind, Phase, PhaseKind


def dose_of(exercise: Exercise) -> Dose:
    """Return the dose of ``exercise``. Lowering counts only in strength work, where it makes a set harder."""
    lowers = [phase.seconds for phase in exercise.rep if phase.kind is PhaseKind.LOWER]
    return Dose(
        reps=exercise.reps,
        hold=next((phase.seconds for phase in exercise.rep if phase.is_hold), None),
        duration=exercise.duration,
        lowering=lowers[0] if lowers and exercise.kind is Kind.STRENGTH else None,
        load=exercise.load or 0.0,
        counted=exercise.counted,
    )


def at_dose(exercise: Exercise, dose: Dose) -> Exercise:
    """Give ``exercise`` another dose; values missing from the dose stay as they are.

    One that takes no load gets none.
    """
    return replace(
        exercise,
        reps=dose.reps,
        duration=exercise.duration if dose.duration is None else dose.duration,
        rep=tuple(_phase(phase, dose) for phase in exercise.rep),
        load=None if exercise.load is None else dose.load,
    )


def work_seconds(exercise: Exercise) -> float:
    """Return the total work of ``exercise``: the seconds of all its reps or timed sets, on every side."""
    return exercise.sides_apart * sum(exercise.set_seconds)


def at_goal(exercise: Exercise) -> Exercise:
    """Give ``exercise`` its goal as its dose, with its own load unless the goal has one."""
    goal = exercise.goal or dose_of(exercise)
    return at_dose(exercise, replace(goal, load=goal.load or exercise.load or 0.0))


def lower_of(one: Dose, other: Dose) -> Dose:
    """Return the lesser of two doses of one exercise, variable by variable."""
    return Dose(
        reps=tuple(map(min, one.reps, other.reps)),
        hold=_least(one.hold, other.hold),
        duration=_least(one.duration, other.duration),
        lowering=_least(one.lowering, other.lowering),
        load=min(one.load, other.load),
        counted=one.counted,
    )


def raised(before: Dose, after: Dose) -> tuple[str, ...]:
    """Return the names of the variables in which ``after`` asks for more than ``before``."""
    more = {
        "sets": len(after.reps) > len(before.reps),
        "reps": any(new > old for old, new in zip(before.reps, after.reps, strict=False)),
        "hold": (after.hold or 0) > (before.hold or 0),
        "duration": (after.duration or 0) > (before.duration or 0),
        "lowering": (after.lowering or 0) > (before.lowering or 0),
        "load": after.load > before.load,
    }
    return tuple(name for name, is_more in more.items() if is_more)


def _least(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else min(one, other)


def _phase(phase: Phase, dose: Dose) -> Phase:
    if phase.is_hold and dose.hold is not None:
        return replace(phase, seconds=dose.hold)
    if phase.kind is PhaseKind.LOWER and dose.lowering is not None:
        return replace(phase, seconds=dose.lowering)
    return phase


def halves(reps: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the reps of each set with ``sides: swap``, on the side that comes first and on the other one.

    ``reps`` has the reps of each set. A single set is split, with the odd rep on the first side. Several sets
    are done on one side each, and the sides change after the set whose end is nearest to half of all reps.
    """
    if len(reps) == 1:
        return (((reps[0] + 1) // 2, reps[0] // 2),)
    ends = list(itertools.accumulate(reps))
    swap_at = min(ends, key=lambda done: abs(2 * done - ends[-1]))
    return tuple(
        (count, 0) if done <= swap_at else (0, count) for count, done in zip(reps, ends, strict=True)
    )
