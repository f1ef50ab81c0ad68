"""Where everything stands on a screen of a given size. Nothing moves within a set, nor during a talk."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from voicecoach.display.big_letters import fit

LEAST: Final = (40, 15)
"""Columns and rows from which everything that matters has room; with less there are only count and word."""
WANTED: Final = (80, 24)
"""Columns and rows from which captions are in large letters; with less a larger window is asked for."""
FIGURE: Final = (24, 12)
"""The least columns and rows of the place for a figure, where there is one."""
_LEAST_WORD: Final = 24
"""Columns that a word needs beside a count: those of six fine letters."""
_LEAST_COUNT: Final = 21
"""Columns of two digits that are eight rows tall."""
_ROOMY: Final = (60, 20)
"""Columns from which the time has a bar beside the bottom line, and rows from which it has its own line."""
_TIME_LEFT: Final = 11
"""Columns of the time that is left, without a bar."""
_RAIL: Final = 20
"""One of so many columns is a rail's: a narrower one is not seen from the mat without glasses."""
SMALLEST: Final = 3
"""Rows of the smallest large characters."""
_GAP: Final = 2
"""Columns between two parts that stand side by side."""
_GAP_TO_COUNT: Final = 1


class Part(StrEnum):
    """A region of the screen, with one thing in it."""

    BAND = "band"
    TOLD = "told"
    """What the coach says, in large letters, where there is nothing to count."""
    WORD = "word"
    """The large word with what comes next: the coming phase, or the exercise after a rest."""
    INFO = "info"
    """Side and rep, or the position that is wanted next."""
    COUNT = "count"
    LEFT_RAIL = "left rail"
    """The left edge, filled while the left side works."""
    RIGHT_RAIL = "right rail"
    FIGURE = "figure"
    """The place for a figure."""
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


class Stage(StrEnum):
    """What the middle of the screen is for."""

    TELLING = "telling"
    """The coach talks: what is said is large."""
    COUNTING = "counting"
    """Something is counted: the count is large, and the word beside it."""
    ASKING = "asking"
    """The session stands still: one word, and the key to press."""
    CLOSING = "closing"
    """The session is over."""


class Box(NamedTuple):
    """Columns and rows from the upper left corner, and how many."""

    x: int
    y: int
    width: int
    height: int


class Plan(NamedTuple):
    """What decides where things stand."""

    width: int
    height: int
    stage: Stage = Stage.COUNTING
    sides: tuple[str, ...] = ()
    """The sides that work, so that there is a rail for each."""
    figure: bool = False
    """Whether there is a figure."""


def has_figure(plan: Plan) -> bool:
    """Tell whether there is a figure, and a place for it."""
    return plan.figure and _is_large(plan.width, plan.height) and plan.stage is not Stage.CLOSING


@functools.lru_cache(maxsize=64)
def places(plan: Plan) -> Mapping[Part, Box]:
    """Return the parts that are shown, without the help. No two of them overlap."""
    width, height = plan.width, plan.height
    if width < LEAST[0] or height < LEAST[1]:
        return {Part.SMALL: Box(0, 0, width, height)}
    margin = 1 + width // 80
    inner = width - 2 * margin
    band = 1 if height < 28 else 3 if height < 45 else 5
    bottom = Box(margin, height - 1, inner, 1)
    if plan.stage is Stage.CLOSING:
        top = band + 1
        closing = Box(margin, top, inner, bottom.y - 1 - top)
        return {Part.BAND: Box(0, 0, width, band), Part.CLOSING: closing, Part.BOTTOM: bottom}
    session = Box(margin, height - 2, inner, 1)
    if height < _ROOMY[1]:  # side by side
        share = (inner - _GAP) // 2 if width >= _ROOMY[0] else _TIME_LEFT
        session = Box(margin, height - 1, share, 1)
        bottom = Box(margin + share + _GAP, height - 1, inner - share - _GAP, 1)
    rows = _caption_rows(width, height)
    captions = Box(margin, session.y - (height >= 28) - rows, inner, rows)
    bar = 1 if height < 28 else 2
    phase = Box(margin, captions.y - (height >= 28) - bar, inner, bar)
    air = int(height >= 18)
    middle = Box(0, band + air, width, phase.y - band - air - (height >= 28))
    shown = _middle(plan, middle, margin)
    return {
        Part.BAND: Box(0, 0, width, band),
        **shown,
        Part.PHASE: _between_rails(phase, shown),
        Part.CAPTIONS: captions,
        Part.SESSION: session,
        Part.BOTTOM: bottom,
    }


