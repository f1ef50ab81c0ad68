"""``voicecoach voices``."""

from __future__ import annotations

from voicecoach.cli import page, table
from voicecoach.language.phrases import ENGLISH
from voicecoach.voices.engines import AUTO, describe, lack


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
    if none := lack(AUTO, ENGLISH):
        page.show(f"{none.why}: what the coach says is only shown. {none.remedy}")
