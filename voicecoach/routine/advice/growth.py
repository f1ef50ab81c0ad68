"""Advice on how doses, levels and variations rise, or do not."""

from __future__ import annotations

from typing import Final

from voicecoach.routine.bounds import NO_LIMIT, Harder
from voicecoach.routine.model import EFFORT, Exercise, Routine

_GROW: Final = "grow: yes"
_WITHIN_BOUNDS: Final = "grow: {tempo: keep, harder: ask}"


def range_stays(routine: Routine) -> str:
    ranged = (each for each in routine.exercises if each.dose_range)
    found = next((each for each in ranged if not each.bounds.grows), None)
    if routine.grows or found is None:
        return ""
    stays = f"{found.name} stays at the least of {found.dose_range}"
    return f"{stays}, as no dose here grows; add '{_growing(routine)}'"


def level_stays(routine: Routine) -> str:
    laddered = (each for each in routine.exercises if len(each.grades) > 1 and each.grade)
    found = next((each for each in laddered if not (routine.grows or each.bounds.grows)), None)
    if found is None or found.grade is None or found.bounds.grows is False:
        return ""
    stays = f"{found.name} stays at its level '{found.grade.words}'"
    return f"{stays}, as no dose here grows; add '{_growing(routine)}'"


def unbounded(routine: Routine) -> str:
    """Check for exercises that get harder of themselves, or with a key, for somebody with precautions."""
    if not _is_careful(routine) or routine.grow is False or range_stays(routine) or level_stays(routine):
        return ""  # the advice of the other two is the same line
    if not any(map(_is_unbounded, routine.exercises)):
        return ""
    instead = f"in place of '{_GROW}'" if routine.grow else "at the top"
    why = "it has precautions" if routine.instructions.precautions else "it is for somebody after surgery"
    return (
        f"{why}, and nothing bounds how much harder its exercises get; write '{_WITHIN_BOUNDS}' {instead},"
        " or 'grow: no' where every dose should stay"
    )


def _growing(routine: Routine) -> str:
    """Return the line that lets doses rise: within bounds for somebody with precautions."""
    return _WITHIN_BOUNDS if _is_careful(routine) else _GROW


def _is_careful(routine: Routine) -> bool:
    return bool(routine.instructions.precautions) or routine.surgery is not None


def _is_unbounded(exercise: Exercise) -> bool:
    bounds = exercise.bounds
    free = bounds.harder is Harder.YES and bounds.grows is not False
    return exercise.kind in EFFORT and free and bounds.most == NO_LIMIT
