"""What is known of an exercise, as it looks to one of its sides.

As soon as one side was done alone, each has a dose of its own. What was done on both before, or since, counts
for each of them, with its share of the reps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from voicecoach.journal.records import Choice, Decision, SetDone
from voicecoach.routine.dose import Dose
from voicecoach.routine.model import OTHER_SIDE, Do, Exercise, Routine, Sides
from voicecoach.routine.one_side import dose_of_one_side, in_order
from voicecoach.training.exercise_log import History
from voicecoach.training.practice import Practice
from voicecoach.training.variation import FindVariation

Sharing = Callable[[str], Sides]
"""How left and right share a set of an exercise, by its key, when both are done."""


def seen_from(side: str, exercise: Exercise, history: History, find_variation: FindVariation) -> History:
    """Return ``history`` with what concerns one side of ``exercise``, counted as that side alone counts.

    ``exercise`` is done on that side alone, and so is what ``find_variation`` finds.
    """

    def sharing(key: str) -> Sides:
        found = exercise if key == exercise.key else find_variation(key)
        return found.sides_of_both if found else Sides.EACH

    own = (each for each in history.practices(exercise.key) if each.side in {"", side})
    practices = tuple(_from(side, each, sharing) for each in own)
    wishes = (_wish(each, sharing) if each.written == exercise.key else each for each in history.choices)
    other = OTHER_SIDE[side]
    choices = tuple(each for each in wishes if each.written != exercise.key or each.side != other)
    return replace(history, seen={**history.seen, exercise.key: practices}, choices=choices)


def decision_of_one_side(decision: Decision, shared: Sides) -> Decision:
    """Return the share of one side in a ``decision`` for both, where ``shared`` says how they share a set."""

    def one(dose: Dose | None) -> Dose | None:
        return dose and dose_of_one_side(dose, shared)

    return replace(decision, dose=one(decision.dose), level=one(decision.level))


def on_planned_sides(routine: Routine, history: History) -> Routine:
    """Do each exercise of ``routine`` on the sides on which the person wants it for now."""
    steps = (
        replace(step, exercise=in_order(step.exercise, history.order_of(step.exercise.key)))
        if isinstance(step, Do)
        else step
        for step in routine.steps
    )
    return replace(routine, steps=tuple(steps))


def _wish(choice: Choice, sharing: Sharing) -> Choice:
    if choice.dose is None or choice.side in OTHER_SIDE:
        return choice
    return replace(choice, dose=dose_of_one_side(choice.dose, sharing(choice.written)))


def _from(side: str, practice: Practice, sharing: Sharing) -> Practice:
    """Return ``practice`` with the share of one side in what was done on both."""
    decision = practice.decision
    if decision is not None and not decision.side:
        decision = decision_of_one_side(decision, sharing(decision.exercise))
    return replace(
        practice,
        sets=_own(side, practice.sets, sharing),
        others=_own(side, practice.others, sharing),
        elsewhere=tuple(each for each in (*practice.sets, *practice.others) if each.side == OTHER_SIDE[side]),
        decision=decision,
    )


def _own(side: str, sets: Iterable[SetDone], sharing: Sharing) -> tuple[SetDone, ...]:
    """Return the share of one side in ``sets`` of one session."""
    own = [each for each in sets if each.side in {"", side}]
    numbers: dict[tuple[int, str], list[int]] = {}
    for each in own:
        numbers.setdefault((each.block, each.exercise), []).append(each.set_number)

    def share(done: SetDone) -> SetDone:
        shared = Sides.EACH if done.alone else sharing(done.exercise)
        if shared is Sides.ALTERNATE:
            return _half(done)
        if shared is Sides.SWAP and done.sides == 1:  # whole sets are done on one side, and these are its own
            mine = sorted(set(numbers[done.block, done.exercise]))
            return replace(done, set_number=mine.index(done.set_number) + 1, sets=len(mine))
        return done

    return tuple(map(share, own))


def _half(done: SetDone) -> SetDone:
    """Return what was done on one side in a set in which left and right took turns."""
    if done.seconds_planned is not None:  # timed work lasts as long on one side alone
        return done
    planned = (done.reps_planned + 1) // 2
    whole = done.reps >= done.reps_planned
    return replace(
        done, reps=planned if whole else done.reps // 2, reps_planned=planned, seconds=done.seconds / 2
    )
