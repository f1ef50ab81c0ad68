"""The workload of an exercise in a session: what was done of it and what would come, against its bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.routine.model import LEFT, RIGHT, Exercise, Sides
from voicecoach.session.listener import SetResult
from voicecoach.session.revision import SHORTEST_LEFT, Steps
from voicecoach.session.rungs import rung_of
from voicecoach.timeline.steps import Intro, Work, works
from voicecoach.units import seconds

_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class _Piece:
    """A set, or a part of one."""

    side: str
    sets: float
    reps: int
    """0 in timed work."""


def beyond_most(steps: Steps, coming: int, results: Sequence[SetResult]) -> Exercise | None:
    """Return the exercise that would be done beyond the most that its prescriber allows, if the session
    went on at step ``coming`` after these ``results``; None when there is none.

    A set that was left early counts as far as it came; a first rep that was not finished, and the first
    seconds of timed work, are a false start. Variations count as the exercise of the routine.
    """
    blocks = dict.fromkeys(work.block for work in works(steps[coming:]))
    return next((found for block in blocks if (found := _beyond(steps, coming, results, block))), None)


def prescriber(steps: Steps) -> str:
    """Return the name of the one who prescribed the session; empty when its file names nobody."""
    return next((step.instructions.name for step in steps if isinstance(step, Intro)), "")


def _beyond(steps: Steps, coming: int, results: Sequence[SetResult], block: int) -> Exercise | None:
    planned = [work for work in works(steps) if work.block == block]
    written = rung_of(planned[0]).written
    most = written.bounds.most.reps
    done = [result for result in results if result.work.block == block]
    if most is None or not done:
        return None
    to_come = [work for work in works(steps[coming:]) if work.block == block]
    pieces = [*map(_done, done), *map(_whole, to_come), *_done_before(planned)]
    timed = written.duration is not None
    splits = written.sides is Sides.SWAP and not timed  # a set may be shared between the sides
    for side in (LEFT, RIGHT) if written.sides is Sides.EACH else ("",):
        there = [each for each in pieces if not side or each.side in {side, ""}]
        sets = 0.0 if splits else sum(each.sets for each in there)
        reps = 0 if timed else sum(each.reps for each in there)
        if sets > len(most) + _TINY or reps > sum(most):
            return written
    return None


def _whole(work: Work) -> _Piece:
    return _Piece(work.side, work.share, 0 if _is_timed(work) else work.reps)


def _done(result: SetResult) -> _Piece:
    work, length = result.work, result.work.exercise.duration
    if length is None:
        return _Piece(work.side, work.share * result.reps / work.reps, result.reps)
    worked = seconds(result.frames)
    return _Piece(work.side, work.share * min(1.0, worked / length) if worked >= SHORTEST_LEFT else 0.0, 0)


def _done_before(planned: Sequence[Work]) -> Iterator[_Piece]:
    """Yield the sets that were done before the session was interrupted: those that it leaves out."""
    first = planned[0]
    sides = first.exercise.side_order if first.exercise.sides is Sides.EACH else ("",)
    for side in sides:
        there = {work.set_number for work in planned if not side or work.side in {side, ""}}
        for number in {*range(1, first.sets + 1)} - there:
            reps = first.exercise.reps[min(number, len(first.exercise.reps)) - 1]
            yield _Piece(side, 1.0, 0 if _is_timed(first) else reps)


def _is_timed(work: Work) -> bool:
    return work.exercise.duration is not None
