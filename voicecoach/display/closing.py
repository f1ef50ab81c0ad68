"""The end of a session: how long and how much it was, how the week goes, and what comes next."""

from __future__ import annotations

from typing import Final

from voicecoach.display.cells import width_of, wrap
from voicecoach.display.layout import SMALLEST, Box
from voicecoach.display.palette import Ink
from voicecoach.display.rows import Lines, choice, line, upright
from voicecoach.display.scene import Closing, Scene

_GAP: Final = 2
"""Empty rows between what is large and the rest."""


def closing(scene: Scene, box: Box) -> Lines:
    """How long and how much it was, in large letters; below that the week, and what else has room."""
    end = scene.closing
    if end is None:
        return (line(box.width),) * box.height
    below = list(_week(end, box))
    large_ones = 2 if end.sets and box.height >= 2 * SMALLEST + _GAP + len(below) else 1
    if end.sets and large_ones == 1:
        below.insert(0, line(box.width, (end.sets, Ink.STRONG)))
    left = box.height - large_ones * SMALLEST - _GAP - len(below) - bool(below)
    told: list[str] = []
    for text in end.lines:
        told += wrap(text, box.width, max(left - len(told), 0))
    if told:
        below += [line(box.width)] if below else []
        below += [line(box.width, (row, Ink.STRONG)) for row in told]
    room = box.height - len(below) - (_GAP if below else 0)
    sets = max(room * 2 // 5, SMALLEST) if large_ones == 2 else 0
    rows = [*choice(end.time, box._replace(height=room - sets), Ink.ACCENT, 0.5)]
    rows += choice((end.sets,), box._replace(height=sets), Ink.STRONG, 0.5) if sets else ()
    return upright([*rows, *[line(box.width)] * (_GAP if below else 0), *below], box, above=0.0)


def _week(end: Closing, box: Box) -> Lines:
    """A block for each day that the week aims at, or that had exercise, the done ones full; and the words."""
    done, goal = end.days
    blocks = max(done, goal)
    words = line(box.width, (end.week, Ink.STRONG))
    if not goal:
        return (words,) if end.week else ()
    full, empty = "███  " * done, "░░░  " * (blocks - done)
    row = ((full, Ink.ACCENT), (empty, Ink.DIM))
    if width_of(full + empty + end.week) > box.width:
        return words, line(box.width, *row)
    return line(box.width, *row, (end.week, Ink.STRONG)), line(box.width, *row)
