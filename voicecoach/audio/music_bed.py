"""Lays music under a session: at the chosen volume, lower under speech, faded out at the end."""

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
"""Frames of the fade at the end of a session."""


class Source(Protocol):
    """A source of music, such as :class:`voicecoach.audio.music.Music`."""

    def take(self, length: int) -> Samples:
        """Return the next ``length`` frames."""
        ...

    def rewind(self, length: int) -> None:
        """Take back the last ``length`` frames; the next ones fade in."""
        ...


class Bed:
    """Stateful: the output depends on the previous call (music position, fade, duck depth)."""

    def __init__(self, source: Source, factor: float) -> None:
        self._source = source
        self._level = Fader(factor)
        self._ducking: Ducking | None = None

    def take(
        self, segment: Segment, speech: Sequence[Span], known: int, span: Span, factor: float
    ) -> npt.NDArray[np.float32]:
        """Return the music under the frames ``span`` of ``segment``, shape ``(last - first,)``.

        ``speech`` and ``known`` are as for :func:`~voicecoach.audio.music_bed.duck`.
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
        """Take back the last ``length`` frames, which were not heard; the next ones follow silence."""
        self._source.rewind(length)
        self._ducking = None


DECIBELS: Final = 15
"""Decibels by which music is lowered under speech. Music already lies 6 LU below the voice (music.TARGET),
which makes 21 dB; WCAG 2.2, criterion 1.4.7, asks for 20."""
RELEASE: Final = frames(0.3)
"""Frames in which music rises again [own choice]."""
ATTACK: Final = RELEASE // 2
"""Frames in which music is lowered; it is low at the first sample of a word [own choice]."""
HOLD: Final = frames(0.2)
"""Frames for which music stays low after a word, as between two words of a sentence [own choice]."""
BRIDGE: Final = frames(1.5)
"""Frames of the longest pause in which music stays low; it would rise for less than 0.85 s, and pump. A third
of the pauses in the shipped sets are between 0.6 and 1.5 s."""
FULL: Final = RELEASE
"""The depth under speech; a frame of release takes off one, a frame of attack adds two."""

Span = tuple[int, int]
"""The first frame, and the frame after the last."""


@dataclass(frozen=True, slots=True)
class Ducking:
    """The state of ducking between two blocks."""

    depth: int
    since: int
    """Frames since the last word ended."""


LONG_AGO: Final = BRIDGE


def duck(
    speech: Sequence[Span], known: int, start: int, length: int, before: Ducking | None
) -> tuple[npt.NDArray[np.int32], Ducking]:
    """Return the depths of frames ``start`` to ``start + length``, shape ``(length,)``, and the new state.

    ``speech`` is in order and does not overlap. Beyond ``known`` a word may follow that is not known yet.
    ``before`` is the state after the previous block, or None when nothing was heard before; music then begins
    as low as needed.
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
    """Turn depths into factors, evenly in decibels, which the ear hears as even."""
    return np.asarray(10 ** (depths * (-DECIBELS / 20 / FULL)), np.float32)


def _lows(speech: Sequence[Span], known: int, spoken: int) -> list[Span]:
    """Return the spans in which music is lowered, in order, after a word that ended at ``spoken``."""
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
    """Split ``start`` to ``end`` into parts with music low or not."""
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
