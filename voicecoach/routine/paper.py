"""The paragraphs of a sheet, and how they become lines of a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from voicecoach.paragraph import cells, filled
from voicecoach.routine.model import OTHER_SIDE, Exercise

WIDTH: Final = 80
"""The columns of a sheet whose reader has not said how wide it may be."""


class Paragraph(NamedTuple):
    """A text to be broken into lines once the width is known."""

    text: str
    first: str
    """The margin of the first line."""
    after: str
    """The margin of the other lines."""


class Framed(NamedTuple):
    """Paragraphs with a frame around them."""

    inside: tuple[Paragraph, ...]


Line = str | Paragraph | Framed


def heading(name: str) -> list[Line]:
    """Return the title of a sheet, underlined."""
    return [*lines_of(name), "=" * len(name)]


def part(title: str, texts: Iterable[str]) -> Iterator[Line]:
    """Yield a heading with its texts joined; nothing without texts."""
    if joined := " ".join(filter(None, texts)):
        yield from lines_of(joined, f"   {title:10}", " " * 13)


def lines_of(text: str, first: str = "", after: str | None = None) -> list[Paragraph]:
    """Return a text with the margin of its first line, and that of the lines ``after`` it."""
    return [Paragraph(text, first, first if after is None else after)]


def for_side(exercise: Exercise, lines: Iterable[Line]) -> Iterator[Line]:
    """Fill in the side that comes first, for which the sheet is written, and the other one."""
    side = exercise.side_order[0]
    other = OTHER_SIDE[side]
    for line in lines:
        if isinstance(line, str | Framed):
            yield line
        else:
            yield line._replace(text=line.text.replace("{side}", side).replace("{other}", other))


def printed(lines: Iterable[Line], width: int | None) -> str:
    """Return the text of a sheet in lines of at most ``width`` columns."""
    wrapped: list[str] = []
    for line in lines:
        if isinstance(line, str):
            wrapped.append(line[:width])  # only what underlines a title may be that long
        elif isinstance(line, Framed):
            wrapped += _framed(line, width or WIDTH)
        else:
            wrapped.append(filled(line.first + line.text, width, hang=len(line.after)))
    return "\n".join(wrapped) + "\n"


def _framed(box: Framed, width: int) -> list[str]:
    """Return the lines of a box of that width, or of one that is narrower when nothing is longer."""
    room = width - 4
    lines = [
        line
        for each in box.inside
        for line in filled(each.first + each.text, room, hang=len(each.after)).splitlines()
    ]
    widest = max(map(cells, lines))
    edge = f"+{'-' * (widest + 2)}+"
    return [edge, *(f"| {line}{' ' * (widest - cells(line))} |" for line in lines), edge]
