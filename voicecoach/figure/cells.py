"""A figure in the cells of a terminal: strokes as dots, eight to a cell, in braille. Pure, and no numpy.

Each row of dots is a whole number with a bit for each dot, so that a run of dots is set in one step.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from operator import or_, xor
from typing import Final

from voicecoach.figure.drawing import Drawing
from voicecoach.figure.rig import Posed
from voicecoach.figure.strokes import Role, Stroke

Run = tuple[str, Role]
Row = tuple[Run, ...]
"""Pieces of text that together are as wide as the picture."""

_WIDE: Final = 2
_TALL: Final = 4
"""Dots of a cell. As it is twice as tall as wide, they are as far apart in both directions."""
_STRONGEST: Final = (Role.WORK, Role.BODY, Role.PATH, Role.FAR, Role.PROP, Role.FLOOR)
"""A cell has one colour: that of the first of these that has a dot in it."""
_MOST: Final = 0.58
"""Dots to a centimetre at most. That is large enough to be seen from the mat; a frame of more takes longer
than the thousandth of a second that can be spared beside sound. [own choice]"""
_LEAST_RADIUS: Final = 0.75
"""Dots; a thinner line would have holes."""
_GAP: Final = 2.5
"""Centimetres by which a gap is drawn wider on each side than what lies in front."""
_LEAST_GAP: Final = 0.9
"""Dots of such a gap, at least: in a smaller picture it would leave little of what lies behind."""
_STRAIGHT: Final = 0.4
"""Dots by which a point may be beside a line that goes on straight without it."""
_BESIDE: Final = 96
"""Dots on each side of the picture that are cut off, so that none need be looked for."""

_MOST_RADIUS: Final = _BESIDE / 2 - 1
_ROUND: Final = 12
"""Points from which a closed line may be a circle."""

_Dots = list[int]
"""A number for each row from the top; the lowest bit is at the left."""


class CellPicture:
    """A drawing in a box of so many columns and rows: the floor at its bottom, mirrored if ``flipped``."""

    def __init__(self, drawing: Drawing, columns: int, rows: int, *, flipped: bool = False) -> None:
        self._drawing = drawing
        self._columns = columns
        extent = drawing.extent
        wide, tall = _WIDE * columns, _TALL * rows
        self.scale = scale = min(wide / extent.width, tall / extent.height, _MOST)
        """Dots to a centimetre."""
        self._across = -scale if flipped else scale
        self._left = _BESIDE + wide / 2 - self._across * (extent.left + extent.right) / 2
        above = 0.0 if drawing.motion.rig.has_floor else (tall - scale * extent.height) / 2
        self._top = tall - above + scale * extent.bottom
        self._wide, self._tall = wide + 2 * _BESIDE, tall
        self._standing = self._raster(drawing.standing, [0] * tall)

    @classmethod
    def fitted(cls, drawing: Drawing, columns: int, rows: int, *, flipped: bool = False) -> CellPicture:
        """Return a picture in the smallest box in which it is as large as in that one."""
        scale, extent = cls(drawing, columns, rows).scale, drawing.extent
        columns = min(columns, math.ceil(scale * extent.width / _WIDE))  # not one more by rounding
        rows = min(rows, math.ceil(scale * extent.height / _TALL))
        return cls(drawing, columns, rows, flipped=flipped)

    def rows(self, posed: Posed, *, path: bool = False) -> tuple[Row, ...]:
        """Return the picture of a body from top to bottom, with an arrow along its way where one is wanted.

        A row that was the same a moment ago is the same object.
        """
        strokes = self._drawing.moving(posed)
        if path:
            strokes = self._drawing.with_path(strokes)
        covered = [0] * self._tall
        planes = self._raster(strokes, covered)
        for role, fixed in self._standing.items():
            seen = [dots and dots & ~over for dots, over in zip(fixed, covered, strict=True)]
            planes[role] = _either(planes[role], seen) if role in planes else seen
        there = tuple(role for role in _STRONGEST if role in planes)
        any_role = functools.reduce(_either, (planes[role] for role in there))
        dots = zip(*(any_role[number::_TALL] for number in range(_TALL)), strict=True)
        cells = zip(*(_in_rows(planes[role]) for role in there), strict=True)
        return tuple(_row(there, *row, self._columns) for row in zip(dots, cells, strict=True))

    def lines(self, posed: Posed, *, path: bool = False) -> list[str]:
        """Return the picture of a body without its colours."""
        return ["".join(text for text, _ in row) for row in self.rows(posed, path=path)]

    def _raster(self, strokes: Iterable[Stroke], covered: _Dots) -> dict[Role, _Dots]:
        """Return the dots of each role that are seen, from the front to the back.

        What is ``covered`` is not, and what is drawn covers what follows it.
        """
        planes: dict[Role, _Dots] = {}
        scale, left, top, across = self.scale, self._left, self._top, self._across
        gap = _GAP * scale if _GAP * scale < _LEAST_GAP else 0.0  # where there is none
        start, end = _BESIDE / 2, self._wide - _BESIDE / 2
        for stroke in reversed([*strokes]):
            radius = max(stroke.width / 2 * scale, _LEAST_RADIUS)
            if stroke.role is Role.GROUND:
                radius -= gap
            plane = None
            if stroke.role is not Role.GROUND:
                plane = planes.setdefault(stroke.role, [0] * self._tall)
            points = [
                complex(min(max(left + across * at.real, start), end), top - scale * at.imag)
                for at in stroke.points
            ]
            for first, masks in self._pieces(points, min(radius, _MOST_RADIUS)):
                last = first + len(masks)
                over = covered[first:last]
                covered[first:last] = both = [*map(or_, over, masks)]
                if plane is not None:
                    plane[first:last] = map(or_, plane[first:last], map(xor, both, over))
        return planes

    def _pieces(self, points: list[complex], radius: float) -> Iterator[tuple[int, list[int]]]:
        """Yield the first row of each piece of a line, and its dots in each row; a circle is one piece."""
        size = self._wide, self._tall
        if middle := _middle(points):
            around = abs(points[0] - middle)
            yield _ring(middle, min(around + radius, _MOST_RADIUS), max(around - radius, 0.0), *size)
            return
        line = _straightened(points)
        for one, other in zip(line, line[1:] or line, strict=False):
            yield _masks(one, other, radius, *size)


def _either(some: _Dots, others: _Dots) -> _Dots:
    """Return the dots of both."""
    return [*map(or_, some, others)]


def _in_rows(plane: _Dots) -> _Dots:
    """Return, by row of cells, where there is a dot in any of its rows."""
    upper = map(or_, plane[0::_TALL], plane[1::_TALL])
    return [*map(or_, upper, map(or_, plane[2::_TALL], plane[3::_TALL]))]


def _middle(points: list[complex]) -> complex | None:
    """Return the middle of a line that is a circle; None when it is none."""
    if len(points) < _ROUND or abs(points[0] - points[-1]) > 1:
        return None
    middle = sum(points[1:]) / (len(points) - 1)
    around = abs(points[0] - middle)
    return middle if all(abs(abs(at - middle) - around) < _STRAIGHT for at in points) else None


@functools.lru_cache(maxsize=16)
def _ring(middle: complex, outer: float, inner: float, wide: int, tall: int) -> tuple[int, list[int]]:
    """Return the first row of a ring, and its dots in each row."""
    first, masks = _masks(middle, middle, outer, wide, tall)
    hole, holes = _masks(middle, middle, inner, wide, tall)
    dots = [*masks]
    for row, mask in enumerate(holes, hole - first):
        dots[row] ^= mask
    return first, dots


@functools.lru_cache(maxsize=256)
def _masks(one: complex, other: complex, radius: float, wide: int, tall: int) -> tuple[int, list[int]]:
    """Return the first row of a line with round ends in a picture of that size, and its dots in each row.

    Most parts of a body keep still, so they are found once.
    """
    upper, lower = (one, other) if one.imag <= other.imag else (other, one)
    first = max(math.ceil(upper.imag - radius - 0.5), 0)
    last = max(min(math.floor(lower.imag + radius + 0.5), tall), first)
    along = lower - upper
    # from the middle line to its right edge; the left one is opposite
    edge = along * (-1j * radius / abs(along)) if along else complex(radius)
    rows, lefts = range(first, last), _lefts(wide)
    starts, ends = _edge(upper, lower, -edge, -radius, rows), _edge(upper, lower, edge, radius, rows)
    return first, [lefts[end] ^ lefts[start] for start, end in zip(starts, ends, strict=True)]


@functools.lru_cache(maxsize=8)
def _lefts(number: int) -> tuple[int, ...]:
    """Return, by how many they are, the dots at the left of so many."""
    return tuple((1 << n) - 1 for n in range(number + 1))


def _edge(upper: complex, lower: complex, edge: complex, radius: float, rows: range) -> list[int]:
    """Return where a line with round ends begins or ends in each of ``rows``: at the side of ``edge``."""
    x, y, x2, y2 = upper.real + 0.5, upper.imag - 0.5, lower.real + 0.5, lower.imag - 0.5
    squared, sign, sqrt = radius * radius, math.copysign(1, radius), math.sqrt
    start = min(max(math.ceil(y + edge.imag), rows.start), rows.stop)
    end = max(min(math.floor(y2 + edge.imag) + 1, rows.stop), start)
    slope = (x2 - x) / (y2 - y) if y2 > y else 0.0
    base = x + edge.real - slope * (y + edge.imag)
    return [
        *[int(x + sign * sqrt(abs(squared - (row - y) ** 2))) for row in range(rows.start, start)],
        *[int(base + slope * row) for row in range(start, end)],
        *[int(x2 + sign * sqrt(abs(squared - (row - y2) ** 2))) for row in range(end, rows.stop)],
    ]


def _straightened(points: Sequence[complex]) -> list[complex]:
    """Return a line without those of its points that it goes through anyway."""
    kept = [points[0]]
    for number, at in enumerate(points[1:-1], 1):
        along = points[number + 1] - kept[-1]
        beside = abs(((at - kept[-1]) * along.conjugate()).imag)
        if beside > _STRAIGHT * abs(along):
            kept.append(at)
    return [*kept, points[-1]] if len(points) > 1 else kept


_BITS: Final = ((0, 3), (1, 4), (2, 5), (6, 7))
"""By the row of dots within a cell, the bits of its left and its right dot in Unicode's braille patterns."""
_BLANK: Final = "\u2800"
_BRAILLE: Final = 0x28
"""The upper byte of all of them."""


