"""``voicecoach safety``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import typer

from voicecoach.settings.safety import load


def safety() -> None:
    """Print emergency signs, when to ask first, when to stop, and what is normal."""
    typer.echo("\n".join(_page()))


def _page() -> Iterator[str]:
    for number, section in enumerate(load().sections):
        if number:
            yield ""
        yield section.title
        for point in section.points:
            yield textwrap.fill(point, 80, initial_indent="* ", subsequent_indent="  ")
