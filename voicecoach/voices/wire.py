"""The messages between the program and its speech worker, over the worker's stdin and stdout.

A request is a header (words a minute, bytes of text) and UTF-8 text. A reply is a header (kind, bytes) and
a body: sound for SOUND, nothing for READY, else a message for a person.
"""

from __future__ import annotations

import struct
from enum import Enum
from typing import IO, Final

_REQUEST: Final = struct.Struct("<HI")
_REPLY: Final = struct.Struct("<cI")
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one message: eleven minutes of sound. More can only be a broken stream."""


class Reply(Enum):
    """What a worker can answer. The first message it sends is READY or UNAVAILABLE."""

    READY = b"R"
    UNAVAILABLE = b"X"
    SOUND = b"S"
    """int16 mono at 48 kHz, little-endian."""
    UNSPEAKABLE = b"U"
    FAILED = b"F"


def send_request(pipe: IO[bytes], text: str, wpm: int) -> None:
    body = text.encode()
    pipe.write(_REQUEST.pack(wpm, len(body)) + body)
    pipe.flush()


def read_request(pipe: IO[bytes]) -> tuple[str, int] | None:
    """The next text and its words a minute; None when the other side has gone."""
    header = pipe.read(_REQUEST.size)
    if len(header) < _REQUEST.size:
        return None
    wpm, size = _REQUEST.unpack(header)
    body = pipe.read(size)
    return (body.decode(), wpm) if len(body) == size else None


def send_reply(pipe: IO[bytes], kind: Reply, body: bytes = b"") -> None:
    pipe.write(_REPLY.pack(kind.value, len(body)))
    pipe.write(body)
    pipe.flush()


def read_reply(pipe: IO[bytes]) -> tuple[Reply, bytes] | None:
    """The next reply; None when the worker has gone, or sent something that is no reply."""
    header = pipe.read(_REPLY.size)
    if len(header) < _REPLY.size:
        return None
    kind, size = _REPLY.unpack(header)
    if size > _LARGEST:
        return None
    body = pipe.read(size)
    try:
        return (Reply(kind), body) if len(body) == size else None
    except ValueError:
        return None
