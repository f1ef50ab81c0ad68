"""``voicecoach voices``."""

from __future__ import annotations

import typer

from voicecoach.voices.engines import describe


def voices() -> None:
    """List the voices, and which one 'auto' takes."""
    for voice in describe():
        state = (
            f"installed ({voice.version})" if voice.version else "" if voice.installed else "not installed"
        )
        typer.echo(f"{voice.name:<8}  {state:<16}  {voice.note}")
