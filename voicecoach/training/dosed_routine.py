"""A whole routine by the plan: one decision for each exercise, and at most two that rise (rule 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from typing import Final, NamedTuple

from voicecoach.journal.records import Choice, Decision, DoseChange
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, dose_of, lower_of, work_seconds
from voicecoach.routine.model import OTHER_SIDE, Do, Exercise, Kind, Rest, Routine, Sides, Step
from voicecoach.routine.one_side import dose_of_both_sides, has_sides, in_order, standing_in
from voicecoach.routine.rounds import tidied
from voicecoach.routine.suit import drop_waits
from voicecoach.training import limits
from voicecoach.training.exercise_log import History
from voicecoach.training.in_rounds import fitting, growing_within, rounds_of
from voicecoach.training.ladder import Ladder
from voicecoach.training.one_side import seen_from
from voicecoach.training.prescribe import decided
from voicecoach.training.readiness import Condition, Today, condition
from voicecoach.training.standing import TRAINED, Around, Standing
from voicecoach.training.variation import FindVariation, path
from voicecoach.training.week_plan import Load, load_of

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


Apart = Callable[[str], bool]
"""Whether each side of an exercise has a dose of its own, by its key."""


@dataclass(frozen=True, slots=True)
class Prescription:
    """The doses of a routine for one day."""

    decisions: tuple[Decision, ...]
    """One for each exercise, in the order of the routine."""
    condition: Condition
    by_slot: Mapping[Slot, Decision] = field(default_factory=dict)
    """The same, with one for each side where the sides of an exercise are apart."""
    wishes: Mapping[Slot, Choice] = field(default_factory=dict)
    """The person's last pending wish for each exercise, and for each of its sides where they are apart."""
    permissions: Mapping[str, Choice] = field(default_factory=dict)
    """What whoever prescribed an exercise allowed last beyond its bounds, by its key."""


def prescription_for(
    routine: Routine, history: History, today: Today, *, find_variation: FindVariation
) -> Prescription:
    """Return the decisions for ``routine``, which already suits the person.

    An exercise that comes more than once is decided once, or once for each side when these are apart; one
    that comes at different doses never grows, and is decided by the place with the most work.
    ``find_variation`` finds the variations that suit the person.
    """
    history = history.of(routine.for_region)
    today = replace(today, paced=history.paced, region=routine.for_region)
    how = condition(history.sessions, today)
    around = _around(routine, how)
    cases = _cases(routine, history, today, find_variation, around)
    takers = _takers(cases)
    decisions: dict[Slot, Decision] = {}

    def decide(slot: Slot, *, may_rise: bool = True) -> None:
        case = _unless_taken(cases[slot], takers)
        decisions[slot] = decided(replace(case, around=replace(case.around, may_rise=may_rise)))
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
    together = tuple(_together(decisions, cases, _on_one_side(routine)))
    permissions = {slot.key: said[-1] for slot in cases if (said := history.permissions(slot.key))}
    return Prescription(together, how, decisions, dict(_wishes(cases, history)), permissions)


def standings(
    routine: Routine, key: str, history: History, today: Today, *, find_variation: FindVariation
) -> tuple[Standing, ...]:
    """Return how far the person is with one exercise of ``routine``, or with each of its sides when these are
    apart; nothing when no decision is made for it.
    """
    history = history.of(routine.for_region)
    today = replace(today, paced=history.paced, region=routine.for_region)
    around = _around(routine, condition(history.sessions, today))
    cases = _cases(routine, history, today, find_variation, around)
    takers = _takers(cases)
    return tuple(_unless_taken(case, takers) for slot, case in cases.items() if slot.key == key)


