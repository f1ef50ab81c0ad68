"""Lays out paragraphs: between the edges of a terminal, and whole where no terminal shows them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Final, TextIO

NARROWEST: Final = 40
WIDEST: Final = 200
_USUAL: Final = 80
"""Columns of a terminal that does not say how many it has."""


def columns(stream: TextIO) -> int | None:
    """Return how many columns to fill on ``stream``; None when it is no terminal."""
    if not stream.isatty():
        return None
    said = os.environ.get("COLUMNS", "")
    try:
        own = int(said) if said.isdecimal() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        own = 0
    return min(max(own or _USUAL, NARROWEST), WIDEST)


def filled(text: str, width: int | None, *, indent: int = 0, hang: int = 0) -> str:
    """Break ``text`` between words into lines of ``width`` columns; None leaves it whole.

    Each line of ``text`` is a paragraph with its own blanks in front. All lines begin after ``indent``
    columns; those that follow in a paragraph begin as its first does, or after ``hang`` columns more than
    ``indent`` when that is further. A word is never broken: one longer than a line has a line of its own.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words = paragraph.strip()
        own = len(paragraph) - len(paragraph.lstrip())
        start = " " * (indent + own)
        if width is None or not words:
            lines.append((start + words).rstrip())
        else:
            lines += broken(words, width, start, " " * (indent + max(own, hang)))
    return "\n".join(lines)


def broken(text: str, width: int, first: str, later: str) -> Iterator[str]:
    """Yield the lines of ``text`` behind these blanks; a long word has only those that it leaves room for."""
    line = ""
    for gap, word in re.findall(r"(\s*)(\S+)", text):
        if line and cells(line + gap + word) <= width:
            line += gap + word
            continue
        if line:
            yield line
            first = later
        line = first[: max(0, width - cells(word))] + word
    if line:
        yield line


def cells(text: str) -> int:
    """Return how many columns ``text`` takes in a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - few lines need it

    return cell_len(text)
