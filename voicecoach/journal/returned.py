"""A record that comes back: one session as a page noted it, as the text of a small file or as a code.

The text is what ``history --json`` writes of one session, with an id of its own and a checksum, which finds
accidents and not lies. A code is that text in letters that can be pasted anywhere.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from voicecoach import safefiles
from voicecoach.errors import FileError
from voicecoach.journal.export import FORMAT, as_json, from_json
from voicecoach.journal.records import Event, Session
from voicecoach.text import clean

LARGEST: Final = 400_000
"""Bytes of a record at most: some thousand sets. [own choice]"""
PAGE: Final = 1
"""The version of what a page adds to the format of :mod:`voicecoach.journal.export`."""
_CODE: Final = re.compile(r"(vc1|vc1z)\.([A-Za-z0-9_-]+)=*\Z")
_SUM: Final = re.compile(r',"crc32":"([0-9a-f]{8})"\}\s*\Z')
_ID: Final = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True, slots=True)
class Returned:
    """A record that came back whole. Nothing in it has been compared with anything."""

    record: str
    """Its own id, by which it is noted only once."""
    session: Session
    events: tuple[Event, ...]


def read_from(where: str) -> Returned:
    """Read a record from a code, or from the file of that name. Raises FileError."""
    if is_code(where):
        return read(where)
    path = Path(where)
    try:
        return read(safefiles.read(path, LARGEST).decode("utf-8-sig"))
    except UnicodeDecodeError:
        _damaged()
    except OSError as error:
        raise FileError(
            f"'{clean(where)}' cannot be read ({error.strerror or error}). Give the file that the page saved,"
            " or the code that it showed."
        ) from error


def is_code(text: str) -> bool:
    """Tell whether ``text`` is a code, and not the name of a file."""
    return text.lstrip().startswith(("vc1.", "vc1z."))


def read(text: str) -> Returned:
    """Read the text of a file, or a code. Raises FileError, whose message is for the person."""
    if len(text) > 2 * LARGEST:
        raise FileError("This record is too large to be one session.")
    if is_code(text):
        text = _decoded(text)
    if len(text.encode()) > LARGEST:
        raise FileError("This record is too large to be one session.")
    found = _SUM.search(text)
    if found is None:
        raise FileError("This is not a record from a voicecoach page, or part of it is missing.")
    text = text[: found.start()] + "}"
    if zlib.crc32(text.encode()) != int(found[1], 16):
        _damaged()
    return _understood(text)


def as_text(record: str, session: Session, events: Sequence[Event] = ()) -> str:
    """Return the text of a record as a page writes it."""
    sessions = json.loads(as_json([(session, events)]))["sessions"]
    whole = {"format": FORMAT, "page": PAGE, "record": record, "sessions": sessions}
    return with_sum(json.dumps(whole, separators=(",", ":"), ensure_ascii=False))


def with_sum(text: str) -> str:
    """Return the JSON of an object with its checksum as the last key."""
    return f'{text[:-1]},"crc32":"{zlib.crc32(text.encode()):08x}"}}'


def as_code(text: str) -> str:
    """Return the text of a record as a code."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(text.encode()) + packer.flush()
    return "vc1z." + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _decoded(code: str) -> str:
    """Return the text in a code, which may have been broken into lines."""
    found = _CODE.fullmatch("".join(code.split()))
    if found is None:
        _damaged()
    try:
        raw = base64.urlsafe_b64decode(found[2] + "=" * (-len(found[2]) % 4))
        if found[1] == "vc1z":
            unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
            raw = unpacker.decompress(raw, LARGEST + 1)
        return raw.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        _damaged()


def _understood(text: str) -> Returned:
    try:
        raw = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        _damaged()
    record, page = raw.get("record"), raw.get("page")
    if not isinstance(page, int) or isinstance(page, bool):
        raise FileError("This is not a record from a voicecoach page.")
    if page > PAGE:
        raise FileError("This record is from the page of a newer voicecoach. Update voicecoach to read it.")
    if not isinstance(record, str) or not _ID.match(record):
        raise FileError("This record is incomplete. Save the file again, or copy the code once more.")
    found = from_json(text)
    if len(found) != 1:
        raise FileError(f"This record has {len(found)} sessions; a page writes one at a time.")
    ((session, events),) = found
    return Returned(record, session, tuple(events))


def _no_number(name: str) -> Any:  # noqa: ANN401 - it never returns
    raise ValueError(name)


def _damaged() -> NoReturn:
    raise FileError("This record is damaged. Copy the code once more, or save the file again.")