def _cases(
    routine: Routine, history: History, today: Today, find_variation: FindVariation, around: Around
) -> dict[Slot, Standing]:
    """Return everything that is decided for ``routine``, with what it depends on."""
    rounds, routine = rounds_of(routine), growing_within(routine)
    parts = tuple(_places(routine, history.is_apart))
    heaviest = _heaviest(parts)
    several = _at_several_doses(parts, heaviest)
    cases: dict[Slot, Standing] = {}
    for slot, exercise in heaviest.items():
        suiting: FindVariation = cache(partial(_on_same_side, exercise, find_variation))
        seen = seen_from(slot.side, exercise, history, suiting) if slot.side else history
        limited = around
        if exercise.bounds.grows is not None:
            limited = replace(around, grows=exercise.bounds.grows)
        if slot in several:
            seen, limited = replace(seen, agreements=()), replace(around, grows=False)
        if slot.key in rounds:
            suiting = fitting(suiting, len(exercise.reps))
            limited = replace(limited, rounds=rounds[slot.key])
        cases[slot] = Standing(exercise, seen, today, suiting, limited, side=slot.side)
    return cases


def _wishes(cases: Mapping[Slot, Standing], history: History) -> Iterator[tuple[Slot, Choice]]:
    """Yield the last pending wish for each of ``cases``, and for each exercise whose sides are apart."""
    for slot in dict.fromkeys((*cases, *(Slot(each.key) for each in cases))):
        if wishes := cases[slot].wishes if slot in cases else history.wishes(slot.key):
            yield slot, wishes[-1]


def _on_same_side(exercise: Exercise, find_variation: FindVariation, key: str) -> Exercise | None:
    """Find a variation, to be done on the sides on which ``exercise`` is done."""
    found = find_variation(key)
    return found and standing_in(found, exercise)


def _together(
    decisions: Mapping[Slot, Decision], cases: Mapping[Slot, Standing], on_one_side: frozenset[str]
) -> Iterator[Decision]:
    """Yield the ``decisions``; one for both sides where these are the same in everything.

    Not so for an exercise that the routine has ``on_one_side``, as that is about one of them.
    """
    told: set[Slot] = set()
    for slot, made in decisions.items():
        other = Slot(slot.key, OTHER_SIDE.get(slot.side, ""))
        if slot in told:
            continue
        if slot.side and other in decisions and slot.key not in on_one_side:
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
        return dose and dose_of_both_sides(dose, done.sides_of_both)

    return replace(one, side="", dose=whole(one.dose), level=whole(one.level))


def apply(routine: Routine, decisions: Iterable[Decision], find_variation: FindVariation) -> Routine:
    """``routine`` with every exercise as decided; what has no decision stays as it is written.

    Of an exercise at several doses each place keeps the same part of its own; a substitute, or what is tried
    again, comes once. Sides with different doses are done one after the other, and what is done in one round
    only is left out of the others.
    """
    made = {Slot(decision.written, decision.side): decision for decision in decisions}
    apart = _apart_in(made.values())
    placed = tuple(_places(routine, apart))
    heaviest = _heaviest(placed)
    several = _at_several_doses(placed, heaviest)
    once: set[Slot] = set()
    steps: list[Step] = []
    left_out = False
    for each in routine.steps:
        if not isinstance(each, Do):
            if not (left_out and isinstance(each, Rest)):  # nothing was done that one rests from
                steps.append(each)
            continue
        parts = [_Part(slot, part, made.get(slot)) for slot, part in _parts(each.exercise, apart)]
        later_round = any(one.number > 1 for one in each.rounds)
        kept = [
            part
            for part in parts
            if part.decision is None
            or not (
                part.decision.change is DoseChange.REMOVE
                or part.slot in once
                or (part.decision.one_round and later_round)
            )
        ]
        left_out = not kept
        if left_out or any(one.decision and one.decision.exercise != one.slot.key for one in parts):
            drop_waits(steps)
        played: list[_Part] = []
        for slot, part, decision in kept:
            exercise = part
            if decision is not None:
                exercise = _decided(part, decision, find_variation)
                if slot in several:
                    if decision.substitute or decision.change is DoseChange.OFFER:
                        once.add(slot)
                    else:
                        exercise = _in_proportion(exercise, part, heaviest[slot])
            played.append(_Part(slot, exercise, decision))
        steps += [replace(each, exercise=one) for one in _joined(each.exercise, played, find_variation)]
    return replace(routine, steps=tidied(steps))


