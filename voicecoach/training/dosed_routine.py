"""A whole routine by the plan: one decision for each exercise, and at most two that rise (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from voicecoach.journal.records import Choice, Decision, DoseChange
from voicecoach.routine.doses import at_dose, dose_of, lower_of, work_seconds
from voicecoach.routine.model import OTHER_SIDE, Do, Dose, Exercise, Kind, Rest, Routine, Sides, Step
from voicecoach.routine.one_side import dose_of_both_sides, has_sides, in_order, standing_in
from voicecoach.routine.rounds import tidied
from voicecoach.routine.suit import drop_waits
from voicecoach.training import limits
from voicecoach.training.exercise_log import History
from voicecoach.training.in_rounds import fitting, growing_within, rounds_of
from voicecoach.training.ladder import Ladder
from voicecoach.training.one_side import seen_from
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


class Slot(NamedTuple):
    """What has a dose of its own in a routine."""

    key: str
    """The key of the exercise."""
    side: str = ""
    """The side that it is for; empty for both, or where there is none."""


@dataclass(frozen=True, slots=True)
class Prescription:
    """The doses of a routine for one day."""

    decisions: tuple[Decision, ...]
    """One for each exercise, in the order of the routine."""
    condition: Condition
    by_slot: Mapping[Slot, Decision] = field(default_factory=dict)
    """The same, with one for each side where the sides of an exercise are apart."""
    wishes: Mapping[str, Choice] = field(default_factory=dict)
    """The person's last pending wish for each exercise, by its key."""


def prescription_for(
    routine: Routine, history: History, today: Today, *, find_variation: FindVariation
) -> Prescription:
    """Return the decisions for ``routine``, which already suits the person.

    An exercise that comes more than once is decided once, or once for each side when these are apart; one
    that comes at different doses never grows, and is decided by the place with the most work.
    ``find_variation`` finds the variations that suit the person.
    """
    today = replace(today, paced=history.paced)
    how = condition(history.sessions, today)
    around = _around(routine, how)
    cases = _cases(routine, history, today, find_variation, around)
    takers = _takers(cases)
    decisions: dict[Slot, Decision] = {}

    def decide(slot: Slot, *, may_rise: bool = True) -> None:
        case = cases[slot]
        suiting = partial(_for_one, slot.key, case.find_variation, takers)
        decisions[slot] = next_dose(
            case.written,
            case.history,
            today,
            find_variation=suiting,
            around=replace(case.around, may_rise=may_rise),
            side=slot.side,
        )
        takers.setdefault(decisions[slot].exercise, slot.key)

    for slot in cases:
        decide(slot)
    counted = (*_COUNTED, Kind.AEROBIC) if load_of(routine) is Load.WALK else _COUNTED
    rising = [slot for slot, made in decisions.items() if made.change.raises]
    rising = [slot for slot in rising if cases[slot].written.kind in counted]
    keys = sorted(dict.fromkeys(slot.key for slot in rising), key=partial(_last_rise, history))
    for slot in rising:
        if slot.key in keys[limits.MOST_ADVANCES :]:
            decide(slot, may_rise=False)
    wishes = {slot.key: wished[-1] for slot in cases if (wished := history.wishes(slot.key))}
    return Prescription(tuple(_together(decisions, cases)), how, decisions, wishes)


def standings(
    routine: Routine, key: str, history: History, today: Today, *, find_variation: FindVariation
) -> tuple[Standing, ...]:
    """Return how far the person is with one exercise of ``routine``, or with each of its sides when these are
    apart; nothing when no decision is made for it.
    """
    today = replace(today, paced=history.paced)
    around = _around(routine, condition(history.sessions, today))
    cases = _cases(routine, history, today, find_variation, around)
    takers = _takers(cases)
    return tuple(
        replace(case, find_variation=partial(_for_one, slot.key, case.find_variation, takers))
        for slot, case in cases.items()
        if slot.key == key
    )


def standing(
    routine: Routine, key: str, history: History, today: Today, *, find_variation: FindVariation
) -> Standing | None:
    """Return how far the person is with one exercise of ``routine``, or with its first side; None without a
    decision for it.
    """
    return next(iter(standings(routine, key, history, today, find_variation=find_variation)), None)


def _cases(
    routine: Routine, history: History, today: Today, find_variation: FindVariation, around: Around
) -> dict[Slot, Standing]:
    """Return everything that is decided for ``routine``, with what it depends on."""
    rounds, routine = rounds_of(routine), growing_within(routine)
    several = _at_several_doses(routine)
    cases: dict[Slot, Standing] = {}
    for written, exercise in _heaviest(routine).items():
        apart = has_sides(exercise) and history.is_apart(written.key)
        for side in exercise.side_order if apart else (written.side,):
            own = in_order(exercise, (side,)) if apart else exercise
            suiting: FindVariation = partial(_on_same_side, own, find_variation)
            seen = seen_from(side, own, history, suiting) if side else history
            limited = around
            if written in several:
                seen, limited = replace(seen, agreements=()), replace(around, grows=False)
            if written.key in rounds:
                suiting = fitting(suiting, len(own.reps))
                limited = replace(limited, rounds=rounds[written.key])
            cases[Slot(written.key, side)] = Standing(own, seen, today, suiting, limited, side=side)
    return cases


def _on_same_side(exercise: Exercise, find_variation: FindVariation, key: str) -> Exercise | None:
    """Find a variation, to be done on the sides on which ``exercise`` is done."""
    found = find_variation(key)
    return found and standing_in(found, exercise)


