"""The base voice: pyttsx3, which drives espeak-ng on Linux and the system's own voice elsewhere.

Its faults (version 2.99), and how this module handles them:

* ``say`` starts another program to play the sound: only ``save_to_file`` is used.
* Several texts queued before one ``runAndWait`` give only the last file: one text at a time.
* On Linux espeak works in a thread of its own, and ``runAndWait`` cancels texts queued there: one in a
  hundred came out empty, and a new rate was forgotten. So the engine waits for espeak before and after.
* macOS writes AIFF whatever the file is called: the file's first bytes decide how it is read.
* Without a system-wide espeak, the library must be loaded before pyttsx3 looks for it, and loading it without
  its data path ends the process: ``espeakng_loader`` provides both.
"""

from __future__ import annotations

import ctypes
import math
import os
import struct
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.errors import VoiceFailed, VoiceUnavailable, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.voices.engines import Samples


_ESPEAK_PACE: Final = 1.25
"""Words a minute that 20 coaching sentences take, by the rate asked of espeak: 106 at 80, 206 at 165, 401 at
320 (tests/voices/bench_voices.py)."""


class Pyttsx3Engine:
    """The default voice. Must be used from the thread that made it (SAPI5 insists)."""

    def __init__(self, accent: str = "") -> None:
        """Speak with an ``accent``, by the name or the language of a voice; without one by the default."""
        if sys.platform == "linux" and find_spec("espeakng_loader") is not None:
            _load_espeak()
        try:
            import pyttsx3  # noqa: PLC0415 - only the worker may load a speech library

            self._engine = pyttsx3.init()
        except Exception as error:  # its drivers raise any error of their platform
            raise VoiceUnavailable(f"The base voice could not be loaded ({error}).") from error
        self._espeak = self._engine.driver_name == "espeak"
        if self._espeak:
            # Before this, a rate is only queued, and the first text would be spoken at the old rate.
            self._engine.proxy.setBusy(False)
        if accent:
            self._engine.setProperty("voice", self._voice(accent))

    def _voice(self, accent: str) -> str:
        """Return the id of the voice with that accent. Raises VoiceUnavailable."""
        names: dict[str, str] = {}
        for voice in self._engine.getProperty("voices"):
            ident = str(voice.id)
            for name in (ident, ident.rpartition("/")[2], str(voice.name), *map(str, voice.languages or ())):
                names.setdefault(name.lower(), ident)
        if accent not in names:
            near = nearest(accent, names)
            more = f"; did you mean '{near}'?" if near else ""
            raise VoiceUnavailable(f"no voice here is called '{accent}'{more}")
        return names[accent]

    def render(self, text: str, wpm: int) -> tuple[Samples, int]:
        self._engine.setProperty("rate", round(wpm / _ESPEAK_PACE) if self._espeak else wpm)
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
            path = Path(folder, "speech.wav")
            self._settle()
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            self._settle()
            try:
                return read_sound(path.read_bytes())
            except FileNotFoundError as error:
                raise VoiceFailed("it wrote no sound") from error

    def _settle(self) -> None:
        """Wait until espeak has finished all its requests."""
        if self._espeak:
            from pyttsx3.drivers import _espeak  # noqa: PLC0415 - loads the library, which only espeak has

            _espeak.Synchronize()


def _load_espeak() -> None:
    import espeakng_loader  # noqa: PLC0415 - as above

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path())


def read_sound(data: bytes) -> tuple[Samples, int]:
    """Return the mono samples and sample rate in ``data``; the bytes decide the format.

    Raises VoiceFailed for anything that is not a complete WAV or AIFF file.
    """
    try:
        if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
            return _wav(data)
        if data[:4] == b"FORM" and data[8:12] in (b"AIFF", b"AIFC"):
            return _aiff(data)
    except (KeyError, struct.error, ValueError) as error:
        raise VoiceFailed(f"The voice wrote a damaged sound file ({error!r}).") from error
    raise VoiceFailed(f"The voice wrote a file that is not a sound file ({data[:4]!r}).")


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
    """Decode the 80-bit float that holds the sample rate of AIFF."""
    exponent, mantissa = struct.unpack(">HQ", ten)
    return round(math.ldexp(mantissa, (exponent & 0x7FFF) - 16383 - 63))
