"""The next dose of one exercise, with the reason.

What happened last decides the level that the person has reached (:mod:`~voicecoach.training.rules`), and the
condition of the day how much of it is done (:mod:`~voicecoach.training.day_dose`); with an agreed pace
(:mod:`~voicecoach.training.pace`) the calendar decides both. An exercise that is left
out gets a substitute, which then has a dose of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of
from voicecoach.routine.model import Dose, Exercise, Variation
from voicecoach.training import limits
from voicecoach.training.day_dose import for_today
from voicecoach.training.exercise_log import History, Practice, days_between
from voicecoach.training.ladder import Ladder
from voicecoach.training.pace import paced
from voicecoach.training.readiness import Today
from voicecoach.training.rules import reason, verdict
from voicecoach.training.standing import Around, Standing
from voicecoach.training.variation import FindVariation, no_variations

_ALONE: Final = Around()


def next_dose(
    exercise: Exercise,
    history: History,
    today: Today,
    *,
    find_variation: FindVariation = no_variations,
    around: Around = _ALONE,
) -> Decision:
    """Return the dose of ``exercise``, as the routine has it, for a day.

    ``find_variation`` finds the variations that suit the person.
    """
    return _decision(Standing(exercise, history, today, find_variation, around))


def _decision(case: Standing) -> Decision:
    """The decision, and what it is based on."""
    if case.left_out and not case.may_be_tried:
        return _replaced(case, "left_out")
    if case.is_elsewhere_out:
        return _replaced(case, "left_out")
    if case.suspended:
        return _replaced(case, "leg_suspended")
    if (found := paced(case)) is not None:
        change, why, dose = found.change, found.reason, found.level
    else:
        found = verdict(case)
        change, why, dose = for_today(case, found)
    return Decision(
        written=case.key,
        exercise=found.exercise.key,
        dose=dose,
        level=found.level,
        change=change,
        reason=why,
        advice=found.advice,
        based_on=case.based_on,
    )


def _replaced(case: Standing, why: str) -> Decision:
    """Put a substitute in the place of an exercise that is left out, or leave a hole where none suits.

    The substitute begins with no more work than the exercise that hurt, and then goes its own way.
    """
    keys = (Variation(exercise=key) for key in case.written.substitutes)
    found = next(case.variations(keys), None)
    if found is None:
        return _made(case, case.written, None, DoseChange.REMOVE, reason(why))
    anywhere = replace(case.around, routine="")
    instead = replace(case, written=found, instead_of=case.key, around=anywhere)
    latest = next(reversed(case.history.practices(case.key)), None)
    if instead.practices and latest and latest.exercise == found.key:
        return replace(_decision(instead), substitute=True)
    dose = instead.level_at(found) or dose_of(found)
    last = case.practices[-1].decision if case.practices else None
    tried = last is not None and last.change is DoseChange.OFFER and bool(instead.practices)
    if case.practices and not tried:
        dose = Ladder(found).within(dose, min(map(case.most_after, case.practices[-2:])))
    if latest and latest.is_substitute and _is_careful_after(case, latest):
        dose = Ladder(found).within(dose, case.most_after(latest))
    told = reason(f"{why}_instead", name=found.name)
    return replace(_made(case, found, dose, DoseChange.REPLACE, told), substitute=True)


def _made(
    case: Standing, exercise: Exercise, dose: Dose | None, change: DoseChange, why: Message
) -> Decision:
    return Decision(
        written=case.key,
        exercise=exercise.key,
        dose=dose,
        level=dose,
        change=change,
        reason=why,
        based_on=case.based_on,
    )


def _is_careful_after(case: Standing, practice: Practice) -> bool:
    """Tell whether nothing may be more than in a session with another variation or substitute."""
    gap = days_between(practice.day, case.today.day) >= limits.LAY_OFF_DAYS
    return gap or practice.zone().is_bad or practice.is_unsaid
