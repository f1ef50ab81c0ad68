"""A whole routine by the plan: one decision for each exercise, and at most two that rise (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final

from voicecoach.journal.records import Choice, Decision, DoseChange
from voicecoach.routine.doses import at_dose, dose_of, work_seconds
from voicecoach.routine.model import Do, Exercise, Kind, Rest, Routine, Step
from voicecoach.routine.suit import drop_waits
from voicecoach.training import limits
from voicecoach.training.exercise_log import History
from voicecoach.training.ladder import Ladder
from voicecoach.training.prescribe import next_dose
from voicecoach.training.readiness import Condition, Today, condition
from voicecoach.training.standing import TRAINED, Around, Standing
from voicecoach.training.variation import FindVariation, path
from voicecoach.training.week import Load, load_of

CALM: Final = 1
"""The phase whose routines are for a flare (rule 11)."""
_COUNTED: Final = TRAINED
"""The kinds of which only some rise in a session. A warm-up takes no place of theirs, even an aerobic one;
in a routine that is nothing but aerobic, as a walk, that kind counts."""


@dataclass(frozen=True, slots=True)
class Prescription:
    """The doses of a routine for one day."""

    decisions: tuple[Decision, ...]
    """One for each exercise, in the order of the routine."""
    condition: Condition
    wishes: Mapping[str, Choice] = field(default_factory=dict)
    """The person's last pending wish for each exercise, by its key."""


def prescription_for(
    routine: Routine, history: History, today: Today, *, find_variation: FindVariation
) -> Prescription:
    """Return the decisions for ``routine``, which already suits the person.

    An exercise that comes more than once is decided once; one that comes at different doses never grows, and
    is decided by the place with the most work. ``find_variation`` finds the variations that suit the person.
    """
    today = replace(today, paced=history.paced)
    how = condition(history.sessions, today)
    around = _around(routine, how)
    exercises, several = _heaviest(routine), at_several_doses(routine)
    takers = _takers(exercises, history, find_variation)
    decisions: dict[str, Decision] = {}

    def decide(key: str, around: Around) -> None:
        suiting = partial(_for_one, key, find_variation, takers)
        known = replace(history, agreements=()) if key in several else history
        around = replace(around, grows=False) if key in several else around
        decisions[key] = next_dose(exercises[key], known, today, find_variation=suiting, around=around)
        takers.setdefault(decisions[key].exercise, key)

    for key in exercises:
        decide(key, around)
    counted = (*_COUNTED, Kind.AEROBIC) if load_of(routine) is Load.WALK else _COUNTED
    rising = [key for key, made in decisions.items() if made.change.raises and exercises[key].kind in counted]
    for key in sorted(rising, key=partial(_last_rise, history))[limits.MOST_ADVANCES :]:
        decide(key, replace(around, may_rise=False))
    wishes = {key: wished[-1] for key in exercises if (wished := history.wishes(key))}
    return Prescription(tuple(decisions.values()), how, wishes)


def standing(
    routine: Routine, key: str, history: History, today: Today, *, find_variation: FindVariation
) -> Standing | None:
    """Return how far the person is with one exercise of ``routine``; None when no decision is made for it."""
    today = replace(today, paced=history.paced)
    exercises = _heaviest(routine)
    if key not in exercises:
        return None
    suiting = partial(_for_one, key, find_variation, _takers(exercises, history, find_variation))
    around = _around(routine, condition(history.sessions, today))
    if key in at_several_doses(routine):
        history, around = replace(history, agreements=()), replace(around, grows=False)
    return Standing(exercises[key], history, today, suiting, around)


def apply(routine: Routine, decisions: Iterable[Decision], find_variation: FindVariation) -> Routine:
    """``routine`` with every exercise as decided; what has no decision stays as it is written.

    Of an exercise at several doses each place keeps the same part of its own; a substitute, or what is tried
    again, comes once.
    """
    by_key = {decision.written: decision for decision in decisions}
    heaviest, several = _heaviest(routine), at_several_doses(routine)
    once: set[str] = set()
    steps: list[Step] = []
    left_out = False
    for each in routine.steps:
        if not isinstance(each, Do):
            if not (left_out and isinstance(each, Rest)):  # nothing was done that one rests from
                steps.append(each)
            continue
        decision = by_key.get(each.exercise.key)
        key = each.exercise.key
        left_out = decision is not None and (decision.change is DoseChange.REMOVE or key in once)
        if left_out or (decision is not None and decision.exercise != each.exercise.key):
            drop_waits(steps)
        if decision is None:
            steps.append(each)
        elif not left_out:
            exercise = _decided(each.exercise, decision, find_variation)
            if key in several:
                if decision.substitute or decision.change is DoseChange.OFFER:
                    once.add(key)
                else:
                    exercise = _in_proportion(exercise, each.exercise, heaviest[key])
            steps.append(replace(each, exercise=exercise))
    return replace(routine, steps=tuple(steps))


def _around(routine: Routine, how: Condition) -> Around:
    return Around(
        grows=routine.grows,
        routine=routine.id,
        calm=CALM in routine.phases,
        condition=how,
    )


def _decided(written: Exercise, decision: Decision, find_variation: FindVariation) -> Exercise:
    exercise = written if decision.exercise == written.key else find_variation(decision.exercise) or written
    if decision.dose is not None:
        exercise = at_dose(exercise, decision.dose)
    if decision.advice and decision.advice not in exercise.advice:
        return replace(exercise, advice=(*exercise.advice, decision.advice))
    return exercise


def _in_proportion(decided: Exercise, written: Exercise, heaviest: Exercise) -> Exercise:
    """Return what is ``decided`` for the place with the most work, at the part of it that another one has.

    The same exercise keeps the form of its own dose there.
    """
    work = work_seconds(decided) * work_seconds(written) / work_seconds(heaviest)
    dose = dose_of(decided)
    if decided.key == written.key:
        dose = replace(dose_of(written), load=min(dose_of(written).load, dose.load))
    return at_dose(decided, Ladder(decided).within(dose, work))


def _heaviest(routine: Routine) -> Mapping[str, Exercise]:
    """Map each exercise to the place with the most work."""
    found: dict[str, Exercise] = {}
    for exercise in routine.exercises:
        here = found.setdefault(exercise.key, exercise)
        if work_seconds(exercise) > work_seconds(here):
            found[exercise.key] = exercise
    return found


def at_several_doses(routine: Routine) -> frozenset[str]:
    """Return the exercises that come more than once, and not always at the same dose."""
    heaviest = _heaviest(routine)
    return frozenset(each.key for each in routine.exercises if each != heaviest[each.key])


def _takers(
    exercises: Mapping[str, Exercise], history: History, find_variation: FindVariation
) -> dict[str, str]:
    """Map each variation in use to the exercise of the routine that it replaces."""
    takers = {key: key for key in exercises}
    for key, exercise in exercises.items():
        for reached in path(exercise, history.practices(key), find_variation):
            takers.setdefault(reached.key, key)
    return takers


def _for_one(
    owner: str, find_variation: FindVariation, takers: Mapping[str, str], key: str
) -> Exercise | None:
    """A variation for one exercise, unless it is done for another in the same session."""
    return find_variation(key) if takers.get(key, owner) == owner else None


def _last_rise(history: History, key: str) -> date:
    """Return the day on which an exercise last rose; the longest wait comes first."""
    days = (
        session.day
        for session in history.sessions
        for decision in session.decisions
        if decision.written == key and decision.change.raises
    )
    return max(days, default=date.min)
