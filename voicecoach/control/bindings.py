"""Which key means which command. Where mpv has a key for something, it is the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voicecoach.session.transport import Command


@dataclass(frozen=True, slots=True)
class Binding:
    """Keys that mean the same. Letters are small; keys without a character go by their name."""

    keys: tuple[str, ...]
    command: Command
    meaning: str
    """For the person, in a few words."""


BINDINGS: Final = (
    Binding((" ", "p"), Command.TOGGLE, "pause or go on; in a wait: ready"),
    Binding(("n", ">", "right", "pageup"), Command.NEXT, "next exercise"),
    Binding(("b", "<", "left", "pagedown"), Command.BACK, "back to its start, or the one before"),
    Binding(("r",), Command.REPEAT, "repeat this exercise"),
    Binding(("i",), Command.EXPLAIN, "explain it again"),
    Binding(("x",), Command.HURTS, "this hurts: end this exercise"),
    Binding(("e",), Command.EASIER, "an easier form"),
    Binding(("h",), Command.HARDER, "a harder form"),
    Binding(("[",), Command.SLOWER, "slower, from the next rep"),
    Binding(("]",), Command.FASTER, "faster, from the next rep"),
    Binding(("backspace",), Command.NORMAL_TEMPO, "the normal tempo"),
    Binding(("+", "="), Command.MORE_REST, "15 seconds more rest"),
    Binding(("s",), Command.SKIP_REST, "skip the rest or the talk"),
    Binding(("9",), Command.VOICE_DOWN, "voice softer"),
    Binding(("0",), Command.VOICE_UP, "voice louder"),
    Binding(("7",), Command.SOUNDS_DOWN, "tones softer"),
    Binding(("8",), Command.SOUNDS_UP, "tones louder"),
    Binding(("5",), Command.MUSIC_DOWN, "music softer"),
    Binding(("6",), Command.MUSIC_UP, "music louder"),
    Binding(("m",), Command.MUTE, "mute everything, or end it"),
    Binding(("q",), Command.STOP, "stop; what you did is kept"),
)

HELP_KEY: Final = "?"
HELP: Final = "space pause · n next · b back · x this hurts · q stop · ? all keys"
"""The keys one needs most, in one line."""

_COMMANDS: Final = {key: binding.command for binding in BINDINGS for key in binding.keys}


def command_for(key: str) -> Command:
    """The command of one key press; capital letters are the same key. Any other key says "ready", which
    matters only where the session waits for it.
    """
    return _COMMANDS.get(key.lower(), Command.READY)


def help_rows() -> tuple[tuple[str, str], ...]:
    """Each binding as its first keys and its meaning, in the order to show them."""
    rows = [
        (" or ".join(_shown(key) for key in binding.keys if len(key) == 1 or binding.keys[0] == key), binding)
        for binding in BINDINGS
    ]
    return (*((keys, binding.meaning) for keys, binding in rows), (HELP_KEY, "show these keys, or hide them"))


def _shown(key: str) -> str:
    return "space" if key == " " else key