class _Part(NamedTuple):
    """What is done at one place of a routine, or the part of it on one side."""

    slot: Slot
    exercise: Exercise
    decision: Decision | None
    """What was decided for it; None when nothing was."""


def _joined(written: Exercise, parts: Iterable[_Part], find_variation: FindVariation) -> Iterator[Exercise]:
    """Yield what is done for ``written``, once for both sides where they do the same."""
    done = list(parts)
    whole = [
        replace(part.decision, dose=part.decision.dose and dose_of(part.exercise))
        for part in done
        if part.decision is not None
    ]
    if len(whole) == 2 and (both := _for_both(whole[0], whole[1], done[0].exercise)):
        yield _decided(written, both, find_variation)
    else:
        yield from (part.exercise for part in done)


def _parts(exercise: Exercise, apart: Apart) -> Iterator[tuple[Slot, Exercise]]:
    """Yield ``exercise`` as it stands, or each of its sides when these have doses of their own."""
    if has_sides(exercise) and apart(exercise.key):
        for side in exercise.side_order:
            yield Slot(exercise.key, side), in_order(exercise, (side,))
    else:
        yield Slot(exercise.key, exercise.only_side), exercise


def _places(routine: Routine, apart: Apart) -> Iterator[tuple[Slot, Exercise]]:
    """Yield the parts of all exercises of ``routine``, in its order.

    One that it also has on one side alone is done by side from the first day.
    """
    alone = _on_one_side(routine)
    for exercise in routine.exercises:
        yield from _parts(exercise, lambda key: key in alone or apart(key))


def _on_one_side(routine: Routine) -> frozenset[str]:
    """Return the exercises that ``routine`` has somewhere on one side alone."""
    return frozenset(each.key for each in routine.exercises if each.only_side)


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
        return exercise.advised((*exercise.advice, decision.advice))
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


def places(routine: Routine, decisions: Iterable[Decision]) -> Mapping[Slot, Exercise]:
    """Map what ``decisions`` may be about to its place in ``routine``, to that with the most work of it.

    An exercise whose sides are apart is there by side, and where it stands for both, also as a whole.
    """
    by_side = _places(routine, _apart_in(decisions))
    return {**_heaviest(_places(routine, _never)), **_heaviest(by_side)}


def _apart_in(decisions: Iterable[Decision]) -> Apart:
    return frozenset(each.written for each in decisions if each.side).__contains__


def _never(_: str) -> bool:
    return False


def _heaviest(parts: Iterable[tuple[Slot, Exercise]]) -> Mapping[Slot, Exercise]:
    """Map everything that has a dose of its own to the place with the most work of it."""
    found: dict[Slot, Exercise] = {}
    for slot, part in parts:
        if work_seconds(part) > work_seconds(found.setdefault(slot, part)):
            found[slot] = part
    return found


def several_doses_in(routine: Routine, decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the exercises that come more than once by ``decisions``, and not always at the same dose."""
    return at_several_doses(routine, _apart_in(decisions))


def at_several_doses(routine: Routine, apart: Apart) -> frozenset[str]:
    """Return the exercises that come more than once, and not always at the same dose.

    Where the sides are ``apart``, that is asked of each of them.
    """
    parts = tuple(_places(routine, apart))
    return frozenset(slot.key for slot in _at_several_doses(parts, _heaviest(parts)))


def _at_several_doses(
    parts: Iterable[tuple[Slot, Exercise]], heaviest: Mapping[Slot, Exercise]
) -> frozenset[Slot]:
    return frozenset(slot for slot, part in parts if part != heaviest[slot])


def _takers(cases: Mapping[Slot, Standing]) -> dict[str, str]:
    """Map each variation in use to the exercise of the routine that it replaces."""
    takers = {slot.key: slot.key for slot in cases}
    for slot, case in cases.items():
        for reached in path(case.written, case.history.practices(slot.key), case.find_variation):
            takers.setdefault(reached.key, slot.key)
    return takers


def _unless_taken(case: Standing, takers: Mapping[str, str]) -> Standing:
    """Return ``case`` without the variations that are done for another exercise in the same session."""
    return replace(case, find_variation=partial(_for_one, case.key, case.find_variation, takers))


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
