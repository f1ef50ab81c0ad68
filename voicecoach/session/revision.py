"""What the functions that change a plan take and give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from voicecoach.routine.model import Exercise, Posture
from voicecoach.timeline.segment import Segment
from voicecoach.timeline.steps import AnyStep

Steps = tuple[AnyStep, ...]


class Refused(Exception):
    """The command means nothing here. Its text is one short sentence for the person."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A new plan, the same up to the step that is being played."""

    steps: Steps
    jump: int | None = None
    """The step to start now; None when what is playing goes on."""
    splice: int | None = None
    """The frame from which the new form of what is playing takes its place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the session is."""

    index: int
    frame: int
    segment: Segment
    """What plays there, compiled."""


class Forms(Protocol):
    """What a session needs to know of the library and of the person."""

    def forms(self, exercise: Exercise, *, harder: bool) -> Iterable[Exercise | str]:
        """The easier or harder forms, the nearest first: another exercise, or what to do differently."""
        ...

    def plan(self, block: int, exercise: Exercise, posture: Posture | None) -> Steps:
        """The steps of ``exercise``, for somebody who is in ``posture`` now."""
        ...
