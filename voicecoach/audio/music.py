"""Plays music without end: tracks one after the other, at one level, decoded ahead of time."""

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
from voicecoach.safefiles import is_file, is_folder
from voicecoach.text import clean, legible
from voicecoach.units import RATE, frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Decode = Callable[..., Iterator[Samples]]
    from collections.abc import Iterator


FORMATS: Final = ("mp3", "flac", "ogg", "wav")
"""The formats that miniaudio decodes, by the ending of the name. It cannot decode Opus and AAC."""
RATES: Final = range(8_000, 384_001)
"""The sample rates of music; any other means a damaged file, which could fill the memory."""
LARGEST: Final = 500_000_000
"""Bytes of a file of music [own choice]: all of a damaged one is searched for sound, 100 MB a second."""
CHUNK: Final = RATE // 5
"""Frames decoded at a time: 0.2 s."""


def find(path: Path) -> tuple[Path, ...]:
    """Return the file at ``path``, or all music files in that folder and its subfolders.

    Files are in the order of their names, with 2 before 10. Hidden files are left out.

    Raises FileError when there is no such file or folder, or no music in it.
    """
    if is_file(path):
        return (path,)
    if not is_folder(path):
        raise FileError(f"There is no music at {_shown(path)}. Give a folder, or {_any_of('or')} file.")
    endings = tuple(f".{each}" for each in FORMATS)
    found = [
        file
        for folder, _, names in os.walk(path)
        for name in names
        if name.lower().endswith(endings) and not name.startswith(".")
        if is_file(file := Path(folder, name))
    ]
    if not found:
        raise FileError(
            f"There is no music in {_shown(path)}. Put {_any_of('or')} files there, or give another folder."
        )
    return tuple(sorted(found, key=lambda file: _natural(file.relative_to(path))))


def decode(path: Path, *, resampled: bool = True) -> Iterator[Samples]:
    """Yield a music file in mono chunks, at 48 kHz or, without ``resampled``, at its own rate.

    Raises FileError before the first chunk when the file cannot be read or is empty. A file that is damaged
    later on ends there.
    """
    import miniaudio  # noqa: PLC0415 - loaded only when there is music

    if not is_file(path):
        raise unplayable(path)
    if path.stat().st_size > LARGEST:
        raise FileError(f"{_shown(path.name)} is too large to be played: {LARGEST // 10**6} MB at most.")
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
    """Return the error for a file without playable music."""
    return FileError(f"{_shown(path.name)} cannot be played: it is empty, damaged, or not {_any_of('or')}.")


def _resampler(rate: int) -> Any:  # noqa: ANN401 - soxr has no types
    """Resample to 48 kHz. miniaudio's own resampler loses 1.5 dB at 10 kHz and adds noise at -34 dB."""
    import soxr  # noqa: PLC0415 - as above

    return soxr.ResampleStream(rate, RATE, 1, dtype="int16", quality="HQ").resample_chunk


def _natural(path: Path) -> list[list[tuple[int, int | str]]]:
    """Return a key that sorts names as people number them, folder by folder."""
    return [
        [(0, int(part)) if part.isdecimal() else (1, part.casefold()) for part in re.split(r"(\d+)", name)]
        for name in path.parts
    ]


def _any_of(word: str) -> str:
    *others, last = FORMATS
    return f"{', '.join(others)} {word} {last}"


def _shown(path: Path | str) -> str:
    """Make any name safe to print."""
    return f"'{clean(legible(str(path)))}'"


TARGET: Final = -25.0
"""dBFS of a track's mean power: 6 dB below speech, which is levelled at -19 LUFS [own choice]."""
AHEAD: Final = frames(4)
"""Frames decoded ahead. Measuring a track of four minutes takes 0.4 s, and ten times as long on a slow
computer."""
REMEMBERED: Final = frames(1)
"""Frames that can be taken back: more than any output holds."""
MEASURED: Final = frames(15 * 60) // CHUNK
"""The number of chunks that give a track its level, so that a long mix also begins within a second."""
SHORTEST: Final = frames(0.1)
"""Frames of the shortest music; repeating a shorter file would keep the computer busy."""
PATIENCE: Final = 1.0
"""Seconds to wait for the thread at the end, as a network disk may never answer."""
OVER: Final = "The music has stopped: none of its files can be played any more."


def open_music(path: Path, notice: Callable[[str], object], *, patient: bool = False) -> Music:
    """Open the music in the file or folder ``path``, in the order of names, repeated without end.

    ``notice`` gets a sentence for each unplayable file, from any thread. Raises FileError when none can be
    played.
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
        """Start decoding.

        With ``patient``, for writing a file, :meth:`take` waits for decoding; otherwise it returns silence,
        because a session does not wait for a disk.
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
        """The samples taken last, for :meth:`rewind`."""
        self._fresh = True
        """Whether the next samples taken follow silence."""
        self._ended = False
        self._closed = False
        self._thread = Thread(target=self._work, name="music", daemon=True)
        self._thread.start()

    def take(self, length: int) -> Samples:
        """Return the next ``length`` frames, or silence without any. Music begins and ends with a fade."""
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
        """Take back the last ``length`` frames, which were not heard. The next ones fade in."""
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
        """Stop decoding. Later calls do nothing."""
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
        """Yield all files, levelled, again and again, until none is playable or the music is closed."""
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
        """Return the factor that brings a track to :data:`TARGET`; soft tracks and their noise stay soft."""
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
    """Return the level of the loud parts (root mean square, share of full scale) and the length in frames.

    Gated by ITU-R BS.1770, so that silence and soft passages do not count, but without its frequency
    weighting: music with a lot of bass becomes a little too soft.
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
