"""Writes a sound file of so many hours, as a session would: ``hours.py FILE HOURS``."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import numpy as np

from voicecoach.render.about import About
from voicecoach.render.chapters import Chapter
from voicecoach.render.sinks import BLOCK, SINKS
from voicecoach.units import RATE, frames


def block() -> np.ndarray:
    """Four seconds of noise that comes and goes as syllables do, with a pause at the end."""
    at = np.arange(BLOCK) / RATE
    loud = 2500 * np.sin(2 * np.pi * 4 * at) ** 2 * (at < 3)
    return (loud * np.random.default_rng(1).standard_normal(BLOCK)).astype(np.int16)


def main() -> None:
    """Write the file."""
    path, hours = Path(sys.argv[1]), int(sys.argv[2])
    minutes = (Chapter(frames(60 * n), frames(60 * n + 60), f"Set {n}") for n in range(60 * hours))
    about, sound = About(title="Hours", chapters=tuple(minutes)), block()
    with closing(SINKS[path.suffix](path, about)) as sink:
        for _ in range(frames(3600 * hours) // BLOCK):
            sink.write(sound)


if __name__ == "__main__":
    main()
