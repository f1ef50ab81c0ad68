"""Finds tabs in the indentation of YAML, which forbids them, and guesses the spaces they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from voicecoach.errors import Place

_WIDTHS: Final = (2, 4, 8)
"""Spaces for which a tab may stand; the first that can be read counts."""


def places(text: str) -> list[Place]:
    """Return the place of the first tab in the indentation of each line that has one."""
    lines = enumerate(text.split("\n"), start=1)
    return [Place(number, line.index("\t") + 1) for number, line in lines if "\t" in _indentation(line)]


def as_spaces(text: str) -> Iterator[str]:
    """Yield what ``text`` may mean without tabs: at last each line as deep as the one above suggests."""
    for width in _WIDTHS:
        yield "\n".join(
            _indentation(line).expandtabs(width) + line[len(_indentation(line)) :]
            for line in text.split("\n")
        )
    yield "\n".join(_like_above(text.split("\n")))


def _like_above(lines: list[str]) -> Iterator[str]:
    above = ""
    for line in lines:
        spaces = _indentation(line)
        if "\t" in spaces:
            begins_item, opens = above.lstrip().startswith("- "), above.rstrip().endswith(":")
            deep = len(_indentation(above)) + 2 * begins_item + 2 * opens
            line = " " * deep + line[len(spaces) :]  # noqa: PLW2901 - as it is read
        if line.strip():
            above = line
        yield line


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
