"""How a session reaches the person, which decides what the coach can ask of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from voicecoach.units import frames

HOLD_QUIET: Final = frames(2)
"""Frames of quiet in which a page stops the sound to wait for a tap: on a locked phone its script runs late,
by a second or so. [own choice]"""


class Medium(StrEnum):
    """The way a session is heard."""

    LIVE = "live"
    """The program plays it: there are keys, and what comes may change on the way."""
    HEARING = "hearing"
    """The program plays it and hears the person, who can say what else is pressed."""
    PAGE = "page"
    """A page in a browser plays it: it waits for a tap where the coach waits, and knows nothing of keys."""
    FILE = "file"
    """A sound file, which only goes on."""

    @property
    def has_keys(self) -> bool:
        """Whether somebody can press keys while it plays."""
        return self in {Medium.LIVE, Medium.HEARING}
