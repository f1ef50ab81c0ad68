"""Rounds that begin at fixed times: what is left of each is shared by its sets at one's own pace, or is rest.

"Every minute on the minute" is a round a minute: who is done early rests until the next one.
"""

from __future__ import annotations

from dataclasses import replace

from voicecoach.routine.model import Pace, Round
from voicecoach.routine.rounds import LEAST_AT_OWN_PACE
from voicecoach.timeline.steps import AnyStep, ChangeSides, RestStep, Work, work_seconds
from voicecoach.units import frames, seconds


def in_time(steps: tuple[AnyStep, ...]) -> tuple[AnyStep, ...]:
    """Return ``steps`` with each round that begins at a fixed time as long as that says."""
    timed: list[AnyStep] = []
    while len(timed) < len(steps):
        step = steps[len(timed)]
        if isinstance(step, Work) and step.every is not None:
            timed += _fitted(steps[len(timed) : _end_of_round(steps, len(timed))], step.every)
        else:
            timed.append(step)
    return tuple(timed)


def from_next_round(steps: tuple[AnyStep, ...], before: tuple[AnyStep, ...]) -> tuple[AnyStep, ...]:
    """Return ``steps`` with each round that has not begun as long as its time; what stays is the same object.

    ``before`` are the steps up to the present one. A round that has begun is left as it is.
    """
    begun = next((_round_of(step) for step in reversed(before) if isinstance(step, Work)), ())
    coming = (at for at in range(len(before), len(steps)) if isinstance(steps[at], Work))
    start = next((at for at in coming if _round_of(steps[at]) != begun), len(steps))
    fitted = (*steps[:start], *in_time(steps[start:]))
    return tuple(old if old == new else new for old, new in zip(steps, fitted, strict=True))


def after_set(steps: tuple[AnyStep, ...], index: int, elapsed: float) -> tuple[AnyStep, ...]:
    """Return ``steps`` when the set at ``index`` is over, so many seconds after its round began.

    The steps after it in its round take what is left of that; outside such rounds nothing changes.
    """
    work = steps[index]
    if not isinstance(work, Work) or work.every is None:
        return steps
    end = _end_of_round(steps, index)
    return (*steps[: index + 1], *_fitted(steps[index + 1 : end], work.every - elapsed), *steps[end:])


def start_of_round(steps: tuple[AnyStep, ...], index: int) -> int:
    """Return the index of the first set in the round of the set at ``index``."""
    now, first = _round_of(steps[index]), index
    for at in range(index, -1, -1):
        step = steps[at]
        if isinstance(step, Work):
            if _round_of(step) != now:
                break
            first = at
    return first


def _end_of_round(steps: tuple[AnyStep, ...], index: int) -> int:
    """Return the index after the last step of the round that the set at ``index`` is in."""
    now, end = _round_of(steps[index]), index + 1
    for at, step in enumerate(steps[index:], start=index):
        if isinstance(step, RestStep) and step.fills:
            return at + 1
        if isinstance(step, Work):
            if _round_of(step) != now:
                break
            end = at + 1
    return end


def _round_of(step: AnyStep) -> tuple[Round, ...]:
    """Return the round that begins at a fixed time, and those around it, without those inside it."""
    rounds = step.rounds if isinstance(step, Work) else ()
    depth = next((number for number, each in enumerate(rounds, start=1) if each.every), 0)
    return rounds[:depth]


def _fitted(steps: tuple[AnyStep, ...], left: float) -> list[AnyStep]:
    """Return the ``steps`` that remain of a round, so that they take the ``left`` seconds of it.

    Sets at one's own pace share what the others leave; without any the rest at the end is as long.
    """
    own = sum(1 for step in steps if _is_own_pace(step))
    free = max(seconds(frames(left) - sum(frames(_fixed(step)) for step in steps)), 0.0)
    fitted: list[AnyStep] = []
    for step in steps:
        if isinstance(step, Work) and _is_own_pace(step):
            fitted.append(replace(step, limit=max(free / own, LEAST_AT_OWN_PACE)))
        elif isinstance(step, RestStep) and step.fills:
            fitted.append(replace(step, seconds=0.0 if own else free))
        else:
            fitted.append(step)
    return fitted


def _is_own_pace(step: AnyStep) -> bool:
    return isinstance(step, Work) and step.exercise.pace is Pace.SELF


def _fixed(step: AnyStep) -> float:
    """Return the seconds that a step takes whatever else is in its round."""
    match step:
        case RestStep(fills=False):
            return step.seconds or 0.0
        case ChangeSides():
            return step.exercise.change
        case Work() if not _is_own_pace(step):
            return work_seconds(step)
        case _:
            return 0.0
