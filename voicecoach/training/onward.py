"""What comes after the goal of an exercise: the next level of its own ladder, a harder variation, a heavier
load; and whether that may come, or waits for the one who prescribed it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from voicecoach.journal.records import Choice, DoseChange
from voicecoach.language.phrases import Message, load_words
from voicecoach.routine.bounds import NO_LIMIT, UNBOUNDED, Harder
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import grade_number, graded, most_of
from voicecoach.routine.model import Do, Exercise, Routine
from voicecoach.routine.one_side import dose_of_one_side
from voicecoach.training.exercise_log import History
from voicecoach.training.ladder import Ladder
from voicecoach.training.standing import TRAINED, Standing


class Further(NamedTuple):
    """The next step beyond the goal of an exercise."""

    exercise: Exercise
    """A harder variation, or the same exercise."""
    dose: Dose
    what: Message
    """What is new, in words: a level, the name of a variation, a load."""
    allowed: bool
    """Whether it comes without a further word of the one who prescribed it."""


def further(case: Standing) -> Further | None:
    """Return the next step beyond the goal, allowed or not; None where there is none, or none ever comes."""
    found = _next(case)
    return found if found and (found.allowed or case.current.bounds.harder is Harder.ASK) else None


def _next(case: Standing) -> Further | None:
    current, level = case.current, case.level
    asked = Ladder(replace(current, bounds=current.bounds.asked))
    if (higher := asked.more_grade(level)) and higher.grade:
        allowed = case.ladder.bounded(higher) == higher
        return Further(current, higher, Message.verbatim(higher.grade.words), allowed)
    found = next(case.variations(current.harder), None) if current.kind in TRAINED else None
    if found is not None:
        begins = Ladder(found).begun_after(case.ladder.work(level))
        return Further(found, begins, Message.verbatim(found.name), current.bounds.lets(found.key))
    if heavier := asked.more_load(level):
        allowed = case.ladder.bounded(heavier) == heavier
        return Further(current, heavier, load_words(heavier.load), allowed)
    return None


def was_told(case: Standing) -> bool:
    """Tell whether the person heard already that what comes after the present level waits."""
    level = case.level
    return any(
        each.decision is not None
        and each.decision.change is DoseChange.ASK
        and each.exercise == case.current.key
        and (at := each.level(case.current)).load == level.load
        and grade_number(at) == grade_number(level)
        for each in case.planned
    )


def with_permissions(routine: Routine, history: History) -> Routine:
    """Return ``routine`` with the bounds of its exercises as far as they were widened since."""
    steps = (
        replace(step, exercise=_permitted(step.exercise, history.permissions(step.exercise.key)))
        if isinstance(step, Do) and step.exercise.bounds != UNBOUNDED
        else step
        for step in routine.steps
    )
    return replace(routine, steps=tuple(steps))


def _permitted(exercise: Exercise, permissions: tuple[Choice, ...]) -> Exercise:
    if not permissions:
        return exercise
    bounds = exercise.bounds
    for each in permissions:
        dose = each.dose and graded(exercise, each.dose)
        if dose and exercise.only_side:
            dose = dose_of_one_side(dose, exercise.sides_of_both)
        bounds = bounds.allowing(most_of(dose) if dose else NO_LIMIT, each.variation)
    return replace(exercise, bounds=bounds)
