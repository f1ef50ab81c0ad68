"""The picture of a figure in a box of the screen: cells in the inks of its roles. Pure."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from voicecoach.display.layout import Box
from voicecoach.display.palette import Ink
from voicecoach.display.rows import Lines
from voicecoach.display.scene import Scene
from voicecoach.figure.cells import CellPicture
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.strokes import Role

INKS: Final[Mapping[Role, Ink]] = {
    Role.WORK: Ink.HUE,
    Role.BODY: Ink.STRONG,
    Role.PATH: Ink.HUE,
    Role.FAR: Ink.BACK,
    Role.PROP: Ink.FAINT,
    Role.FLOOR: Ink.FAINT,
}
"""What each role is drawn with."""


def draw(scene: Scene, box: Box) -> Lines:
    """Return the figure of ``scene``, or nothing where there is none."""
    figure = scene.figure
    if figure is None:
        return (((" " * box.width, Ink.TEXT),),) * box.height
    picture = _picture(figure.drawing, box.width, box.height, figure.flipped)
    rows = picture.rows(figure.posed, path=figure.path)
    return tuple(tuple((text, INKS[role]) for text, role in row) for row in rows)


@functools.lru_cache(maxsize=8)
def _picture(drawing: Drawing, columns: int, rows: int, flipped: bool) -> CellPicture:  # noqa: FBT001 - cached
    return CellPicture(drawing, columns, rows, flipped=flipped)
