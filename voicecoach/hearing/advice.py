"""What to do so that the coach hears better, from the figures that ``voicecoach listen`` measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from voicecoach.language.phrases import Message

LOUD_ROOM: Final = -40.0
"""The noise in dBFS from which on the room is loud for a microphone of usual level [own choice]."""
FAINT: Final = -50.0
"""The loudness in dBFS below which a voice is faint [own choice]."""
CLIPPED: Final = -3.0
"""The loudness in dBFS above which a voice is cut off at its peaks [own choice]."""
CLEAR: Final = 15.0
"""The decibels by which a voice should be above the noise; commands were tried at 20 and 10 [own choice]."""
LOUD_COACH: Final = 0.0
"""The decibels by which the coach may be louder at the microphone than the person; where it is, fewer than
six commands in ten are understood while it speaks [own choice]."""
SLOW: Final = 2.0
"""Seconds from the end of the words; later, nobody knows whether they were heard."""
MOST_FAILED: Final = 2
"""Commands of ten that may fail without further advice [own choice]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured; None for what was not."""

    noise: float | None = None
    """The loudness of the room in dBFS."""
    voice: float | None = None
    """The loudness of the person in dBFS."""
    coach: float | None = None
    """The loudness of the coach at the microphone in dBFS."""
    delay: float | None = None
    """Seconds from the end of the words until they are understood, usually."""
    is_tiny: bool = False
    """Whether the fastest model recognises."""
    is_bluetooth: bool = False
    tried: int = 0
    """How many commands were asked for."""
    silent: int = 0
    """For how many of them nothing was heard."""
    failed: int = 0
    """How many of them were not understood, or taken for others."""


def advice(figures: Figures) -> tuple[Message, ...]:
    """Return what to do, the most helpful first; empty when all is well."""
    return tuple(Message(f"listening.advice.{name}") for name in _named(figures))


def _named(figures: Figures) -> Iterator[str]:
    voice, noise, coach = figures.voice, figures.noise, figures.coach
    if figures.tried and figures.silent == figures.tried:
        yield "nothing"
        return
    if voice is not None and voice > CLIPPED:
        yield "clipped"
    elif voice is not None and voice < FAINT:
        yield "faint"
    elif voice is not None and noise is not None and voice - noise < CLEAR:
        yield "noise" if noise > LOUD_ROOM else "near"
    if voice is not None and coach is not None and coach - voice > LOUD_COACH:
        yield "coach"
    if figures.delay is not None and figures.delay > SLOW:
        yield "slow_tiny" if figures.is_tiny else "slow"
    if figures.is_bluetooth:
        yield "bluetooth"
    if figures.failed > MOST_FAILED:
        yield "speak"
