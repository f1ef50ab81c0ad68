"""Tags of MP3 files: ID3v2.4 (id3.org/id3v2.4.0-structure) with chapters (id3.org/id3v2-chapters-1.0)."""

from __future__ import annotations

import struct
from typing import Final

from voicecoach.render.about import About
from voicecoach.render.chapters import Chapter
from voicecoach.units import seconds

_UTF_8: Final = b"\x03"
_FRONT_COVER: Final = b"\x03"
_TOP_AND_ORDERED: Final = 0b11
"""What the table of contents is: that of the whole file, to be played in its order."""
_UNKNOWN: Final = 0xFFFF_FFFF
"""The offset in bytes of a chapter that is given by its time."""
_MOST_CHAPTERS: Final = 255
"""The table of contents counts them in one byte."""


def tag(about: About, *, late: float) -> bytes:
    """Return the tag that stands before the sound, which is heard ``late`` by so many seconds."""
    language = about.iso_639_2
    chapters = about.chapters[:_MOST_CHAPTERS]
    frames = [_text("TIT2", about.title), _text("TLAN", language)]
    if about.description:
        frames.append(_frame("COMM", _UTF_8 + language.encode() + b"\0" + about.description.encode()))
    if chapters:
        frames.append(_text("TLEN", str(_milliseconds(about.chapters[-1].end, late))))
        frames.append(_contents(chapters))
        frames += [_chapter(number, each, late) for number, each in enumerate(chapters)]
    if about.cover:
        frames.append(_frame("APIC", _UTF_8 + b"image/png\0" + _FRONT_COVER + b"\0" + about.cover))
    body = b"".join(frames)
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def _contents(chapters: tuple[Chapter, ...]) -> bytes:
    names = b"".join(_name(number) for number, _ in enumerate(chapters))
    return _frame("CTOC", b"contents\0" + bytes((_TOP_AND_ORDERED, len(chapters))) + names)


def _chapter(number: int, chapter: Chapter, late: float) -> bytes:
    start = _milliseconds(chapter.frame, late) if chapter.frame else 0
    times = struct.pack(">4I", start, _milliseconds(chapter.end, late), _UNKNOWN, _UNKNOWN)
    return _frame("CHAP", _name(number) + times + _text("TIT2", chapter.title))


def _name(number: int) -> bytes:
    return f"chapter{number}".encode() + b"\0"


def _milliseconds(frame: int, late: float) -> int:
    return round(1000 * (seconds(frame) + late))


def _text(name: str, text: str) -> bytes:
    return _frame(name, _UTF_8 + text.encode())


def _frame(name: str, content: bytes) -> bytes:
    return name.encode() + _synchsafe(len(content)) + b"\0\0" + content


def _synchsafe(number: int) -> bytes:
    """Return a number as four bytes of seven bits, so that a decoder does not take it for sound."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
