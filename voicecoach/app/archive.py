"""The one file of a copy: a zip with the person's files, which is read as if a stranger had made it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO, Final

from voicecoach import __version__
from voicecoach.app import belongings
from voicecoach.journal.transcript import LARGEST as LARGEST_JOURNAL
from voicecoach.safefiles import give_name, opened, private_beside

FORMAT: Final = 1
"""Raised when an older program would misunderstand a copy."""
HEADER: Final = b"PK\x03\x04"
"""How a zip begins."""
_ABOUT: Final = "voicecoach.json"
_MOST: Final = belongings.MOST + 10
_DIRECTORY: Final = 1_000_000
"""The most bytes of the list of files at its end [own choice]."""
_END: Final = b"PK\x05\x06"
_END_OF_LARGE: Final = b"PK\x06\x07"
_END_SIZE: Final = 22
"""The bytes of what stands at the end of a zip, without a comment, which has at most 65,535."""
_FILE: Final = 0o100600
_PLAIN: Final = {0, stat.S_IFREG}
"""The kinds of files in it that are read; 0 where a program did not say."""
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError),
)
"""What zipfile raises for a file that is none."""


class NotOurs(Exception):
    """Says, for the end of a sentence, why a file is no copy that can be read."""


def write(path: Path, files: Mapping[str, Path]) -> None:
    """Write ``files``, by their names in it, into a new file; nobody else can read it.

    Raises OSError, FileExistsError when there is one, and leaves nothing then.
    """
    about = {"format": FORMAT, "version": __version__, "files": [*files]}
    with private_beside(path) as (file, unfinished):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(_entry(_ABOUT), json.dumps(about))
            for name, source in files.items():
                with opened(source) as content, made.open(_entry(name), "w") as entry:
                    shutil.copyfileobj(content, entry)
        file.flush()
        os.fsync(file.fileno())
        give_name(unfinished, path)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _FILE << 16
    return entry


class CopiedFile:
    """The content of one file in a copy."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, none at its end. Raises NotOurs."""
        try:
            return self._file.read(size)
        except _UNREADABLE as error:
            raise NotOurs("it is damaged") from error


def read(file: BinaryIO) -> Iterator[tuple[str, CopiedFile]]:
    """Yield the name and the content of each file in it, none of them larger than such a file can be.

    Raises NotOurs, at any moment, and OSError.
    """
    _refuse_a_long_list(file)
    try:
        with zipfile.ZipFile(file) as found:
            entries = {each.filename: each for each in found.infolist()}
            if len(entries) < len(found.infolist()):
                raise NotOurs("a file is in it twice")
            for each in entries.values():
                _refuse(each)
            if sum(each.file_size for each in entries.values()) > LARGEST_JOURNAL + belongings.TOGETHER:
                raise NotOurs("it is too large")
            if _named(found, entries) | {_ABOUT} != entries.keys():
                raise NotOurs("it is damaged")
            for name, each in entries.items():
                if name != _ABOUT:
                    with found.open(each) as content:
                        yield name, CopiedFile(content)
    except _UNREADABLE as error:
        raise NotOurs("it is damaged") from error


def _refuse_a_long_list(file: BinaryIO) -> None:
    """Raise NotOurs when it says that more files are in it than there can be, before each takes memory."""
    end = _END_SIZE + (1 << 16)
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - end))
    tail = file.read(end)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise NotOurs("it is damaged")
    count, size = struct.unpack_from("<HI", tail, at + 10)
    if count > _MOST or size > _DIRECTORY or _END_OF_LARGE in tail[max(0, at - 20) : at]:
        raise NotOurs("more files are in it than a copy can have")
    file.seek(0)


def _refuse(entry: zipfile.ZipInfo) -> None:
    """Raise NotOurs for an entry that :func:`write` would not have made."""
    most = LARGEST_JOURNAL if entry.filename == belongings.JOURNAL else belongings.LARGEST
    if not (entry.filename == _ABOUT or belongings.is_known(entry.filename)):
        raise NotOurs(f"{entry.filename!r:.80} in it is no file of voicecoach")
    if entry.file_size > most:
        raise NotOurs(f"{entry.filename} in it is too large")
    if stat.S_IFMT(entry.external_attr >> 16) not in _PLAIN or entry.flag_bits & 1:
        raise NotOurs(f"{entry.filename} in it is no plain file")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise NotOurs(f"{entry.filename} in it is packed in another way")


def _named(found: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> set[str]:
    """Return the names of the files that a copy says are in it.

    Raises NotOurs for a file that does not say that it is a copy, or is one of a newer version.
    """
    try:
        with found.open(entries[_ABOUT]) as content:
            about = json.loads(CopiedFile(content).read())
        newer, names = about["format"] > FORMAT, {str(each) for each in about["files"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NotOurs("it is another program's") from None
    if newer:
        raise NotOurs("a newer voicecoach made it, so update voicecoach first")
    return names
