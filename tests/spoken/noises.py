"""Sounds that are no command: hiss, hum, knocks, coughs, talk all at once, music."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

import numpy as np
from spoken.sentences import talk
from spoken.speakers import QUICK_TO_MAKE, RATE, Sound, clip, loudness

_BABBLERS: Final = 6
_BABBLE: Final = 20
"""Seconds after which babble repeats."""


def pink(seconds: float, chance: np.random.Generator) -> Sound:
    """A noise like a fan's or a street's, each octave as loud as the next."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(chance.standard_normal(count))
    made = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), count)
    return _even(made.astype(np.float32))


def babble(seconds: float, chance: np.random.Generator) -> Sound:
    """People who all talk at once, further away."""
    loop = np.roll(_babble(), int(chance.integers(_BABBLE * RATE)))
    return np.resize(loop, round(seconds * RATE))


@functools.cache
def _babble() -> Sound:
    total = np.zeros(_BABBLE * RATE, np.float32)
    said = talk()
    for number in range(_BABBLERS):
        line = [
            clip(QUICK_TO_MAKE[number % len(QUICK_TO_MAKE)], said[7 * number + each]) for each in range(6)
        ]
        total += np.resize(np.concatenate(line), len(total))
    return _even(total)


def hum(seconds: float, chance: np.random.Generator) -> Sound:
    """The mains, a fridge."""
    at = np.arange(round(seconds * RATE)) / RATE
    parts = [np.sin(2 * np.pi * 50 * each * at + chance.uniform(0, 6)) / each for each in range(1, 9)]
    return _even(np.sum(parts, axis=0))


def knocks(seconds: float, chance: np.random.Generator) -> Sound:
    """Doors, dropped things, clicks: short and damped, of any pitch."""
    return _scattered(seconds, chance, 0.6, lambda: _knock(chance))


def coughs(seconds: float, chance: np.random.Generator) -> Sound:
    """Coughs and heavy breath: bursts of noise through something like a throat."""
    return _scattered(seconds, chance, 1.5, lambda: _cough(chance))


def music(seconds: float, chance: np.random.Generator) -> Sound:
    """Chords, a bass, drums and a melody, of a tempo and a key of its own."""
    beat = 60 / chance.uniform(80, 150)
    root = 110 * 2 ** (chance.integers(12) / 12)
    total = np.zeros(round(seconds * RATE) + 2 * RATE, np.float32)
    for number in range(int(seconds / beat)):
        start = round(number * beat * RATE)
        chord = (0, 5, 7, 3)[number // 4 % 4]
        notes = [chord - 12, chord, chord + 4, chord + 7, chord + 12 + int(chance.choice([0, 2, 4, 7, 9]))]
        for note in notes:
            _add(total, start, _note(root * 2 ** (note / 12), beat * chance.uniform(0.5, 1.5), chance))
        _add(total, start, _drum(chance, 0.02 if number % 2 else 0.12))
    return _even(total[: round(seconds * RATE)])


NOISES: Final[dict[str, Callable[[float, np.random.Generator], Sound]]] = {
    "pink": pink,
    "babble": babble,
    "hum": hum,
    "knocks": knocks,
    "coughs": coughs,
}


def _knock(chance: np.random.Generator) -> Sound:
    at = np.arange(RATE // 4) / RATE
    pitch, damped = chance.uniform(80, 1500), chance.uniform(15, 80)
    sound = np.sin(2 * np.pi * pitch * at) + 0.5 * chance.standard_normal(len(at))
    return (np.exp(-damped * at) * sound).astype(np.float32)


def _cough(chance: np.random.Generator) -> Sound:
    bursts = []
    for _ in range(int(chance.integers(1, 4))):
        count = int(RATE * chance.uniform(0.15, 0.4))
        hertz = np.fft.rfftfreq(count, 1 / RATE)
        throat = sum(
            1 / (1 + ((hertz - chance.uniform(*between)) / 150) ** 2)
            for between in ((400, 900), (1000, 2000), (2200, 3000))
        )
        burst = np.fft.irfft(np.fft.rfft(chance.standard_normal(count)) * throat, count)
        bursts += [burst * np.exp(-np.arange(count) / RATE * chance.uniform(6, 15)), np.zeros(RATE // 8)]
    return np.concatenate(bursts)


def _note(hertz: float, seconds: float, chance: np.random.Generator) -> Sound:
    at = np.arange(round(seconds * RATE)) / RATE
    tone = sum(np.sin(2 * np.pi * hertz * each * at) / each**1.3 for each in range(1, 7))
    return np.asarray(tone * np.minimum(at / 0.02, 1) * np.exp(-at * chance.uniform(1, 5)) * 0.2)


def _drum(chance: np.random.Generator, lasting: float) -> Sound:
    at = np.arange(RATE // 4) / RATE
    return np.exp(-at / lasting) * (chance.standard_normal(len(at)) + 2 * np.sin(2 * np.pi * 60 * at))


def _scattered(seconds: float, chance: np.random.Generator, often: float, make: Callable[[], Sound]) -> Sound:
    """What ``make`` makes, again and again, on average after so many seconds."""
    total = np.zeros(round(seconds * RATE) + 2 * RATE, np.float32)
    at = chance.exponential(often)
    while at < seconds:
        _add(total, round(at * RATE), make() * chance.uniform(0.2, 1))
        at += 0.2 + chance.exponential(often)
    return _even(total[: round(seconds * RATE)])


def _add(total: Sound, start: int, part: Sound) -> None:
    room = min(len(part), len(total) - start)
    total[start : start + room] += part[:room]


def _even(samples: Sound) -> Sound:
    return np.asarray(samples * (0.1 / (loudness(samples) or 1)), np.float32)
