"""Reads a file of another program, a table or a leaflet, whichever it is, as the outline of a routine."""

from __future__ import annotations

import codecs
import errno
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach import safefiles
from voicecoach.errors import FileError, Problem, RoutineError
from voicecoach.routine.files import import_csv, import_jawt, import_text
from voicecoach.routine.files.described import NamedExercises
from voicecoach.routine.files.outline import Outline, Unreadable

MAX_BYTES: Final = 200_000
"""A leaflet of forty pages has less. [own choice]"""
MAX_LINES: Final = 2000
"""Of text; forty pages have fewer, and each may be an exercise. [own choice]"""
TAKEN: Final = (
    "What can be read: plain text with an exercise a line ('Bridge 3 x 10'), a table as CSV, a workout of"
    " Just Another Workout Timer as JSON, and routines."
)
_COPY: Final = "Copy its text into a plain text file, an exercise a line, and name that"

_BINARY: Final = (
    (b"%PDF", "a PDF", _COPY),
    (
        b"PK\x03\x04",
        "a document or an archive (Word, Excel, LibreOffice or zip)",
        f"{_COPY}, or save a table as CSV",
    ),
    (b"\xd0\xcf\x11\xe0", "an old document of Word or Excel", f"{_COPY}, or save a table as CSV"),
    (b"{\\rtf", "a document with formatting (RTF)", _COPY),
    (b"\x89PNG", "a picture", _COPY),
    (b"\xff\xd8\xff", "a picture", _COPY),
    (b"GIF8", "a picture", _COPY),
    (b"RIFF", "a picture or a sound", _COPY),
    (b"ID3", "a sound", _COPY),
    (b"\x1f\x8b", "a packed file", "Unpack it first"),
    (b"SQLite format 3", "a database", f"{_COPY}; a journal of voicecoach is for 'voicecoach restore'"),
)
"""What files that are no text begin with, what they are, and the way out."""
_ENCODINGS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_JSON: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[(?:\]\s*$|\s*[\[{\"]))")
"""A box to tick, as on a leaflet, begins with a bracket too."""
_WEB: Final = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body|div|svg|gpx|kml)\b", re.IGNORECASE)
_CALENDAR: Final = re.compile(r"\s*BEGIN:V(?:CALENDAR|CARD)", re.IGNORECASE)
_ROUTINE: Final = re.compile(r"^(?:steps|phases|rep):(?:\s|$)", re.MULTILINE)
"""A key that only stands in files of this program; people write it with a capital letter."""


class Format(NamedTuple):
    """A format that files can have."""

    name: str
    fits: Callable[[str, str], bool]
    """Tells by the text, and by the ending of the file's name, whether a file has it."""
    read: Callable[[str, NamedExercises], Outline]
    by_lines: bool = True


class NoRoutine(NamedTuple):
    """A sort of text that describes no routine."""

    is_one: re.Pattern[str]
    what: str
    way_out: str


REFUSED: Final = (
    NoRoutine(_WEB, "a web page or other markup", _COPY),
    NoRoutine(_CALENDAR, "a calendar or an address book", _COPY),
)

FORMATS: Final = (
    Format(
        "Just Another Workout Timer",
        lambda text, ending: ending == ".json" or bool(_JSON.match(text)),
        import_jawt.outline,
        by_lines=False,
    ),
    Format(
        "CSV",
        lambda text, ending: (
            ending in {".csv", ".tsv"} or import_csv.is_header(text.lstrip().partition("\n")[0])
        ),
        import_csv.outline,
    ),
    Format("plain text", lambda _text, _ending: True, import_text.outline),
)
"""The formats that can be read; the first that fits counts."""


def is_routine(text: str) -> bool:
    """Tell whether ``text`` is a file of this program, whatever its name."""
    return bool(_ROUTINE.search(text))


def text_of(path: Path) -> str:
    """Return the text in the file at ``path``. Raises FileError, also for a file that is no text."""
    try:
        source = safefiles.read(path, MAX_BYTES)
    except FileNotFoundError:
        raise FileError(f"There is no file {path}. Check the name and the folder.") from None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}. {_way_out(error)}.") from error
    for start, what, way_out in _BINARY:
        if source.startswith(start):
            raise FileError(f"{path} is {what}, which cannot be read here. {way_out}.")
    text = _decoded(source)
    if _CONTROLS.search(text):
        raise FileError(f"{path} is not a text. {TAKEN}")
    if not text.strip():
        raise FileError(f"{path} is empty. {TAKEN}")
    for each in REFUSED:
        if each.is_one.match(text):
            raise FileError(f"{path} is {each.what}, which cannot be read here. {each.way_out}.")
    return text


def outline(text: str, path: Path, shelf: NamedExercises) -> Outline:
    """Return what ``text``, which stands in the file at ``path``, describes.

    Raises RoutineError when it is broken.
    """
    fitting = next(each for each in FORMATS if each.fits(text, path.suffix.lower()))
    if fitting.by_lines and text.count("\n") > MAX_LINES:
        expected = "the exercises alone, in a file of their own"
        raise RoutineError(
            [Problem(path, MAX_LINES + 1, 1, f"this has more than {MAX_LINES} lines", expected)]
        )
    try:
        return fitting.read(text, shelf)
    except Unreadable as error:
        raise RoutineError([Problem(path, *error.place, error.wrong, error.expected)]) from None


def _decoded(source: bytes) -> str:
    for mark, encoding in _ENCODINGS:
        if source.startswith(mark):
            return source.decode(encoding, "replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return source.decode("cp1252", "replace")  # as Windows writes it


def _way_out(error: OSError) -> str:
    if error.errno == errno.EACCES:
        return "Give yourself permission to read it"
    if error.errno == errno.EFBIG:
        return "Name a file with one routine, or copy that into a file of its own"
    return "Name a file"
