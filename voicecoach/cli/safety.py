"""``voicecoach safety``."""

from __future__ import annotations

from voicecoach.cli import page
from voicecoach.settings.safety import load


def safety() -> None:
    """Print emergency signs, when to ask first, when to stop, and what is normal."""
    for number, section in enumerate(load().sections):
        if number:
            page.show()
        page.show(section.title)
        for point in section.points:
            page.show(f"* {point}", hang=2)
