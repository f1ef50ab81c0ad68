"""The dose in an exercise, and an exercise at another dose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from voicecoach.journal.records import Dose, SetDone
from voicecoach.routine.model import Exercise, Kind, Phase

LOWERING: Final = ("lower", "down")
"""Names of the phase in which weight goes down under control."""


def dose_of(exercise: Exercise) -> Dose:
    """The dose written in ``exercise``. Lowering counts in strength only, where it makes a set harder."""
    lowers = exercise.kind is Kind.STRENGTH
    return Dose(
        reps=exercise.reps,
        hold=next((phase.seconds for phase in exercise.rep if phase.is_hold), None),
        duration=exercise.duration,
        lowering=next((phase.seconds for phase in exercise.rep if lowers and phase.name in LOWERING), None),
    )


def at_dose(exercise: Exercise, dose: Dose) -> Exercise:
    """``exercise`` with another dose; what the dose does not say stays as it is."""
    return replace(
        exercise,
        reps=dose.reps,
        duration=exercise.duration if dose.duration is None else dose.duration,
        rep=tuple(_phase(phase, dose) for phase in exercise.rep),
    )


def planned_in(sets: Sequence[SetDone]) -> Dose:
    """The dose that was planned for the sets of one exercise in one session, as far as it was begun.

    ``sets`` holds at least one. Sets that were never reached count as long as the last one that was.
    """
    first = sets[0]
    reps = {each.set_number: each.reps_planned for each in sets}
    number = max(each.sets for each in sets)
    last = reps[max(reps)]
    return Dose(
        reps=tuple(reps.get(each, last) for each in range(1, number + 1)),
        hold=first.hold,
        duration=first.seconds_planned,
        lowering=first.lowering,
        load=first.load,
    )


def _phase(phase: Phase, dose: Dose) -> Phase:
    if phase.is_hold and dose.hold is not None:
        return replace(phase, seconds=dose.hold)
    if phase.name in LOWERING and dose.lowering is not None:
        return replace(phase, seconds=dose.lowering)
    return phase
