"""Rows of a screen as pieces of text with their ink, and text in large letters. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.display import big_letters
from voicecoach.display.cells import clip, width_of, wrap
from voicecoach.display.layout import Box
from voicecoach.display.palette import Ink

Run = tuple[str, Ink]
Line = tuple[Run, ...]
"""Pieces of text that together are as wide as their box."""
Lines = tuple[Line, ...]
"""As many as their box is tall."""


def line(width: int, *runs: Run) -> Line:
    """``runs`` cut off or filled up with blanks to ``width`` cells, on the ground of the last of them."""
    kept: list[Run] = []
    room = width
    for text, ink in runs:
        shown = clip(text, room) if width_of(text) > room else text
        room -= width_of(shown)
        kept.append((shown, ink))
    on = Ink.COUNT if runs and runs[-1][1] is Ink.COUNT else Ink.TEXT
    return (*kept, (" " * room, on)) if room else tuple(kept)


def upright(rows: Sequence[Line], box: Box, *, above: float = 0.5, ink: Ink = Ink.TEXT) -> Lines:
    """``rows`` and empty lines, ``above`` of them above: 0.5 is the middle of ``box``, 0 its top."""
    empty = line(box.width, ("", ink))
    first = int((box.height - len(rows)) * above)
    padded = [*[empty] * first, *rows, *[empty] * box.height]
    return tuple(padded[: box.height])


def large(
    text: str, among: tuple[str, ...], box: Box, ink: Ink, *, above: float = 0.5, half_first: bool = False
) -> Lines:
    """``text`` as large as all of ``among`` can be drawn, or as it can alone when one of them is too long.

    It is plain text when it is too long itself, and when there is nothing to compare it with.

    ``above`` is the share of the free rows above it. Half a row that is left over is empty under it
    or, with ``half_first``, above it, which keeps it off what stands there.
    """
    room = box.width, box.height, 2
    face = big_letters.fit((*among, text), *room) or big_letters.fit((text,), *room) if among else None
    if face:
        drawn: Sequence[str] = big_letters.draw(text, face, *room, half_first=half_first)
    else:
        drawn = wrap(text, box.width, box.height)
    return upright([line(box.width, (row, ink)) for row in drawn], box, above=above)


def centred(rows: Lines, box: Box) -> Lines:
    """``rows`` in the middle of ``box`` from left to right."""
    texts = ["".join(text for text, _ in row).rstrip() for row in rows]
    margin = (box.width - max(map(width_of, texts), default=0)) // 2
    inks = [row[0][1] for row in rows]
    return tuple(line(box.width, (" " * margin + text, ink)) for text, ink in zip(texts, inks, strict=True))


def choice(choices: Sequence[str], box: Box, ink: Ink = Ink.STRONG, above: float = 1.0) -> Lines:
    """The first of ``choices`` that can be drawn large, else the first in plain bold text; at the bottom."""
    for text in choices:
        widest = "".join("8" if mark.isdigit() else mark for mark in text)
        if big_letters.fit((text, widest), box.width, box.height, 2):
            return large(text, (text, widest), box, ink, above=above)
    return large(choices[0], (), box, ink, above=above)
