"""The colours of each mode on the page that plays a session, as styles: those of the full screen. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.display.palette import Ink, Paint, paint
from voicecoach.display.scene import Mode

_ASKED_FOR: Final = {
    "light": "all",
    "dark": "(prefers-color-scheme:dark)",
    "contrast": "(prefers-color-scheme:dark) and (prefers-contrast:more)",
}
"""The themes, and when a browser shows which: a later one goes before those above it."""

_TOLD: Final = frozenset({Mode.TALK, Mode.BRIEFING})


def styles() -> str:
    """Return a rule for every mode of every theme, which names the colours of the stage."""
    return "".join(
        f"@media {asked_for}{{{''.join(_rule(theme, mode) for mode in Mode)}}}"
        for theme, asked_for in _ASKED_FOR.items()
    )


def _on_page(part: Paint, text: Paint, mode: Mode) -> Paint:
    """Return the colours of a part of the stage: no dark box stands on a light page, as it does on a screen.

    What is told is dark on the page itself, and of all else the two colours change places.
    """
    if part.ground != text.colour or part.ground.luminance > part.colour.luminance:
        return part
    return text if mode in _TOLD else replace(part, colour=part.ground, ground=part.colour)


def _rule(theme: str, mode: Mode) -> str:
    text = paint(theme, mode, Ink.TEXT)
    band, count = (_on_page(paint(theme, mode, ink), text, mode) for ink in (Ink.BAND, Ink.COUNT))
    about = text if count.ground == text.ground else count
    colours = {
        "ground": text.ground,
        "ink": text.colour,
        "band": band.ground,
        "on-band": band.colour,
        "count": count.colour,
        "count-ground": count.ground,
        "about": about.colour,
        "hue": paint(theme, mode, Ink.RAIL).colour,
        "track": paint(theme, mode, Ink.TRACK).ground,
    }
    told = ";".join(f"--{name}:{colour.hex}" for name, colour in colours.items())
    return f".stage[data-mode={mode.name.lower()}]{{{told}}}"
