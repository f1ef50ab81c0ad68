"""The help: which key does what."""

from __future__ import annotations

import itertools

from voicecoach.display.cells import pad, width_of
from voicecoach.display.lines import Lines, line
from voicecoach.display.palette import Ink
from voicecoach.display.places import Box

Help = tuple[tuple[str, str], ...]
"""Keys and what they do."""


def help_pages(rows: Help, box: Box) -> tuple[Lines, ...]:
    """The keys in as many columns as have room for whole rows, and as many pages as that takes."""
    names = max((width_of(key) for key, _ in rows), default=0) + 3
    wide = names + max((width_of(what) for _, what in rows), default=0) + 2
    columns = max(box.width // wide, 1)
    width = box.width // columns
    names = min(names, width // 2)
    tall = max(min(box.height - 1, -(-len(rows) // columns)), 1)
    pages = []
    for first in range(0, max(len(rows), 1), tall * columns):
        page = rows[first : first + tall * columns]
        more = first + tall * columns < len(rows)
        lines = []
        for y in range(box.height - 1):
            cells = page[y::tall] if y < tall else ()
            runs = [
                ((pad(f"  {key}", names), Ink.ACCENT), (pad(what, width - names), Ink.TEXT))
                for key, what in cells
            ]
            lines.append(line(box.width, *itertools.chain(*runs)))
        hint = "  ? shows more" if more else "  ? goes back to the session"
        pages.append((*lines, line(box.width, (hint, Ink.DIM))))
    return tuple(pages)
