"""The person's own music: which files a folder has, and what is in them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from voicecoach.errors import FileError
from voicecoach.routine.files.values import clean
from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.audio.pcm import Samples

FORMATS: Final = ("mp3", "flac", "ogg", "wav")
"""What miniaudio decodes, by the ending of the name. Opus and AAC it does not."""
RATES: Final = range(8_000, 384_001)
"""Sample rates that music has; others would be a damaged file, and could fill the memory."""
CHUNK: Final = RATE // 5
"""Frames decoded at a time: 0.2 s."""


def find(path: Path) -> tuple[Path, ...]:
    """The file at ``path``, or every music file in that folder and those inside it, in the order of their
    names, in which 2 comes before 10. Hidden files are left out.

    Raises FileError when there is no such file or folder, or no music in it.
    """
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise FileError(f"There is no music at {_shown(path)}. Give a folder, or {_any_of('or')} file.")
    endings = tuple(f".{each}" for each in FORMATS)
    found = [
        file
        for folder, _, names in os.walk(path)
        for name in names
        if name.lower().endswith(endings) and not name.startswith(".")
        if (file := Path(folder, name)).is_file()
    ]
    if not found:
        raise FileError(
            f"There is no music in {_shown(path)}. Put {_any_of('or')} files there, or give another folder."
        )
    return tuple(sorted(found, key=lambda file: _natural(file.relative_to(path))))


def decode(path: Path, *, resampled: bool = True) -> Iterator[Samples]:
    """What is in a music file, mono, in chunks; at 48 kHz, or as it comes when that will do.

    Raises FileError, with a sentence of its own, before the first chunk when it cannot be read or holds
    nothing. A file that is damaged further on ends there.
    """
    import miniaudio  # noqa: PLC0415 - loaded only when there is music

    try:
        rate = miniaudio.get_file_info(str(path)).sample_rate
        chunks = miniaudio.stream_file(str(path), nchannels=1, sample_rate=rate, frames_to_read=CHUNK)
        first = next(chunks, None)
    except (miniaudio.MiniaudioError, OSError, ValueError) as error:
        raise unplayable(path) from error
    if first is None or rate not in RATES:
        raise unplayable(path)
    resample = _resampler(rate) if resampled and rate != RATE else lambda chunk, **_: chunk
    yield resample(np.frombuffer(first, np.int16))
    try:
        for chunk in chunks:
            yield resample(np.frombuffer(chunk, np.int16))
    except miniaudio.MiniaudioError:
        return
    yield resample(np.zeros(0, np.int16), last=True)


def unplayable(path: Path) -> FileError:
    """The error for a file that no music can be got from."""
    return FileError(f"{_shown(path.name)} cannot be played: it is empty, damaged, or not {_any_of('or')}.")


def _resampler(rate: int) -> Any:  # noqa: ANN401 - soxr has no types
    """To 48 kHz. miniaudio's own way loses 1.5 dB at 10 kHz and leaves noise 34 dB below a tone of 5 kHz."""
    import soxr  # noqa: PLC0415 - as above

    return soxr.ResampleStream(rate, RATE, 1, dtype="int16", quality="HQ").resample_chunk


def _natural(path: Path) -> list[list[tuple[int, int | str]]]:
    """A key that sorts names as people number them, folder by folder."""
    return [
        [(0, int(part)) if part.isdecimal() else (1, part.casefold()) for part in re.split(r"(\d+)", name)]
        for name in path.parts
    ]


def _any_of(word: str) -> str:
    *others, last = FORMATS
    return f"{', '.join(others)} {word} {last}"


def _shown(path: Path | str) -> str:
    """As it may be printed, whatever it is called."""
    return f"'{clean(str(path))}'"
