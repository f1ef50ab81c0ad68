"""The tempo of a set: how fast its reps go, as a factor of how they are written."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.routine.model import SHORTEST_PHASE, Exercise, Pace, Phase
from voicecoach.timeline.steps import Work

AS_WRITTEN: Final = 1.0
SLOWEST_TEMPO: Final = 0.5
"""Movements take twice as long: slower, and the words of a rep no longer hang together. [own choice]"""
FASTEST_TEMPO: Final = 1.5
"""A movement of 2 s takes 1.3 s: faster, and it comes near the second below which it is a jerk, see the
advice of that name. [own choice]"""


def within_bounds(tempo: float) -> float:
    """The tempo nearest to ``tempo`` that people can follow."""
    return min(max(tempo, SLOWEST_TEMPO), FASTEST_TEMPO)


def at_tempo(work: Work, tempo: float, *, first: int = 1) -> Work:
    """The same set with rep ``first`` and all after it at ``tempo``, held within the bounds.

    The reps before ``first`` keep their beats, to the frame. Timed work is one rep.
    """
    kept = tuple(work.tempo_of(rep) for rep in range(1, min(first, work.reps + 1)))
    reps = (*kept, *(within_bounds(tempo),) * (work.reps - len(kept)))
    return replace(work, tempo=reps if set(reps) != {AS_WRITTEN} else ())


def has_tempo(work: Work) -> bool:
    """Whether the set can go slower or faster: a hold or a time keeps its seconds, and only clicks can."""
    if work.exercise.pace is Pace.SELF:
        return False
    if work.exercise.duration is not None:
        return work.clicks and work.exercise.cadence is not None
    return not all(phase.is_hold for phase in work.exercise.rep)


def phases_at(exercise: Exercise, tempo: float) -> tuple[Phase, ...]:
    """The phases of one rep at ``tempo``: a hold keeps its seconds, and nothing gets too short."""
    if tempo == AS_WRITTEN:
        return exercise.rep
    return tuple(
        phase
        if phase.is_hold
        else replace(phase, seconds=max(phase.seconds / tempo, min(phase.seconds, SHORTEST_PHASE)))
        for phase in exercise.rep
    )
