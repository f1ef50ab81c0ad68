"""What the views say in the same words: phases, counts and reps."""

from __future__ import annotations

import math
from typing import Final

from voicecoach.session.levels import CHANGING_LEVELS
from voicecoach.session.transport import Command
from voicecoach.timeline.countdown import COUNT_IN
from voicecoach.timeline.segment import Beat
from voicecoach.units import format_clock, frames, seconds

READY: Final = "READY"
"""The word for the seconds before the first rep."""
WHEN_DONE: Final = "any key when done"
"""How a set at one's own pace is ended."""
SHOWN_OTHERWISE: Final = CHANGING_LEVELS | {Command.TOGGLE, Command.PAUSE, Command.RESUME, Command.STOP}
"""Commands whose effect is seen without a word about it."""
COUNTED: Final = frames(100)
"""From this length on a time is shown in minutes and seconds: nobody counts down from 600."""


def phase_word(beat: Beat) -> str:
    """The phase in capitals: "LOWER"."""
    return READY if beat.phase == COUNT_IN else beat.phase.replace("_", " ").upper()


def count(left: int, whole: int) -> str:
    """The number one would count with ``left`` of ``whole`` frames to go: "3" until it has been a second.

    The last second is 1, as the coach counts it.
    """
    number = math.ceil(seconds(max(left, 0)))
    return format_clock(number) if whole >= COUNTED else str(number)


def rep(beat: Beat) -> str:
    """Which rep it is, when there are several: "rep 3 of 8"."""
    return f"rep {beat.rep} of {beat.reps}" if beat.rep and beat.reps > 1 else ""


def confirmed(command: Command) -> str:
    """What to show when ``command`` was accepted."""
    return "this exercise ends here" if command is Command.HURTS else str(command)
