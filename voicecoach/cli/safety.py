"""``voicecoach safety``."""

from __future__ import annotations

from typing import Annotated

from voicecoach.app.region import usual
from voicecoach.cli import page, vocabulary
from voicecoach.routine.region import Region
from voicecoach.settings.safety import load


def safety(
    region: Annotated[
        Region | None,
        vocabulary.region_option("The part of the body", "that of your plan or profile"),
    ] = None,
) -> None:
    """Print emergency signs, when to ask first, when to stop, and what is normal."""
    for number, section in enumerate(load(region=region or usual()).sections):
        if number:
            page.show()
        page.show(section.title)
        for point in section.points:
            page.show(f"* {point}", hang=2)
