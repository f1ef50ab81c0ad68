"""What every view shows of a moment, in words: phase, count, rep and round, and replies to commands."""

from __future__ import annotations

import math
from typing import Final

from voicecoach.language.phrases import Phrases
from voicecoach.routine.dose import Counted
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Script
from voicecoach.timeline.segment import Beat, Segment, SegmentKind
from voicecoach.timeline.steps import Work
from voicecoach.timeline.words import which_rounds
from voicecoach.units import format_clock, frames, seconds

COUNTED: Final = frames(100)
"""The shortest time shown in minutes and seconds: nobody counts down from 600."""
LEAST_OF_TITLE: Final = 8
"""Columns that are left of a title which is too long for its row; with less it tells nothing."""
_LOUDNESS: Final = {"voice": "voice", "sounds": "tones", "music": "music", "master": "overall"}
"""What each level is called under ``screen`` in the phrases."""


def phase(beat: Beat, say: Phrases) -> str:
    """The phase: "lower"; where no phase of a rep has a name, a word for what is done."""
    return beat.phase.replace("_", " ") or say.part(f"screen.word.{beat.kind}")


def phase_word(beat: Beat, say: Phrases) -> str:
    """The phase in capitals: "LOWER"."""
    return phase(beat, say).upper()


def count(left: int, whole: int) -> str:
    """The number one would count with ``left`` of ``whole`` frames to go: "3" until it has been a second.

    The last second is 1, as the coach counts it.
    """
    number = math.ceil(seconds(max(left, 0)))
    return format_clock(number) if whole >= COUNTED else str(number)


def unit(segment: Segment) -> Counted:
    """What the reps of a set are called."""
    return segment.work.exercise.counted if segment.work else Counted.REPS


def rep(number: int, of: int, unit: Counted, say: Phrases) -> str:
    """Which rep it is, when there are several: "rep 3 of 8", "breath 3 of 8"."""
    return say.part(f"screen.which.{unit}", n=str(number), reps=str(of)) if number and of > 1 else ""


def counted(segment: Segment, say: Phrases) -> tuple[str, ...]:
    """What Enter does in timed work of as many as possible, fullest wording first; empty elsewhere."""
    work = segment.work
    if work is None or work.exercise.amrap is None:
        return ()
    number = str(work.counted + len(work.marked))
    return tuple(say.part(f"screen.{phrase}", n=number) for phrase in ("counted", "counted_short"))


def rounds(segment: Segment, script: Script | None, say: Phrases) -> tuple[str, ...]:
    """The round of a set, or of the one that follows ``segment``, in several wordings, fullest first.

    It is empty outside rounds, and at the start and the end of a session.
    """
    if segment.kind in {SegmentKind.INTRO, SegmentKind.OUTRO}:
        return ()
    coming = script.steps[segment.index :] if script else ()
    work = segment.work or next((step for step in coming if isinstance(step, Work)), None)
    if work is None or not work.rounds:
        return ()
    return tuple(which_rounds(work.rounds, say, phrase) for phrase in ("title.round", "screen.round_short"))


def loudness(levels: Levels, usual: Levels, say: Phrases) -> list[str]:
    """Return each of ``levels`` that is not as ``usual``: "voice 80 %"."""
    return [
        say.part(f"screen.{phrase}", n=str(getattr(levels, name)))
        for name, phrase in _LOUDNESS.items()
        if getattr(levels, name) != getattr(usual, name)
    ]


def confirmed(command: Command, say: Phrases) -> str:
    """Return the confirmation of ``command``; empty when the screen shows its effect anyway."""
    return "" if command.row.is_seen else say.part(f"command.{command}.done")


def refusal(command: Command, why: str, say: Phrases) -> str:
    """What to show when ``command`` was refused."""
    return f"{say.part(f'command.{command}.name')}: {why}"
