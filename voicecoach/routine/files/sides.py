"""Decides the sides of an exercise, and which of its texts may name one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from voicecoach.routine.files.affected import NAME_IT, UNKNOWN
from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.located_yaml import At, Data, Mistake
from voicecoach.routine.files.placeholders import IN_TEXT
from voicecoach.routine.files.side_words import AFFECTED, NO_SIDES, UNAFFECTED
from voicecoach.routine.model import OTHER_SIDE, TURN_OVER, WAY, Posture, Sides
from voicecoach.routine.one_side import of_one_side


def decide_sides(draft: Draft) -> None:
    """Decide the sides and their order, and refuse ``{side}`` where there is none."""
    said, in_dose = draft.given.sides or NO_SIDES, draft.given.reps.sides if draft.given.reps else NO_SIDES
    orders = (_named(draft, "sides", said.order), _named(draft, "reps", in_dose.order))
    for one, other in ((said.shared, in_dose.shared), orders):
        if one and other and one != other:
            draft.complain("sides", "the dose says something else about sides", "the sides in one place only")
    key = "sides" if said != NO_SIDES else "reps" if in_dose != NO_SIDES else "first"
    shared, order = said.shared or in_dose.shared, _with_first(draft, orders[0] or orders[1])
    if draft.base and not shared:  # a dose for what is done on one side, or begins with one, leaves that so
        order = order or draft.base.order
    # Position and movement are written for one side or for both, which a routine cannot change.
    before = draft.base.sides if draft.base else shared or (Sides.EACH if order else draft.exercise.sides)
    sides = shared or before
    if before is Sides.BOTH and (order or sides is not Sides.BOTH):
        draft.complain(key, "this exercise works both sides at once", "a dose without sides")
        return
    if sides is Sides.BOTH is not before:
        wrong = "this exercise works left and right separately"
        draft.complain("sides", wrong, "each, alternate or swap; or left or right, for one side only")
        return
    if len(order) == 1:
        if shared not in {None, Sides.EACH}:
            draft.complain(key, f"one side alone, and '{shared}'", f"'sides: {order[0]}'")
        _one_side(draft)
        sides = Sides.EACH
    else:
        draft.put(shared=None)
    draft.put(sides=sides, order=order or _affected_first(draft, sides))
    _decide_limb(draft, ways=said.ways or in_dose.ways)
    _decide_first(draft)
    if not {"sides", "reps", "first"} & draft.bad:
        draft.mistakes += _misplaced(draft.raw, sides)


def _affected_first(draft: Draft, sides: Sides) -> tuple[str, ...]:
    """Return the order in a routine that names the affected side; empty where nothing has sides."""
    named = draft.affected and sides is not Sides.BOTH
    return (draft.affected, OTHER_SIDE[draft.affected]) if named else ()


def _decide_limb(draft: Draft, *, ways: bool) -> None:
    """Speak of ways, and not of a side, in a new exercise that goes "each way"."""
    if ways and draft.base is None and draft.get("limb") is None:
        draft.put(limb=WAY)


def _with_first(draft: Draft, order: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``order``, or the one that ``first`` says where there is none."""
    first = _named(draft, "first", draft.given.first or ())
    if order and first and order[0] != first[0]:
        draft.complain("first", f"the dose says the {order[0]} side", "the sides in one place only")
    return order or first


def _named(draft: Draft, key: str, order: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``order``, which stands at ``key``, with left and right for the affected side and the other."""
    named = named_sides(order, draft.affected)
    if order and not named:
        draft.complain(key, UNKNOWN, NAME_IT)
    return named


def named_sides(order: tuple[str, ...], affected: str) -> tuple[str, ...]:
    """Return ``order`` with left and right; empty where that depends on a side that nothing names."""
    known = {AFFECTED: affected, UNAFFECTED: OTHER_SIDE.get(affected, "")}
    named = tuple(known.get(side, side) for side in order)
    return named if all(named) else ()


def _one_side(draft: Draft) -> None:
    """Leave the half of dose and goal that is done with one side, where the library counts both together."""
    base, given = draft.base, draft.given.reps
    draft.put(shared=base.sides_of_both if base else Sides.EACH)
    if base is None or base.only_side:
        return
    if not (given and given.reps):
        draft.put(reps=of_one_side(draft.exercise.reps, base.sides))
    if base.goal is not None:
        draft.put(goal=dataclasses.replace(base.goal, reps=of_one_side(base.goal.reps, base.sides)))


def _decide_first(draft: Draft) -> None:
    """Decide whether all sets of one side come first, as they do lying on the side, unless the file says."""
    first, each = draft.given.one_side_first, draft.exercise.sides is Sides.EACH
    if first and not each:
        expected = "'sides: each', or leave it out"
        draft.complain("one_side_first", "this exercise does not do each set on both sides", expected)
    if first is None:
        lying = draft.exercise.posture is Posture.SIDE_LYING
        first = draft.base.one_side_first if draft.base else lying
    draft.put(one_side_first=first and each and draft.exercise.sides_apart > 1)
    if draft.exercise.one_side_first and draft.base is None and draft.given.change is None:
        draft.put(change=TURN_OVER)


def _misplaced(raw: Data, sides: Sides) -> Iterator[Mistake]:
    """Yield a mistake for each text in ``raw`` that names a side where none is known."""
    for at, text in _texts(raw):
        if not (found := IN_TEXT.search(text)):
            continue
        if sides is Sides.BOTH:
            wrong = f"'{found[0]}' in an exercise that works both sides at once"
            yield Mistake(wrong, "'sides: each', 'alternate' or 'swap', or a text without it", at)
        elif at[0] in {"resting", "leaving"}:
            wrong = f"'{found[0]}' in a rest, which may come after either side"
            yield Mistake(wrong, "a sentence without it", at)
        elif sides is Sides.ALTERNATE and at[0] in {"cues", "prompts"}:
            wrong = f"'{found[0]}' in a reminder, which may come in a rep of either side"
            yield Mistake(wrong, "a reminder without it", at)


def _texts(raw: Data, at: At = ()) -> Iterator[tuple[At, str]]:
    match raw:
        case str():
            yield at, raw
        case list():
            for index, item in enumerate(raw):
                yield from _texts(item, (*at, index))
        case dict():
            for key, item in raw.items():
                yield from _texts(item, (*at, key))
