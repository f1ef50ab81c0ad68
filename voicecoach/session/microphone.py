"""Whether the coach hears the person."""

from __future__ import annotations

from enum import StrEnum


class Microphone(StrEnum):
    """What the microphone does. The value is the name under ``screen.microphone`` of its sign."""

    OFF = "off"
    """It is not open, and nothing is to be heard."""
    STARTING = "starting"
    """It is being opened, or what recognises words is not ready yet."""
    ON = "on"
    VOICE = "voice"
    """It is on, and somebody speaks."""
    LOST = "lost"
    """Nothing is heard although it should be: it is gone or busy, or what recognises words has failed."""
