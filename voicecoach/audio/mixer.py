"""Segments in, samples out. The live player and the file renderer use the same mixer."""

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
"""Segments whose clips are held: the one being played, a few ahead, and the one "back" returns to."""
_AS_IT_IS: Final = Levels()


class Clip(Protocol):
    """Speech as samples."""

    @property
    def samples(self) -> Samples: ...


class Clips(Protocol):
    """Where the mixer gets its speech."""

    def clip(self, text: str) -> Clip:
        """``text`` spoken, without silence around it. May be slow, and may raise VoiceError."""
        ...


class SessionMixer:
    """Sums the events of a segment into blocks of samples.

    While the levels stay as they are, a sample depends on its segment and frame only, so blocks may be cut
    anywhere. Music is the exception: it goes on from one block to the next. Sums are clipped at full scale.
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
        """May be set at any time; the next block moves there, within 15 ms so that nothing clicks."""
        self._voice = Fader(_factor(levels, levels.voice))
        self._sounds = Fader(_factor(levels, levels.sounds))
        self._bed = Bed(music, _factor(levels, levels.music)) if music else None
        self._clips = clips
        self._load_sound = load_sound
        # By identity, as hashing a segment means hashing all its events; holding the segment beside its
        # clips keeps the identity from being used again.
        self._loaded: OrderedDict[int, tuple[Segment, tuple[tuple[Event, Samples], ...]]] = OrderedDict()

    def load(self, segment: Segment) -> None:
        """Fetch the clips of ``segment``, so that :meth:`block` never waits.

        The last few segments that were used are held. Raises what ``Clips.clip`` raises, FileError for a
        sound that cannot be read, and AssertionError when a clip is longer than its event: it would
        have to be cut, so the timeline was compiled with other lengths.
        """
        if id(segment) not in self._loaded:
            events = tuple((event, self._fetch(event)) for event in segment.events)
            self._loaded[id(segment)] = (segment, events)
        self._loaded.move_to_end(id(segment))
        while len(self._loaded) > KEPT:
            self._loaded.popitem(last=False)

    def block(self, segment: Segment, start: int, length: int, then: Segment | None = None) -> Samples:
        """Samples ``start`` to ``start + length`` of ``segment``, shape ``(length,)``.

        A segment that is no longer held is loaded again. ``then`` is what will follow it, when that is known:
        music is lowered in time for a word that it begins with.
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
        """The last ``length`` frames of the blocks that were asked for will not be heard.

        Music goes on from there, so that nothing of it is lost or comes twice.
        """
        if self._bed:
            self._bed.dropped(length)

    def sound(self, sound: Sound) -> Samples:
        """An earcon at the present level, to be overlaid; no samples at all when it would not be heard."""
        factor = _factor(self.levels, self.levels.sounds)
        return to_samples(self._load_sound(sound) * np.float32(factor)) if factor else silence(0)

    def _speech(self, segment: Segment, then: Segment | None) -> tuple[list[Span], int]:
        """Where there is speech in ``segment`` and in what follows it, and how far that is known."""
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
    """The factor on what has ``level`` percent."""
    return 0.0 if levels.muted else level * levels.master / 10_000