def _between_rails(bar: Box, shown: Mapping[Part, Box]) -> Box:
    """Return ``bar`` without what is below a rail, with which it would make one shape."""
    left, right = shown.get(Part.LEFT_RAIL), shown.get(Part.RIGHT_RAIL)
    start = max(bar.x, left.x + left.width + 1) if left else bar.x
    end = min(bar.x + bar.width, right.x - 1) if right else bar.x + bar.width
    return bar._replace(x=start, width=end - start)


def _caption_rows(width: int, height: int) -> int:
    """Return the rows of the captions: for two lines of large letters, or up to three of plain ones."""
    if _is_large(width, height):
        return 6 if height < 36 else 9 if height < 56 else 12
    return max(min(height - 16, 3), 1)


def _is_large(width: int, height: int) -> bool:
    """Tell whether captions are in large letters on a screen of that size."""
    return width >= WANTED[0] and height >= WANTED[1]


def help_box(width: int, height: int) -> Box:
    """Return where the help stands: below the band, where there is one."""
    shown = places(Plan(width, height))
    band = shown[Part.BAND].height if Part.BAND in shown else 0
    return Box(0, band, width, height - band)


def _middle(plan: Plan, middle: Box, margin: int) -> Mapping[Part, Box]:
    """Return the parts in the middle: rails at the edges, the figure at the right, the others beside it."""
    edges: dict[Part, Box] = {}
    left = right = margin
    if plan.sides and plan.stage is Stage.COUNTING:
        rail = plan.width // _RAIL
        if "left" in plan.sides:
            edges[Part.LEFT_RAIL] = middle._replace(width=rail)
            left = rail + 1
        if "right" in plan.sides:
            edges[Part.RIGHT_RAIL] = middle._replace(x=middle.width - rail, width=rail)
            right = rail + 1
    free = middle._replace(x=left, width=middle.width - left - right)
    if has_figure(plan):
        figure = _figure(free, plan.width)
        edges[Part.FIGURE] = figure
        free = free._replace(width=figure.x - _GAP - free.x)
    if plan.stage is Stage.TELLING:
        return {**edges, Part.TOLD: free}
    if plan.stage is Stage.ASKING:
        return {**edges, Part.WORD: free}
    return {**edges, **_counting(free)}


def _figure(free: Box, width: int) -> Box:
    """Return the place for a figure at the right of ``free``, on a screen ``width`` wide: about a third."""
    taken = max(FIGURE[0], free.width * 3 // 8, width // 3)
    return Box(free.x + free.width - taken, free.y, taken, free.height)


def _counting(free: Box) -> Mapping[Part, Box]:
    """Return word and count side by side or, where the count can then be larger, one below the other."""
    beside = fit(("88",), min(free.width // 2, free.width - _LEAST_WORD - _GAP_TO_COUNT), free.height)
    below = fit(("88",), max(free.width // 2, _LEAST_COUNT), free.height - SMALLEST)
    if beside and below and beside.pixels >= below.pixels:
        count = beside.width("88")
        info = max(free.height // 4, SMALLEST)
        word = free._replace(width=free.width - count - _GAP_TO_COUNT, height=free.height - info - 1)
        return {
            Part.WORD: word,
            Part.INFO: word._replace(y=word.y + word.height + 1, width=word.width - _GAP, height=info),
            Part.COUNT: free._replace(x=free.x + free.width - count, width=count),
        }
    count, rows = (below.width("88"), below.rows()) if below else (_LEAST_COUNT, free.height - SMALLEST)
    word = free._replace(height=free.height - rows)
    lower = word._replace(y=free.y + word.height, width=free.width - count - _GAP_TO_COUNT, height=rows)
    return {
        Part.WORD: word,
        Part.INFO: lower,
        Part.COUNT: lower._replace(x=free.x + free.width - count, width=count),
    }
