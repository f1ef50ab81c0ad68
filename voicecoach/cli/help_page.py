"""Lays out the help of commands, and says what is wrong with a command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer
from typer.core import TyperGroup

from voicecoach.cli import page, table
from voicecoach.paragraph import columns, filled

_MARGIN: Final = 2
_USAGE: Final = "Usage: "
_AS_IT_IS: Final = "\b"
"""The mark of a paragraph in which each line stays one."""

MISUSE: Final[Any] = typer.BadParameter.__base__
"""What typer raises for a command line that makes no sense; it comes from click or from its own copy."""


class HelpPage:
    """A page of help: what click's HelpFormatter does, but no word is broken and no sentence cut short."""

    width = sys.maxsize
    """How long click lets the sentence on a command be."""

    def __init__(self, **_: object) -> None:
        """Take the place of a HelpFormatter; the terminal decides on the width, not click."""
        self._columns = columns(sys.stdout)
        self._lines: list[str] = []
        self.current_indent = 0

    def getvalue(self) -> str:
        return "\n".join(self._lines)

    def write_usage(self, prog: str, args: str = "") -> None:
        self._write(f"{_USAGE}{prog} {args}", hang=len(_USAGE))

    def write_heading(self, heading: str) -> None:
        self._write(f"{heading}:")

    def write_paragraph(self) -> None:
        """Leave a line empty."""
        if self._lines:
            self._lines.append("")

    def write_text(self, text: str) -> None:
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip("\n"))):
            if number:
                self.write_paragraph()
            head, *lines = paragraph.split("\n")
            if head.strip() == _AS_IT_IS:
                self._write_lines(lines)
            else:
                self._write(" ".join(paragraph.split()))

    def write_dl(self, rows: Iterable[tuple[str, str]], *_: object) -> None:
        """Write names with what they mean."""
        rows = [(name, " ".join(meaning.split())) for name, meaning in rows]
        self._lines += table.lines(rows, self._columns, indent=self.current_indent)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.write_paragraph()
        self.write_heading(name)
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        self.current_indent += _MARGIN
        yield
        self.current_indent -= _MARGIN

    def _write_lines(self, lines: Iterable[str]) -> None:
        """Write each line by itself; what stands behind two blanks in it hangs there."""
        for line in lines:
            before = re.match(r"\s*\S+(?: \S+)*\s{2,}", line)
            self._write(line, hang=len(before[0]) if before else 0)

    def _write(self, text: str, hang: int = 0) -> None:
        self._lines.append(filled(text, self._columns, indent=self.current_indent, hang=hang))


def with_page(command: Any) -> Any:  # noqa: ANN401 - a command of click, or of the copy that newer typers bring
    """Let the help of ``command``, and of those in it, be a :class:`HelpPage`.

    A shell that completes them shows their first lines.
    """
    command.context_class = _PageContext
    command.short_help = (command.help or "").partition("\n")[0]
    for each in getattr(command, "commands", {}).values():
        with_page(each)
    return command


def show_misuse(error: Any) -> None:  # noqa: ANN401 - a UsageError of click, see MISUSE
    """Print what is wrong with a command line: the value in a line, or all that it takes."""
    context, message = error.ctx, error.format_message()
    if type(error) is typer.BadParameter:
        page.show(message, err=True)
        return
    if message.startswith(_USAGE):  # who gave nothing at all reads the whole help
        page.put(message, err=True)
        return
    if context:
        usage = " ".join((context.command_path, *context.command.collect_usage_pieces(context)))
        page.show(f"{_USAGE}{usage}", hang=len(_USAGE), err=True)
        page.show(f"Try '{context.command_path} {context.help_option_names[0]}' for help.\n", err=True)
    page.show(f"Error: {message}", err=True)


_PageContext: Final = type("_PageContext", (TyperGroup.context_class,), {"formatter_class": HelpPage})
