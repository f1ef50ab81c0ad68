"""The earcons in ``sounds/``. Their lengths, which the timeline needs, can be read without numpy."""

from __future__ import annotations

import wave
from functools import cache
from typing import TYPE_CHECKING

from voicecoach.errors import OwnFileError
from voicecoach.paths import shipped
from voicecoach.timeline.segment import Sound

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.audio.pcm import Samples


def path(sound: Sound) -> Path:
    """Return the file of ``sound``."""
    return shipped("sounds", f"{sound}.wav")


@cache
def load(sound: Sound) -> Samples:
    """Return the samples of ``sound``, read once; do not write to them.

    Raises OwnFileError when its file is missing or is not 16-bit mono at 48 kHz.
    """
    from voicecoach.audio.pcm import read_wav  # noqa: PLC0415 - lengths() must not load numpy

    samples = read_wav(path(sound))
    samples.flags.writeable = False
    return samples


def lengths() -> dict[Sound, int]:
    """Return each sound's length in frames, from the files' headers.

    Raises OwnFileError when one is missing.
    """
    return {sound: _length(path(sound)) for sound in Sound}


def _length(file: Path) -> int:
    try:
        with wave.open(str(file), "rb") as header:
            return header.getnframes()
    except (OSError, EOFError, wave.Error) as error:
        raise OwnFileError(
            f"The sound file {file} cannot be read ({error}). Install voicecoach again to get it back."
        ) from error
