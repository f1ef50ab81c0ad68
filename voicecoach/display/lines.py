"""Lines of text that are exactly as wide as their box."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.display.cells import clip, width_of
from voicecoach.display.palette import Ink
from voicecoach.display.places import Box

Run = tuple[str, Ink]
Line = tuple[Run, ...]
"""Pieces of text that together are as wide as their box."""
Lines = tuple[Line, ...]
"""As many as their box is tall."""


def line(width: int, *runs: Run) -> Line:
    """``runs`` cut off or filled up with blanks to ``width`` cells."""
    kept: list[Run] = []
    room = width
    for text, ink in runs:
        shown = clip(text, room) if width_of(text) > room else text
        room -= width_of(shown)
        kept.append((shown, ink))
    return (*kept, (" " * room, Ink.TEXT)) if room else tuple(kept)


def upright(rows: Sequence[Line], box: Box, *, above: float = 0.5) -> Lines:
    """``rows`` and empty lines, ``above`` of them above: 0.5 is the middle of ``box``, 0 its top."""
    empty = line(box.width)
    first = int((box.height - len(rows)) * above)
    padded = [*[empty] * first, *rows, *[empty] * box.height]
    return tuple(padded[: box.height])
