"""The HTML files that commands write, to open in a browser."""

from __future__ import annotations

from pathlib import Path

from voicecoach.cli import page, places
from voicecoach.errors import FileError, UsageError
from voicecoach.safefiles import write


def place_of(output: Path) -> Path:
    """Return where to write what is called for. Raises UsageError for what is no name of a page."""
    path = places.at_home(output)
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"'{output}' is not the name of an HTML page. End it in .html.")
    return path


def keep(what: str, html: str, output: Path) -> None:
    """Write a page and say where it is; ``what`` is what it is called: "report". Raises FileError."""
    try:
        write(place_of(output), html)
    except OSError as error:
        raise FileError(f"The {what} cannot be written to {output}: {error.strerror or error}.") from error
    page.show(f"Your {what} is in {output}: open it in a browser, and print it or save it as PDF there.")
