"""The body: how long and how thick its segments are, and where its points are in a pose.

Points are complex numbers: the real part goes to the right and the imaginary part up, in centimetres.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from voicecoach.routine.figure import BODY_SIDES, FAR, NEAR, SEGMENTS, Direction

Angles = dict[str, Direction]
"""The direction of every segment."""
Points = dict[str, complex]
"""Every point of the body."""

_LENGTHS: Final = {
    "pelvis": 11.0,
    "low_back": 17.0,
    "upper_back": 23.0,
    "head": 19.0,
    "upper_arm": 30.0,
    "forearm": 25.0,
    "hand": 12.0,
    "thigh": 42.0,
    "shin": 41.0,
    "foot": 15.0,
}
LENGTHS: Final[Mapping[str, float]] = MappingProxyType(
    {each: _LENGTHS[each.removeprefix("near_").removeprefix("far_")] for each in SEGMENTS}
)
"""Centimetres from joint to joint, for a height of 170 cm (Drillis and Contini 1966: thigh 0.245 and shank
0.246 of the height, upper arm 0.186 and forearm 0.146, hip to shoulder 0.288). The spine has its joints
above the sacrum and below the ribs [own choice]; the hand is that of a fist, the foot ends at the toes."""
HEEL: Final = 5.0
"""Centimetres from the ankle to the heel."""
_SHOULDERS: Final = 16.0
_HIPS: Final = 8.0
"""Half of their width, from joint to joint."""
_BELOW_NECK: Final = 3.0
"""Centimetres from the base of the neck to the line of the shoulders."""

_TRUNK_THICKNESS: Final = {
    "head": 21.0,
    "neck": 8.0,
    "shoulders": 16.0,
    "chest": 17.0,
    "waist": 17.0,
    "hips": 17.0,
}
_LIMB_THICKNESS: Final = {
    "shoulder": 8.0,
    "elbow": 8.0,
    "hand": 7.0,
    "fingers": 6.0,
    "hip": 11.0,
    "knee": 10.0,
    "foot": 8.0,
    "toes": 6.0,
}
THICKNESS: Final[Mapping[str, float]] = MappingProxyType(
    _TRUNK_THICKNESS
    | {f"{side}_{each}": width for side in BODY_SIDES for each, width in _LIMB_THICKNESS.items()}
)
"""Centimetres across the body at each of its points."""


def unit(direction: Direction) -> complex:
    """Return the direction as it is seen: shorter than 1 when it points out of the picture."""
    return cmath.rect(math.cos(direction.toward * math.pi / 2), math.radians(direction.angle))


def place(angles: Mapping[str, Direction], *, hips: complex = 0j, profile: bool = True) -> Points:
    """Return every point of the body, its hips being there."""
    along = {each: LENGTHS[each] * unit(angles[each]) for each in SEGMENTS}
    sacrum = hips + along["pelvis"]
    ribs = sacrum + along["low_back"]
    neck = ribs + along["upper_back"]
    shoulders = neck - along["upper_back"] * (_BELOW_NECK / LENGTHS["upper_back"])
    points = {
        "head": neck + along["head"],
        "neck": neck,
        "shoulders": shoulders,
        "chest": ribs,
        "waist": sacrum,
        "hips": hips,
    }
    for side, sign in ((NEAR, 1j), (FAR, -1j)):
        points[f"{side}_shoulder"] = shoulder = shoulders + _aside(
            angles["upper_back"], sign * _SHOULDERS * (not profile)
        )
        points[f"{side}_elbow"] = elbow = shoulder + along[f"{side}_upper_arm"]
        points[f"{side}_hand"] = hand = elbow + along[f"{side}_forearm"]
        points[f"{side}_fingers"] = hand + along[f"{side}_hand"]
        points[f"{side}_hip"] = hip = hips + _aside(angles["pelvis"], sign * _HIPS * (not profile))
        points[f"{side}_knee"] = knee = hip + along[f"{side}_thigh"]
        points[f"{side}_foot"] = foot = knee + along[f"{side}_shin"]
        points[f"{side}_toes"] = foot + along[f"{side}_foot"]
        points[f"{side}_heel"] = foot - along[f"{side}_foot"] * (HEEL / LENGTHS[f"{side}_foot"])
    return points


def _aside(spine: Direction, width: complex) -> complex:
    """Return how far a shoulder or hip is beside the spine, as it is seen."""
    return width * cmath.rect(1, math.radians(spine.angle))


def point(points: Mapping[str, complex], name: str) -> complex:
    """Return a point by its name, the middle of a segment, or that of both points of a plural: ``feet``."""
    if name in points:
        return points[name]
    one, other = _ENDS_OF_SEGMENTS.get(name) or (f"{side}_{SINGULAR[name]}" for side in BODY_SIDES)
    return (points[one] + points[other]) / 2


_ENDS_OF_SEGMENTS: Final = {
    f"{side}_{segment}": (f"{side}_{one}", f"{side}_{other}")
    for side in BODY_SIDES
    for segment, one, other in (
        ("thigh", "hip", "knee"),
        ("shin", "knee", "foot"),
        ("upper_arm", "shoulder", "elbow"),
        ("forearm", "elbow", "hand"),
    )
}
SINGULAR: Final = {
    "hands": "hand",
    "feet": "foot",
    "elbows": "elbow",
    "knees": "knee",
}


def bent(
    base: complex, target: complex, upper: float, lower: float, sign: float
) -> tuple[float, float, float]:
    """Return the angles of two segments from ``base`` to ``target``, and how far it is out of reach.

    The lengths are as they are seen. ``sign`` is 1 when the first segment turns counterclockwise from the
    straight line, and -1 when it turns clockwise. Angles are in degrees, the rest in centimetres.
    """
    line = target - base
    far, near = upper + lower, abs(upper - lower)
    distance = min(max(abs(line), near), far)
    missing = abs(abs(line) - distance)
    at = cmath.phase(line) if line else 0.0
    cosine = (upper**2 + distance**2 - lower**2) / (2 * upper * distance) if upper and distance else 1.0
    first = at + sign * math.acos(min(max(cosine, -1.0), 1.0))
    elbow = base + cmath.rect(upper, first)
    end = base + cmath.rect(distance, at)
    return math.degrees(first), math.degrees(cmath.phase(end - elbow)), missing
