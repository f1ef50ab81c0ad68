"""Reads the dose of an exercise, gives it another one within its bounds, and splits reps between sides."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from voicecoach.routine.bounds import UNBOUNDED, Most, lesser
from voicecoach.routine.dose import Dose, Grade
from voicecoach.routine.model import Exercise, Kind, Sides
from voicecoach.routine.phase import Phase, PhaseKind


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
        grade=exercise.grade,
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
        grade=_known_grade(exercise, dose.grade),
    )


def work_seconds(exercise: Exercise) -> float:
    """Return the total work of ``exercise``: the seconds of all its reps or timed sets, on every side."""
    return exercise.sides_apart * sum(exercise.set_seconds)


def work_at(exercise: Exercise, dose: Dose) -> float:
    """Return the total work of ``exercise`` at another dose, as :func:`work_seconds` of it :func:`at_dose`.

    The rules ask for it so often that the exercise is not made for it.
    """
    duration = exercise.duration if dose.duration is None else dose.duration
    if duration is not None:
        return exercise.sides_apart * sum((duration,) * len(dose.reps))
    rep = sum(_phase_seconds(phase, dose) for phase in exercise.rep)
    return exercise.sides_apart * sum([count * rep for count in dose.reps])


def at_goal(exercise: Exercise) -> Exercise:
    """Give ``exercise`` its goal as its dose, with its own load unless the goal has one."""
    goal = exercise.goal or dose_of(exercise)
    return at_dose(exercise, replace(goal, load=goal.load or exercise.load or 0.0))


def lower_of(one: Dose, other: Dose) -> Dose:
    """Return the lesser of two doses of one exercise, variable by variable."""
    return Dose(
        reps=tuple(map(min, one.reps, other.reps)),
        hold=lesser(one.hold, other.hold),
        duration=lesser(one.duration, other.duration),
        lowering=lesser(one.lowering, other.lowering),
        load=min(one.load, other.load),
        counted=one.counted,
        grade=_lower_grade(one.grade, other.grade),
    )


def no_heavier(dose: Dose, than: Dose) -> Dose:
    """Return ``dose`` with no more load, and at no higher level, than another one of the same exercise."""
    return replace(dose, load=min(dose.load, than.load), grade=_lower_grade(dose.grade, than.grade))


def raised(before: Dose, after: Dose) -> tuple[str, ...]:
    """Return the names of the variables in which ``after`` asks for more than ``before``."""
    more = {
        "sets": len(after.reps) > len(before.reps),
        "reps": any(new > old for old, new in zip(before.reps, after.reps, strict=False)),
        "hold": (after.hold or 0) > (before.hold or 0),
        "duration": (after.duration or 0) > (before.duration or 0),
        "lowering": (after.lowering or 0) > (before.lowering or 0),
        "load": after.load > before.load,
        "grade": grade_number(after) > grade_number(before),
    }
    return tuple(name for name, is_more in more.items() if is_more)


def grade_number(dose: Dose) -> int:
    """Return the number of the level of a dose; 0 without one."""
    return dose.grade.number if dose.grade else 0


def graded(exercise: Exercise, dose: Dose) -> Dose:
    """Return ``dose`` with its level as ``exercise`` has it now; it stays where that has no ladder."""
    return _at_known_grade(exercise, dose) if exercise.grade else dose


def most_of(dose: Dose) -> Most:
    """Return a dose as a limit."""
    return Most(
        reps=dose.reps,
        hold=dose.hold,
        duration=dose.duration,
        load=dose.load,
        grade=dose.grade.number if dose.grade else None,
    )


def within_bounds(exercise: Exercise, dose: Dose) -> Dose:
    """Return ``dose`` with nothing above the bounds of ``exercise``, which is at the dose it begins with."""
    dose = _at_known_grade(exercise, dose)
    if exercise.bounds is UNBOUNDED or exercise.bounds == UNBOUNDED:
        return dose
    most = exercise.bounds.ceiling
    reps = dose.reps
    if most.reps is not None:
        unit = 2 if exercise.sides is Sides.ALTERNATE else 1
        tops = (max(unit, top // unit * unit) for top in most.reps)
        timed = dose.duration is not None
        reps = tuple(now if timed else min(now, top) for now, top in zip(reps, tops, strict=False))
    grade = dose.grade
    if most.grade is not None and grade is not None and grade.number > most.grade:
        grade = exercise.grades[max(1, most.grade) - 1]
    kept = exercise.bounds.tempo_kept and dose.lowering is not None
    return replace(
        dose,
        reps=reps,
        hold=dose.hold if dose.hold is None else lesser(dose.hold, most.hold),
        duration=dose.duration if dose.duration is None else lesser(dose.duration, most.duration),
        lowering=dose_of(exercise).lowering if kept else dose.lowering,
        load=_load_within(exercise, dose.load, most.load),
        grade=grade,
    )


def at_most_dose(exercise: Exercise) -> Exercise:
    """Give ``exercise`` the most that its bounds take, as far as they limit its dose."""
    most, begins = exercise.bounds.most, dose_of(exercise)
    dose = replace(
        begins,
        reps=most.reps or begins.reps,
        hold=most.hold or begins.hold,
        duration=most.duration or begins.duration,
        load=begins.load if most.load is None else most.load,
    )
    grade = exercise.grades[most.grade - 1] if most.grade and exercise.grades else None
    return replace(at_dose(exercise, dose), grade=grade)


def _load_within(exercise: Exercise, load: float, most: float | None) -> float:
    """Return the load, or the heaviest at hand up to ``most``; 0 when there is none."""
    if most is None or load <= most:
        return load
    known = {*exercise.weights, exercise.load or 0.0}
    return max((each for each in known if each <= most), default=0.0)


def _at_known_grade(exercise: Exercise, dose: Dose) -> Dose:
    grade = _known_grade(exercise, dose.grade)
    return dose if grade == dose.grade else replace(dose, grade=grade)


def _known_grade(exercise: Exercise, grade: Grade | None) -> Grade | None:
    """Return the level of ``exercise`` that has these words, or that it begins with.

    Of a ladder with other words the number counts, as far as it is no higher than that.
    """
    begins = exercise.grade
    if begins is None or grade is None:
        return begins
    found = next((each for each in exercise.grades if each.words == grade.words), None)
    if found is not None:
        return found
    return exercise.grades[min(max(1, grade.number), begins.number) - 1]


def _lower_grade(one: Grade | None, other: Grade | None) -> Grade | None:
    return one if other is None else other if one is None else min(one, other, key=lambda each: each.number)


def _phase(phase: Phase, dose: Dose) -> Phase:
    seconds = _phase_seconds(phase, dose)
    return phase if seconds == phase.seconds else replace(phase, seconds=seconds)


def _phase_seconds(phase: Phase, dose: Dose) -> float:
    if phase.is_hold and dose.hold is not None:
        return dose.hold
    if phase.kind is PhaseKind.LOWER and dose.lowering is not None:
        return dose.lowering
    return phase.seconds


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
