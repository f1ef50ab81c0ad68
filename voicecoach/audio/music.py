"""Music without an end: tracks one after the other, brought to one level, decoded ahead of time."""

from __future__ import annotations

import os
import re
from collections import deque
from itertools import islice
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from voicecoach.audio.pcm import FADE, FULL_SCALE, Samples, fade_in, fade_out, gain, to_samples
from voicecoach.errors import FileError
from voicecoach.text import clean
from voicecoach.units import RATE, frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Decode = Callable[..., Iterator[Samples]]
    from collections.abc import Iterator


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


TARGET: Final = -25.0
"""dBFS of a track's mean power: 6 dB below speech, which is levelled at -19 LUFS [own choice]."""
AHEAD: Final = frames(4)
"""Frames that are decoded ahead. A track of four minutes is measured in 0.4 s, and a slow computer may take
ten times as long."""
REMEMBERED: Final = frames(1)
"""Frames that can be taken back: more than any output holds."""
MEASURED: Final = frames(15 * 60) // CHUNK
"""Chunks of a track that its level is taken from, so that a mix of some hours begins within a second too."""
SHORTEST: Final = frames(0.1)
"""A file with less in it is not music, and playing it again and again would keep the computer busy."""
PATIENCE: Final = 1.0
"""Seconds to wait for the thread at the end: a disk in a network may never answer."""
OVER: Final = "The music has stopped: none of its files can be played any more."


def open_music(path: Path, notice: Callable[[str], object], *, patient: bool = False) -> Music:
    """The music in the file or folder ``path``, in the order of the names, from the first again at the end.

    ``notice`` gets a sentence for each file that cannot be played, from any thread. Raises FileError when
    there is nothing that can be.
    """
    files = list(find(path))
    while files:
        try:
            next(decode(files[0]))
        except FileError as error:
            if path == files[0]:
                raise
            notice(str(error))
            del files[0]
        else:
            return Music(files, notice, patient=patient)
    raise FileError(f"None of the files in '{path}' can be played. Give a folder with other music.")


class Music:
    """Samples from a thread that decodes. :meth:`take` and :meth:`rewind` are for one thread."""

    def __init__(
        self,
        files: Sequence[Path],
        notice: Callable[[str], object],
        *,
        patient: bool = False,
        decode: Decode = decode,
    ) -> None:
        """``patient``: :meth:`take` waits for what is not decoded yet, for writing a file; else it gives
        silence, as a session does not wait for a disk.
        """
        self._files = list(files)
        self._notice = notice
        self._patient = patient
        self._decode = decode
        self._changed = Condition()
        self._ahead: deque[Samples] = deque()
        self._held = 0
        """Frames in ``_ahead``."""
        self._behind: deque[Samples] = deque()
        """What was taken last, to be taken back."""
        self._fresh = True
        """Whether there was no music before what is taken next."""
        self._ended = False
        self._closed = False
        self._thread = Thread(target=self._work, name="music", daemon=True)
        self._thread.start()

    def take(self, length: int) -> Samples:
        """The next ``length`` frames; silence where there are none. Music begins and ends with a fade."""
        with self._changed:
            dry = not self._patient and self._held < length + FADE
            taken = self._cut(length)
            self._changed.notify_all()
        samples = np.concatenate([*taken, np.zeros(length - sum(map(len, taken)), np.int16)])
        if sounding := sum(map(len, taken)):
            self._remember(taken)
            if self._fresh:
                samples[:FADE] = fade_in(samples[:FADE])
            if dry:
                samples[:sounding] = fade_out(samples[:sounding])
            self._fresh = dry
        return samples

    def rewind(self, length: int) -> None:
        """Take back the last ``length`` frames: they were not heard. What comes next fades in."""
        with self._changed:
            while length and self._behind:
                last = self._behind.pop()
                kept, again = np.split(last, [max(len(last) - length, 0)])
                if len(kept):
                    self._behind.append(kept)
                self._ahead.appendleft(again)
                self._held += len(again)
                length -= len(again)
            self._fresh = True

    def close(self) -> None:
        """Stop decoding. Further calls do nothing."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(PATIENCE)

    def _cut(self, length: int) -> list[Samples]:
        """Up to ``length`` frames off the front."""
        parts = []
        while length:
            if self._patient:
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._ahead or self._ended)
            if not self._ahead:
                break
            part = self._ahead.popleft()
            if len(part) > length:
                part, rest = np.split(part, [length])
                self._ahead.appendleft(rest)
            parts.append(part)
            length -= len(part)
            self._held -= len(part)
        return parts

    def _remember(self, taken: list[Samples]) -> None:
        self._behind.extend(taken)
        held = sum(map(len, self._behind))
        while held - len(self._behind[0]) >= REMEMBERED:
            held -= len(self._behind.popleft())

    def _work(self) -> None:
        try:
            for samples in self._tracks():
                with self._changed:
                    self._changed.wait_for(lambda: self._held < AHEAD or self._closed)
                    self._ahead.append(samples)
                    self._held += len(samples)
                    self._changed.notify_all()
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _tracks(self) -> Iterator[Samples]:
        """All files, levelled, again and again, until none is left or the music is closed."""
        while self._files and not self._closed:
            for file in tuple(self._files):
                try:
                    factor = self._factor(file)
                    for chunk in self._until_closed(self._decode(file)):
                        if len(chunk):
                            yield to_samples(chunk * np.float32(factor))
                except Exception as error:  # noqa: BLE001 - whatever it is, other files can be played
                    self._files.remove(file)
                    self._notice(str(error if isinstance(error, FileError) else unplayable(file)))
        if not self._closed:
            self._notice(OVER)

    def _factor(self, file: Path) -> float:
        """What brings a track to :data:`TARGET`. Soft ones stay as they are, and so does their noise."""
        chunks = islice(self._decode(file, resampled=False), MEASURED)
        level, length = mean_power(self._until_closed(chunks))
        if length < SHORTEST and not self._closed:
            raise unplayable(file)
        return min(1.0, gain(TARGET) / level) if level else 1.0

    def _until_closed(self, chunks: Iterable[Samples]) -> Iterator[Samples]:
        for chunk in chunks:
            if self._closed:
                return
            yield chunk


def mean_power(chunks: Iterable[Samples]) -> tuple[float, int]:
    """The level of the loud parts, as a share of full scale (root mean square), and the length in frames.

    Gated as ITU-R BS.1770 does it, so that silence and soft passages do not count, but without its weighting
    of frequencies: music with much bass is made a little softer than it asks for.
    """
    measured = [
        (float(np.mean(np.square(chunk, dtype=np.float32))), len(chunk)) for chunk in chunks if len(chunk)
    ]
    length = sum(size for _, size in measured)
    powers = np.array([power for power, _ in measured]) / FULL_SCALE**2
    for below_mean in (None, 0.1):
        gate = 1e-7 if below_mean is None else powers.mean() * below_mean
        powers = powers[powers > gate]
        if not len(powers):
            return 0.0, length
    return float(np.sqrt(powers.mean())), length
