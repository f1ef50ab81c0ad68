"""Selects a part of a routine: from one step on, only some of its exercises, or fewer sets of each.

A step is called by its number on the sheet (only exercises have one), by its id or by its name. Remarks and
waits before an exercise, and rests after it, stay or go with it.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from voicecoach import names
from voicecoach.errors import UsageError
from voicecoach.routine.files.dose_words import MAX_SETS
from voicecoach.routine.model import Do, Kind, Rest, Routine, Step
from voicecoach.routine.rounds import at_most_rounds, groups, recounted
from voicecoach.routine.suit import Swap
from voicecoach.units import format_count


def starting_at(routine: Routine, step: str) -> Routine:
    """Begin ``routine`` at the first exercise called ``step``. Raises UnknownName."""
    first = _numbers(routine, step)[0]
    return keeping(routine, range(first, len(routine.exercises) + 1))


def only(routine: Routine, steps: Sequence[str]) -> Routine:
    """Reduce ``routine`` to ``steps``, in the order of the routine.

    A number means one exercise; a name means that exercise wherever it comes. Raises UnknownName, and
    UsageError when there are no steps.
    """
    if not steps:
        raise UsageError(f"No step is chosen. {_listing(routine)}")
    return keeping(routine, {number for step in steps for number in _numbers(routine, step)})


def at_most_sets(routine: Routine, sets: int) -> Routine:
    """Limit each exercise of ``routine`` to its first ``sets`` sets, and each group to as many rounds.

    Sets are never added: that would be another dose, not a shorter session. Raises UsageError when ``sets``
    is out of range.
    """
    if not 1 <= sets <= MAX_SETS:
        raise UsageError(f"{sets} is not a possible number of sets. Choose one from 1 to {MAX_SETS}.")
    steps = (
        with_sets(step, min(sets, len(step.exercise.reps))) if isinstance(step, Do) else step
        for step in routine.steps
    )
    return replace(routine, steps=at_most_rounds(steps, sets))


def with_sets(do: Do, sets: int) -> Do:
    """Reduce ``do`` to the first ``sets`` sets of its exercise."""
    return replace(do, exercise=replace(do.exercise, reps=do.exercise.reps[:sets]))


def keeping(routine: Routine, numbers: Collection[int]) -> Routine:
    """Keep only the exercises of ``routine`` with these numbers, counted from 1.

    Steps before an exercise lead to it. A rest belongs to the exercise before it, and is kept only when
    another exercise follows. Steps after the last exercise belong to the end.
    """
    exercises = len(routine.exercises)
    last_kept = max(numbers, default=0)
    before = 0
    """The number of the last exercise so far."""
    steps: list[Step] = []
    for group in groups(routine.steps, 0):  # two that stand side by side stay two, whatever is left of them
        left = []
        for step in group:
            match step:
                case Do():
                    before += 1
                    kept = before in numbers
                case Rest() if before:
                    kept = before in numbers and (before == exercises or before < last_kept)
                case _:
                    kept = min(before + 1, exercises) in numbers
            if kept:
                left.append(step)
        steps += recounted(left)
    return replace(routine, steps=tuple(steps))


def still_told(swaps: Iterable[Swap], routine: Routine) -> tuple[Swap, ...]:
    """Return the ``swaps`` whose replacement is done in this part of the routine."""
    names = {"", *(each.name for each in routine.exercises)}
    return tuple(swap for swap in swaps if swap.instead in names)


def _numbers(routine: Routine, step: str) -> list[int]:
    """Return the numbers of the exercises that ``step`` means. Raises UnknownName when there are none."""
    exercises = routine.exercises
    wanted = step.strip()
    if re.fullmatch(r"\d{1,9}", wanted, re.ASCII) and 1 <= int(wanted) <= len(exercises):
        return [int(wanted)]
    known: dict[str, list[str]] = {}
    for each in exercises:
        known.setdefault(each.key, [each.key]).append(each.name)
    key = names.meant("step", wanted, known, hint=_listing(routine))
    return [number for number, each in enumerate(exercises, start=1) if each.key == key]


def _listing(routine: Routine) -> str:
    """List all steps with their numbers and names."""
    if not routine.exercises:
        return f"There are no exercises in '{routine.name}'."
    steps = (f"{number} {each.id or each.name}" for number, each in enumerate(routine.exercises, start=1))
    return f"The steps of '{routine.name}' are: {', '.join(steps)}."


GENTLE: Final = frozenset({Kind.BREATHING, Kind.MOBILITY, Kind.AEROBIC})
"""The kinds of exercise in a warm-up."""

Sets = Counter[int]
"""The number of sets by the number of each exercise; 0 for those left out."""


def within(routine: Routine, minutes: float, seconds_of: Callable[[Routine], float]) -> Routine:
    """Shorten ``routine`` until it lasts at most ``minutes``.

    ``seconds_of`` returns the length of a routine with everything said; it is called for each version tried.
    Raises UsageError, with the length of the shortest version, when even that is too long.
    """
    if not (math.isfinite(minutes) and minutes > 0):
        raise UsageError(f"{minutes:g} minutes is not a possible length for a session. Choose 1 or more.")
    sets = Counter({number: len(each.reps) for number, each in enumerate(routine.exercises, start=1)})
    gone: list[int] = []
    while (length := seconds_of(_with(routine, sets))) > 60 * minutes:
        number = _next_to_go(routine, sets)
        if number is None:
            raise _too_long(_with(routine, sets), minutes, math.ceil(length / 60))
        sets[number] -= 1
        gone.append(number)
    for number in reversed(gone):
        sets[number] += 1
        if seconds_of(_with(routine, sets)) > 60 * minutes:
            sets[number] -= 1
    return _with(routine, sets)


def warm_up(routine: Routine) -> int:
    """Return how many exercises at the start of ``routine`` are its warm-up."""
    gentle = sum(1 for _ in itertools.takewhile(lambda each: each.kind in GENTLE, routine.exercises))
    return min(gentle, max(1, len(routine.exercises) // 3))


def _next_to_go(routine: Routine, sets: Sets) -> int | None:
    """Return the number of the exercise to lose a set next; None when none can."""
    exercises = dict(enumerate(routine.exercises, start=1))
    ahead = warm_up(routine)
    left = [number for number in exercises if number > ahead and sets[number]]
    if several := [number for number in left if sets[number] > 1]:
        return max(several, key=lambda number: (sets[number], number))
    if len(left) < 2:
        return None
    turns = Counter(each.key for number, each in exercises.items() if sets[number])
    if again := [number for number in left if turns[exercises[number].key] > 1]:
        return max(again, key=lambda number: (turns[exercises[number].key], number))
    spent: Counter[Kind] = Counter()
    for each in routine.exercises[ahead:]:
        spent[each.kind] += round(each.total_seconds)
    return min(left, key=lambda number: (spent[exercises[number].kind], -number))


def _with(routine: Routine, sets: Sets) -> Routine:
    """Give each exercise of ``routine`` this number of sets."""
    numbers = itertools.count(1)
    steps = tuple(
        with_sets(step, sets[next(numbers)]) if isinstance(step, Do) else step for step in routine.steps
    )
    return keeping(replace(routine, steps=steps), {number for number, count in sets.items() if count})


def _too_long(shortest: Routine, minutes: float, least: int) -> UsageError:
    names = " and ".join(f"'{each.name}'" for each in shortest.exercises[-2:])
    given = format_count(minutes, "minute")
    return UsageError(
        f"'{shortest.name}' does not fit into {given}: its shortest version, with {names}, "
        f"takes {least}. Use --minutes {least}, or a shorter routine: 'voicecoach list' has them all."
    )
