"""Make the earcons in ``sounds/``: ``python scripts/make_sounds.py [FOLDER]``.

They are told apart by pattern (how many notes, rising or falling, even or not), because pitch alone is
hard to name from memory. Fundamentals lie between 500 and 1500 Hz with three harmonics above them: the ear
loses the high frequencies first with age, and a note whose fundamental is missed is still heard by others.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecoach.audio.pcm import FULL_SCALE, Samples, gain, rise, to_samples
from voicecoach.render.wav import WavSink
from voicecoach.timeline.segment import Sound
from voicecoach.units import RATE, frames

# A marimba-like tone: each harmonic's share of the amplitude, the fundamental first.
HARMONICS = (1.0, 0.45, 0.25, 0.12)
RAMP = 0.006  # seconds; 5 to 10 ms starts and ends a note softly without blurring its beat
DECAY = 1.4  # how much a note dies away over its length, as a power of e

C5, E5, G5, A5, C6, E6 = 523.25, 659.26, 783.99, 880.0, 1046.5, 1318.51


@dataclass(frozen=True)
class Note:
    """A tone of ``hertz`` from ``start`` for ``length`` seconds, gliding to ``to`` hertz when that is set."""

    start: float
    length: float
    hertz: float
    to: float = 0.0


@dataclass(frozen=True)
class Earcon:
    """Notes, and the peak level in dBFS."""

    level: float
    notes: tuple[Note, ...]


# Speech peaks at -3 dBFS at most and nothing here is above -11: together they stay below full scale.
EARCONS = {
    # Three even notes upwards: an opening question.
    Sound.GET_READY: Earcon(-11, (Note(0, 0.13, C5), Note(0.14, 0.13, E5), Note(0.28, 0.16, G5))),
    # One short note: the beats before "go".
    Sound.TICK: Earcon(-16, (Note(0, 0.05, C6),)),
    # One long note that rises; softer than the others, as the first word of a rep begins with it.
    Sound.GO: Earcon(-16, (Note(0, 0.24, G5, to=E6),)),
    # A quick pair upwards, gone before the word that may follow.
    Sound.PHASE: Earcon(-16, (Note(0, 0.04, E5), Note(0.045, 0.042, A5))),
    # The same note twice, evenly: half is done and the same again.
    Sound.HALFWAY: Earcon(-12, (Note(0, 0.17, A5), Note(0.2, 0.18, A5))),
    # Three notes down, the last held: it is over.
    Sound.END_OF_SET: Earcon(-11, (Note(0, 0.13, C6), Note(0.14, 0.13, G5), Note(0.28, 0.31, C5))),
    # Two slow notes down.
    Sound.REST: Earcon(-12, (Note(0, 0.22, A5), Note(0.24, 0.25, E5))),
    # A phrase of six: up, back and home.
    Sound.SESSION_END: Earcon(
        -11,
        (
            Note(0, 0.16, C5),
            Note(0.18, 0.16, E5),
            Note(0.36, 0.16, G5),
            Note(0.54, 0.26, C6),
            Note(0.82, 0.16, G5),
            Note(1.0, 0.45, C6),
        ),
    ),
    # The last two answer a command: shorter and softer than what the session itself has to say.
    # A ripple of three upwards: yes. One blip alone would be taken for a beat.
    Sound.ACCEPTED: Earcon(-20, (Note(0, 0.03, G5), Note(0.032, 0.03, C6), Note(0.064, 0.04, E6))),
    # The same low note twice: no.
    Sound.REFUSED: Earcon(-20, (Note(0, 0.045, C5), Note(0.065, 0.05, C5))),
}


def tone(note: Note) -> npt.NDArray[np.float64]:
    """The samples of one note, shape ``(frames(note.length),)``, not yet levelled."""
    length = frames(note.length)
    progress = np.arange(length) / length
    # Phase is the integral of a frequency that moves linearly from hertz to ``to``.
    slope = (note.to or note.hertz) - note.hertz
    turns = note.length * progress * (note.hertz + slope * progress / 2)
    signal = np.zeros(length)
    for index, share in enumerate(HARMONICS, start=1):
        signal += share * np.sin(2 * np.pi * index * turns)
    ramp = rise(frames(RAMP))
    signal *= np.exp(-DECAY * progress)
    signal[: len(ramp)] *= ramp
    signal[-len(ramp) :] *= ramp[::-1]
    return signal


def make(earcon: Earcon) -> Samples:
    """The earcon's samples, shape ``(frames,)``: neither the first nor the last of them is zero."""
    length = max(frames(note.start + note.length) for note in earcon.notes)
    mix = np.zeros(length)
    for note in earcon.notes:
        start = frames(note.start)
        part = tone(note)
        mix[start : start + len(part)] += part
    samples = to_samples(mix * (FULL_SCALE * gain(earcon.level) / np.abs(mix).max()))
    # The ramp's first step rounds to zero; the beat has to lie on the first sample that sounds.
    sounding = np.flatnonzero(samples)
    return samples[sounding[0] : sounding[-1] + 1]


def write_all(folder: Path) -> None:
    """Write every earcon to ``folder`` and print how long each is."""
    for sound, earcon in EARCONS.items():
        samples = make(earcon)
        with closing(WavSink(folder / f"{sound}.wav")) as file:
            file.write(samples)
        print(f"{sound:12} {len(samples) / RATE * 1000:6.1f} ms")


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parent.parent / "sounds")
