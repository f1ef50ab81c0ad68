"""The wall that a body touches, itself or through a ball."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from voicecoach.figure.contact import Body, Points, away, half_thickness, is_on_trunk, thickness, touched
from voicecoach.routine.figure import BODY_SIDES, Prop, PropKind

BALL_RADIUS: Final = 18.0
"""Centimetres; of a ball between a body and a wall."""


class Wall(NamedTuple):
    """Where the surface of a wall is, in centimetres, and on which side of the body: 1 is the right."""

    surface: float
    way: int


def wall_of(props: Sequence[Prop], body: Body) -> Wall | None:
    """Return the wall that a body touches in its position, or None."""
    prop = next((each for each in props if each.kind is PropKind.WALL), None)
    if prop is None:
        return None
    ball = next((each for each in props if each.kind is PropKind.BALL), None)
    behind = -1 if body.front.real >= 0 else 1
    if ball:
        return Wall(ball_at(ball, body.points, body.front).real + behind * BALL_RADIUS, behind)
    at = touched(prop, body.points).real
    if is_on_trunk(prop):
        return Wall(at + behind * half_thickness(prop), behind)
    way = away(prop, body.points)
    reached = at + way * half_thickness(prop), *_fingertips(prop, body.points, way)
    return Wall(way * max(way * each for each in reached), way)


def _fingertips(prop: Prop, points: Points, way: int) -> Iterator[float]:
    """Yield how far the fingers reach that touch a wall."""
    for side in BODY_SIDES:
        if prop.at[:1] in (("hands",), (f"{side}_hand",)):
            yield points[f"{side}_fingers"].real + way * thickness(f"{side}_fingers") / 2


def has_wall(props: Sequence[Prop]) -> bool:
    """Tell whether a wall is among the things."""
    return any(prop.kind is PropKind.WALL for prop in props)


def ball_at(prop: Prop, points: Points, front: complex) -> complex:
    """Return the middle of a ball behind what touches it."""
    return touched(prop, points) - front * (half_thickness(prop) + BALL_RADIUS)
