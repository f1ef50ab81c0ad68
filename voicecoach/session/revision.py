"""Revisions of a plan: what a command makes of its steps, and where in an exercise it was given."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from voicecoach.routine.model import Sides
from voicecoach.timeline.segment import Segment, reps_done
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    ChangeSides,
    OtherVariation,
    RestStep,
    Rung,
    TalkLevel,
    Work,
    with_praise,
)
from voicecoach.units import seconds

Steps = tuple[AnyStep, ...]


class Refused(Exception):
    """The command means nothing here; ``reason`` is a name under ``refused`` in the phrases."""

    def __init__(self, reason: str, **blanks: str) -> None:
        super().__init__(reason)
        self.reason, self.blanks = reason, blanks


@dataclass(frozen=True, slots=True)
class Revision:
    """A new plan, the same up to the step that is being played."""

    steps: Steps
    jump: int | None = None
    """The step to start now; None when what is playing goes on."""
    splice: int | None = None
    """The frame at which the new version of what is playing takes over; None when that stays as it is."""
    talk: TalkLevel | None = None
    """How much is said from there on, when that changes; the coach then names it."""


@dataclass(frozen=True, slots=True)
class PlanPosition:
    """Where the session is."""

    index: int
    frame: int
    segment: Segment
    """The compiled segment that plays there."""


SHORTEST_LEFT: Final = 5.0
"""Seconds; when less of timed work is left it counts as done. [own choice]"""


def meant(steps: Steps, index: int, refusal: str) -> tuple[int, Briefing | Work | ChangeSides]:
    """The step that a command given at ``index`` is about, and its index: of the exercise there, or of the
    one that follows a rest or a reply. Raises Refused when something else follows.
    """
    while isinstance(step := steps[index], RestStep | OtherVariation):
        index += 1
    if not isinstance(step, Briefing | Work | ChangeSides):
        raise Refused(refusal)
    return index, step


def is_within_exercise(steps: Steps, rest: int) -> bool:
    """Tell whether the exercise goes on after the rest at that index."""
    return steps[rest + 1].block == steps[rest].block


def end_of_exercise(steps: Steps, index: int) -> int:
    """The index after the last step of the exercise that step ``index`` belongs to."""
    block = steps[index].block
    for end in range(index, len(steps)):
        step = steps[end]
        if step.block != block or not isinstance(
            step, Briefing | Work | ChangeSides | OtherVariation | RestStep
        ):
            return end
        if isinstance(step, RestStep) and not is_within_exercise(steps, end):
            return end
    return len(steps)


def unpraised(steps: Steps, index: int) -> Steps:
    """``steps`` without praise for the exercise that step ``index`` belongs to: not all of it is done."""
    end = end_of_exercise(steps, index)
    return tuple(with_praise(step, "") if number == end else step for number, step in enumerate(steps))


def rest_of(work: Work, at: PlanPosition) -> Iterator[Work]:
    """The set with the reps or the seconds that are left at a place in it; nothing when all are done."""
    starts = at.segment.rep_starts()
    if not starts or at.frame <= starts[0]:
        yield work
    elif (length := work.exercise.duration) is not None:
        left = float(math.ceil(round(length - seconds(at.segment.resume_at(at.frame) - starts[0]), 3)))
        if left >= SHORTEST_LEFT:
            yield replace(
                work,
                exercise=replace(work.exercise, duration=left),
                marked=(),
                counted=work.counted + len(work.marked),
                share=work.share * left / length,
                rung=work.rung or Rung(written=work.exercise),
            )
    else:
        done = reps_done(at.segment, at.frame)
        if work.exercise.sides is Sides.ALTERNATE:
            done -= done % 2  # the left side begins again
        if done < work.reps:
            left = work.reps - done
            yield replace(work, reps=left, tempo=work.tempo[done:], share=work.share * left / work.reps)
