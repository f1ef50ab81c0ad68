"""Commands about the voices and this computer."""

from __future__ import annotations

from typing import Annotated

import typer


def voices() -> None:
    """List the voices, and which one 'auto' takes."""
    from voicecoach.voices.engines import describe  # noqa: PLC0415 - loaded when needed, here and below

    for voice in describe():
        state = (
            f"installed ({voice.version})" if voice.version else "" if voice.installed else "not installed"
        )
        typer.echo(f"{voice.name:<8}  {state:<16}  {voice.note}")


def doctor(
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Leave out the test tone and sentence.")] = False,
) -> None:
    """Look at everything that a session needs.

    Says what to do about each fault, and plays a test tone and a sentence.
    """
    from voicecoach.cli.examination import examine  # noqa: PLC0415

    if not examine(sound=not quiet):
        raise typer.Exit(1)
