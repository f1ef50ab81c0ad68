"""Where a body touches a thing, and the lines that things are drawn in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from voicecoach.figure.body import SINGULAR, THICKNESS, point
from voicecoach.figure.strokes import Role, Stroke
from voicecoach.routine.figure import MIDDLE, NEAR, Prop

Points = Mapping[str, complex]
THIN: Final = 3.5
"""Centimetres across a line that is part of a thing."""
_SEGMENT: Final = 9.0
"""Centimetres across the middle of a segment."""


class Body(NamedTuple):
    """A body that touches things, in one of its poses."""

    points: Points
    front: complex
    """Where it looks, as a direction of length 1."""
    profile: bool
    """Whether one side of it hides the other."""


def line(width: float, *points: complex) -> Stroke:
    """Return a line of a thing, so many centimetres wide."""
    return Stroke(Role.PROP, width, points)


def thickness(name: str) -> float:
    """Return how thick the body is at a point, in centimetres."""
    single = f"{NEAR}_{SINGULAR[name]}" if name in SINGULAR else name
    return THICKNESS.get(single, _SEGMENT)


def touched(prop: Prop, points: Points) -> complex:
    """Return the point of the body that touches a thing, or the place where it stands."""
    if prop.spot is not None:
        return complex(points["hips"].real + prop.spot.right, prop.spot.up)
    return point(points, prop.at[0])


def is_on_trunk(prop: Prop) -> bool:
    """Tell whether a point of the trunk touches a thing."""
    return prop.at[:1] != () and prop.at[0] in MIDDLE


def half_thickness(prop: Prop) -> float:
    """Return half of the thickness of what touches a thing; nothing when it stands at a place."""
    return thickness(prop.at[0]) / 2 if prop.at else 0.0


def under(prop: Prop, points: Points) -> complex:
    """Return the place under what touches a thing, at its surface."""
    return touched(prop, points) - 1j * half_thickness(prop)


def away(prop: Prop, points: Points) -> int:
    """Return on which side of the body a thing stands: 1 for the right, -1 for the left."""
    return 1 if touched(prop, points).real >= points["hips"].real else -1
