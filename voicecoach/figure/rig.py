"""The rig: settles the poses of a figure, with one point anchored and hands and feet that stay or reach."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from voicecoach.figure import body
from voicecoach.figure.body import LENGTHS, THICKNESS, Angles, Points, place, point, unit
from voicecoach.figure.joints import unwound
from voicecoach.figure.stances import STARTS
from voicecoach.routine.figure import FOLLOWS, LIMBS, NEAR, Direction, Figure, Pose, Spot, View

Held = Mapping[str, str | complex]
"""By the end of a limb that is held, the point of the body or the place in the picture where it is."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A pose with all that is missing in the written one."""

    angles: Angles
    anchor: complex
    """Where the anchor is."""
    held: Held
    points: Points
    missing: Mapping[str, float] = field(default_factory=dict)
    """Centimetres by which a limb is too short for where it is held, and 0 where it is not."""


class Rig:
    """What holds the body of a figure in all of its poses, and its position."""

    def __init__(self, figure: Figure) -> None:
        start = STARTS[figure.stance, figure.view]
        self.profile = start.profile
        self.has_floor = figure.view is not View.TOP
        self.anchor = figure.anchor or start.anchor
        stay = start.stay if figure.stay is None else figure.stay
        angles = turned(start.angles, figure.position)
        angles = unwound(angles, angles, profile=self.profile)
        self.position = self._position(angles, figure.position, stay)

    def _position(self, angles: Angles, pose: Pose, stay: tuple[str, ...]) -> Posed:
        """Put the body down on the floor, or as far above it as it moves; then reach with its limbs."""
        reach = pose.reach
        points = place(angles, profile=self.profile)
        up = -lowest(points, without=tuple(reach)) if self.has_floor else 0.0
        held: dict[str, str | complex] = {
            end: _above_floor(end, to) if isinstance(to, Spot) else to for end, to in reach.items()
        }
        anchor = point(points, self.anchor) + 1j * up + complex(*pose.move)
        posed = self.pose(angles, anchor, held)
        kept = {end: posed.points[end] for end in stay if end not in held}
        return Posed(
            posed.angles, point(posed.points, self.anchor), {**kept, **held}, posed.points, posed.missing
        )

    def settle(self, pose: Pose) -> Posed:
        """Return ``pose`` with all that it takes from the position."""
        position = self.position
        angles = unwound(turned(position.angles, pose), position.angles, profile=self.profile)
        loose = {end for end, limb in LIMBS.items() if pose.turns.keys() & set(limb[:2])}
        held = {end: to for end, to in position.held.items() if end not in loose}
        held |= {end: _above_floor(end, to) if isinstance(to, Spot) else to for end, to in pose.reach.items()}
        return self.pose(angles, position.anchor + complex(*pose.move), held)

    def pose(self, angles: Angles, anchor: complex, held: Held) -> Posed:
        """Place the body, its anchor being there, and turn the limbs that are held to where they are."""
        points = place(angles, profile=self.profile)
        by = anchor - point(points, self.anchor)
        points = {name: at + by for name, at in points.items()}
        if not held:
            return Posed(angles, anchor, held, points)
        angles, missing = dict(angles), {}
        for end in sorted(held, key=_LEGS_FIRST.index):
            missing[end] = self._hold(end, held[end], angles, points)
        return Posed(angles, anchor, held, points, missing)

    def _hold(self, end: str, to: str | complex, angles: Angles, points: Points) -> float:
        """Turn one limb so that its end is there; return by how many centimetres it is too short."""
        upper, lower, last = LIMBS[end]
        side = end.partition("_")[0]
        base = points[f"{side}_{'shoulder' if end.endswith('hand') else 'hip'}"]
        target = point(points, to) if isinstance(to, str) else to
        lengths = [LENGTHS[each] * abs(unit(angles[each])) for each in (upper, lower)]
        sign = self._bend(end, angles[upper].angle - angles[lower].angle)
        *turned_to, missing = body.bent(base, target, lengths[0], lengths[1], sign)
        for segment, angle in zip((upper, lower), turned_to, strict=True):
            written = angles[segment]
            flipped = math.cos(written.toward * math.pi / 2) < 0
            angles[segment] = Direction(_nearest(angle + 180 * flipped, written.angle), written.toward)
        joint = "elbow" if end.endswith("hand") else "knee"
        points[f"{side}_{joint}"] = middle = base + LENGTHS[upper] * unit(angles[upper])
        points[end] = middle + LENGTHS[lower] * unit(angles[lower])
        along = LENGTHS[last] * unit(angles[last])
        points[f"{side}_{'fingers' if joint == 'elbow' else 'toes'}"] = points[end] + along
        if joint == "knee":
            points[f"{side}_heel"] = points[end] - along * (body.HEEL / LENGTHS[last])
        return missing

    def _bend(self, end: str, written: float) -> float:
        """Return the way in which a limb bends: as it is written, else as a body does."""
        written = (written + 180) % 360 - 180
        if abs(written) > _STRAIGHT:
            return math.copysign(1, written)
        if self.profile:
            return 1 if end.endswith("foot") else -1
        return -1 if end.startswith(NEAR) else 1


_STRAIGHT: Final = 3.0
"""Degrees; a limb that is bent less has no way in which it bends."""
_LEGS_FIRST: Final = ("near_foot", "far_foot", "near_hand", "far_hand")
"""The order in which limbs are held, as a hand may be on a knee."""


def turned(angles: Angles, pose: Pose) -> Angles:
    """Return ``angles`` with those of ``pose``; a head, hand or foot keeps its angle to what it hangs on."""
    new = {**angles, **pose.turns}
    for segment, on in FOLLOWS.items():
        if segment not in pose.turns and on in pose.turns:
            by = new[on].angle - angles[on].angle
            new[segment] = Direction(angles[segment].angle + by, angles[segment].toward)
    return new


def lowest(points: Mapping[str, complex], without: tuple[str, ...] = ()) -> float:
    """Return how high the lowest point of the body is, its thickness included; but for limbs ``without``."""
    hidden = {name for end in without for name in _OF_LIMB[end]}
    return min(points[name].imag - THICKNESS[name] / 2 for name in THICKNESS if name not in hidden)


_OF_LIMB: Final = {
    end: tuple(
        f"{end.partition('_')[0]}_{each}"
        for each in (("elbow", "hand", "fingers") if end.endswith("hand") else ("knee", "foot", "toes"))
    )
    for end in LIMBS
}


def _above_floor(end: str, to: Spot) -> complex:
    """Return where a hand or foot is that stands on that spot."""
    return complex(to.right, to.up + THICKNESS[end] / 2)


def _nearest(angle: float, to: float) -> float:
    """Return ``angle`` with whole turns added, so that it is nearest to another one."""
    return angle + 360 * round((to - angle) / 360)
