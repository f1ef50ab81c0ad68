"""Lays out a table: its columns side by side where they fit, else a block for each row."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from voicecoach.cli import page
from voicecoach.paragraph import broken, cells, columns, filled

Row = Sequence[str]

_GAP: Final = "  "
"""What stands between two columns."""
_BLOCK: Final = 4
"""Columns before what belongs to a block below its first line."""
_LEAST: Final = 20
"""Columns for the text that flows below which the table becomes blocks [own choice]."""


def show(
    rows: Sequence[Row],
    *,
    headings: Row = (),
    indent: int = 0,
    right: Collection[int] = (),
    flows: int = -1,
) -> None:
    """Print ``rows`` on stdout. See :func:`lines`."""
    width = columns(sys.stdout)
    for line in lines(rows, width, headings=headings, indent=indent, right=right, flows=flows):
        page.put(line)


def lines(
    rows: Sequence[Row],
    width: int | None,
    *,
    headings: Row = (),
    indent: int = 0,
    right: Collection[int] = (),
    flows: int = -1,
) -> Iterator[str]:
    """Yield the lines of a table of ``width`` columns; None leaves each row on one line.

    The column ``flows`` is broken between words as it needs to be; those of ``right`` stand to the right. A
    column with nothing in it takes no room.
    A block has its cells after one another, each behind its heading when there are ``headings``.
    """
    every = [headings, *rows] if headings else [*rows]
    sizes = [max(map(cells, column)) for column in zip(*every, strict=True)]
    flows %= max(len(sizes), 1)
    if width is not None and sizes:
        room = width - indent - sum(size + len(_GAP) for size in sizes if size) + len(_GAP) + sizes[flows]
        if room < _least(every, sizes, flows):
            yield from _blocks(rows, width, headings, indent, flows)
            return
        sizes[flows] = min(sizes[flows], room)
    for row in every:
        yield from _side_by_side(row, sizes, indent, right, flows, width)


def _least(rows: Sequence[Row], sizes: Sequence[int], flows: int) -> int:
    """Return the columns that the flowing cells need; of the last column a long word may leave its place."""
    least = min(sizes[flows], _LEAST)
    if flows == len(sizes) - 1:
        return least
    return max([least, *(cells(word) for row in rows for word in row[flows].split())])


def _side_by_side(
    row: Row, sizes: Sequence[int], indent: int, right: Collection[int], flows: int, width: int | None
) -> Iterator[str]:
    """Yield the lines of a row; below the first there is only what is left of the cell that flows."""
    padded = [_padded(row[n], size, to_right=n in right) for n, size in enumerate(sizes)]
    before = " " * indent + "".join(cell + _GAP for cell in padded[:flows] if cell)
    after = "".join(_GAP + cell for cell in padded[flows + 1 :] if cell)
    lead = " " * cells(before)
    edge = len(lead) + sizes[flows]
    found = [lead + row[flows]] if width is None else [*broken(row[flows], edge, lead, lead)] or [lead]
    if not found[0].startswith(lead):
        found.insert(0, lead)  # its first word needs more than the column
    flowing = _padded(found[0].removeprefix(lead), sizes[flows], to_right=flows in right)
    yield (before + flowing + after).rstrip()
    yield from found[1:]


def _padded(text: str, size: int, *, to_right: bool) -> str:
    blanks = " " * (size - cells(text))
    return blanks + text if to_right else text + blanks


def _blocks(rows: Sequence[Row], width: int, headings: Row, indent: int, flows: int) -> Iterator[str]:
    """Yield a block for each row: its cells with their headings, or the one that flows below the others."""
    for row in rows:
        if headings:
            named = (f"{name} {cell}".strip() for name, cell in zip(headings, row, strict=True) if cell)
            yield from filled(", ".join(named), width, indent=indent, hang=_BLOCK).split("\n")
            continue
        others = (cell.strip() for number, cell in enumerate(row) if number != flows)
        if head := ", ".join(filter(None, others)):
            yield from filled(head, width, indent=indent, hang=_BLOCK).split("\n")
        if row[flows]:
            yield from filled(row[flows], width, indent=indent + _BLOCK).split("\n")
