"""The things that go with a body, as strokes: what it carries, and a ball that rolls."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from voicecoach.figure.body import point
from voicecoach.figure.contact import THIN, Body, Points, is_on_trunk, line, thickness, touched, under
from voicecoach.figure.strokes import Role, Stroke, smooth
from voicecoach.figure.wall import BALL_RADIUS, ball_at, has_wall
from voicecoach.routine.figure import FAR, NEAR, Prop, PropKind

_LARGE_BALL: Final = 32.0
"""Centimetres of the radius of a ball below the body, at most."""
_BELLY: Final = 9.0
"""Centimetres across the front of a belly."""


def rolling(props: Sequence[Prop], start: Points, by: complex) -> tuple[Stroke, ...]:
    """Return the ball under a body that was at ``start`` and has moved ``by``."""
    ball = next((prop for prop in props if prop.kind is PropKind.BALL), None)
    return () if ball is None or has_wall(props) else tuple(_ball_below(ball, start, by.real))


def carried(props: Sequence[Prop], start: Points, body: Body) -> tuple[Stroke, ...]:
    """Return the things that go with a body that was at ``start``.

    A ball between a body and a wall rolls on both, so it goes half as far as the body.
    """
    strokes: list[Stroke] = []
    for prop in props:
        if prop.kind in _CARRIED and not _end_on(prop):
            strokes += _CARRIED[prop.kind](prop, body)
        elif prop.kind is PropKind.BALL and has_wall(props):
            middles = (ball_at(prop, each, body.front) for each in (start, body.points))
            strokes += _circle(sum(middles) / 2, BALL_RADIUS)
    return tuple(strokes)


def in_front(props: Sequence[Prop], body: Body) -> tuple[Stroke, ...]:
    """Return what is carried and ends before the near hand: a stick across the back, seen from its end."""
    return tuple(
        line(6, point(body.points, prop.at[0]) - body.front * (thickness(prop.at[0]) / 2 + 2))
        for prop in props
        if _end_on(prop)
    )


def _end_on(prop: Prop) -> bool:
    return prop.kind is PropKind.STICK and len(prop.at) == 1


def _ball_below(prop: Prop, points: Points, by: float) -> list[Stroke]:
    top = under(prop, points)
    radius = max(min(top.imag / 2, _LARGE_BALL), THIN)
    return _circle(complex(top.real + by, top.imag - radius), radius)


def _circle(middle: complex, radius: float) -> list[Stroke]:
    inner = radius - THIN / 2
    return [line(THIN, *(middle + cmath.rect(inner, math.tau * n / 24) for n in range(25)))]


def _stick(prop: Prop, body: Body) -> list[Stroke]:
    ends = [point(body.points, name) for name in prop.at]
    if is_on_trunk(prop):
        ends = [at - body.front * (thickness(name) / 2 + 2) for at, name in zip(ends, prop.at, strict=True)]
    along = (ends[-1] - ends[0]) / (abs(ends[-1] - ends[0]) or 1)  # one that is seen end-on is a dot
    return [line(3, ends[0] - 8 * along, ends[-1] + 8 * along)]


def _strap(prop: Prop, body: Body) -> list[Stroke]:
    return [line(2.5, *(point(body.points, name) for name in prop.at))]


def _weight(prop: Prop, body: Body) -> list[Stroke]:
    name = prop.at[0]
    if is_on_trunk(prop):
        return [line(18, point(body.points, name) + body.front * (thickness(name) / 2 + 9))]
    at = point(body.points, name)
    grip = body.points[f"{FAR if name.startswith(FAR) else NEAR}_fingers"] if name.endswith(_HANDS) else at
    return [line(12, (grip + at) / 2)]


_HANDS: Final = ("hand", "hands")


def _backpack(prop: Prop, body: Body) -> list[Stroke]:
    low, high = body.points["waist"], body.points["shoulders"]
    away = body.front * (16 if prop.at == ("chest",) else -15)
    return [line(15, low + (high - low) * 0.25 + away, low + (high - low) * 0.85 + away)]


def _belly(prop: Prop, body: Body) -> list[Stroke]:
    """Return the front of the trunk, up to the hand that lies on it."""
    half = _BELLY / 2
    inside = body.front * (thickness("waist") / 2 - half)
    top = touched(prop, body.points) - body.front * (thickness(prop.at[0]) / 2 + half)
    low = (body.points["hips"] + body.points["waist"]) / 2
    return [Stroke(Role.BODY, _BELLY, smooth((body.points["chest"] + inside, top, low + inside)))]


_CARRIED: Final[Mapping[PropKind, Callable[[Prop, Body], list[Stroke]]]] = {
    PropKind.STICK: _stick,
    PropKind.STRAP: _strap,
    PropKind.WEIGHT: _weight,
    PropKind.BACKPACK: _backpack,
    PropKind.BELLY: _belly,
}
