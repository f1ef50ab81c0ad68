"""What is in a recording, and exactly where: the ears of the tests that play through a sound server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from voicecoach.audio.attenuator import DUCKED, FULL, SCALE
from voicecoach.timeline.segment import Play
from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from voicecoach.audio.pcm import Samples
    from voicecoach.timeline.segment import Event, Segment

T = TypeVar("T", bound=str)
ALIKE = 0.95
"""The correlation from which two sounds count as the same; 1 is equality."""
INAUDIBLE = 2
"""Sample values up to this are rounding, not sound."""
CHUNK = 30 * RATE


@dataclass(frozen=True)
class Expected:
    """A sound that must be heard at ``frame``, counted from anywhere."""

    frame: int
    samples: Samples
    name: str

    @property
    def end(self) -> int:
        return self.frame + len(self.samples)


def expected(
    events: Iterable[tuple[int, Segment, Event]],
    sound: Callable[[str], Samples],
    speech: Callable[[str], Samples],
) -> list[Expected]:
    """The events of a score as they must be heard: ``expected(score.events(), sounds.load, ...)``."""
    return [
        Expected(frame, sound(event.sound), event.sound)
        if isinstance(event, Play)
        else Expected(frame, speech(event.text), event.text)
        for frame, _, event in events
    ]


def assert_heard(recording: Samples, sounds: Sequence[Expected], *, tolerance: int = 1) -> list[int]:
    """Each of ``sounds`` is in ``recording`` within ``tolerance`` frames of its place relative to the first,
    and there is nothing between them. Returns how many frames late each was.
    """
    origin = min(sound.frame for sound in sounds)
    length = max(sound.end for sound in sounds) - origin
    placed = sorted((Expected(s.frame - origin, s.samples, s.name) for s in sounds), key=lambda s: s.frame)
    start = begin(recording, placed[0].samples)
    heard = recording[start : start + length + RATE].astype(np.float64)
    heard = np.pad(heard, (RATE, max(0, length + RATE - len(heard)) + RATE))  # room to look around
    late = [_lateness(heard, sound, placed) for sound in placed]
    missing = [
        f"{sound.name} at {sound.frame}" for sound, found in zip(placed, late, strict=True) if found is None
    ]
    assert not missing, f"not heard: {missing}; frames late: {late}"
    wrong = {
        f"{sound.name} at {sound.frame}": found
        for sound, found in zip(placed, late, strict=True)
        if abs(found - late[0]) > tolerance
    }
    assert not wrong, f"frames late: {wrong}"
    for sound in placed:
        heard[RATE + sound.frame - tolerance : RATE + sound.end + tolerance] = 0
    stray = np.flatnonzero(_audible(heard)) - RATE
    stray = np.concatenate((np.flatnonzero(_audible(recording[: max(start - tolerance, 0)])) - start, stray))
    assert not len(stray), f"{len(stray)} samples of something else, the first at frame {stray[0]}"
    return [found - late[0] for found in late]


def lateness(recording: Samples, sounds: Sequence[Expected]) -> list[int | None]:
    """How many frames later than the first each sound is heard; None when it is not.

    Each is looked for within 100 ms of where the one before it leads to expect it. Only sounds that no other
    comes near are, so that one that was moved is still found.
    """
    around = RATE // 10
    placed = sorted(sounds, key=lambda sound: sound.frame)
    alone = [
        sound
        for sound in placed
        if not any(
            other is not sound and other.frame < sound.end + around and other.end > sound.frame - around
            for other in placed
        )
    ]
    origin, late = begin(recording, placed[0].samples) - placed[0].frame, 0
    found: list[int | None] = []
    for sound in alone:
        start = max(origin + sound.frame + late - around, 0)
        end = origin + sound.end + late + around
        alike = likeness(recording[start:end].astype(np.float64), sound.samples.astype(np.float64))
        best = int(alike.argmax()) if len(alike) else 0
        if len(alike) and alike[best] >= ALIKE:
            late = start + best - origin - sound.frame
            found.append(late)
        else:
            found.append(None)
    return found


def find_sounds(recording: Samples, library: Mapping[T, Samples]) -> list[tuple[int, T]]:
    """Every sound of ``library`` in ``recording``, with the frame where it begins, in order.

    Sounds that overlap each other are not told apart. Long sounds are looked for first and taken out, as
    a short one may be like a part of a long one.
    """
    rest = recording.astype(np.float64)
    found = []
    for name, samples in sorted(library.items(), key=lambda item: -len(item[1])):
        alike = likeness(rest, samples.astype(np.float64))
        while alike.size and alike[frame := int(alike.argmax())] >= ALIKE:
            found.append((frame, name))
            rest[frame : frame + len(samples)] = 0
            alike[max(frame - len(samples), 0) : frame + len(samples)] = 0
    return sorted(found)


def ducked(recording: Samples, plain: npt.NDArray[np.integer]) -> list[int]:
    """The frames at which ``recording`` turns from ``plain`` to a quarter of it and back, in turns.

    All samples must be one or the other, but for rounding, or on the ramp between the two. A turn that may be
    at several frames, as nothing sounds there, counts as the last of them.
    """
    heard, sounds = recording.astype(np.int32), plain.astype(np.int32)
    down = np.arange(FULL - 1, DUCKED - 1, -1)
    factors = np.full(len(sounds), FULL)
    turns: list[int] = []
    while len(wrong := np.flatnonzero(np.abs(heard - (sounds * factors >> SCALE)) > 1)):
        first = int(wrong[0])
        ramp = down[::-1] + 1 if len(turns) % 2 else down
        for turn in range(first, max(first - len(ramp), turns[-1] if turns else 0) - 1, -1):
            part = slice(turn, min(first + len(ramp), len(sounds)))
            tried = np.concatenate((ramp, np.full(len(ramp), ramp[-1])))[: part.stop - turn]
            if np.abs(heard[part] - (sounds[part] * tried >> SCALE)).max() <= 1:
                break
        else:
            raise AssertionError(f"frame {first} is neither as it was nor ducked; turns so far: {turns}")
        factors[turn:] = ramp[-1]
        factors[turn : turn + len(ramp)] = ramp[: len(sounds) - turn]
        turns.append(turn)
    return turns


def _audible(signal: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    return np.asarray(np.abs(signal.astype(np.float64)) > INAUDIBLE)


def begin(recording: Samples, first: Samples) -> int:
    """Where ``first`` is heard for the first time."""
    for start in range(0, len(recording), CHUNK):
        part = recording[start : start + CHUNK + len(first)].astype(np.float64)
        found = likeness(part, first.astype(np.float64))
        alike = np.flatnonzero(found >= ALIKE)
        if len(alike):
            around = found[alike[0] : alike[0] + len(first)]
            return start + int(alike[0] + around.argmax())
    raise AssertionError("the first sound was not heard")


def _lateness(heard: npt.NDArray[np.float64], sound: Expected, others: Sequence[Expected]) -> int | None:
    """How many frames after its place ``sound`` is heard, up to 100 ms; None when it is not."""
    around = RATE // 10
    start, end = sound.frame - around, sound.end + around
    window = heard[RATE + start : RATE + end].copy()
    for other in others:
        if other is not sound and other.frame < end and other.end > start:
            first, last = max(other.frame, start), min(other.end, end)
            window[first - start : last - start] -= other.samples[first - other.frame : last - other.frame]
    found = likeness(window, sound.samples.astype(np.float64))
    best = int(found.argmax())
    return best - around if found[best] >= ALIKE else None


def likeness(signal: npt.NDArray[np.float64], template: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The normalised correlation of ``template`` with ``signal`` from each frame on."""
    size = 1 << (len(signal) + len(template) - 1).bit_length()
    spectrum = np.fft.rfft(signal, size) * np.conj(np.fft.rfft(template, size))
    correlation = np.fft.irfft(spectrum, size)[: max(len(signal) - len(template) + 1, 0)]
    power = np.concatenate(([0.0], np.cumsum(signal**2)))
    power = power[len(template) :] - power[: -len(template)]
    # Below the power of a template at its quietest audible level, likeness is rounding noise.
    floor = np.square(template).sum() * 1e-4
    return np.asarray(correlation / np.sqrt(np.maximum(power, floor) * np.square(template).sum()))
