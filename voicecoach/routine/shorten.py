"""A routine made to fit into less time, which keeps what it is mostly about.

Sets go one at a time, in this order, until the rest fits [own choice]:

1. The warm-up stays as it is: the exercises at the start that only breathe, move gently or walk, at most a
   third of all.
2. The last set of the exercise that has most sets, the later one of equals, until each has one. So every
   exercise is still done, and what is left of a pyramid is the set with most reps.
3. Then turns: of what comes several times, as in a circuit, the last turn of the one that comes most often.
4. Then exercises: those of the kind that the routine spends least time on, the last one first. One besides
   the warm-up always stays.

What went last comes back first, as far as there is time for it after all.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from voicecoach.errors import UsageError
from voicecoach.routine.choose import keeping, with_sets
from voicecoach.routine.model import Do, Kind, Routine

GENTLE: Final = frozenset({Kind.BREATHING, Kind.MOBILITY, Kind.AEROBIC})
"""What a warm-up is made of."""

Sets = Counter[int]
"""How many sets of each exercise are done, by its number; none of what is left out."""


def within(routine: Routine, minutes: float, seconds_of: Callable[[Routine], float]) -> Routine:
    """``routine`` when it lasts at most ``minutes``, else a shorter form of it that does.

    ``seconds_of`` says how long a routine lasts with all that is said; it is called for every form that is
    tried. Raises UsageError, which says how long the shortest form is, when that is too long.
    """
    if not (math.isfinite(minutes) and minutes > 0):
        raise UsageError(f"{minutes:g} minutes is no time for a session. Take 1 or more.")
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
    """How many exercises at the start of ``routine`` are its warm-up."""
    gentle = sum(1 for _ in itertools.takewhile(lambda each: each.kind in GENTLE, routine.exercises))
    return min(gentle, max(1, len(routine.exercises) // 3))


def _next_to_go(routine: Routine, sets: Sets) -> int | None:
    """The exercise that is done one set less; None when nothing more can go."""
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
    """``routine`` with so many sets of each exercise."""
    numbers = itertools.count(1)
    steps = tuple(
        with_sets(step, sets[next(numbers)]) if isinstance(step, Do) else step for step in routine.steps
    )
    return keeping(replace(routine, steps=steps), {number for number, count in sets.items() if count})


def _too_long(shortest: Routine, minutes: float, least: int) -> UsageError:
    names = " and ".join(f"'{each.name}'" for each in shortest.exercises[-2:])
    return UsageError(
        f"'{shortest.name}' does not fit into {minutes:g} minutes: its shortest form, with {names}, "
        f"takes {least}. Take --minutes {least}, or a shorter routine: 'voicecoach list' has them all."
    )
