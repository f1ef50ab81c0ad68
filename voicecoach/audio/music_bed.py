"""Music as it lies under a session: as loud as is wanted, lower under speech, gone at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from voicecoach.audio.pcm import Fader, Samples, rise
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.units import frames

if TYPE_CHECKING:
    import numpy.typing as npt


ENDING: Final = frames(2)
"""Frames in which music fades away at the end of a session."""


class Source(Protocol):
    """Where music comes from; :class:`voicecoach.audio.music.Music` is one."""

    def take(self, length: int) -> Samples:
        """The next ``length`` frames."""
        ...

    def rewind(self, length: int) -> None:
        """Take back the last ``length`` frames; what comes next fades in."""
        ...


class Bed:
    """Music goes on from block to block, so unlike all else it depends on what was asked for before."""

    def __init__(self, source: Source, factor: float) -> None:
        self._source = source
        self._level = Fader(factor)
        self._ducking: Ducking | None = None

    def take(
        self, segment: Segment, speech: Sequence[Span], known: int, span: Span, factor: float
    ) -> npt.NDArray[np.float32]:
        """The music under the frames ``span`` of ``segment``, shape ``(last - first,)``.

        ``speech`` and ``known`` are those of :func:`~voicecoach.audio.music_bed.duck`.
        """
        start, end = span
        self._level.to(factor)
        depths, self._ducking = duck(speech, known, start, end - start, self._ducking)
        music = self._source.take(end - start) * self._level.take(end - start) * factors(depths)
        if segment.kind is SegmentKind.OUTRO:
            fade = rise(min(ENDING, segment.frames))[::-1].astype(np.float32)
            first = segment.frames - len(fade)
            music[max(first - start, 0) :] *= fade[max(start - first, 0) : max(end - first, 0)]
        return np.asarray(music, np.float32)

    def dropped(self, length: int) -> None:
        """The last ``length`` frames were not heard, and what comes next follows on silence."""
        self._source.rewind(length)
        self._ducking = None


DECIBELS: Final = 15
"""How much lower music is under speech. The music lies 6 LU below the voice (music.TARGET), so 21 dB under
speech; WCAG 2.2, criterion 1.4.7, asks for 20."""
RELEASE: Final = frames(0.3)
"""Frames in which music comes back [own choice]."""
ATTACK: Final = RELEASE // 2
"""Frames in which it goes down; it is down at the first sample of a word [own choice]."""
HOLD: Final = frames(0.2)
"""Frames after a word in which music stays down, as between two words of a sentence [own choice]."""
BRIDGE: Final = frames(1.5)
"""A pause shorter than this is no reason to come back, as music would be up for less than 0.85 s, and sound
as if it were pumped. A third of the pauses in the shipped sets are between 0.6 and 1.5 s."""
FULL: Final = RELEASE
"""The depth that is reached under speech: a frame of release is one less, a frame of attack two more."""

Span = tuple[int, int]
"""First frame, and the frame after the last."""


@dataclass(frozen=True, slots=True)
class Ducking:
    """Where the music is between two blocks."""

    depth: int
    since: int
    """Frames since the last word ended."""


LONG_AGO: Final = BRIDGE


def duck(
    speech: Sequence[Span], known: int, start: int, length: int, before: Ducking | None
) -> tuple[npt.NDArray[np.int32], Ducking]:
    """The depths of frames ``start`` to ``start + length``, shape ``(length,)``, and where they lead.

    ``speech`` is in order and does not overlap; what comes after ``known`` is not known yet, so a word may
    follow there. ``before`` is where the block before this one led, or None when nothing was heard before:
    then music begins as low as it has to be.
    """
    spoken = start - (before.since if before else LONG_AGO)
    end = start + length
    depth = before.depth if before else None
    parts = []
    for first, last, low in _runs(_lows(speech, known, spoken), start, end):
        if depth is None:
            depth = FULL if low else 0
        step = np.arange(1, last - first + 1, dtype=np.int32)
        part = np.minimum(depth + 2 * step, FULL) if low else np.maximum(depth - step, 0)
        parts.append(part)
        depth = int(part[-1])
    spoken = max((min(off, end) for on, off in speech if on < end), default=spoken)
    after = Ducking(depth or 0, min(max(end - spoken, 0), LONG_AGO))
    return np.concatenate(parts) if parts else np.zeros(0, np.int32), after


def factors(depths: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
    """The factors on the music for these depths: even in decibels, which the ear takes for even."""
    return np.asarray(10 ** (depths * (-DECIBELS / 20 / FULL)), np.float32)


def _lows(speech: Sequence[Span], known: int, spoken: int) -> list[Span]:
    """Where music is to go down or stay down, in order, when the last word before ended at ``spoken``."""
    lows = [(spoken - ATTACK, spoken + HOLD)]
    for on, off in speech:
        first, last = lows[-1]
        if on - (last - HOLD) < BRIDGE:
            lows[-1] = (first, max(off + HOLD, last))
        else:
            lows.append((on - ATTACK, off + HOLD))
    first, last = lows[-1]
    if known - (last - HOLD) < BRIDGE:
        lows[-1] = (first, max(known, last))
    return lows


def _runs(lows: Iterable[Span], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """``start`` to ``end`` in parts in which music is to be low, or is not."""
    at = start
    for first, last in lows:
        first, last = (min(max(edge, at), end) for edge in (first, last))  # noqa: PLW2901 - cut to the block
        if at < first:
            yield at, first, False
        if first < last:
            yield first, last, True
        at = last
    if at < end:
        yield at, end, False
