"""The signs and patterns that tell the modes and the earcons without colour and without sound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.display.scene import Mode
from voicecoach.session.microphone import Microphone
from voicecoach.timeline.segment import Sound

SIGNS: Final = {
    Mode.TALK: "≡",
    Mode.BRIEFING: "▼",
    Mode.READY: "▲",
    Mode.MOVE: "►",
    Mode.HOLD: "■",
    Mode.RELAX: "□",
    Mode.REST: "○",
    Mode.CHANGE: "⇄",
    Mode.WAIT: "?",
    Mode.PAUSED: "‖",
    Mode.LOST: "!",
    Mode.END: "✓",
}
PATTERNS: Final = {
    Mode.TALK: " ",
    Mode.BRIEFING: "·",
    Mode.READY: "∙ ",
    Mode.MOVE: "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}",
    Mode.HOLD: "═",
    Mode.RELAX: "- ",
    Mode.REST: "~",
    Mode.CHANGE: "<>",
    Mode.WAIT: "? ",
    Mode.PAUSED: "‖ ",
    Mode.LOST: "! ",
    Mode.END: "─",
}
"""The pattern of the band, which tells the mode without its colour."""
EARCONS: Final[Mapping[Sound, str]] = {
    Sound.GET_READY: "▲",
    Sound.GO: "►",
    Sound.HALFWAY: "½",
    Sound.END_OF_SET: "■",
    Sound.REST: "○",
    Sound.SESSION_END: "✓",
}
"""The sign of each earcon. A tick and the tone of a phase are seen in the count and the word; those that
answer a key have a line of text."""
MICROPHONES: Final[Mapping[Microphone, str]] = {
    Microphone.STARTING: "○",
    Microphone.ON: "●",
    Microphone.VOICE: "●))",
    Microphone.LOST: "!",
}
"""The sign of the microphone; none while it is off."""