@functools.lru_cache(maxsize=512)
def _row(roles: tuple[Role, ...], dots: tuple[int, ...], there: tuple[int, ...], columns: int) -> Row:
    """Return a row of cells from its four rows of dots, and from where each role is, the strongest first."""
    wide = _WIDE * columns
    inside, each = (1 << wide) - 1, _every(8, columns)
    codes = 0
    for of_row, (left, right) in zip(dots, _BITS, strict=True):
        if union := of_row >> _BESIDE & inside:
            digits = f"{union | 1 << wide:b}".encode()  # with one more, so that none are missing
            codes |= (int.from_bytes(digits[2::2], "big") & each) << left
            codes |= (int.from_bytes(digits[1::2], "big") & each) << right
    if not codes:
        return ((" " * columns, Role.FLOOR),)
    letters = bytearray((0, _BRAILLE)) * columns
    letters[::2] = codes.to_bytes(columns, "little")
    text = letters.decode("utf-16-le").replace(_BLANK, " ")
    found = ((role, cells >> _BESIDE & inside) for role, cells in zip(roles, there, strict=True))
    return tuple(_runs(text, {role: cells for role, cells in found if cells}))


@functools.cache
def _every(step: int, number: int) -> int:
    """Return so many bits, each ``step`` above the one before."""
    return sum(1 << step * n for n in range(number))


def _runs(text: str, dots: dict[Role, int]) -> Iterator[Run]:
    """Yield ``text`` in pieces of one role, from the dots of each; blanks go with what is before them."""
    left: dict[Role, int] = {}
    seen = 0
    for role, own in dots.items():
        cells = (own | own >> 1) & _every(_WIDE, len(text))
        left[role] = cells & ~seen
        seen |= cells
    start = 0
    while True:
        firsts = {cells & -cells: role for role, cells in left.items() if cells}
        role = firsts.pop(min(firsts))
        if not firsts:
            break
        then = min(firsts)  # where another role begins
        end = (then.bit_length() - 1) // _WIDE
        yield text[start:end], role
        start, left[role] = end, left[role] & -then
    yield text[start:], role
