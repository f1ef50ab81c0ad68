"""Reads the sound files that speech engines write: WAV and AIFF, 16-bit PCM."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import VoiceFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.voices.engine import Samples


def read_sound(data: bytes) -> tuple[Samples, int]:
    """Mono samples and sample rate of a file's bytes; the bytes decide the format, not the file's name.

    Raises VoiceFailed for anything that is not a complete WAV or AIFF file.
    """
    try:
        if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
            return _wav(data)
        if data[:4] == b"FORM" and data[8:12] in (b"AIFF", b"AIFC"):
            return _aiff(data)
    except (KeyError, struct.error, ValueError) as error:
        raise VoiceFailed(f"The voice wrote a damaged sound file ({error!r}).") from error
    raise VoiceFailed(f"The voice wrote a file that is not sound ({data[:4]!r}).")


def _wav(data: bytes) -> tuple[Samples, int]:
    parts = dict(_chunks(data, "<"))
    channels, rate, bits = struct.unpack_from("<2xHI6xH", parts[b"fmt "])
    return _pcm(parts[b"data"], "<", bits, channels), rate


def _aiff(data: bytes) -> tuple[Samples, int]:
    parts = dict(_chunks(data, ">"))
    channels, _, bits = struct.unpack_from(">hIh", parts[b"COMM"])
    order = "<" if parts[b"COMM"][18:22] == b"sowt" else ">"
    return _pcm(parts[b"SSND"][8:], order, bits, channels), _extended(parts[b"COMM"][8:18])


def _chunks(data: bytes, order: str) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        (size,) = struct.unpack_from(f"{order}I", data, at + 4)
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _pcm(raw: bytes, order: str, bits: int, channels: int) -> Samples:
    if bits != 16 or channels < 1:
        raise ValueError(f"{bits} bits, {channels} channels")
    whole = len(raw) // (2 * channels) * channels
    values = np.frombuffer(raw, f"{order}i2", whole).reshape(-1, channels)
    return np.asarray(values.mean(axis=1) / 32768, np.float32)


def _extended(ten: bytes) -> int:
    """The 80-bit float in which AIFF keeps its sample rate."""
    exponent, mantissa = struct.unpack(">HQ", ten)
    return round(math.ldexp(mantissa, (exponent & 0x7FFF) - 16383 - 63))
