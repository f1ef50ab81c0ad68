"""Lays out what commands print: between the edges of a terminal, and whole where no terminal shows it.

Nothing here has a colour, so nothing here has to heed ``NO_COLOR``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Final, TextIO, TypeVar

import typer

NARROWEST: Final = 40
WIDEST: Final = 200
_USUAL: Final = 80
"""Columns of a terminal that does not say how many it has."""

T = TypeVar("T")


def show(text: str = "", *, indent: int = 0, hang: int = 0, err: bool = False) -> None:
    """Print ``text`` on stdout, or on stderr; each of its lines is a paragraph. See :func:`filled`."""
    typer.echo(filled(text, columns(sys.stderr if err else sys.stdout), indent=indent, hang=hang), err=err)


def ask(question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """Ask for a line in the terminal, and again as long as ``read`` raises BadParameter for it.

    Enter takes the ``default``; an empty one is not shown.
    """
    width = columns(sys.stdout)

    def reading(answer: str) -> T:
        try:
            return read(answer)
        except typer.BadParameter as error:
            label = "Error: "  # typer's own
            told = filled(f"{label}{error.message}", width)
            raise typer.BadParameter(told.removeprefix(label)) from error

    shown = filled(f"{question} [{default}]:" if default else f"{question}:", width)
    found: T = typer.prompt(shown, default, value_proc=reading, prompt_suffix=" ", show_default=False)
    return found


def confirm(question: str, *, default: bool | None = False) -> bool:
    """Ask for a yes or no in the terminal; Enter takes the ``default``, if there is one."""
    choice = {None: "y/n", True: "Y/n", False: "y/N"}[default]
    shown = filled(f"{question} [{choice}]:", columns(sys.stdout))
    return typer.confirm(shown, default=default, prompt_suffix=" ", show_default=False)


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
    columns, those that follow in a paragraph after ``hang`` more. A word is never broken: one that is longer
    than a line has a line of its own.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words = paragraph.strip()
        start = " " * (indent + len(paragraph) - len(paragraph.lstrip()))
        if width is None or not words:
            lines.append((start + words).rstrip())
        else:
            lines += broken(words, width, start, start + " " * hang)
    return "\n".join(lines)


def broken(text: str, width: int, first: str, later: str) -> Iterator[str]:
    """Yield the lines of ``text`` behind these blanks; a long word has only those that it leaves room for."""
    line = ""
    for word in text.split():
        if line and cells(line) + 1 + cells(word) <= width:
            line = f"{line} {word}"
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
    from voicecoach.display.cells import width_of  # noqa: PLC0415 - few lines need it

    return width_of(text)
