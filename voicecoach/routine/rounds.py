"""Rounds: what is left of them when a part of a routine is chosen, and how they are counted then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final, Protocol, TypeVar

from voicecoach.routine.model import Do, Exercise, Pace, Rest, Round, Step

TO_THE_NEXT: Final = 5.0
"""Seconds from one exercise to the next in a round that begins at a fixed time, where no rest is written.
[own choice]"""
LEAST_AT_OWN_PACE: Final = 5.0
"""Seconds that a set at one's own pace gets at least in such a round. [own choice]"""


def every_of(rounds: Iterable[Round]) -> float | None:
    """Return the seconds from the start of a round to that of the next; None where rounds take their time."""
    return next((each.every for each in rounds if each.every), None)


def least_seconds(steps: Sequence[Step]) -> float:
    """Return the seconds that a round of ``steps`` takes at least when it begins at a fixed time."""
    total, worked = 0.0, False
    for step in steps:
        if isinstance(step, Rest):
            total, worked = total + step.seconds, False
        elif isinstance(step, Do):
            total += TO_THE_NEXT * worked + _least(step.exercise)
            worked = True
    return total


def _least(exercise: Exercise) -> float:
    if exercise.pace is not Pace.SELF:
        return exercise.total_seconds
    sets = len(exercise.reps) * exercise.sides_apart
    return (
        LEAST_AT_OWN_PACE * sets + sum(exercise.between_sets) + exercise.change * (exercise.sides_apart - 1)
    )


def at_most_rounds(steps: Iterable[Step], most: int) -> tuple[Step, ...]:
    """Return ``steps`` with at most ``most`` rounds of each group, and no rest where no work follows."""
    return tidied(step for step in steps if all(each.number <= most for each in step.rounds))


def tidied(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return ``steps``, some of which are left out, with rounds counted anew, and no rest between rounds at
    the end.
    """
    return recounted(needed(list(steps)))


def needed(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return ``steps`` without rests between rounds or exercises after which no work follows."""
    last = max((index for index, step in enumerate(steps) if isinstance(step, Do)), default=len(steps))
    return tuple(
        step
        for index, step in enumerate(steps)
        if index < last or not (isinstance(step, Rest) and step.between)
    )


def recounted(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return ``steps``, some of which are left out, with their rounds counted anew; a single one is none."""
    return tuple(step for group in groups(list(steps), 0) for step in _counted(group, 0))


def _counted(steps: list[Step], depth: int) -> Iterator[Step]:
    """Count the rounds of one group at ``depth``, and those inside each of them."""
    if len(steps[0].rounds) <= depth:
        yield from steps
        return
    rounds = of_each_round(steps, depth)
    for number, of_round in enumerate(rounds, start=1):
        inside = [step for group in groups(of_round, depth + 1) for step in _counted(group, depth + 1)]
        for step in inside:
            now = replace(step.rounds[depth], number=number, of=len(rounds))
            yield replace(
                step, rounds=(*step.rounds[:depth], *[now][: len(rounds) - 1], *step.rounds[depth + 1 :])
            )


class _HasRounds(Protocol):
    @property
    def rounds(self) -> tuple[Round, ...]: ...


T = TypeVar("T", bound=_HasRounds)


def groups(steps: Iterable[T], depth: int) -> Iterator[list[T]]:
    """Split ``steps`` where one group of rounds at ``depth`` ends and another begins."""
    group: list[T] = []
    for step in steps:
        if group and not _goes_on(group[-1].rounds[depth:], step.rounds[depth:]):
            yield group
            group = []
        group.append(step)
    if group:
        yield group


def of_each_round(group: Iterable[T], depth: int) -> list[list[T]]:
    """Split a group of rounds at ``depth`` into its rounds."""
    return [list(of) for _, of in groupby(group, lambda step: step.rounds[depth].number)]


def _goes_on(before: tuple[Round, ...], now: tuple[Round, ...]) -> bool:
    if not before or not now:
        return not before and not now
    return before[0].of == now[0].of and before[0].number <= now[0].number
