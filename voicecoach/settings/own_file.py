"""A file in the data folder that a person reads and edits: never lost, and never taken for an empty one."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from voicecoach import paths
from voicecoach.errors import FileError, OwnFileError, RoutineError
from voicecoach.routine.files.located_yaml import MAX_BYTES, Data, Document, Mistakes, parse, show, wrong
from voicecoach.routine.files.values import Parser, group
from voicecoach.safefiles import opened, set_aside, write

_YEARS: Final = range(2000, 2200)
T = TypeVar("T")
Notice = Callable[[str], None]
Read = Callable[[bytes, Path], T]
"""Reads the text of a file. Raises RoutineError."""


@dataclass(frozen=True)
class OwnFile(Generic[T]):
    """The file ``<name>.yaml``, and what its messages say. What a method takes as ``read`` reads its text."""

    name: str
    again: str
    """The way to a new file, such as ``begin another with '…'``."""
    without: str = ""
    """The way to do without the file, as a sentence with a space before it."""

    def path(self) -> Path:
        """Return the file's place; it may not exist."""
        return paths.user_data() / f"{self.name}.yaml"

    def load(self, read: Read[T]) -> T | None:
        """Return what the file says, or None when there is none. Raises FileError when it makes no sense."""
        path = self.path()
        try:
            with opened(path) as file:
                source = file.read(MAX_BYTES + 1)  # so many say that it is too large
            return read(source, path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise OwnFileError(
                f"Your {self.name} {path} cannot be read: {error.strerror}. Move it away, and {self.again}."
                f"{self.without}"
            ) from error
        except RoutineError as error:
            raise FileError(
                f"{error}\nYour {self.name} cannot be understood. Mend it, or {self.again} (the file is then"
                f" kept under another name).{self.without}"
            ) from error

    def save(self, text: str, notice: Notice, read: Read[T]) -> None:
        """Write ``text``, and keep what makes no sense there under another name. Raises FileError."""
        try:
            self._keep_what_is_damaged(notice, read)
            write(self.path(), text)
        except OSError as error:
            raise OwnFileError(
                f"Your {self.name} cannot be written to {self.path()}: {error.strerror}. Set VOICECOACH_HOME"
                " to a folder that can be written to."
            ) from error

    def remove(self, notice: Notice, read: Read[T]) -> None:
        """Remove the file, or keep it under another name when it makes no sense. Raises FileError."""
        try:
            self._keep_what_is_damaged(notice, read)
            self.path().unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            raise OwnFileError(
                f"Your {self.name} {self.path()} cannot be removed: {error.strerror}."
            ) from error

    def _keep_what_is_damaged(self, notice: Notice, read: Read[T]) -> None:
        try:
            self.load(read)
        except FileError:
            aside = set_aside(self.path())
            notice(f"The {self.name} that could not be understood is kept as {aside}.")


def parse_keys(
    source: bytes, path: Path, example: str, needed: dict[str, Parser], more: dict[str, Parser]
) -> tuple[dict[str, Any], Document]:
    """Parse the text of a file of keys; the document has the problems found.

    Raises RoutineError for a text that cannot be read any further.
    """
    document = parse(source, path)
    try:
        if not isinstance(document.data, dict):
            raise wrong(f"{show(document.data)} stands here", f"lines such as '{example}'")
        return group(document.data, needed, more), document
    except Mistakes as found:
        document.complain_all((), found.mistakes)
        return {}, document


def day(raw: Data) -> date:
    """A day: ``2026-03-02``."""
    if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII):
        with contextlib.suppress(ValueError):
            found = date.fromisoformat(raw)
            if found.year in _YEARS:
                return found
    raise wrong(f"{show(raw)} is not a day of these times", "year, month and day, such as 2026-03-02")
