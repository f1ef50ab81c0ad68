"""Which key means which command."""

from __future__ import annotations

from typing import Final

from voicecoach.session.transport import Command

KEYS: Final = {
    " ": Command.TOGGLE,
    "n": Command.NEXT,
    "b": Command.BACK,
    "r": Command.REPEAT,
    "q": Command.STOP,
}
"""Any other key says "ready", which matters only where the session waits for it."""

HELP: Final = "space pause · n next · b back · r repeat · q stop"
"""The keys in one line, for the screen."""


def command_for(key: str) -> Command:
    """The command of one key press; capital letters are the same key."""
    return KEYS.get(key.lower(), Command.READY)
