"""The figure of a moment: which body is seen, on the beat of the session."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Final

from voicecoach.display.scene import FigureShown
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import motion_of
from voicecoach.figure.rig import Posed
from voicecoach.routine.model import OTHER_SIDE, Exercise, Sides
from voicecoach.routine.phase import PhaseKind
from voicecoach.session.listener import Position, Script
from voicecoach.timeline.segment import Beat
from voicecoach.timeline.steps import Briefing, ChangeSides
from voicecoach.units import seconds

CALM: Final = 1.0
"""Seconds of the position before each rep that a briefing shows. [own choice]"""
STILL_FOR: Final = 2.0
"""Seconds of a hold or a pause in a briefing, where nobody has to hold it. [own choice]"""
_OWN: Final = frozenset({PhaseKind.OWN_PACE, PhaseKind.TIMED})
"""The phases in which nobody says what to do when."""


@dataclass(frozen=True, slots=True)
class SeenFigure:
    """A figure at a moment; equal ones look the same."""

    drawing: Drawing
    stop: int = -1
    """The number of the phase in the motion; -1 for the position."""
    share: float = 0.0
    """How much of that phase is over."""
    first: bool = True
    """Whether it begins from the position, and not from the end of the rep before."""
    exchanged: bool = False
    """Whether the near limbs do what the far ones are written to do, and the other way round."""
    flipped: bool = False
    """Whether the whole picture is mirrored."""
    path: bool = False
    """Whether an arrow shows where it goes."""
    moves: bool = False
    """Whether it looks different a moment later."""

    @property
    def posed(self) -> Posed:
        """The body."""
        motion = self.drawing.motion
        body = motion.at(self.stop, self.share, first=self.first) if self.stop >= 0 else motion.position
        return motion.swapped(body) if self.exchanged else body


def figure_at(position: Position, script: Script | None, shown: FigureShown, frame: int) -> SeenFigure | None:
    """Return the figure at a ``frame`` of the segment; None where there is none."""
    segment = position.segment
    step = script.steps[segment.index] if script and segment.index < len(script.steps) else None
    exercise = segment.work.exercise if segment.work else getattr(step, "exercise", None)
    if shown is FigureShown.OFF or exercise is None or not (drawing := drawing_of(exercise)):
        return None
    beat = _beat(segment.beats, frame)
    if beat:
        first = next((each.rep for each in segment.beats if each.rep), 0)
        figure = _in_set(drawing, exercise, beat, frame, first)
    elif isinstance(step, Briefing):
        figure = _in_briefing(drawing, exercise, step.side, seconds(frame))
    elif isinstance(step, ChangeSides):
        figure = _sided(SeenFigure(drawing, path=True), exercise, step.side)
    else:
        return None
    return _without_motion(figure, beat) if shown is FigureShown.STILL else figure


def _beat(beats: tuple[Beat, ...], frame: int) -> Beat | None:
    """Return the phase of that frame; the last while the end tone of a set sounds."""
    begun = (beat for beat in reversed(beats) if beat.frame <= frame)
    return next(begun, beats[0] if beats else None)


def _in_set(drawing: Drawing, exercise: Exercise, beat: Beat, frame: int, first: int) -> SeenFigure:
    motion = drawing.motion
    if not motion.stops or beat.kind is PhaseKind.COUNT_IN:
        return _sided(SeenFigure(drawing, path=beat.kind is PhaseKind.COUNT_IN), exercise, beat.side)
    if beat.kind in _OWN:
        return _sided(_turning(drawing, seconds(min(frame, beat.end) - beat.frame)), exercise, beat.side)
    number = motion.number(beat.phase)
    moves = not motion.stays(number)
    share = min((frame - beat.frame) / beat.frames, 1.0) if moves else 1.0
    figure = SeenFigure(drawing, number, share, beat.rep == first, moves=moves and share < 1)
    return _sided(figure, exercise, beat.side)


def _turning(drawing: Drawing, elapsed: float) -> SeenFigure:
    """Return the figure so many seconds into rep after rep."""
    turn, number, share = drawing.motion.when(elapsed)
    alternates = drawing.motion.figure.alternates
    return SeenFigure(drawing, number, share, turn == 0, exchanged=alternates and turn % 2 > 0, moves=True)


def _in_briefing(drawing: Drawing, exercise: Exercise, side: str, elapsed: float) -> SeenFigure:
    """Return the figure in one rep after the other, each from the position; sides that alternate do so."""
    motion = drawing.motion
    waits = _sided(SeenFigure(drawing, path=True, moves=bool(motion.stops)), exercise, side)
    if not motion.stops:
        return waits
    if not exercise.rep:
        return waits if elapsed < CALM else _sided(_turning(drawing, elapsed - CALM), exercise, side)
    lengths = [
        min(stop.seconds, STILL_FOR) if motion.stays(number) else stop.seconds
        for number, stop in enumerate(motion.stops)
    ]
    turn, left = divmod(elapsed, CALM + sum(lengths))
    if exercise.sides is Sides.ALTERNATE and turn % 2:
        side = OTHER_SIDE[side]
    left -= CALM
    for number, length in enumerate(lengths):
        if 0 <= left < length:
            moving = SeenFigure(drawing, number, left / length, moves=True)
            return _sided(moving, exercise, side)
        left -= length
    return _sided(waits, exercise, side)


def _sided(figure: SeenFigure, exercise: Exercise, side: str) -> SeenFigure:
    """Return the figure with the side that works being the near one, or exchanged where sides alternate."""
    other = bool(side) and figure.drawing.motion.is_mirrored(side)
    if exercise.sides is Sides.ALTERNATE:
        return replace(figure, exchanged=figure.exchanged != other)
    return replace(figure, flipped=other)


def _without_motion(figure: SeenFigure, beat: Beat | None) -> SeenFigure:
    """Return the figure for people who want less motion: where a phase ends, else the position."""
    called = beat is not None and beat.phase
    if called and figure.stop >= 0:
        return replace(figure, share=1.0, moves=False)
    return replace(figure, stop=-1, share=0.0, first=True, path=True, moves=False)


class _Same:
    """An exercise as far as its figure depends on it."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        alternates = exercise.sides is Sides.ALTERNATE
        self._key = id(exercise.figure), exercise.rep, exercise.cadence, alternates

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._key == other._key


def drawing_of(exercise: Exercise) -> Drawing | None:
    """Return what the figure of an exercise looks like; None when it has none."""
    return _drawing(_Same(exercise)) if exercise.figure else None


@functools.lru_cache(maxsize=16)
def _drawing(same: _Same) -> Drawing | None:
    motion = motion_of(same.exercise)
    return Drawing(motion) if motion else None
