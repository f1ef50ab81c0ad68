"""Marks where a round begins, in planned or reordered steps: the coach says it there, once."""

from __future__ import annotations

import itertools
from dataclasses import replace

from voicecoach.routine.model import Round
from voicecoach.timeline.steps import AnyStep, Briefing, RestStep, Work

Rounds = tuple[Round, ...]


def marked(steps: tuple[AnyStep, ...]) -> tuple[AnyStep, ...]:
    """Let each rest and each explanation in ``steps`` know the round that begins with what follows it.

    Where the first exercise of a round was left out, that is the next one. Steps that are right already stay
    the same objects.
    """
    following = _following(steps)
    now: Rounds = ()
    """The rounds of the exercise that was explained last."""
    found: list[AnyStep] = []
    for step, rounds in zip(steps, following, strict=True):
        changed = step
        if isinstance(step, Briefing) or (isinstance(step, RestStep) and step.next_exercise is not None):
            changed = replace(step, round=beginning(now, rounds))
        elif isinstance(step, RestStep):
            changed = replace(step, round=None)
        if isinstance(step, Briefing | Work):
            now = rounds
        found.append(step if changed == step else changed)
    return tuple(found)


def beginning(before: Rounds, now: Rounds) -> Round | None:
    """Return the outermost of the rounds ``now`` that were not there ``before``; None when none begins."""
    compared = zip(now, itertools.chain(before, itertools.repeat(None)), strict=False)
    return next((each for each, was in compared if each != was), None)


def _following(steps: tuple[AnyStep, ...]) -> list[Rounds]:
    """Return for each step the rounds of the set that it is, or of the next one."""
    found: list[Rounds] = []
    rounds: Rounds = ()
    for step in reversed(steps):
        rounds = step.rounds if isinstance(step, Work) else rounds
        found.append(rounds)
    return found[::-1]
