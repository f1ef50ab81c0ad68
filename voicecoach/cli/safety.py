"""``voicecoach safety``."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.app.region import usual
from voicecoach.cli import page, vocabulary
from voicecoach.routine.region import Region
from voicecoach.settings.safety import load


def safety(
    region: Annotated[
        Region | None,
        typer.Option(
            metavar="REGION",
            parser=vocabulary.region,
            autocompletion=vocabulary.offering(Region),
            help=f"The part of the body, one of {', '.join(Region)}; else that of your plan or profile.",
        ),
    ] = None,
) -> None:
    """Print emergency signs, when to ask first, when to stop, and what is normal."""
    for number, section in enumerate(load(region=region or usual()).sections):
        if number:
            page.show()
        page.show(section.title)
        for point in section.points:
            page.show(f"* {point}", hang=2)
