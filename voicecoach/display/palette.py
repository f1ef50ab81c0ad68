"""Colours that can be told apart by people with any kind of colour vision, light and dark.

The hues are those of Okabe & Ito, "Color Universal Design" (jfly.uni-koeln.de/color, 2008). They are mixed
with white on a dark ground, and with black on a light one, until they can be read from afar.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from voicecoach.display.scene import Mode


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def luminance(self) -> float:
        """Relative luminance from 0 to 1 (WCAG 2.2)."""
        shares = (value / 255 for value in self)
        linear = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    @property
    def hex(self) -> str:
        """As ``#rrggbb``."""
        return "#{:02x}{:02x}{:02x}".format(*self)

    def mixed(self, other: Colour, share: float) -> Colour:
        """This colour with ``share``, from 0 to 1, of ``other``."""
        return Colour(*(round(a + (b - a) * share) for a, b in zip(self, other, strict=True)))


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
ORANGE, SKY, GREEN = Colour(230, 159, 0), Colour(86, 180, 233), Colour(0, 158, 115)
YELLOW, VERMILLION, PURPLE = Colour(240, 228, 66), Colour(213, 94, 0), Colour(204, 121, 167)
BLUE: Final = Colour(0, 114, 178)

HUES: Final = {
    Mode.TALK: None,
    Mode.BRIEFING: YELLOW,
    Mode.READY: YELLOW,
    Mode.MOVE: GREEN,
    Mode.HOLD: ORANGE,
    Mode.RELAX: BLUE,
    Mode.REST: SKY,
    Mode.CHANGE: PURPLE,
    Mode.WAIT: VERMILLION,
    Mode.PAUSED: None,
    Mode.LOST: VERMILLION,
    Mode.END: GREEN,
}
"""The hue of each mode; None is the colour of text. Everything that prepares for a set is yellow."""


class Ink(StrEnum):
    """What something is drawn with."""

    TEXT = "text"
    STRONG = "strong"
    """Text in bold."""
    DIM = "dim"
    """Text that matters less."""
    ACCENT = "accent"
    """The colour of the mode, in bold."""
    BAND = "band"
    """The ground on the colour of the mode, in bold."""
    TRACK = "track"
    """The part of a bar that is still to come; its marks have the colour of the mode."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How an ink looks."""

    colour: Colour
    ground: Colour
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Base:
    ground: Colour
    text: Colour
    wanted: float
    """The least contrast of any text."""


THEMES: Final = {
    "dark": _Base(Colour(16, 18, 22), Colour(236, 236, 236), 7.0),
    "light": _Base(Colour(252, 252, 250), Colour(24, 26, 30), 7.0),
    "contrast": _Base(BLACK, WHITE, 10.0),
}
"""By the names that the setting takes."""


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@functools.cache
def paint(theme: str, mode: Mode, ink: Ink) -> Paint:
    """How ``ink`` looks in ``theme`` while ``mode`` lasts."""
    base = THEMES[theme]
    hue = HUES[mode]
    accent = _readable(hue, base) if hue else base.text
    match ink:
        case Ink.ACCENT:
            return Paint(accent, base.ground, bold=True)
        case Ink.BAND:
            return Paint(base.ground, accent, bold=True)
        case Ink.DIM:
            return Paint(_readable(base.text.mixed(base.ground, 0.45), base), base.ground)
        case Ink.TRACK:
            return Paint(accent, base.text.mixed(base.ground, 0.85))
        case Ink.TEXT | Ink.STRONG:
            return Paint(base.text, base.ground, bold=ink is Ink.STRONG)


def ground(theme: str) -> Colour:
    """The colour of an empty screen."""
    return THEMES[theme].ground


def _readable(hue: Colour, base: _Base) -> Colour:
    """``hue``, as little as needed lighter or darker, so that it stands out from the ground."""
    away = WHITE if base.text.luminance > base.ground.luminance else BLACK
    tints = (hue.mixed(away, step / 50) for step in range(51))
    return next(tint for tint in tints if contrast(tint, base.ground) >= base.wanted)
