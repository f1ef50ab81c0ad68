"""The colours of each mode on the page that plays a session, as styles: those of the full screen. Pure."""

from __future__ import annotations

from typing import Final

from voicecoach.display.palette import Ink, paint
from voicecoach.display.scene import Mode

_ASKED_FOR: Final = {
    "light": "all",
    "dark": "(prefers-color-scheme:dark)",
    "contrast": "(prefers-color-scheme:dark) and (prefers-contrast:more)",
}
"""The themes, and when a browser shows which: a later one goes before those above it."""


def styles() -> str:
    """Return a rule for every mode of every theme, which names the colours of the stage."""
    return "".join(
        f"@media {asked_for}{{{''.join(_rule(theme, mode) for mode in Mode)}}}"
        for theme, asked_for in _ASKED_FOR.items()
    )


def _rule(theme: str, mode: Mode) -> str:
    text, band, count = (paint(theme, mode, ink) for ink in (Ink.TEXT, Ink.BAND, Ink.COUNT))
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
