"""The HTML files that commands write, to open in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from voicecoach import safefiles
from voicecoach.cli import page, places
from voicecoach.errors import FileError, UsageError

ENDINGS: Final = frozenset({".html", ".htm"})


def place_of(output: Path) -> Path:
    """Return where to write what is called for. Raises UsageError for what is no name of a page."""
    path = places.at_home(output)
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"'{output}' is not the name of an HTML page. End it in .html.")
    return path


def keep(what: str, html: str, output: Path) -> None:
    """Write a page and say where it is; ``what`` is what it is called: "report". Raises FileError."""
    put(what, html, output)
    page.show(f"Your {what} is in {output}: open it in a browser, and print it or save it as PDF there.")


def check(what: str, output: Path) -> None:
    """Raise FileError when a page surely cannot be written, before it is made."""
    with _told(what, output):
        safefiles.check(place_of(output))


def put(what: str, html: str, output: Path) -> None:
    """Write a page, as a whole or not at all; ``what`` is what it is called. Raises FileError."""
    with _told(what, output):
        safefiles.write(place_of(output), html)


@contextmanager
def _told(what: str, output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(f"The {what} cannot be written to {output}: {error.strerror or error}.") from error