def _together(decisions: Mapping[Slot, Decision], cases: Mapping[Slot, Standing]) -> Iterator[Decision]:
    """Yield the ``decisions``; one for both sides where these are the same in everything."""
    told: set[Slot] = set()
    for slot, made in decisions.items():
        other = Slot(slot.key, OTHER_SIDE.get(slot.side, ""))
        if slot in told:
            continue
        if slot.side and other in decisions:
            same = replace(decisions[other], side=slot.side, based_on=made.based_on) == made
            case = cases[slot]
            done = case.variation(made.exercise) or case.written
            if same and (both := _for_both(made, decisions[other], done)):
                told.add(other)
                yield both
                continue
        yield made


def _for_both(one: Decision, other: Decision, done: Exercise) -> Decision | None:
    """Return what is decided for one side and for the other as one decision; None when they are different.

    ``done`` is the exercise to do on one of them. When it has no sides, it is done once, at the lesser dose.
    """
    if (one.exercise, one.advice, one.leaves_out) != (other.exercise, other.advice, other.leaves_out):
        return None
    if done.sides is Sides.BOTH and one.dose and other.dose:
        return replace(one, side="", dose=lower_of(one.dose, other.dose))
    if one.dose != other.dose:
        return None

    def whole(dose: Dose | None) -> Dose | None:
        return dose and dose_of_both_sides(dose, done.shared or done.sides)

    return replace(one, side="", dose=whole(one.dose), level=whole(one.level))


def apply(routine: Routine, decisions: Iterable[Decision], find_variation: FindVariation) -> Routine:
    """``routine`` with every exercise as decided; what has no decision stays as it is written.

    Of an exercise at several doses each place keeps the same part of its own; a substitute, or what is tried
    again, comes once. Sides with different doses are done one after the other, and what is done in one round
    only is left out of the others.
    """
    made = {Slot(decision.written, decision.side): decision for decision in decisions}
    heaviest, several = _heaviest(routine), _at_several_doses(routine)
    once: set[Slot] = set()
    steps: list[Step] = []
    left_out = False
    for each in routine.steps:
        if not isinstance(each, Do):
            if not (left_out and isinstance(each, Rest)):  # nothing was done that one rests from
                steps.append(each)
            continue
        written = _slot(each.exercise)
        parts = tuple(_parts(each.exercise, made, find_variation))
        later_round = any(one.number > 1 for one in each.rounds)
        kept = [
            (exercise, decision)
            for exercise, decision in parts
            if decision is None
            or not (
                decision.change is DoseChange.REMOVE
                or Slot(written.key, decision.side) in once
                or (decision.one_round and later_round)
            )
        ]
        left_out = not kept
        if left_out or any(decision and decision.exercise != written.key for _, decision in parts):
            drop_waits(steps)
        for part, decision in kept:
            exercise = part
            if decision is not None:
                exercise = _decided(part, decision, find_variation)
            if decision is not None and written in several:
                if decision.substitute or decision.change is DoseChange.OFFER:
                    once.add(Slot(written.key, decision.side))
                else:
                    most = in_order(heaviest[written], part.order)
                    exercise = _in_proportion(exercise, part, most)
            steps.append(replace(each, exercise=exercise))
    return replace(routine, steps=tidied(steps))


def _parts(
    exercise: Exercise, made: Mapping[Slot, Decision], find_variation: FindVariation
) -> Iterator[tuple[Exercise, Decision | None]]:
    """Yield ``exercise`` with what was decided for it, or each of its sides when that is not the same."""
    own = made.get(_slot(exercise))
    sides = [(side, made.get(Slot(exercise.key, side))) for side in exercise.side_order]
    decided = [decision for _, decision in sides if decision is not None]
    if own is not None or len(decided) < 2 or not has_sides(exercise):
        yield exercise, own
        return
    one, other = decided
    on_one = in_order(exercise, exercise.side_order[:1])
    done = _decided(on_one, one, find_variation)
    if both := _for_both(one, other, done):
        yield exercise, both
    else:
        yield from ((in_order(exercise, (side,)), decision) for side, decision in sides)


def _slot(exercise: Exercise) -> Slot:
    return Slot(exercise.key, exercise.only_side)


def _around(routine: Routine, how: Condition) -> Around:
    return Around(
        grows=routine.grows,
        routine=routine.id,
        calm=CALM in routine.phases,
        condition=how,
    )


def _decided(written: Exercise, decision: Decision, find_variation: FindVariation) -> Exercise:
    exercise = written
    if decision.exercise != written.key and (found := find_variation(decision.exercise)):
        exercise = standing_in(found, written)
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


def _heaviest(routine: Routine) -> Mapping[Slot, Exercise]:
    """Map each exercise, or each side of it that is done alone, to the place with the most work."""
    found: dict[Slot, Exercise] = {}
    for exercise in routine.exercises:
        here = found.setdefault(_slot(exercise), exercise)
        if work_seconds(exercise) > work_seconds(here):
            found[_slot(exercise)] = exercise
    return found


def at_several_doses(routine: Routine) -> frozenset[str]:
    """Return the exercises that come more than once, and not always at the same dose.

    One side alone is not the same as the other one, or as both.
    """
    return frozenset(each.key for each in _at_several_doses(routine))


def _at_several_doses(routine: Routine) -> frozenset[Slot]:
    heaviest = _heaviest(routine)
    return frozenset(slot for each in routine.exercises if each != heaviest[slot := _slot(each)])


def _takers(cases: Mapping[Slot, Standing]) -> dict[str, str]:
    """Map each variation in use to the exercise of the routine that it replaces."""
    takers = {slot.key: slot.key for slot in cases}
    for slot, case in cases.items():
        for reached in path(case.written, case.history.practices(slot.key), case.find_variation):
            takers.setdefault(reached.key, slot.key)
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
