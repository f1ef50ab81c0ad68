"""Where left becomes right when the first half of all reps is for one side: for the voice and for paper."""

from __future__ import annotations

import itertools
from collections.abc import Sequence


def halves(reps: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The (left, right) reps of each set with ``sides: swap``; ``reps`` are those of each set, in order.

    A single set is split, the odd rep on the left. Of several, each is done on one side, and the sides change
    at the end of the set that is nearest to half of all reps.
    """
    if len(reps) == 1:
        return (((reps[0] + 1) // 2, reps[0] // 2),)
    ends = list(itertools.accumulate(reps))
    swap_at = min(ends, key=lambda done: abs(2 * done - ends[-1]))
    return tuple(
        (count, 0) if done <= swap_at else (0, count) for count, done in zip(reps, ends, strict=True)
    )
