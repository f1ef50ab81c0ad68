"""Prints what commands say, and asks for a line: between the edges of a terminal, whole where there is none.

Nothing here has a colour, so nothing here has to heed ``NO_COLOR``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any, Final, TextIO, TypeVar

import typer

from voicecoach.paragraph import WIDEST, cells, columns, filled

T = TypeVar("T")

_BAR: Final = 1000
"""Steps of a progress bar."""

_whole = False
"""Whether a terminal gets whole lines, too."""


def begin() -> None:
    """Break lines at the edge, whatever the previous command did."""
    global _whole  # noqa: PLW0603 - as the streams, it concerns the whole process
    _whole = False


def keep_whole() -> None:
    """Break no line of this command: a screen reader stops at the end of each."""
    global _whole  # noqa: PLW0603 - see begin
    _whole = True


def width(stream: TextIO) -> int | None:
    """Return how many columns to fill on ``stream``; None where lines are whole."""
    return None if _whole else columns(stream)


def put(text: str | bytes = "", *, err: bool = False, nl: bool = True) -> None:
    """Print ``text`` as it is on stdout, or on stderr, with a line's end unless ``nl`` is false.

    Without a file, typer would send UTF-8 to a stream whose encoding is ASCII, past the stand-ins.
    """
    typer.echo(text, file=sys.stderr if err else sys.stdout, nl=nl)


def show(text: str = "", *, indent: int = 0, hang: int = 0, err: bool = False) -> None:
    """Print ``text`` on stdout, or on stderr; each of its lines is a paragraph. See :func:`filled`."""
    put(filled(text, width(sys.stderr if err else sys.stdout), indent=indent, hang=hang), err=err)


@contextmanager
def progress(label: str) -> Iterator[Callable[[float], None]]:
    """Show a bar on stderr inside the block, which tells the share that is done, from 0 to 1.

    A label that would take more than half of a line is left out. The bar appears with the first share, so
    that a refusal before that stands alone.
    """
    shown = label if cells(label) <= (columns(sys.stderr) or WIDEST) // 2 else ""
    with ExitStack() as stack:

        @cache
        def bar() -> Any:  # noqa: ANN401 - typer does not name its type
            return stack.enter_context(typer.progressbar(length=_BAR, label=shown, width=0, file=sys.stderr))

        yield lambda share: bar().update(int(share * _BAR) - bar().pos)


def at_terminal() -> bool:
    """Tell whether somebody is at a terminal, who can read and answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def moves_cursor() -> bool:
    """Tell whether the output is a terminal in which text can be written over."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def ask(question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """Ask for a line in the terminal, and again as long as ``read`` raises BadParameter for it.

    Enter takes the ``default``; an empty one is not shown.
    """
    room = width(sys.stdout)

    def reading(answer: str) -> T:
        try:
            return read(answer)
        except typer.BadParameter as error:
            label = "Error: "  # typer's own
            told = filled(f"{label}{error.message}", room)
            raise typer.BadParameter(told.removeprefix(label)) from error

    shown = filled(f"{question} [{default}]:" if default else f"{question}:", room)
    found: T = typer.prompt(shown, default, value_proc=reading, prompt_suffix=" ", show_default=False)
    return found


def line(question: str) -> str:
    """Ask for a line in the terminal, and return it without its edges; empty for Enter alone."""
    shown = filled(question, width(sys.stdout))
    typed: str = typer.prompt(shown, "", prompt_suffix=" ", show_default=False)
    return typed.strip()


def confirm(question: str, *, default: bool | None = False) -> bool:
    """Ask for a yes or no in the terminal; Enter takes the ``default``, if there is one."""
    choice = {None: "y/n", True: "Y/n", False: "y/N"}[default]
    answers = {"y": True, "yes": True, "n": False, "no": False, "": default}
    while (answer := answers.get(line(f"{question} [{choice}]:").lower())) is None:
        show("Answer y for yes, or n for no.")
    return answer
