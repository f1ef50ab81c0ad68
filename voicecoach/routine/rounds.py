"""Rounds: what is left of them when a part of a routine is chosen, and how they are counted then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from voicecoach.routine.model import Do, Rest, Round, Step


def at_most_rounds(steps: Iterable[Step], most: int) -> tuple[Step, ...]:
    """Return ``steps`` with at most ``most`` rounds of each group, and no rest where no work follows."""
    kept = [step for step in steps if all(each.number <= most for each in step.rounds)]
    last = max((index for index, step in enumerate(kept) if isinstance(step, Do)), default=-1)
    needed = (
        step
        for index, step in enumerate(kept)
        if index < last or not (isinstance(step, Rest) and step.between)
    )
    return recounted(needed)


def recounted(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return ``steps``, some of which are left out, with their rounds counted anew; a single one is none."""
    return tuple(step for group in _groups(list(steps), 0) for step in _counted(group, 0))


def _counted(steps: list[Step], depth: int) -> Iterator[Step]:
    """Count the rounds of one group at ``depth``, and those inside each of them."""
    if len(steps[0].rounds) <= depth:
        yield from steps
        return
    rounds = [list(of) for _, of in groupby(steps, lambda step: step.rounds[depth].number)]
    for number, of_round in enumerate(rounds, start=1):
        inside = [step for group in _groups(of_round, depth + 1) for step in _counted(group, depth + 1)]
        now = (Round(number, len(rounds)),) if len(rounds) > 1 else ()
        for step in inside:
            yield replace(step, rounds=(*step.rounds[:depth], *now, *step.rounds[depth + 1 :]))


def _groups(steps: list[Step], depth: int) -> Iterator[list[Step]]:
    """Split ``steps`` where one group of rounds at ``depth`` ends and another begins."""
    group: list[Step] = []
    for step in steps:
        if group and not _goes_on(group[-1].rounds[depth:], step.rounds[depth:]):
            yield group
            group = []
        group.append(step)
    if group:
        yield group


def _goes_on(before: tuple[Round, ...], now: tuple[Round, ...]) -> bool:
    if not before or not now:
        return not before and not now
    return before[0].of == now[0].of and before[0].number <= now[0].number
