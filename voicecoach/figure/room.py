"""The things that stand in the room, as strokes: the mat, a wall, and what a body sits on or holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from voicecoach.figure.body import point
from voicecoach.figure.contact import (
    THIN,
    Body,
    Points,
    away,
    line,
    thickness,
    touched,
    under,
)
from voicecoach.figure.strokes import Stroke
from voicecoach.figure.wall import wall_of
from voicecoach.routine.figure import BODY_SIDES, MIDDLE, Prop, PropKind

MAT_THICKNESS: Final = 4.0
_SEAT: Final = 3.0
"""Centimetres across the top of a seat or a table."""
_WALL: Final = 5.0
_WALL_HEIGHT: Final = 185.0
"""Centimetres that a wall is thick, and high."""
_FOLDED: Final = 9.0
"""Centimetres across a folded blanket and the seat below it."""


def mat(points: Iterable[complex]) -> tuple[Stroke, ...]:
    """Return the mat under a body, with all of these points above it."""
    ends = [at.real for at in points]
    y = -MAT_THICKNESS / 2
    return (line(MAT_THICKNESS, complex(min(ends) - 14, y), complex(max(ends) + 14, y)),)


def from_above(props: Sequence[Prop], points: Points) -> tuple[Stroke, ...]:
    """Return the outlines of the mat and of the pillow on which a body is seen from above."""
    shapes = []
    for prop in props:
        if prop.kind is PropKind.MAT:
            shapes.append(_outline([at for name, at in points.items() if not name.endswith(_OF_ARM)], 20))
        elif prop.kind is PropKind.CUSHION:
            shapes.append(_outline([touched(prop, points)], 17))
    return tuple(shapes)


_OF_ARM: Final = ("elbow", "hand", "fingers")


def _outline(points: Sequence[complex], margin: float) -> Stroke:
    """Return a rectangle around these points."""
    left, right = min(at.real for at in points) - margin, max(at.real for at in points) + margin
    low, high = min(at.imag for at in points) - margin, max(at.imag for at in points) + margin
    corners = complex(left, low), complex(left, high), complex(right, high), complex(right, low)
    return line(THIN, *corners, corners[0])


def standing(props: Sequence[Prop], body: Body) -> tuple[Stroke, ...]:
    """Return the things that stand in the room, as the body touches them in its position."""
    strokes: list[Stroke] = []
    if wall := wall_of(props, body):
        x = wall.surface + wall.way * _WALL / 2
        strokes.append(line(_WALL, complex(x, 0), complex(x, _WALL_HEIGHT)))
    for prop in props:
        if seat := _seat(props, prop):
            strokes += _blanket(seat, body)
        elif prop.kind in _STANDING:
            strokes += _STANDING[prop.kind](prop, body)
    return tuple(strokes)


def _chair(prop: Prop, body: Body) -> list[Stroke]:
    x, y = touched(prop, body.points).real, touched(prop, body.points).imag - 6 - _SEAT / 2
    left, right = (x - 23, x + 23)
    if body.profile:
        sloping = len(prop.at) == 1 and min(body.points[each].imag for each in _KNEES) < y - _SEAT
        front = _SLOPING if sloping else _LEVEL
        left, right = x + front - _DEPTH, x + front
    leaning = [name for name in prop.at[1:] if name in MIDDLE]
    if leaning:
        back = point(body.points, leaning[0])
        left = back.real - thickness(leaning[0]) / 2 - THIN / 2 + (back.imag - y) * 5 / 44
    seat = [
        line(_SEAT, complex(left, y), complex(right, y)),
        line(THIN, complex(left + 1, y), complex(left + 1, 0)),
        line(THIN, complex(right - 1, y), complex(right - 1, 0)),
    ]
    if body.profile:
        arms = [
            point(body.points, name) - 1j * thickness(name) / 2 for name in prop.at[1:] if name not in MIDDLE
        ]
        return [
            *seat,
            line(THIN, complex(left, y), complex(left - 5, y + 44)),
            *(_chair_arm(complex(left - 2, y), arm - 1j * THIN / 2) for arm in arms),
        ]
    high = y + 44
    return [
        *seat,
        line(
            THIN,
            complex(left + 2, y),
            complex(left + 2, high),
            complex(right - 2, high),
            complex(right - 2, y),
        ),
    ]


def _chair_arm(back: complex, hand: complex) -> Stroke:
    """Return the arm of a chair, which a hand rests on."""
    end = hand.real + 8
    return line(THIN, complex(back.real, hand.imag), complex(end, hand.imag), complex(end - 3, back.imag))


_DEPTH: Final = 42.0
_LEVEL: Final = 24.0
_SLOPING: Final = 8.0
"""Centimetres from the back of a seat to its front, and from the hips to there, which is less where a thigh
slopes down from the seat."""
_KNEES: Final = ("near_knee", "far_knee")


def _seat(props: Sequence[Prop], cushion: Prop) -> Prop | None:
    """Return the chair that a cushion lies on."""
    chairs = (prop for prop in props if prop.kind is PropKind.CHAIR and prop.at and prop.at[:1] == cushion.at)
    return next(chairs, None) if cushion.kind is PropKind.CUSHION else None


def _blanket(chair: Prop, body: Body) -> list[Stroke]:
    """Return what lies folded on a chair, below the one who sits on it."""
    left, right = _chair(chair, body)[0].points
    down = 1j * (_FOLDED - _SEAT) / 2
    return [line(_FOLDED, left + 3 - down, right - 3 - down)]


def _chair_back(prop: Prop, body: Body) -> list[Stroke]:
    top, way = under(prop, body.points), away(prop, body.points)
    x = top.real
    return [
        line(THIN, top - 1j * THIN / 2, complex(x, 0)),
        line(_SEAT, complex(x, 44), complex(x + 40 * way, 44)),
        line(THIN, complex(x + 39 * way, 44), complex(x + 39 * way, 0)),
    ]


def _table(prop: Prop, body: Body) -> list[Stroke]:
    top, way = under(prop, body.points), away(prop, body.points)
    y = top.imag - _SEAT / 2
    edge, end = top.real - 14 * way, top.real + 50 * way
    return [
        line(_SEAT, complex(edge, y), complex(end, y)),
        line(THIN, complex(edge + 4 * way, y), complex(edge + 4 * way, 0)),
        line(THIN, complex(end - 3 * way, y), complex(end - 3 * way, 0)),
    ]


def _step(prop: Prop, body: Body) -> list[Stroke]:
    top = under(prop, body.points)
    left, right, y = top.real - 12, top.real + 30, top.imag - THIN / 2
    return [line(THIN, complex(left, 0), complex(left, y), complex(right, y), complex(right, 0))]


def _rail(prop: Prop, body: Body) -> list[Stroke]:
    top = under(prop, body.points) - 1j * THIN / 2
    ends = [complex(top.real + by, top.imag) for by in (-45, 45)]
    return [line(THIN, *ends), *(line(THIN, end, complex(end.real, 0)) for end in ends)]


def _cushion(prop: Prop, body: Body) -> list[Stroke]:
    top = under(prop, body.points)
    height = max(top.imag, 4.0)
    ends = top.real - 9, top.real + 9
    if prop.at in _UNDER_FEET:
        heel, toes = (body.points[f"{prop.at[0].partition('_')[0]}_{each}"].real for each in ("heel", "toes"))
        ends = min(heel, toes) - 6, max(heel, toes) + 6
    return [line(height, *(complex(x, height / 2) for x in ends))]


_UNDER_FEET: Final = {(f"{side}_foot",) for side in BODY_SIDES}
_STANDING: Final[Mapping[PropKind, Callable[[Prop, Body], list[Stroke]]]] = {
    PropKind.CHAIR: _chair,
    PropKind.CHAIR_BACK: _chair_back,
    PropKind.TABLE: _table,
    PropKind.STEP: _step,
    PropKind.RAIL: _rail,
    PropKind.CUSHION: _cushion,
}
