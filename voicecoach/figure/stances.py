"""The positions that figures start from, as they are seen, each with what stays in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from voicecoach.figure.body import Angles
from voicecoach.routine.figure import BODY_SIDES, SEGMENTS, TRUNK, Direction, Stance, View


@dataclass(frozen=True, slots=True)
class Start:
    """A stance as it is seen, with what holds it."""

    angles: Angles
    anchor: str
    stay: tuple[str, ...] = ()
    profile: bool = True
    """Whether one side of the body hides the other."""


def _angles(written: Mapping[str, float | tuple[float, float]]) -> Angles:
    """Return all directions; a name without a side is for both, and "trunk" for all of it but the head."""
    given = {
        name: Direction(*each) if isinstance(each, tuple) else Direction(each)
        for name, each in written.items()
    }
    for name in [*given]:
        for segment in TRUNK[:3] if name == "trunk" else [f"{side}_{name}" for side in BODY_SIDES]:
            given.setdefault(segment, given[name])
    return {segment: given[segment] for segment in SEGMENTS}


_HANDS: Final = ("near_hand", "far_hand")
_FEET: Final = ("near_foot", "far_foot")
_ON_THE_BACK: Final = {"trunk": 180, "head": 174, "upper_arm": -5, "forearm": -3, "hand": 0}

STARTS: Final[Mapping[tuple[Stance, View], Start]] = MappingProxyType(
    {
        (Stance.STANDING, View.SIDE): Start(
            _angles(
                {
                    "trunk": 90,
                    "head": 86,
                    "upper_arm": -94,
                    "forearm": -84,
                    "hand": -84,
                    "thigh": -90,
                    "shin": -90,
                    "foot": 0,
                }
            ),
            "far_foot",
        ),
        (Stance.STANDING, View.FRONT): Start(
            _angles(
                {
                    "trunk": 90,
                    "head": 90,
                    "near_upper_arm": -100,
                    "near_forearm": -94,
                    "near_hand": -94,
                    "far_upper_arm": -80,
                    "far_forearm": -86,
                    "far_hand": -86,
                    "near_thigh": -92,
                    "near_shin": -90,
                    "far_thigh": -88,
                    "far_shin": -90,
                    "near_foot": (-150, 0.55),
                    "far_foot": (-30, 0.55),
                }
            ),
            "far_foot",
            profile=False,
        ),
        (Stance.SITTING, View.SIDE): Start(
            _angles(
                {
                    "pelvis": 92,
                    "low_back": 90,
                    "upper_back": 90,
                    "head": 86,
                    "upper_arm": -78,
                    "forearm": -24,
                    "hand": -10,
                    "thigh": 0,
                    "shin": -90,
                    "foot": 0,
                }
            ),
            "hips",
            _FEET,
        ),
        (Stance.SITTING, View.FRONT): Start(
            _angles(
                {
                    "trunk": 90,
                    "head": 90,
                    "near_upper_arm": -104,
                    "near_forearm": (-76, 0.5),
                    "near_hand": (-76, 0.5),
                    "far_upper_arm": -76,
                    "far_forearm": (-104, 0.5),
                    "far_hand": (-104, 0.5),
                    "near_thigh": (-112, 0.8),
                    "near_shin": -92,
                    "far_thigh": (-68, 0.8),
                    "far_shin": -88,
                    "near_foot": (-150, 0.55),
                    "far_foot": (-30, 0.55),
                }
            ),
            "hips",
            _FEET,
            profile=False,
        ),
        (Stance.HALF_KNEELING, View.SIDE): Start(
            _angles(
                {
                    "trunk": 90,
                    "head": 86,
                    "upper_arm": -94,
                    "forearm": -80,
                    "hand": -80,
                    "near_thigh": -92,
                    "near_shin": 180,
                    "near_foot": 180,
                    "far_thigh": 0,
                    "far_shin": -88,
                    "far_foot": 0,
                }
            ),
            "near_knee",
            ("far_foot",),
        ),
        (Stance.HANDS_AND_KNEES, View.SIDE): Start(
            _angles(
                {
                    "pelvis": 10,
                    "low_back": 13,
                    "upper_back": 13,
                    "head": -2,
                    "upper_arm": -90,
                    "forearm": -90,
                    "hand": 0,
                    "thigh": -90,
                    "shin": 180,
                    "foot": 180,
                }
            ),
            "far_knee",
            _HANDS,
        ),
        (Stance.PRONE, View.SIDE): Start(
            _angles(
                {
                    "trunk": 0,
                    "head": 4,
                    "upper_arm": 183,
                    "forearm": 183,
                    "hand": 180,
                    "thigh": 184,
                    "shin": 182,
                    "foot": 183,
                }
            ),
            "hips",
        ),
        (Stance.SIDE_LYING, View.TOP): Start(
            _angles(
                {
                    "trunk": 0,
                    "head": -4,
                    "upper_arm": -90,
                    "forearm": -90,
                    "hand": -90,
                    "thigh": 255,
                    "shin": 165,
                    "foot": 255,
                }
            ),
            "hips",
        ),
        (Stance.SIDE_LYING, View.FRONT): Start(
            _angles(
                {
                    "trunk": 180,
                    "head": 180,
                    "near_upper_arm": 180,
                    "near_forearm": 180,
                    "near_hand": 180,
                    "far_upper_arm": 4,
                    "far_forearm": -4,
                    "far_hand": -4,
                    "thigh": 0,
                    "shin": 0,
                    "near_foot": (-20, 0.5),
                    "far_foot": (20, 0.5),
                }
            ),
            "hips",
            profile=False,
        ),
        (Stance.SUPINE, View.SIDE): Start(
            _angles({**_ON_THE_BACK, "thigh": -3, "shin": -2, "foot": 75}),
            "hips",
        ),
        (Stance.HOOK_LYING, View.SIDE): Start(
            _angles({**_ON_THE_BACK, "thigh": 52, "shin": -66.5, "foot": 0}),
            "hips",
            _FEET,
        ),
        (Stance.SUPINE, View.TOP): Start(
            _angles(
                {
                    "trunk": 90,
                    "head": 90,
                    "near_upper_arm": -112,
                    "near_forearm": -104,
                    "near_hand": -104,
                    "far_upper_arm": -68,
                    "far_forearm": -76,
                    "far_hand": -76,
                    "near_thigh": -94,
                    "near_shin": -92,
                    "far_thigh": -86,
                    "far_shin": -88,
                    "near_foot": (-100, 0.7),
                    "far_foot": (-80, 0.7),
                }
            ),
            "hips",
            profile=False,
        ),
    }
)
