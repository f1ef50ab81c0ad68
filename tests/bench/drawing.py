"""What a frame of a figure costs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from figures import Figure

from voicecoach.app import prepare
from voicecoach.display.layout import Part, Plan, places
from voicecoach.figure.cells import CellPicture
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import motion_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = ((80, 24), (120, 40), (200, 60))
LOOKS = 15
"""Frames a second while a figure moves."""


def frame(runs: int) -> Iterator[Figure]:
    """The figure of each exercise, from the pose to the cells, at the looks of one rep."""
    library = prepare.library()
    drawings = [
        Drawing(motion) for name in library.exercises() if (motion := motion_of(library.exercise(name)))
    ]
    for columns, rows in SIZES:
        box = places(Plan(columns, rows, figure=True))[Part.FIGURE]
        costs = [min(_cost(each, box.width, box.height) for _ in range(runs)) for each in drawings]
        yield Figure(f"a frame of a figure, {columns} x {rows}", [1000 * cost for cost in costs], "ms", 1.3)


def _cost(drawing: Drawing, columns: int, rows: int) -> float:
    """Return the seconds of the processor that a frame takes."""
    picture, motion = CellPicture(drawing, columns, rows), drawing.motion
    looks = [n / LOOKS for n in range(round(motion.seconds * LOOKS) + 1)]
    began = time.process_time()
    for elapsed in looks:
        picture.rows(motion.cycle(elapsed))
    return (time.process_time() - began) / len(looks)
