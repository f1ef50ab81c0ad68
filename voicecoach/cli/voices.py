"""``voicecoach voices``."""

from __future__ import annotations

from voicecoach.cli import table
from voicecoach.voices.engines import describe


def voices() -> None:
    """List the voices, and which one 'auto' takes."""
    rows = []
    for voice in describe():
        state = (
            f"installed ({voice.version})" if voice.version else "" if voice.installed else "not installed"
        )
        rows.append((voice.name, state, voice.note))
    table.show(rows)
