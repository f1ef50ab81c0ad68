"""The pictures of an exercise that stand still on a page: where it begins, and where it goes."""

from __future__ import annotations

from typing import NamedTuple

from voicecoach.figure import svg
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import Motion, is_seen_mirrored, motion_of
from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Exercise


class Picture(NamedTuple):
    """A drawing of an exercise at one moment."""

    svg: str
    """Our own markup, which stands on the page as it is."""
    words: str
    """What it shows, in a word or two: "Start", "Hips up"."""


def stills(exercise: Exercise, say: Phrases, style: str = svg.STYLE) -> tuple[Picture, ...]:
    """Return the start, and the end with its path when it moves; none of an exercise without a figure.

    One with sides is seen from the one that comes first. Pictures need no ``style`` where the page has it.
    """
    motion = motion_of(exercise)
    if motion is None:
        return ()
    drawing, flipped = Drawing(motion), is_seen_mirrored(exercise, motion)
    start = Picture(
        svg.still(drawing, motion.position, flipped=flipped, style=style), say.part("sheet.page.start")
    )
    end = motion.farthest
    if end is motion.position:
        return (start,)
    moved = svg.still(drawing, end, path=True, flipped=flipped, style=style)
    return (start, Picture(moved, _words(exercise, motion, say)))


def _words(exercise: Exercise, motion: Motion, say: Phrases) -> str:
    """Return what the phase is called that ends where the body is farthest from the start."""
    end = motion.farthest
    phase = next(stop.phase for stop in motion.stops if stop.through[-1] is end)
    called = exercise.words.get(phase) or phase
    return say.sided(called[:1].upper() + called[1:], exercise.side_order[0])
