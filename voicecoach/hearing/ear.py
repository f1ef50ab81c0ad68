"""Hears a voice in the microphone's sound, also while the coach speaks."""

from __future__ import annotations

import math
from collections import deque
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from voicecoach.hearing.background import Background
from voicecoach.hearing.echo import EchoCanceller
from voicecoach.hearing.echo_path import BothSounds, LastSeconds, without_echo
from voicecoach.hearing.levels import Levels, level
from voicecoach.hearing.sound import RATE, Sound
from voicecoach.hearing.utterances import LONGEST, PAUSE, Moment, Sign, Utterances
from voicecoach.hearing.voice_activity import CHUNK, VoiceActivity, model_file

HEARS_AT: Final = RATE
"""Frames a second that an ear hears."""
BEFORE: Final = round(0.3 * RATE / CHUNK)
"""Chunks before a voice that belong to its utterance: the model notices a soft beginning late."""
QUIETEST: Final = -70.0
"""The level that a voice must rise above even where a microphone is silent between words, in dBFS."""
KEPT: Final = LONGEST + PAUSE + BEFORE + 1


class VoiceBegan(NamedTuple):
    """Somebody begins to speak."""

    frame: int
    """The frame of the microphone's sound at which it is noticed."""


class VoiceEnded(NamedTuple):
    """Nobody speaks any more, or for so long that it is no command."""

    frame: int


class Utterance(NamedTuple):
    """What somebody said between two pauses; a VoiceEnded follows."""

    frame: int
    """The frame at which its end is noticed."""
    samples: npt.NDArray[np.float32]
    """Its sound at HEARS_AT without the coach's, from -1 to 1, with a little silence before."""
    over_coach: bool
    """Whether the coach was heard in it, too."""
    both: BothSounds | None = None
    """The seconds at whose end it is, where the coach was heard in it and the delay of that is known."""

    def clear(self) -> npt.NDArray[np.float32]:
        """Return its samples with as little of the coach as possible, which takes a while."""
        if self.both is None:
            return self.samples
        near, far = (np.asarray(each / 32_768, np.float32) for each in self.both)
        return without_echo(near, far)[-len(self.samples) :]


Heard = VoiceBegan | VoiceEnded | Utterance


class Ear:
    """Stateful: sound goes in as it comes, and what is heard in it comes out."""

    def __init__(self) -> None:
        self._canceller = EchoCanceller()
        self._activity = VoiceActivity(model_file())
        self._levels = Levels()
        self._background = Background()
        self._utterances = Utterances()
        self._frame = 0
        self._rests = [np.zeros(0, np.int16)] * 3
        self._chunks: deque[npt.NDArray[np.float32]] = deque(maxlen=KEPT)
        self._last_seconds = LastSeconds()

    @property
    def delay(self) -> float | None:
        """Seconds by which the coach's sound comes back through the microphone, once known."""
        frames = self._canceller.delay
        return None if frames is None else frames / RATE

    @property
    def echo_loss(self) -> float:
        """Decibels of the coach's sound that were taken out lately."""
        return self._levels.loss

    @property
    def level(self) -> float:
        """The level of the microphone's sound, in dBFS."""
        return self._levels.level

    @property
    def noise(self) -> float:
        """The level of the microphone's sound when nobody speaks, in dBFS."""
        return self._levels.noise

    def hear(self, near: Sound, far: Sound) -> list[Heard]:
        """Take what the microphone heard and what the coach sent out in the same time.

        Both are at HEARS_AT, equally long, a multiple of 10 ms.
        """
        clean = self._canceller.clean(near, far)
        heard: list[Heard] = []
        streams = [np.concatenate(pair) for pair in zip(self._rests, (near, far, clean), strict=True)]
        whole = len(streams[0]) // CHUNK * CHUNK
        for at in range(0, whole, CHUNK):
            heard += self._chunk(*(stream[at : at + CHUNK] for stream in streams))
        self._rests = [stream[whole:] for stream in streams]
        return heard

    def _chunk(self, near: Sound, far: Sound, clean: Sound) -> list[Heard]:
        self._frame += CHUNK
        sound = np.asarray(clean / 32_768, np.float32)
        self._chunks.append(sound)
        self._last_seconds.put(near, far)
        left = level(clean)
        learn = not self._utterances.speaking
        echo = self._levels.hear(level(near), level(far), left, self._canceller.delay, learn=learn)
        speech = self._activity.hear(sound)
        coach = not math.isinf(echo)
        if not coach:
            self._background.hear(left, speech)
        above = left - max(echo, self._levels.noise, self._background.level, QUIETEST)
        sign = self._utterances.hear(Moment(speech, above, coach))
        if sign is Sign.BEGAN:
            return [VoiceBegan(self._frame)]
        if sign is Sign.ENDED:
            return [VoiceEnded(self._frame)]
        if sign is Sign.SPOKEN:
            return [self._utterance(), VoiceEnded(self._frame)]
        return []

    def _utterance(self) -> Utterance:
        length = self._utterances.length + BEFORE
        samples = np.concatenate(list(self._chunks)[-length:])
        over_coach, delay = self._utterances.over_coach, self._canceller.delay
        both = self._last_seconds.aligned(delay) if over_coach and delay is not None else None
        return Utterance(self._frame, samples, over_coach, both)
