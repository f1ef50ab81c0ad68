"""The help of the full screen: the keys and what they do, as pages of lines."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from voicecoach.display.cells import pad, width_of, wrap
from voicecoach.display.layout import Box
from voicecoach.display.palette import Ink
from voicecoach.display.rows import Line, Lines, Run, line
from voicecoach.language.phrases import Phrases

Help = tuple[tuple[str, str], ...]
"""Keys and what they do."""
_MARGIN: Final = "  "
"""Blanks before the keys, and between them and what they do. A run of its own, as :func:`pad` trims text."""


def help_pages(rows: Help, box: Box, say: Phrases) -> tuple[Lines, ...]:
    """The keys in as many columns as have room for whole rows, and as many pages as that takes.

    Where even a single column is too narrow, what a key does goes on below its beginning.
    """
    names = max((width_of(key) for key, _ in rows), default=0)
    whole = 2 * len(_MARGIN) + names + max((width_of(what) for _, what in rows), default=0)
    columns = max(box.width // max(whole, 1), 1)
    width = box.width // columns
    names = min(names, width // 2 - len(_MARGIN))
    room = max(box.height - 1, 1)
    blocks = [[*_block(key, what, names, width, room)] for key, what in rows]
    tall = min(max(-(-sum(map(len, blocks)) // columns), 1), room)
    filled = [*_filled(blocks, tall)]
    pages = [filled[first : first + columns] for first in range(0, len(filled), columns)] or [[]]
    return tuple(_page(page, box, say, more=page is not pages[-1]) for page in pages)


def _block(key: str, what: str, names: int, width: int, most: int) -> Iterator[list[Run]]:
    """Yield the lines of a row: the key on the left, and what it does beside it."""
    room = width - names - 2 * len(_MARGIN)
    for left, right in itertools.zip_longest(wrap(key, names, most), wrap(what, room, most), fillvalue=""):
        yield [
            (_MARGIN, Ink.TEXT),
            (pad(left, names), Ink.ACCENT),
            (_MARGIN, Ink.TEXT),
            (pad(right, room), Ink.TEXT),
        ]


def _filled(blocks: list[list[list[Run]]], tall: int) -> Iterator[list[list[Run]]]:
    """Yield columns of at most ``tall`` lines; no row is divided between two of them."""
    column: list[list[Run]] = []
    for block in blocks:
        if column and len(column) + len(block) > tall:
            yield column
            column = []
        column = [*column, *block]
    if column:
        yield column


def _page(columns: list[list[list[Run]]], box: Box, say: Phrases, *, more: bool) -> Lines:
    rows = itertools.islice(
        itertools.chain(itertools.zip_longest(*columns, fillvalue=[]), itertools.repeat(())), box.height - 1
    )
    lines: list[Line] = [line(box.width, *itertools.chain(*row)) for row in rows]
    hint = say.part("keys.more" if more else "keys.back")
    return (*lines, line(box.width, (_MARGIN, Ink.TEXT), (hint, Ink.DIM)))
