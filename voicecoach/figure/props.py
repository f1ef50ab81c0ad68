"""The things that a body touches, as strokes: those that stand in the room, and those that it carries."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from voicecoach.figure.body import THICKNESS, point
from voicecoach.figure.rig import spot_on
from voicecoach.figure.strokes import Role, Stroke, smooth
from voicecoach.routine.figure import BODY_SIDES, MIDDLE, Prop, PropKind

Points = Mapping[str, complex]
MAT_THICKNESS: Final = 4.0
_THIN: Final = 3.5
_SEAT: Final = 3.0
"""Centimetres across a line that is part of a thing, and across the top of a seat or a table."""
_WALL: Final = 5.0
WALL_HEIGHT: Final = 185.0
"""Centimetres that a wall is thick, and high."""
_FOLDED: Final = 9.0
"""Centimetres across a folded blanket and the seat below it."""
_LARGE_BALL: Final = 32.0
_WALL_BALL: Final = 18.0
"""Centimetres of the radius of a ball below the body, at most, and of one at a wall."""
_BELLY: Final = 9.0
"""Centimetres across the front of a belly."""


def thickness(name: str) -> float:
    """Return how thick the body is at a point, in centimetres."""
    single = {"hands": "near_hand", "feet": "near_foot", "knees": "near_knee", "elbows": "near_elbow"}.get(
        name, name
    )
    return THICKNESS.get(single, 9.0)


def mat(points: Iterable[complex]) -> tuple[Stroke, ...]:
    """Return the mat under a body, with all of these points above it."""
    ends = [at.real for at in points]
    y = -MAT_THICKNESS / 2
    return (_line(Role.PROP, MAT_THICKNESS, complex(min(ends) - 14, y), complex(max(ends) + 14, y)),)


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
    return _prop(_THIN, *corners, corners[0])


def standing(props: Sequence[Prop], points: Points, front: complex, *, profile: bool) -> tuple[Stroke, ...]:
    """Return the things that stand in the room, as the body touches them in its position.

    ``front`` is where the body looks.
    """
    strokes: list[Stroke] = []
    if wall := wall_of(props, points, front):
        x = wall.surface + wall.way * _WALL / 2
        strokes.append(_prop(_WALL, complex(x, 0), complex(x, WALL_HEIGHT)))
    for prop in props:
        if seat := _seat(props, prop):
            strokes += _blanket(seat, points, profile=profile)
        elif prop.kind in _STANDING:
            strokes += _STANDING[prop.kind](prop, points, profile)
    return tuple(strokes)


def rolling(props: Sequence[Prop], start: Points, by: complex) -> tuple[Stroke, ...]:
    """Return the ball under a body that was at ``start`` and has moved ``by``."""
    ball = next((prop for prop in props if prop.kind is PropKind.BALL), None)
    return () if ball is None or _has_wall(props) else tuple(_ball_below(ball, start, by.real))


def carried(props: Sequence[Prop], start: Points, points: Points, front: complex) -> tuple[Stroke, ...]:
    """Return the things that go with a body that was at ``start``.

    A ball between a body and a wall rolls on both, so it goes half as far as the body.
    """
    strokes: list[Stroke] = []
    for prop in props:
        if prop.kind in _CARRIED and not _end_on(prop):
            strokes += _CARRIED[prop.kind](prop, points, front)
        elif prop.kind is PropKind.BALL and _has_wall(props):
            middles = (_ball_at_wall(prop, each, front) for each in (start, points))
            strokes += _circle(sum(middles) / 2, _WALL_BALL)
    return tuple(strokes)


def touched(prop: Prop, points: Points) -> complex:
    """Return the point of the body that touches a thing, or the place where it stands."""
    if prop.spot is not None:
        return complex(points["hips"].real + prop.spot.right, prop.spot.up)
    return spot_on(points, prop.at[0])


def _has_wall(props: Sequence[Prop]) -> bool:
    return any(prop.kind is PropKind.WALL for prop in props)


def _line(role: Role, width: float, *points: complex) -> Stroke:
    return Stroke(role, width, points)


def _prop(width: float, *points: complex) -> Stroke:
    return Stroke(Role.PROP, width, points)


def _half(prop: Prop) -> float:
    """Return half of the thickness of what touches a thing; nothing when it stands at a place."""
    return thickness(prop.at[0]) / 2 if prop.at else 0.0


def _under(prop: Prop, points: Points) -> complex:
    """Return the place under what touches a thing, at its surface."""
    return touched(prop, points) - 1j * _half(prop)


def _chair(prop: Prop, points: Points, profile: bool) -> list[Stroke]:  # noqa: FBT001 - one of a table
    x, y = touched(prop, points).real, touched(prop, points).imag - 6 - _SEAT / 2
    left, right = (x - 23, x + 23)
    if profile:
        sloping = len(prop.at) == 1 and min(points[each].imag for each in _KNEES) < y - _SEAT
        front = _SLOPING if sloping else _LEVEL
        left, right = x + front - _DEPTH, x + front
    leaning = [name for name in prop.at[1:] if name in MIDDLE]
    if leaning:
        back = spot_on(points, leaning[0])
        left = back.real - thickness(leaning[0]) / 2 - _THIN / 2 + (back.imag - y) * 5 / 44
    seat = [
        _prop(_SEAT, complex(left, y), complex(right, y)),
        _prop(_THIN, complex(left + 1, y), complex(left + 1, 0)),
        _prop(_THIN, complex(right - 1, y), complex(right - 1, 0)),
    ]
    if profile:
        arms = [
            spot_on(points, name) - 1j * thickness(name) / 2 for name in prop.at[1:] if name not in MIDDLE
        ]
        return [
            *seat,
            _prop(_THIN, complex(left, y), complex(left - 5, y + 44)),
            *(_chair_arm(complex(left - 2, y), arm - 1j * _THIN / 2) for arm in arms),
        ]
    high = y + 44
    return [
        *seat,
        _prop(
            _THIN,
            complex(left + 2, y),
            complex(left + 2, high),
            complex(right - 2, high),
            complex(right - 2, y),
        ),
    ]


def _chair_arm(back: complex, hand: complex) -> Stroke:
    """Return the arm of a chair, which a hand rests on."""
    end = hand.real + 8
    return _prop(_THIN, complex(back.real, hand.imag), complex(end, hand.imag), complex(end - 3, back.imag))


_DEPTH: Final = 42.0
_LEVEL: Final = 24.0
_SLOPING: Final = 8.0
"""Centimetres from the back of a seat to its front, and from the hips to there, which is less where a thigh
slopes down from the seat."""
_KNEES: Final = ("near_knee", "far_knee")


def _seat(props: Sequence[Prop], cushion: Prop) -> Prop | None:
    """Return the chair that a cushion lies on."""
    chairs = (prop for prop in props if prop.kind is PropKind.CHAIR and prop.at[:1] == cushion.at)
    return next(chairs, None) if cushion.kind is PropKind.CUSHION else None


def _blanket(chair: Prop, points: Points, *, profile: bool) -> list[Stroke]:
    """Return what lies folded on a chair, below the one who sits on it."""
    left, right = _chair(chair, points, profile)[0].points
    down = 1j * (_FOLDED - _SEAT) / 2
    return [_prop(_FOLDED, left + 3 - down, right - 3 - down)]


def _away(prop: Prop, points: Points) -> int:
    """Return on which side of the body a thing stands: 1 for the right, -1 for the left."""
    return 1 if touched(prop, points).real >= points["hips"].real else -1


def _chair_back(prop: Prop, points: Points, profile: bool) -> list[Stroke]:  # noqa: ARG001, FBT001 - one of a table
    top, way = _under(prop, points), _away(prop, points)
    x = top.real
    return [
        _prop(_THIN, top - 1j * _THIN / 2, complex(x, 0)),
        _prop(_SEAT, complex(x, 44), complex(x + 40 * way, 44)),
        _prop(_THIN, complex(x + 39 * way, 44), complex(x + 39 * way, 0)),
    ]


def _table(prop: Prop, points: Points, profile: bool) -> list[Stroke]:  # noqa: ARG001, FBT001 - one of a table
    top, way = _under(prop, points), _away(prop, points)
    y = top.imag - _SEAT / 2
    edge, end = top.real - 14 * way, top.real + 50 * way
    return [
        _prop(_SEAT, complex(edge, y), complex(end, y)),
        _prop(_THIN, complex(edge + 4 * way, y), complex(edge + 4 * way, 0)),
        _prop(_THIN, complex(end - 3 * way, y), complex(end - 3 * way, 0)),
    ]


def _step(prop: Prop, points: Points, profile: bool) -> list[Stroke]:  # noqa: ARG001, FBT001 - one of a table
    top = _under(prop, points)
    left, right, y = top.real - 12, top.real + 30, top.imag - _THIN / 2
    return [_prop(_THIN, complex(left, 0), complex(left, y), complex(right, y), complex(right, 0))]


def _rail(prop: Prop, points: Points, profile: bool) -> list[Stroke]:  # noqa: ARG001, FBT001 - one of a table
    top = _under(prop, points) - 1j * _THIN / 2
    ends = [complex(top.real + by, top.imag) for by in (-45, 45)]
    return [_prop(_THIN, *ends), *(_prop(_THIN, end, complex(end.real, 0)) for end in ends)]


def _cushion(prop: Prop, points: Points, profile: bool) -> list[Stroke]:  # noqa: ARG001, FBT001 - one of a table
    top = _under(prop, points)
    height = max(top.imag, 4.0)
    ends = top.real - 9, top.real + 9
    if prop.at in _UNDER_FEET:
        heel, toes = (points[f"{prop.at[0].partition('_')[0]}_{each}"].real for each in ("heel", "toes"))
        ends = min(heel, toes) - 6, max(heel, toes) + 6
    return [_prop(height, *(complex(x, height / 2) for x in ends))]


_UNDER_FEET: Final = {(f"{side}_foot",) for side in BODY_SIDES}


class Wall(NamedTuple):
    """Where the surface of a wall is, in centimetres, and on which side of the body: 1 is the right."""

    surface: float
    way: int


def wall_of(props: Sequence[Prop], points: Points, front: complex) -> Wall | None:
    """Return the wall that a body touches in its position, or None."""
    prop = next((each for each in props if each.kind is PropKind.WALL), None)
    if prop is None:
        return None
    ball = next((each for each in props if each.kind is PropKind.BALL), None)
    behind = -1 if front.real >= 0 else 1
    if ball:
        return Wall(_ball_at_wall(ball, points, front).real + behind * _WALL_BALL, behind)
    at = touched(prop, points).real
    if prop.at[:1] in _OF_TRUNK:
        return Wall(at + behind * _half(prop), behind)
    way = _away(prop, points)
    reached = at + way * _half(prop), *_fingertips(prop, points, way)
    return Wall(way * max(way * each for each in reached), way)


def _fingertips(prop: Prop, points: Points, way: int) -> Iterator[float]:
    """Yield how far the fingers reach that touch a wall."""
    for side in BODY_SIDES:
        if prop.at[:1] in (("hands",), (f"{side}_hand",)):
            yield points[f"{side}_fingers"].real + way * thickness(f"{side}_fingers") / 2


_OF_TRUNK: Final = {(each,) for each in MIDDLE}


def _ball_at_wall(prop: Prop, points: Points, front: complex) -> complex:
    return touched(prop, points) - front * (thickness(prop.at[0]) / 2 + _WALL_BALL)


def _ball_below(prop: Prop, points: Points, by: float) -> list[Stroke]:
    top = _under(prop, points)
    radius = min(top.imag / 2, _LARGE_BALL)
    return _circle(complex(top.real + by, top.imag - radius), radius)


def _circle(middle: complex, radius: float) -> list[Stroke]:
    inner = radius - _THIN / 2
    return [_prop(_THIN, *(middle + cmath.rect(inner, math.tau * n / 24) for n in range(25)))]


def in_front(props: Sequence[Prop], points: Points, front: complex) -> tuple[Stroke, ...]:
    """Return what is carried and ends before the near hand: a stick across the back, seen from its end."""
    return tuple(
        _prop(6, spot_on(points, prop.at[0]) - front * (thickness(prop.at[0]) / 2 + 2))
        for prop in props
        if _end_on(prop)
    )


def _end_on(prop: Prop) -> bool:
    return prop.kind is PropKind.STICK and len(prop.at) == 1


def _stick(prop: Prop, points: Points, front: complex) -> list[Stroke]:
    ends = [spot_on(points, name) for name in prop.at]
    if prop.at[:1] in _OF_TRUNK:
        ends = [at - front * (thickness(name) / 2 + 2) for at, name in zip(ends, prop.at, strict=True)]
    along = (ends[-1] - ends[0]) / (abs(ends[-1] - ends[0]) or 1)  # one that is seen end-on is a dot
    return [_prop(3, ends[0] - 8 * along, ends[-1] + 8 * along)]


def _strap(prop: Prop, points: Points, front: complex) -> list[Stroke]:  # noqa: ARG001 - one of a table
    return [_prop(2.5, *(spot_on(points, name) for name in prop.at))]


def _weight(prop: Prop, points: Points, front: complex) -> list[Stroke]:
    name = prop.at[0]
    if prop.at[:1] in _OF_TRUNK:
        return [_prop(18, spot_on(points, name) + front * (thickness(name) / 2 + 9))]
    return [_prop(12, (points["near_fingers"] + point(points, name)) / 2)]


def _backpack(prop: Prop, points: Points, front: complex) -> list[Stroke]:
    low, high = points["waist"], points["shoulders"]
    away = front * (16 if prop.at == ("chest",) else -15)
    return [_prop(15, low + (high - low) * 0.25 + away, low + (high - low) * 0.85 + away)]


def _belly(prop: Prop, points: Points, front: complex) -> list[Stroke]:
    """Return the front of the trunk, up to the hand that lies on it."""
    half = _BELLY / 2
    inside = front * (thickness("waist") / 2 - half)
    top = touched(prop, points) - front * (thickness(prop.at[0]) / 2 + half)
    low = (points["hips"] + points["waist"]) / 2
    return [Stroke(Role.BODY, _BELLY, smooth((points["chest"] + inside, top, low + inside)))]


_STANDING: Final[Mapping[PropKind, Callable[[Prop, Points, bool], list[Stroke]]]] = {
    PropKind.CHAIR: _chair,
    PropKind.CHAIR_BACK: _chair_back,
    PropKind.TABLE: _table,
    PropKind.STEP: _step,
    PropKind.RAIL: _rail,
    PropKind.CUSHION: _cushion,
}
_CARRIED: Final[Mapping[PropKind, Callable[[Prop, Points, complex], list[Stroke]]]] = {
    PropKind.STICK: _stick,
    PropKind.STRAP: _strap,
    PropKind.WEIGHT: _weight,
    PropKind.BACKPACK: _backpack,
    PropKind.BELLY: _belly,
}
