"""What everything on the screen is drawn with, in the colours of a theme."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from voicecoach.display.scene import Mode
from voicecoach.display.themes import FLOODED, THEMES, Colour, ColourScheme, Depth, contrast


class Ink(StrEnum):
    """What something is drawn with."""

    TEXT = "text"
    STRONG = "strong"
    """Text in bold."""
    DIM = "dim"
    """Text that matters less."""
    ACCENT = "accent"
    """Letters in the hue of the mode, in bold; in the colour of text where they could not be read."""
    BAND = "band"
    """The look of the mode, in bold; on a flooded screen its opposite, so that the band stands out."""
    COUNT = "count"
    """Letters as ``ACCENT``, but on a light screen they stand on the hue of the mode."""
    AREA = "area"
    """The filled part of a bar, in the hue of the mode. Its colour fills whole cells."""
    RAIL = "rail"
    """A filled area with nothing around it; in the colour of text where the hue would not stand out."""
    HUE = "hue"
    """Shapes in the hue of the mode, in bold; darker on a light screen, so that they stand out."""
    BACK = "back"
    """Shapes that are farther away."""
    FAINT = "faint"
    """Shapes that matter least."""
    TRACK = "track"
    """The part of a bar that is still to come; its marks have the colour of the filled part."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How an ink looks."""

    colour: Colour
    ground: Colour
    bold: bool = False


_AREA_TO_GROUND: Final = 3.0
"""The least contrast of a rail, a shape or the track of a bar to what is around it (WCAG 2.2, 1.4.11)."""
_SHAPE_TO_GROUND: Final = 4.5
"""The contrast of a shape of thin dots, where its hue can be made darker. [own choice]"""
_TRACK_TO_AREA: Final = 2.2
"""The least contrast of the track to the filled part of the bar. [own choice]"""
_BACK_TO_FRONT: Final = 1.5
"""The least contrast of what is farther away to what is near. [own choice]"""


@functools.cache
def paint(theme: str, mode: Mode, ink: Ink, depth: Depth = Depth.MANY) -> Paint:
    """How ``ink`` looks in ``theme`` while ``mode`` lasts, where a terminal can show ``depth``.

    Many that have sixteen colours show dark ones lighter when they are bold, so dark letters are not.
    """
    look = _paint(THEMES[depth][theme], mode, ink)
    is_dark = look.colour.luminance < look.ground.luminance
    return Paint(look.colour, look.ground) if is_dark and depth is not Depth.MANY else look


def _paint(scheme: ColourScheme, mode: Mode, ink: Ink) -> Paint:  # noqa: C901, PLR0911 - one for each ink
    ground, on_ground, area = scheme.looks[mode]
    if mode in FLOODED:
        text, dim, accent, area = [on_ground] * 4
        band = Paint(ground, on_ground, bold=True)
    else:
        band = Paint(on_ground, ground, bold=True)
        ground, text, dim = scheme.ground, scheme.text, scheme.dim
        accent = area if contrast(area, ground) >= scheme.contrast else text
    letters = Paint(accent, ground, bold=True)
    match ink:
        case Ink.BAND:
            return band
        case Ink.ACCENT:
            return letters
        case Ink.COUNT:
            return letters if scheme.is_dark or mode in FLOODED else band
        case Ink.AREA:
            return Paint(area, ground)
        case Ink.RAIL:
            return Paint(area if contrast(area, ground) >= _AREA_TO_GROUND else text, ground)
        case Ink.HUE | Ink.BACK | Ink.FAINT:
            return Paint(_shape(scheme, ink, (area, ground, text, dim)), ground, bold=ink is Ink.HUE)
        case Ink.TRACK:
            return Paint(area, _track(area, ground, scheme.tracks))
        case Ink.DIM:
            return Paint(dim, ground)
        case Ink.TEXT | Ink.STRONG:
            return Paint(text, ground, bold=ink is Ink.STRONG)


def _shape(scheme: ColourScheme, ink: Ink, colours: tuple[Colour, Colour, Colour, Colour]) -> Colour:
    """Return the colour of a shape of thin dots where area, ground, text and dim text have these."""
    area, ground, text, dim = colours
    if ink is Ink.HUE:
        return _hue(area, ground, text, scheme)
    is_far = contrast(dim, text) >= _BACK_TO_FRONT
    return dim if ink is Ink.BACK and is_far else _faint(ground, dim, scheme)


def _hue(area: Colour, ground: Colour, text: Colour, scheme: ColourScheme) -> Colour:
    """Return the hue of a mode where it stands out from ``ground``, else a darker one or that of text."""
    if contrast(area, ground) >= _AREA_TO_GROUND:
        return area
    if not scheme.has_shades:
        return text
    shades = (Colour(*(value * tenths // 10 for value in area)) for tenths in range(9, 0, -1))
    return next((each for each in shades if contrast(each, ground) >= _SHAPE_TO_GROUND), text)


def _faint(ground: Colour, dim: Colour, scheme: ColourScheme) -> Colour:
    """Return the grey nearest to ``ground`` that stands out from it."""
    greys = (each for each in scheme.tracks if contrast(each, ground) >= _AREA_TO_GROUND)
    return min(greys, key=lambda grey: contrast(grey, ground), default=dim)


def _track(area: Colour, ground: Colour, tracks: tuple[Colour, ...]) -> Colour:
    """The one of ``tracks`` nearest to ``ground`` that stands out from it and from ``area``."""
    return next(
        track
        for track in sorted(tracks, key=lambda track: contrast(track, ground))
        if contrast(track, ground) >= _AREA_TO_GROUND and contrast(track, area) >= _TRACK_TO_AREA
    )
