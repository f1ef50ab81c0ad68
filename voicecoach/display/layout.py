"""Where everything stands on a screen of a given size. Nothing moves while the size stays the same."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from voicecoach.display.big_letters import fit

LEAST: Final = (60, 18)
"""Columns and rows from which everything has room."""


class Part(StrEnum):
    """A region of the screen, with one thing in it."""

    BAND = "band"
    WORD = "word"
    """The large word, and below it side and rep."""
    COUNT = "count"
    PHASE = "phase"
    CAPTIONS = "captions"
    SESSION = "session"
    BOTTOM = "bottom"
    CLOSING = "closing"
    """The end of a session, in the place of all between band and bottom."""
    HELP = "help"
    """Covers all but the band, when it is asked for."""
    SMALL = "small"
    """The whole screen, when it is too small for the others."""


class Box(NamedTuple):
    """Columns and rows from the upper left corner, and how many."""

    x: int
    y: int
    width: int
    height: int


@functools.lru_cache(maxsize=32)
def places(width: int, height: int) -> Mapping[Part, Box]:
    """The parts shown on a screen of that size, without the help. No two of them overlap."""
    if width < LEAST[0] or height < LEAST[1]:
        return {Part.SMALL: Box(0, 0, width, height)}
    margin = 1 + width // 80
    inner = width - 2 * margin
    roomy = height >= 22
    band = 1 if height < 28 else 3 if height < 36 else 5 if height < 56 else 7
    bar = 1 if height < 28 else 2
    captions = max(3, height // 7)
    air = 1 if height >= 24 else 0
    below = 1 + bar + air + captions + (2 if roomy else 1) + air
    stage = Box(margin, band + 1, inner, height - band - 1 - below)
    y = stage.y + stage.height + 1
    phase = Box(margin, y, inner, bar)
    told = Box(margin, y + bar + air, inner, captions)
    session, bottom = Box(margin, height - 2, inner, 1), Box(margin, height - 1, inner, 1)
    if not roomy:  # side by side
        half = (inner - 2) // 2
        session = Box(margin, height - 1, half, 1)
        bottom = Box(margin + half + 2, height - 1, inner - half - 2, 1)
    return {
        Part.BAND: Box(0, 0, width, band),
        **_stage(stage),
        Part.PHASE: phase,
        Part.CAPTIONS: told,
        Part.SESSION: session,
        Part.BOTTOM: bottom,
    }


def closing_places(width: int, height: int) -> Mapping[Part, Box]:
    """The parts shown on a screen of that size when a session is over."""
    shown = places(width, height)
    if Part.BAND not in shown:
        return shown
    band, margin = shown[Part.BAND], shown[Part.BOTTOM].x if height >= 22 else 1
    bottom = Box(margin, height - 1, width - 2 * margin, 1)
    top = band.height + 1
    return {
        Part.BAND: band,
        Part.CLOSING: Box(margin, top, width - 2 * margin, bottom.y - 1 - top),
        Part.BOTTOM: bottom,
    }


def help_box(width: int, height: int) -> Box:
    """Where the help stands: below the band."""
    shown = places(width, height)
    band = shown[Part.BAND].height if Part.BAND in shown else 0
    return Box(0, band, width, height - band)


def _stage(stage: Box) -> Mapping[Part, Box]:
    """The count on the right, as wide as two digits of its height; the word on the left."""
    face = fit(("88",), stage.width // 2, stage.height)
    count = max(face.width("88") if face else 0, 2 * stage.width // 5)
    beside = stage.width - count - 2
    return {
        Part.WORD: Box(stage.x, stage.y, beside, stage.height),
        Part.COUNT: Box(stage.x + beside + 2, stage.y, count, stage.height),
    }
