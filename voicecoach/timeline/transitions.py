"""Transitions: how a person gets from one exercise of a plan to the next, for planned and reordered steps."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.routine.model import Exercise
from voicecoach.timeline.round_marks import marked
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    ChangeSides,
    Coaching,
    Hurt,
    Outro,
    RestStep,
    SayStep,
    WaitStep,
    Work,
)
from voicecoach.timeline.travel import (
    Whereabouts,
    leaves,
    side_below,
    stays,
    told_in_full,
    travel_seconds,
    way_to,
    way_up,
)


def retraced(steps: tuple[AnyStep, ...], here: Whereabouts = Whereabouts()) -> tuple[AnyStep, ...]:  # noqa: B008 - frozen
    """Work out, for planned or reordered ``steps``, how the person gets from one exercise to the next.

    They begin ``here``. A round is announced with what it begins with now. Steps that are right already stay
    the same objects.
    """
    steps = marked(steps)
    coming = _coming(steps)
    full = any(isinstance(each, Briefing) and each.coaching is Coaching.FULL for each in steps)
    ways: set[str] = set()
    done: Exercise | None = None
    """The exercise of the step before, if that was work."""
    traced: list[AnyStep] = []
    for step, following in zip(steps, coming, strict=True):
        changed = step
        if isinstance(step, Briefing):
            name = way_to(here, step.exercise, step.side)
            changed = replace(
                step,
                travel=travel_seconds(here, step.exercise, step.side),
                way=name,
                way_in_full=told_in_full(name, ways, full=step.coaching is Coaching.FULL),
                stays=stays(here, step.exercise, step.side) and not step.going_on,
            )
            ways.add(name)
            here = here.after(step.exercise, step.side)
        elif isinstance(step, Work | ChangeSides):
            here = replace(here, side=side_below(step.exercise, step.side))
        elif isinstance(step, RestStep | SayStep | WaitStep | Outro):
            left = done is not None and leaves(done, following)
            changed = _after(step, done, done.leaving if done and left else "")
            if isinstance(changed, Outro):
                name = way_up(here.posture)
                in_full = told_in_full(name, ways, full=full)
                changed = replace(changed, way=name, way_in_full=in_full)
        if isinstance(step, WaitStep | Hurt):
            here = here.unsettled()
        done = step.exercise if isinstance(step, Work) else None
        traced.append(step if changed == step else changed)
    return tuple(traced)


def _coming(steps: tuple[AnyStep, ...]) -> list[Exercise | None]:
    """Return for each step the exercise that is explained next after it."""
    coming: list[Exercise | None] = []
    following: Exercise | None = None
    for step in reversed(steps):
        coming.append(following)
        following = step.exercise if isinstance(step, Briefing) else following
    return coming[::-1]


def _after(
    step: RestStep | SayStep | WaitStep | Outro, done: Exercise | None, leaving: str
) -> RestStep | SayStep | WaitStep | Outro:
    """Return ``step`` as it is after ``done``, the work before it, which is left as ``leaving`` says."""
    if isinstance(step, RestStep):
        resting = step.resting if step.next_set else leaving
        return replace(step, after_work=done is not None, resting=resting)
    return replace(step, after_work=done is not None, leaving=leaving)
