"""The joints: how far each is bent in a pose, and how far a body bends it.

In profile a joint bends forward of the straight line, or for a knee backward; seen from the front or from
above it goes away from the middle of the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from voicecoach.figure.body import Angles
from voicecoach.routine.figure import BODY_SIDES, FAR, NEAR, Direction


class Joint(NamedTuple):
    """Where one segment hangs on another."""

    on: str
    straight: float
    """Degrees from the direction of the other segment when nothing is bent."""
    sign: int
    """1 when it bends counterclockwise, -1 when clockwise."""
    least: float
    most: float
    """Degrees that a body bends it; a negative number is the other way."""


def _profile() -> dict[str, Joint]:
    joints = {
        "low_back": Joint("pelvis", 0, -1, -40, 65),
        "upper_back": Joint("low_back", 0, -1, -40, 55),
        "head": Joint("upper_back", 0, -1, -75, 70),
    }
    for side in BODY_SIDES:
        joints |= {
            f"{side}_upper_arm": Joint("upper_back", 180, 1, -65, 190),
            f"{side}_forearm": Joint(f"{side}_upper_arm", 0, 1, -8, 155),
            f"{side}_hand": Joint(f"{side}_forearm", 0, 1, -90, 95),
            f"{side}_thigh": Joint("pelvis", 180, 1, -35, 140),
            f"{side}_shin": Joint(f"{side}_thigh", 0, -1, -8, 160),
            f"{side}_foot": Joint(f"{side}_shin", 90, 1, -95, 40),
        }
    return joints


def _frontal() -> dict[str, Joint]:
    joints = {
        "low_back": Joint("pelvis", 0, 1, -35, 35),
        "upper_back": Joint("low_back", 0, 1, -35, 35),
        "head": Joint("upper_back", 0, 1, -45, 45),
    }
    for side, out in ((NEAR, -1), (FAR, 1)):
        joints |= {
            f"{side}_upper_arm": Joint("upper_back", 180, out, -60, 190),
            f"{side}_forearm": Joint(f"{side}_upper_arm", 0, out, -155, 155),
            f"{side}_hand": Joint(f"{side}_forearm", 0, out, -95, 95),
            f"{side}_thigh": Joint("pelvis", 180, out, -45, 60),
            f"{side}_shin": Joint(f"{side}_thigh", 0, out, -160, 160),
            f"{side}_foot": Joint(f"{side}_shin", 0, out, -120, 120),
        }
    return joints


PROFILE: Final[Mapping[str, Joint]] = MappingProxyType(_profile())
FRONTAL: Final[Mapping[str, Joint]] = MappingProxyType(_frontal())
"""The joints by the segment that hangs on them. The normal ranges of the American Academy of Orthopaedic
Surgeons (Joint Motion, 1965), rounded up by what two joints of a drawn spine and stiff feet stand for [own
choice]."""
_OUT_OF_PICTURE: Final = 0.15
"""How far a segment points out of the picture when its angle there says little of its joint."""


def joints(*, profile: bool) -> Mapping[str, Joint]:
    """Return the joints by the segment that hangs on them."""
    return PROFILE if profile else FRONTAL


def bend(angles: Mapping[str, Direction], segment: str, joint: Joint) -> float:
    """Return how far a joint is bent, in degrees: within half a turn of the middle of what it does."""
    bent = joint.sign * (angles[segment].angle - angles[joint.on].angle - joint.straight)
    least = (joint.least + joint.most) / 2 - 180
    return (bent - least) % 360 + least


def unwound(angles: Angles, near: Mapping[str, Direction], *, profile: bool) -> Angles:
    """Return the same directions, each in the turn in which its joint bends the way that a body does.

    Between two such poses each joint then moves through what it can do. The trunk takes the shortest way from
    ``near``, and so does what points out of the picture, whose angle says little of its joint.
    """
    new = {**angles, "pelvis": _shortest(angles["pelvis"], near["pelvis"])}
    for segment, joint in joints(profile=profile).items():
        if points_out(angles, segment, joint) or points_out(near, segment, joint):
            new[segment] = _shortest(angles[segment], near[segment])
            continue
        angle = new[joint.on].angle + joint.straight + joint.sign * bend(new, segment, joint)
        new[segment] = Direction(angle, angles[segment].toward)
    return new


def points_out(angles: Mapping[str, Direction], segment: str, joint: Joint) -> bool:
    """Tell whether a segment, or what it hangs on, points out of the picture."""
    return max(abs(angles[each].toward) for each in (segment, joint.on)) > _OUT_OF_PICTURE


def _shortest(direction: Direction, near: Direction) -> Direction:
    turns = round((near.angle - direction.angle) / 360)
    return Direction(direction.angle + 360 * turns, direction.toward)
