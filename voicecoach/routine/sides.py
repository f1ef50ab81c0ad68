"""Splits reps between left and right when each side gets half of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence


def halves(reps: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the (left, right) reps of each set with ``sides: swap``; ``reps`` has the reps of each set.

    A single set is split, with the odd rep on the left. Several sets are done on one side each, and the sides
    change after the set whose end is nearest to half of all reps.
    """
    if len(reps) == 1:
        return (((reps[0] + 1) // 2, reps[0] // 2),)
    ends = list(itertools.accumulate(reps))
    swap_at = min(ends, key=lambda done: abs(2 * done - ends[-1]))
    return tuple(
        (count, 0) if done <= swap_at else (0, count) for count, done in zip(reps, ends, strict=True)
    )
