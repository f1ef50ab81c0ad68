"""``voicecoach voices``."""

from __future__ import annotations

from voicecoach.cli import table
from voicecoach.voices.engines import describe


def voices() -> None:
    """List the voices, and which one 'auto' takes.

    The accents of a voice are listed with it; to choose one: --voice pyttsx3:en-us.
    """
    rows = []
    for voice in describe():
        state = (
            f"installed ({voice.version})" if voice.version else "" if voice.installed else "not installed"
        )
        rows.append((voice.name, state, voice.note))
        rows += [(f"{voice.name}:{accent}", "", title) for accent, title in voice.accents.items()]
    table.show(rows)
