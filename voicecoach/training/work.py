"""How much of a dose was done, as a share of it and in seconds of work.

All functions are pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from voicecoach.journal.records import SetDone
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, work_at, work_seconds
from voicecoach.routine.model import Exercise, Sides
from voicecoach.training import limits
from voicecoach.training.practice import Practice, planned_in, times_planned

_NEARLY: Final = 1 - limits.NEARLY_PERCENT / 100
"""Timed work that was left in its last moments counts as whole."""


def work_done(practice: Practice, exercise: Exercise) -> float:
    """Return the seconds of work that were done of what was planned, on all sides.

    ``exercise`` is the one that was planned, at any dose. A rep that was not done to its end counts as far as
    it was heard, one that was slower than planned like any other, and what was more than planned not at all.
    What was done of a variation that the person changed to counts as well.
    """
    dose = practice.planned(exercise)
    there = at_dose(exercise, dose)
    whole, others = work_seconds(there), sum(each.seconds for each in practice.others)
    if dose.duration is not None:
        done = whole * _timed(dose, practice.sets, exercise.sides_apart) + others
        return done if whole - done > limits.NEARLY_SECONDS else whole
    rep = sum(phase.seconds for phase in there.rep)
    times = _times(practice.sets, exercise.sides, partial(work_at, exercise)) or 1
    return min(whole, sum(_heard(each, rep) for each in practice.sets) / times + others)


def _heard(done: SetDone, rep: float) -> float:
    """The seconds of a set, when each of its reps takes ``rep``."""
    most = min(done.reps + 1, done.reps_planned)
    return min(max(done.seconds, done.reps * rep), most * rep)


def share_done(planned: Dose, sets: Sequence[SetDone], sides: int) -> float:
    """Return the share of a dose that was done; an explanation may have split a set into parts.

    An exercise that comes twice in a session is to be done twice, each time at the dose of that place.
    """
    if planned.duration is not None:
        share = _timed(planned, sets, sides)
        return 1.0 if share >= _NEARLY else share
    pieces, times = _pieces(sets), sides * _times(sets, Sides.EACH, lambda dose: sum(dose.reps))
    reps = sum(
        min(sum(each.reps for each in some), max(each.reps_planned for each in some))
        for some in pieces.values()
    )
    return min(1.0, reps / (sum(planned.reps) * times))


def dose_done(practice: Practice, exercise: Exercise) -> Dose | None:
    """Return the dose that was done on each side; None when it was nothing.

    Half counts of a set that was done on one side only. ``exercise`` is the one that was planned, at any
    dose. Where it comes twice, it is the place with less of it.
    """
    planned = practice.planned(exercise)
    timed = planned.duration is not None
    places: dict[int, dict[int, dict[str, float]]] = {}
    for (block, number, side), some in _pieces(practice.sets).items():
        by_side = places.setdefault(number, {}).setdefault(block, {})
        by_side[side] = sum(each.seconds if timed else each.reps for each in some)
    together = _on_each_side if exercise.sides_apart > 1 else sum
    least = max if practice.reached(exercise) else min
    amounts = [
        least(together(by_side.values()) for by_side in places[number].values()) for number in sorted(places)
    ]
    if not (amounts := list(filter(None, amounts))):
        return None
    load = max(planned.load, min(each.load for each in practice.sets))
    if planned.duration is None:
        return replace(planned, reps=tuple(map(round, amounts)), load=load)
    mean = sum(amounts) / len(amounts)
    missing = min(limits.NEARLY_SECONDS, planned.duration * limits.NEARLY_PERCENT / 100)
    length = planned.duration if abs(mean - planned.duration) <= missing else max(1, round(mean))
    return replace(planned, reps=(1,) * len(amounts), duration=length, load=load)


def _on_each_side(done: Collection[float]) -> float:
    """Return how much of a set was done on each side; half when it is only one side's."""
    return min(done) if len(done) == 2 else sum(done) // 2


def _timed(planned: Dose, sets: Sequence[SetDone], sides: int) -> float:
    """Return the share of timed work that was done."""
    most = planned.duration or 0.0
    times = sides * _times(sets, Sides.EACH, lambda dose: len(dose.reps) * (dose.duration or 0.0))
    done = sum(min(most, sum(each.seconds for each in some)) for some in _pieces(sets).values())
    return done / (most * len(planned.reps) * times) if done else 0.0


def _times(sets: Sequence[SetDone], sides: Sides, weigh: Callable[[Dose], float]) -> float:
    """Return how often an exercise was to come, where one place of it may have a part of another's dose.

    ``weigh`` tells how much a dose is.
    """
    places: dict[int, list[SetDone]] = {}
    for each in sets:
        places.setdefault(each.block, []).append(each)
    amounts = [weigh(planned_in(some, sides)) for some in places.values()]
    most = max(amounts, default=0.0)
    begun = sum(each / most for each in amounts) if most else len(amounts)
    return begun + times_planned(sets) - len(amounts)


def _pieces(sets: Sequence[SetDone]) -> dict[tuple[int, int, str], list[SetDone]]:
    """Return the parts of each set on each side."""
    pieces: dict[tuple[int, int, str], list[SetDone]] = {}
    for each in sets:
        pieces.setdefault((each.block, each.set_number, each.side), []).append(each)
    return pieces
