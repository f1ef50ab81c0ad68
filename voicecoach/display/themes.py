"""Colours that can be told apart by people with any kind of colour vision, light and dark.

Any two modes of a theme differ by 15 at least (CIEDE2000; of their grounds, their letters or their areas,
whichever differ most) for normal, protan, deutan and tritan vision. The hues follow Okabe & Ito, "Color
Universal Design" (jfly.uni-koeln.de/color, 2008), as far as that allows, and terminals with 256 colours have
all of them. Those with 16 have a table of their own: to many people green and yellow are one colour there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
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


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
SOOT: Final = Colour(16, 18, 22)
ANSI: Final = {
    "black": BLACK,
    "red": Colour(205, 0, 0),
    "green": Colour(0, 205, 0),
    "yellow": Colour(205, 205, 0),
    "blue": Colour(0, 0, 238),
    "magenta": Colour(205, 0, 205),
    "cyan": Colour(0, 205, 205),
    "white": Colour(229, 229, 229),
    "bright_black": Colour(127, 127, 127),
    "bright_red": Colour(255, 0, 0),
    "bright_green": Colour(0, 255, 0),
    "bright_yellow": Colour(255, 255, 0),
    "bright_blue": Colour(92, 92, 255),
    "bright_magenta": Colour(255, 0, 255),
    "bright_cyan": Colour(0, 255, 255),
    "bright_white": WHITE,
}
"""The sixteen colours of every terminal, by the names that rich gives them, with the values of xterm."""
ANSI_NAMES: Final = {colour: name for name, colour in ANSI.items()}


FLOODED: Final = frozenset({Mode.REST})
"""The modes whose hue is the ground of the whole screen, so that rest is told from work at a glance."""


class Depth(Enum):
    """What a terminal can show."""

    MANY = auto()
    """24 bits, or what rich makes of them for 256 colours."""
    SIXTEEN = auto()
    GREYS = auto()
    """Black, white and greys, which are among the sixteen."""


class Look(NamedTuple):
    """How a mode looks."""

    ground: Colour
    """Of its band, and of the whole screen where that is flooded."""
    letters: Colour
    """On that ground."""
    area: Colour
    """Bars and the like on the ground of the theme; its large letters too, where they can be read."""


@dataclass(frozen=True, slots=True)
class ColourScheme:
    """The colours of a screen."""

    ground: Colour
    text: Colour
    dim: Colour
    """Text that matters less."""
    contrast: float
    """Of text, at least."""
    tracks: tuple[Colour, ...]
    """What the part of a bar that is still to come can have."""
    looks: Mapping[Mode, Look]
    has_shades: bool = True
    """Whether there are darker ones of each colour."""

    @property
    def is_dark(self) -> bool:
        """Whether the text is lighter than its ground."""
        return self.ground.luminance < self.text.luminance


def _bright(red: int, green: int, blue: int) -> Look:
    """Dark letters on the hue."""
    hue = Colour(red, green, blue)
    return Look(hue, SOOT, hue)


def _lined(red: int, green: int, blue: int) -> Look:
    """Letters in the hue on a dark ground."""
    hue = Colour(red, green, blue)
    return Look(SOOT, hue, hue)


_DARK: Final = {
    Mode.TALK: _lined(188, 188, 188),
    Mode.BRIEFING: _lined(255, 255, 0),
    Mode.READY: _bright(255, 255, 0),
    Mode.MOVE: _bright(0, 255, 175),
    Mode.HOLD: _bright(215, 175, 0),
    Mode.RELAX: _lined(95, 175, 255),
    Mode.REST: _bright(95, 175, 215),
    Mode.CHANGE: Look(Colour(135, 0, 135), WHITE, Colour(255, 135, 255)),
    Mode.WAIT: _lined(255, 135, 0),
    Mode.PAUSED: Look(Colour(68, 68, 68), WHITE, WHITE),
    Mode.LOST: Look(Colour(175, 0, 0), WHITE, Colour(255, 135, 95)),
    Mode.END: _lined(0, 255, 175),
}
"""Yellow prepares, green moves, amber holds, blue rests, purple changes sides, orange and red need you."""
_DEEP: Final = (Mode.CHANGE, Mode.PAUSED, Mode.LOST)
_LIGHT: Final = _DARK | {mode: _DARK[mode]._replace(area=_DARK[mode].ground) for mode in _DEEP}
"""The same; a light screen shows deep hues as they are."""
_CONTRAST: Final = {
    Mode.TALK: Look(BLACK, Colour(198, 198, 198), Colour(198, 198, 198)),
    Mode.BRIEFING: Look(BLACK, Colour(255, 255, 0), Colour(255, 255, 0)),
    Mode.READY: Look(Colour(255, 255, 0), BLACK, Colour(255, 255, 0)),
    Mode.MOVE: Look(Colour(135, 255, 215), BLACK, Colour(135, 255, 215)),
    Mode.HOLD: Look(BLACK, Colour(215, 175, 0), Colour(215, 175, 0)),
    Mode.RELAX: Look(Colour(0, 0, 215), WHITE, Colour(95, 215, 255)),
    Mode.REST: Look(Colour(175, 175, 255), BLACK, Colour(175, 175, 255)),
    Mode.CHANGE: Look(Colour(95, 0, 95), WHITE, Colour(255, 175, 255)),
    Mode.WAIT: Look(Colour(255, 175, 135), BLACK, Colour(255, 175, 135)),
    Mode.PAUSED: Look(Colour(58, 58, 58), WHITE, WHITE),
    Mode.LOST: Look(Colour(135, 0, 0), WHITE, Colour(255, 175, 175)),
    Mode.END: Look(BLACK, Colour(95, 255, 175), Colour(95, 255, 175)),
}
"""Nearly the same: with a contrast of ten few hues are left."""
_GREYS: Final = tuple(Colour(value, value, value) for value in range(8, 149, 10))
"""Those that terminals with 256 colours have, up to the middle."""


def _ansi(ground: str, letters: str, area: str) -> Look:
    return Look(ANSI[ground], ANSI[letters], ANSI[area])


_SIXTEEN: Final = {
    Mode.TALK: _ansi("black", "bright_white", "bright_white"),
    Mode.BRIEFING: _ansi("black", "bright_yellow", "yellow"),
    Mode.READY: _ansi("bright_yellow", "blue", "bright_white"),
    Mode.MOVE: _ansi("cyan", "black", "bright_green"),
    Mode.HOLD: _ansi("yellow", "black", "yellow"),
    Mode.RELAX: _ansi("black", "bright_cyan", "bright_blue"),
    Mode.REST: _ansi("cyan", "black", "black"),
    Mode.CHANGE: _ansi("blue", "bright_white", "bright_magenta"),
    Mode.WAIT: _ansi("yellow", "black", "red"),
    Mode.PAUSED: _ansi("white", "black", "bright_black"),
    Mode.LOST: _ansi("bright_white", "black", "bright_red"),
    Mode.END: _ansi("black", "cyan", "bright_green"),
}
"""Made by hand: on red and purple no letters can be read, so these hues are those of bars."""
_SIXTEEN_LIGHT: Final = _SIXTEEN | {
    Mode.LOST: _ansi("black", "bright_white", "bright_red"),
    Mode.TALK: _ansi("black", "bright_white", "black"),
    Mode.READY: _ansi("bright_yellow", "blue", "yellow"),
    Mode.MOVE: _ansi("cyan", "black", "green"),
    Mode.RELAX: _ansi("black", "white", "bright_blue"),
    Mode.END: _ansi("black", "cyan", "green"),
}
_SIXTEEN_CONTRAST: Final = _SIXTEEN | {
    Mode.READY: _ansi("bright_yellow", "black", "bright_white"),
    Mode.CHANGE: _ansi("white", "black", "bright_magenta"),
}
_ANSI_TRACKS: Final = tuple(ANSI[name] for name in ("bright_black", "blue", "white", "black"))


def _in_grey(scheme: ColourScheme) -> ColourScheme:
    """``scheme`` for people who want no colours, on a terminal with sixteen."""
    looks = {
        mode: Look(_grey(ground), _grey(on), scheme.text) for mode, (ground, on, _) in scheme.looks.items()
    }
    looks |= dict.fromkeys(FLOODED, Look(scheme.text, scheme.ground, scheme.ground))
    return replace(scheme, tracks=(ANSI["bright_black"],), looks=looks)


def _grey(colour: Colour) -> Colour:
    """Black or white, whichever is nearer."""
    return BLACK if contrast(colour, WHITE) > contrast(colour, BLACK) else ANSI["white"]


_SIXTEEN_THEMES: Final = {
    "dark": ColourScheme(BLACK, WHITE, ANSI["white"], 7.0, _ANSI_TRACKS, _SIXTEEN, has_shades=False),
    "light": ColourScheme(WHITE, BLACK, BLACK, 7.0, _ANSI_TRACKS, _SIXTEEN_LIGHT, has_shades=False),
    "contrast": ColourScheme(
        BLACK, WHITE, ANSI["white"], 10.0, _ANSI_TRACKS, _SIXTEEN_CONTRAST, has_shades=False
    ),
}
THEMES: Final = {
    Depth.MANY: {
        "dark": ColourScheme(SOOT, Colour(236, 236, 236), Colour(164, 164, 164), 7.0, _GREYS, _DARK),
        "light": ColourScheme(Colour(252, 252, 250), SOOT, Colour(78, 78, 78), 7.0, _GREYS, _LIGHT),
        "contrast": ColourScheme(BLACK, WHITE, Colour(194, 194, 194), 10.0, _GREYS, _CONTRAST),
    },
    Depth.SIXTEEN: _SIXTEEN_THEMES,
    Depth.GREYS: {name: _in_grey(scheme) for name, scheme in _SIXTEEN_THEMES.items()},
}
"""By what the terminal can show, then by the names that the setting takes."""
