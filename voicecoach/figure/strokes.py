"""What a picture of a figure is made of: lines of a width with round ends, each with its role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a stroke belongs to, which decides how strong it is drawn."""

    FLOOR = "floor"
    PROP = "prop"
    FAR = "far"
    BODY = "body"
    """The trunk, the head and the near limbs."""
    WORK = "work"
    """The limbs that do the work."""
    GROUND = "ground"
    """The gap around what lies in front of something."""
    PATH = "path"
    """The way of what moves most."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line with round ends and joints; a single point is a dot. Lengths are centimetres."""

    role: Role
    width: float
    points: tuple[complex, ...]


class Extent(NamedTuple):
    """The part of the plane that a picture shows, in centimetres."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


def smooth(points: tuple[complex, ...], steps: int = 3) -> tuple[complex, ...]:
    """Return a curve through ``points`` as a line of short pieces (Catmull and Rom 1974)."""
    padded = (points[0], *points, points[-1])
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                b + ((c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * (b - c) + d - a) * t**3) / 2
            )
    return (*curve, points[-1])
