"""What a microphone hears in a minute or less: a person, the coach, a room, noise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from spoken.rooms import Path, coach_path, loudspeaker, through, voice_path
from spoken.speakers import RATE, Sound, loudness

BLOCK: Final = RATE // 50
"""Samples that are heard at a time."""
DUCKED: Final = 10 ** (-12 / 20)
"""What ducking leaves of the coach."""
DUCKED_AFTER: Final = 0.06
"""Seconds from noticing a voice until what goes to the loudspeaker is lower; the room's delay adds to it."""
_RAMP: Final = 0.03
"""Seconds in which the coach gets lower or louder."""
_QUIET: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that was spoken, with the samples at the microphone where it begins and ends."""

    phrase: str
    begin: int
    end: int


@dataclass(slots=True)
class Scene:
    """What there is to hear, all of it equally long; the coach is what goes to the loudspeaker."""

    voice: Sound
    noise: Sound
    coach: Sound
    echo: Sound
    """The impulse response from the loudspeaker's samples to the microphone's."""
    said: list[Said] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.voice)

    @property
    def seconds(self) -> float:
        return len(self) / RATE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scene is: a room, and the levels at its microphone."""

    room: str
    voice: float
    """The level of a voice, in dBFS."""
    noise: float
    """Decibels by which it is louder than the noise."""
    coach: float
    """Decibels by which it is louder than the coach."""


def scene(place: Place, clips: Sequence[tuple[str, float, Sound]], noise: Sound, coach: Sound) -> Scene:
    """Say ``clips``, each with its phrase and the second of its beginning, to a coach who says ``coach``."""
    volume = 10 ** (place.voice / 20)
    path = voice_path(place.room)
    late = int(np.argmax(np.abs(path)))
    voice, said = np.zeros(len(coach) + len(path), np.float32), []
    for phrase, at, clip in clips:
        start = round(at * RATE)
        heard = through(path, clip)
        voice[start : start + len(heard)] += heard * (volume / loudness(heard))
        said.append(Said(phrase, start + late, start + late + len(clip)))
    echo = coach_path(place.room)
    if coach.any():
        back = loudness(through(echo, loudspeaker(coach)))
        echo = echo * (volume * 10 ** (-place.coach / 20) / back)
    hiss = np.resize(noise, len(coach)) * (volume * 10 ** (-place.noise / 20) / loudness(noise))
    return Scene(voice[: len(coach)], hiss, coach, echo, said)


class Played:
    """A scene that goes on block by block, as what is heard in it lowers the coach or gives it back."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._echo = Path(scene.echo, BLOCK)
        self._at = 0
        self._gain = 1.0
        self._wanted: list[tuple[int, float]] = []

    def duck(self, *, on: bool) -> None:
        """Lower the coach, or give it back, as soon as the program can."""
        self._wanted.append((self._at + round(DUCKED_AFTER * RATE), DUCKED if on else 1.0))

    def tap(self, far: Callable[[bytes], None] | None) -> None:
        """Do nothing: :meth:`blocks` hands out what the coach plays."""

    def blocks(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield what the microphone hears and what the coach sends out, int16, at the same time."""
        scene, hears = self._scene, np.random.default_rng(0)
        for at in range(0, len(scene) // BLOCK * BLOCK, BLOCK):
            cut = slice(at, at + BLOCK)
            far = _int16(scene.coach[cut] * self._gains())
            back = self._echo.through(loudspeaker(np.asarray(far / 32768, np.float32)))
            dither = hears.uniform(-_QUIET, _QUIET, BLOCK)
            self._at = at + BLOCK
            yield _int16((scene.voice[cut] + scene.noise[cut] + back + dither).astype(np.float32)), far

    def _gains(self) -> Sound:
        """Return what the next block is multiplied by."""
        target = self._gain
        while self._wanted and self._wanted[0][0] <= self._at:
            target = self._wanted.pop(0)[1]
        steps = np.arange(1, BLOCK + 1) / (_RAMP * RATE)
        gains = self._gain + np.clip(steps, 0, 1) * (target - self._gain)
        if target != self._gain:
            self._gain = float(gains[-1])
            if abs(self._gain - target) > 0.01:
                self._wanted.insert(0, (0, target))
            else:
                self._gain = target
        return gains.astype(np.float32)


def _int16(samples: Sound) -> np.ndarray:
    return np.clip(np.round(samples * 32767), -32768, 32767).astype(np.int16)
