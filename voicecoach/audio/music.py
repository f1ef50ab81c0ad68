"""Music without an end: tracks one after the other, brought to one level, decoded ahead of time."""

from __future__ import annotations

from collections import deque
from itertools import islice
from threading import Condition, Thread
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.audio import tracks
from voicecoach.audio.pcm import FADE, FULL_SCALE, fade_in, fade_out, gain, to_samples
from voicecoach.errors import FileError
from voicecoach.units import frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from voicecoach.audio.pcm import Samples

    Decode = Callable[..., Iterator[Samples]]

TARGET: Final = -25.0
"""dBFS of a track's mean power: 6 dB below speech, which is levelled at -19 LUFS [own choice]."""
AHEAD: Final = frames(4)
"""Frames that are decoded ahead. A track of four minutes is measured in 0.4 s, and a slow computer may take
ten times as long."""
REMEMBERED: Final = frames(1)
"""Frames that can be taken back: more than any output holds."""
MEASURED: Final = frames(15 * 60) // tracks.CHUNK
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
    files = list(tracks.find(path))
    while files:
        try:
            next(tracks.decode(files[0]))
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
        decode: Decode = tracks.decode,
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
                except FileError as error:
                    self._files.remove(file)
                    self._notice(str(error))
        if not self._closed:
            self._notice(OVER)

    def _factor(self, file: Path) -> float:
        """What brings a track to :data:`TARGET`. Soft ones stay as they are, and so does their noise."""
        chunks = islice(self._decode(file, resampled=False), MEASURED)
        level, length = mean_power(self._until_closed(chunks))
        if length < SHORTEST and not self._closed:
            raise tracks.unplayable(file)
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
