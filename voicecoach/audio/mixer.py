"""Mixes segments into samples, for the live player and for files alike."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from voicecoach.audio import earcons
from voicecoach.audio.music_bed import Bed, Source, Span
from voicecoach.audio.pcm import Fader, Samples, silence, to_samples
from voicecoach.session.levels import Levels
from voicecoach.timeline.segment import Event, Play, Segment, Sound, Speak

if TYPE_CHECKING:
    from collections.abc import Callable


KEPT: Final = 6
"""The number of segments whose clips are held: the present one, a few ahead, and the one before."""
_AS_IT_IS: Final = Levels()


class Clip(Protocol):
    """Speech as samples."""

    @property
    def samples(self) -> Samples: ...


class Clips(Protocol):
    """Gives the mixer its speech."""

    def clip(self, text: str) -> Clip:
        """Return ``text`` spoken, without silence around it. May be slow. Raises VoiceError."""
        ...


class SessionMixer:
    """Sums the events of a segment into blocks of samples.

    At constant levels a sample depends only on its segment and frame, so blocks may be cut anywhere. Music is
    the exception: it continues from one block to the next. Sums are clipped at full scale.
    """

    def __init__(
        self,
        clips: Clips,
        *,
        load_sound: Callable[[Sound], Samples] = earcons.load,
        levels: Levels = _AS_IT_IS,
        music: Source | None = None,
    ) -> None:
        self.levels = levels
        """May be set at any time; the next block changes to it within 15 ms, so that nothing clicks."""
        self._voice = Fader(_factor(levels, levels.voice))
        self._sounds = Fader(_factor(levels, levels.sounds))
        self._bed = Bed(music, _factor(levels, levels.music)) if music else None
        self._clips = clips
        self._load_sound = load_sound
        # Keyed by identity, because hashing a segment means hashing all its events. The segment is held
        # beside its clips, so that its identity is not reused.
        self._loaded: OrderedDict[int, tuple[Segment, tuple[tuple[Event, Samples], ...]]] = OrderedDict()

    def load(self, segment: Segment) -> None:
        """Fetch the clips of ``segment``, so that :meth:`block` never waits.

        The last few segments used are held. Raises what ``Clips.clip`` raises, FileError for a sound that
        cannot be read, and AssertionError when a clip is longer than its event, which means that the
        timeline was compiled with other lengths.
        """
        if id(segment) not in self._loaded:
            events = tuple((event, self._fetch(event)) for event in segment.events)
            self._loaded[id(segment)] = (segment, events)
        self._loaded.move_to_end(id(segment))
        while len(self._loaded) > KEPT:
            self._loaded.popitem(last=False)

    def block(self, segment: Segment, start: int, length: int, then: Segment | None = None) -> Samples:
        """Return samples ``start`` to ``start + length`` of ``segment``, shape ``(length,)``.

        A segment that is no longer held is loaded again. ``then`` is the segment that follows, when known, so
        that music is lowered in time for its first word.
        """
        self.load(segment)
        end = start + length
        levels = self.levels
        self._voice.to(_factor(levels, levels.voice))
        self._sounds.to(_factor(levels, levels.sounds))
        voice, sound = self._voice.take(length), self._sounds.take(length)
        _, events = self._loaded[id(segment)]
        heard = [
            (event.frame - start, clip, voice if isinstance(event, Speak) else sound)
            for event, clip in events
            if event.frame < end and event.frame + len(clip) > start
        ]
        if self._bed:
            speech, known = self._speech(segment, then) if levels.voice else ((), segment.frames)
            music = _factor(levels, levels.music)
            mix = self._bed.take(segment, speech, known, (start, end), music)
        elif heard:
            mix = np.zeros(length, np.float32)
        else:
            return silence(length)
        for offset, clip, factor in heard:
            first, last = max(offset, 0), min(offset + len(clip), length)
            mix[first:last] += clip[first - offset : last - offset] * (
                factor[first:last] if isinstance(factor, np.ndarray) else factor
            )
        return to_samples(mix)

    def dropped(self, length: int) -> None:
        """Take note that the last ``length`` frames mixed will not be heard.

        Music continues from there, so that no part of it is lost or repeated.
        """
        if self._bed:
            self._bed.dropped(length)

    def sound(self, sound: Sound) -> Samples:
        """Return an earcon at the present level, for overlaying; no samples when it would be inaudible."""
        factor = _factor(self.levels, self.levels.sounds)
        return to_samples(self._load_sound(sound) * np.float32(factor)) if factor else silence(0)

    def words(self, text: str) -> Samples:
        """Return a rendered text at the present level, for overlaying; no samples when it is inaudible."""
        factor = _factor(self.levels, self.levels.voice)
        return to_samples(self._clips.clip(text).samples * np.float32(factor)) if factor else silence(0)

    def _speech(self, segment: Segment, then: Segment | None) -> tuple[list[Span], int]:
        """Return the spans of speech in ``segment`` and the next one, and how far they are known."""
        spans, start = [], 0
        for each in (segment, then) if then else (segment,):
            self.load(each)
            _, events = self._loaded[id(each)]
            spans += [
                (start + event.frame, start + event.frame + len(clip))
                for event, clip in events
                if isinstance(event, Speak) and len(clip)
            ]
            start += each.frames
        return spans, start

    def _fetch(self, event: Event) -> Samples:
        clip = (
            self._load_sound(event.sound) if isinstance(event, Play) else self._clips.clip(event.text).samples
        )
        if len(clip) > event.frames:
            raise AssertionError(f"a clip of {len(clip)} frames would be cut short by {event}")
        return clip


def _factor(levels: Levels, level: int) -> float:
    """Return the factor for a part at ``level`` percent."""
    return 0.0 if levels.muted else level * levels.master / 10_000
