"""Decides the sides of an exercise, and which of its texts may name one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.located_yaml import At, Data, Mistake
from voicecoach.routine.model import TURN_OVER, Posture, Sides

_SIDED = re.compile(r"\{(?:side|other)\}")


def decide_sides(draft: Draft) -> None:
    """Decide the sides, and refuse ``{side}`` where there is none."""
    said, in_dose = draft.given.sides, draft.given.reps and draft.given.reps.sides
    if said and in_dose and said.value != in_dose:
        expected = f"'sides: {in_dose}', or no 'sides'"
        draft.complain("sides", "the dose says something else about sides", expected)
    sides = said or (Sides(in_dose) if in_dose else draft.exercise.sides)
    # Position and movement are written for one side or for both, which a routine cannot change.
    before = draft.base.sides if draft.base else sides
    if before is Sides.BOTH is not sides:
        key = "sides" if said else "reps"
        draft.complain(key, "this exercise works both sides at once", "a dose without sides")
        return
    if sides is Sides.BOTH is not before:
        wrong = "this exercise works left and right separately"
        draft.complain("sides", wrong, "each, alternate or swap")
        return
    draft.put(sides=sides)
    _decide_first(draft)
    if not {"sides", "reps"} & draft.bad:
        draft.mistakes += _misplaced(draft.raw, sides)


def _decide_first(draft: Draft) -> None:
    """Decide whether all sets of one side come first, as they do lying on the side, unless the file says."""
    first, each = draft.given.one_side_first, draft.exercise.sides is Sides.EACH
    if first and not each:
        expected = "'sides: each', or leave it out"
        draft.complain("one_side_first", "this exercise does not do each set on both sides", expected)
    if first is None:
        lying = draft.exercise.posture is Posture.SIDE_LYING
        first = draft.base.one_side_first if draft.base else lying
    draft.put(one_side_first=first and each)
    if draft.exercise.one_side_first and draft.base is None and draft.given.change is None:
        draft.put(change=TURN_OVER)


def _misplaced(raw: Data, sides: Sides) -> Iterator[Mistake]:
    """Yield a mistake for each text in ``raw`` that names a side where none is known."""
    for at, text in _texts(raw):
        if not (found := _SIDED.search(text)):
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
