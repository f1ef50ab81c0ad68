"""Music as it lies under a session: as loud as is wanted, lower under speech, gone at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from voicecoach.audio.ducking import Ducking, Span, duck, factors
from voicecoach.audio.fader import Fader
from voicecoach.audio.pcm import rise
from voicecoach.timeline.segment import SegmentKind
from voicecoach.units import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from voicecoach.audio.pcm import Samples
    from voicecoach.timeline.segment import Segment

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

        ``speech`` and ``known`` are those of :func:`~voicecoach.audio.ducking.duck`.
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
