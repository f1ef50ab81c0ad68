"""Colours that can be told apart by people with any kind of colour vision, light and dark.

The look of a mode is the ground and the letters of its band, or of the whole screen where that is flooded.
Any two looks differ by 15 at least (CIEDE2000; of the grounds or of the letters, whichever differ more) for
normal, protan, deutan and tritan vision. The hues follow Okabe & Ito, "Color Universal Design"
(jfly.uni-koeln.de/color, 2008), as far as that allows, and terminals with 256 colours have all of them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
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


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
SOOT: Final = Colour(16, 18, 22)

FLOODED: Final = frozenset({Mode.REST})
"""The modes whose hue is the ground of the whole screen, so that rest is told from work at a glance."""


class Fill(Enum):
    """How the hue of a mode is used in its look."""

    BRIGHT = auto()
    """As the ground of dark letters."""
    DEEP = auto()
    """As the ground of white letters."""
    LINE = auto()
    """As the colour of the letters, on a dark ground."""


class Hue(NamedTuple):
    """The hue of a mode and its use."""

    colour: Colour
    fill: Fill
    pale: Colour | None = None
    """What large letters and bars have instead on a dark screen, where a deep hue would not stand out."""


_HUES: Final = {
    Mode.TALK: Hue(Colour(188, 188, 188), Fill.LINE),
    Mode.BRIEFING: Hue(Colour(255, 255, 0), Fill.LINE),
    Mode.READY: Hue(Colour(255, 255, 0), Fill.BRIGHT),
    Mode.MOVE: Hue(Colour(0, 255, 175), Fill.BRIGHT),
    Mode.HOLD: Hue(Colour(215, 175, 0), Fill.BRIGHT),
    Mode.RELAX: Hue(Colour(95, 175, 255), Fill.LINE),
    Mode.REST: Hue(Colour(95, 175, 215), Fill.BRIGHT),
    Mode.CHANGE: Hue(Colour(135, 0, 135), Fill.DEEP, Colour(255, 135, 255)),
    Mode.WAIT: Hue(Colour(255, 135, 0), Fill.LINE),
    Mode.PAUSED: Hue(Colour(68, 68, 68), Fill.DEEP, WHITE),
    Mode.LOST: Hue(Colour(175, 0, 0), Fill.DEEP, Colour(255, 135, 95)),
    Mode.END: Hue(Colour(0, 255, 175), Fill.LINE),
}
"""The hues of dark and light screens: yellow prepares, green moves, amber holds, sky rests, red needs you."""
_HUES_OF_CONTRAST: Final = {
    Mode.TALK: Hue(Colour(198, 198, 198), Fill.LINE),
    Mode.BRIEFING: Hue(Colour(255, 255, 0), Fill.LINE),
    Mode.READY: Hue(Colour(255, 255, 0), Fill.BRIGHT),
    Mode.MOVE: Hue(Colour(135, 255, 215), Fill.BRIGHT),
    Mode.HOLD: Hue(Colour(215, 175, 0), Fill.LINE),
    Mode.RELAX: Hue(Colour(0, 0, 215), Fill.DEEP, Colour(95, 215, 255)),
    Mode.REST: Hue(Colour(175, 175, 255), Fill.BRIGHT),
    Mode.CHANGE: Hue(Colour(95, 0, 95), Fill.DEEP, Colour(255, 175, 255)),
    Mode.WAIT: Hue(Colour(255, 175, 135), Fill.BRIGHT),
    Mode.PAUSED: Hue(Colour(58, 58, 58), Fill.DEEP, WHITE),
    Mode.LOST: Hue(Colour(135, 0, 0), Fill.DEEP, Colour(255, 175, 175)),
    Mode.END: Hue(Colour(95, 255, 175), Fill.LINE),
}
"""The same for letters with a contrast of ten, which leaves few hues: some change their use."""


class Ink(StrEnum):
    """What something is drawn with."""

    TEXT = "text"
    STRONG = "strong"
    """Text in bold."""
    DIM = "dim"
    """Text that matters less."""
    ACCENT = "accent"
    """Letters in the colour of the mode, in bold; on a light ground and on a flooded one they are dark."""
    BAND = "band"
    """The look of the mode, in bold; on a flooded screen its opposite, so that the band stands out."""
    COUNT = "count"
    """Letters as ``ACCENT``, but on a light screen they stand on the hue of the mode."""
    AREA = "area"
    """A filled area in the hue of the mode: a bar, a rail. Its colour fills whole cells."""
    TRACK = "track"
    """The part of a bar that is still to come; its marks have the colour of the filled part."""


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
    dim: Colour
    """Text that matters less."""
    hues: Mapping[Mode, Hue]

    @property
    def is_dark(self) -> bool:
        return self.ground.luminance < self.text.luminance

    @property
    def dark(self) -> Colour:
        """The darker one of ground and text."""
        return self.ground if self.is_dark else self.text


THEMES: Final = {
    "dark": _Base(SOOT, Colour(236, 236, 236), Colour(164, 164, 164), _HUES),
    "light": _Base(Colour(252, 252, 250), SOOT, Colour(78, 78, 78), _HUES),
    "contrast": _Base(BLACK, WHITE, Colour(194, 194, 194), _HUES_OF_CONTRAST),
}
"""By the names that the setting takes."""
_GREYS: Final = tuple(Colour(value, value, value) for value in range(8, 149, 10))
"""Those that terminals with 256 colours have, up to the middle."""
_TRACK_TO_GROUND: Final = 3.0
"""The least contrast of the track of a bar to what is around it (WCAG 2.2, 1.4.11)."""
_TRACK_TO_AREA: Final = 2.2
"""The least contrast of the track to the filled part of the bar. [own choice]"""


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@functools.cache
def look(theme: str, mode: Mode) -> Paint:
    """How ``mode`` looks in ``theme``: the ground and the letters of its band, or of its flooded screen."""
    base = THEMES[theme]
    hue, fill, _ = base.hues[mode]
    if fill is Fill.LINE:
        return Paint(hue, base.dark, bold=True)
    return Paint(base.dark if fill is Fill.BRIGHT else WHITE, hue, bold=True)


@functools.cache
def paint(theme: str, mode: Mode, ink: Ink) -> Paint:  # noqa: PLR0911 - one for each ink
    """How ``ink`` looks in ``theme`` while ``mode`` lasts."""
    base, band = THEMES[theme], look(theme, mode)
    if mode in FLOODED:
        ground, text, dim, accent, area = band.ground, *[band.colour] * 4
        band = Paint(ground, text, bold=True)
    else:
        ground, text, dim, hue = base.ground, base.text, base.dim, base.hues[mode]
        accent = (hue.pale or hue.colour) if base.is_dark else text
        area = accent if base.is_dark else hue.colour
    letters = Paint(accent, ground, bold=True)
    match ink:
        case Ink.BAND:
            return band
        case Ink.ACCENT:
            return letters
        case Ink.COUNT:
            return letters if base.is_dark or mode in FLOODED else band
        case Ink.AREA:
            return Paint(area, ground)
        case Ink.TRACK:
            return Paint(area, _track(area, ground))
        case Ink.DIM:
            return Paint(dim, ground)
        case Ink.TEXT | Ink.STRONG:
            return Paint(text, ground, bold=ink is Ink.STRONG)


def ground(theme: str) -> Colour:
    """The colour of an empty screen."""
    return THEMES[theme].ground


def _track(area: Colour, ground: Colour) -> Colour:
    """The grey nearest to ``ground`` that stands out from it and from ``area``."""
    return next(
        grey
        for grey in sorted(_GREYS, key=lambda grey: contrast(grey, ground))
        if contrast(grey, ground) >= _TRACK_TO_GROUND and contrast(grey, area) >= _TRACK_TO_AREA
    )
