"""Rooms that do not exist: how a voice and the coach reach a microphone in them.

A shoebox with walls that swallow part of the sound: each wall mirrors the source, and the mirrored ones
mirror again. The coach plays from a loudspeaker beside the microphone; the person is across the room, low on
a mat.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np
from spoken.speakers import RATE, Sound

_SOUND: Final = 343.0
"""Metres a second."""
_LOWEST: Final = 80.0
"""Hertz: what a small microphone does not hear."""
_LOUDSPEAKER_FROM: Final = 180.0
"""Hertz: what a small loudspeaker does not play."""
_DRIVE: Final = 1.2
"""How far a small loudspeaker is driven: at full scale it plays a third harmonic of 2 %."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room with a microphone, a loudspeaker and a person; lengths in metres, times in seconds."""

    size: tuple[float, float, float]
    echo: float
    """Seconds until a sound in it has fallen by 60 dB, by the formula; measured it is a seventh more."""
    microphone: tuple[float, float, float]
    loudspeaker: tuple[float, float, float]
    person: tuple[float, float, float]
    delay: float
    """Seconds from handing out the coach's sound until it leaves the loudspeaker and is captured."""


ROOMS: Final = {
    "carpet": Room((4.2, 3.4, 2.5), 0.3, (0.6, 1.5, 0.8), (0.6, 1.9, 0.8), (2.4, 1.8, 0.3), 0.09),
    "boards": Room((5.1, 4.3, 2.6), 0.45, (0.5, 0.7, 1.0), (0.8, 0.7, 1.0), (2.4, 1.9, 0.4), 0.18),
}


@functools.cache
def voice_path(name: str) -> Sound:
    """Return the impulse response from the person to the microphone, of level 1."""
    room = ROOMS[name]
    path = _high_pass(_response(room, room.person, seed=1), _LOWEST)
    return np.asarray(path / np.sqrt(np.sum(path**2)), np.float32)


@functools.cache
def coach_path(name: str) -> Sound:
    """Return the impulse response from what the coach plays to the microphone, of level 1, with its delay."""
    room = ROOMS[name]
    path = _high_pass(_response(room, room.loudspeaker, seed=2), _LOUDSPEAKER_FROM)
    late = np.concatenate([np.zeros(round(room.delay * RATE)), path])
    return np.asarray(late / np.sqrt(np.sum(late**2)), np.float32)


def through(path: Sound, samples: Sound) -> Sound:
    """Return ``samples`` as they arrive, longer by the echo."""
    length = len(samples) + len(path) - 1
    size = 1 << (length - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(path, size), size)[:length].astype(
        np.float32
    )


def loudspeaker(samples: Sound) -> Sound:
    """Return ``samples`` as a small loudspeaker distorts them."""
    return np.tanh(samples * _DRIVE) / _DRIVE


class Path:
    """An impulse response for sound that comes block by block, each of ``block`` samples."""

    def __init__(self, path: Sound, block: int) -> None:
        self._size = 1 << (block + len(path) - 2).bit_length()
        self._response = np.fft.rfft(path, self._size)
        self._still = np.zeros(self._size)
        """What is still to arrive of all that went in."""

    def through(self, block: Sound) -> Sound:
        self._still += np.fft.irfft(np.fft.rfft(block, self._size) * self._response, self._size)
        arrived = self._still[: len(block)].astype(np.float32)
        self._still[: -len(block)] = self._still[len(block) :]
        self._still[-len(block) :] = 0
        return arrived


def _response(room: Room, source: tuple[float, float, float], seed: int) -> Sound:
    """Return what the microphone hears of one click at ``source``."""
    volume, area = np.prod(room.size), 2 * sum(np.prod(room.size) / each for each in room.size)
    kept = np.sqrt(np.exp(-0.161 * volume / (area * room.echo)))  # of its pressure, by each wall (Eyring)
    reach = [int(room.echo * _SOUND / (2 * each)) + 1 for each in room.size]
    axes = []
    for size, at, ear, most in zip(room.size, source, room.microphone, reach, strict=True):
        turns = np.arange(-most, most + 1)
        way = np.concatenate([2 * turns * size + at - ear, 2 * turns * size - at - ear])
        walls = np.concatenate([np.abs(2 * turns), np.abs(2 * turns - 1)])
        axes.append((way, walls))
    (x, i), (y, j), (z, k) = axes
    far = np.sqrt(x[:, None, None] ** 2 + y[None, :, None] ** 2 + z[None, None, :] ** 2).ravel()
    walls = (i[:, None, None] + j[None, :, None] + k[None, None, :]).ravel()
    heard = far < room.echo * _SOUND  # the last ones, 60 dB down
    # Real walls are uneven: without it, regular images ring like a flutter echo.
    uneven = np.random.default_rng(seed).normal(0, 0.03, heard.sum()) * (walls[heard] > 0)
    place = (far[heard] + uneven) / _SOUND * RATE
    found = np.zeros(round(room.echo * RATE) + 9)
    whole = place.astype(int)
    strength = kept ** walls[heard] / far[heard]
    np.add.at(found, whole, strength * (1 - place + whole))
    np.add.at(found, whole + 1, strength * (place - whole))
    return np.asarray(found, np.float32)


def _high_pass(path: Sound, lowest: float) -> Sound:
    spectrum = np.fft.rfft(path, 2 * len(path))
    hertz = np.fft.rfftfreq(2 * len(path), 1 / RATE)
    rise = 1 / (1 + (lowest / np.maximum(hertz, 1)) ** 4)
    return np.asarray(np.fft.irfft(spectrum * rise, 2 * len(path))[: len(path)], np.float32)
