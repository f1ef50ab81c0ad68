"""The figure of an exercise as it is written: a position, and a pose for each phase that moves.

Angles are directions in the picture, in degrees: 0 points to the right, 90 up, 180 to the left, and 270 or
-90 down. Lengths are centimetres of a person 170 cm tall. What follows from them is in ``voicecoach.figure``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

NEAR: Final = "near"
"""The side of the body towards the viewer; in a view from the front or from above, the left."""
FAR: Final = "far"
BODY_SIDES: Final = (NEAR, FAR)
TRUNK: Final = ("pelvis", "low_back", "upper_back", "head")
ARM: Final = ("upper_arm", "forearm", "hand")
LEG: Final = ("thigh", "shin", "foot")
SEGMENTS: Final = (*TRUNK, *(f"{side}_{each}" for side in BODY_SIDES for each in (*ARM, *LEG)))
"""Every segment of the body, each after the one that it hangs on."""
FOLLOWS: Final = {
    "head": "upper_back",
    **{f"{side}_hand": f"{side}_forearm" for side in BODY_SIDES},
    **{f"{side}_foot": f"{side}_shin" for side in BODY_SIDES},
}
"""The segments that keep their angle to another one when only that is written."""
WORKING_TRUNK: Final = "trunk"
"""Stands for the trunk among the ends of limbs that do the work."""
LIMBS: Final = {
    **{f"{side}_hand": tuple(f"{side}_{each}" for each in ARM) for side in BODY_SIDES},
    **{f"{side}_foot": tuple(f"{side}_{each}" for each in LEG) for side in BODY_SIDES},
}
"""The segments of each limb, by the end of it that can stay or reach."""
_OF_BOTH: Final = ("hand", "foot", "elbow", "knee", "hip", "shoulder", "toes")
MIDDLE: Final = ("head", "neck", "shoulders", "chest", "waist", "hips")
"""The points of the trunk, from the head down."""
POINTS: Final = (*MIDDLE, *(f"{side}_{each}" for side in BODY_SIDES for each in _OF_BOTH))
"""The points of the body. A hand is at the wrist and a foot at the ankle."""


class View(StrEnum):
    """Where the body is seen from."""

    SIDE = "side"
    FRONT = "front"
    """As in a mirror: the left is on the left."""
    TOP = "top"
    """From above; of a body on its back as in a mirror on the ceiling."""


class Stance(StrEnum):
    """A position that a figure starts from, so that only what differs from it is written."""

    STANDING = "standing"
    SITTING = "sitting"
    """On a chair, or anything as high."""
    HALF_KNEELING = "half_kneeling"
    """On the near knee."""
    HANDS_AND_KNEES = "hands_and_knees"
    PRONE = "prone"
    """On the front, arms beside the body."""
    SIDE_LYING = "side_lying"
    """From above with bent knees, from the front on the left side with long legs."""
    SUPINE = "supine"
    """On the back with long legs."""
    HOOK_LYING = "hook_lying"
    """On the back with bent knees, feet flat."""


class PropKind(StrEnum):
    """A thing that the body touches."""

    MAT = "mat"
    CHAIR = "chair"
    """One that is sat on."""
    CHAIR_BACK = "chair_back"
    """The back of a chair, which hands hold."""
    TABLE = "table"
    WALL = "wall"
    STEP = "step"
    RAIL = "rail"
    """One to hold, as of a staircase."""
    BALL = "ball"
    CUSHION = "cushion"
    STRAP = "strap"
    STICK = "stick"
    WEIGHT = "weight"
    BACKPACK = "backpack"
    BELLY = "belly"
    """The person's own, which swells under a hand with the breath."""


class Direction(NamedTuple):
    """Where a segment points."""

    angle: float
    """Degrees in the picture."""
    toward: float = 0.0
    """How far it points out of the picture: 1 straight at the viewer, -1 straight away, 2 over to the
    opposite of ``angle``."""


class Spot(NamedTuple):
    """A place in centimetres: from the hips of the position to the right, and above the floor."""

    right: float
    up: float


NOWHERE: Final = Spot(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """What differs from the position of a figure."""

    turns: Mapping[str, Direction] = field(default_factory=dict)
    """By segment; one that is missing points as in the position."""
    move: Spot = NOWHERE
    """How far the anchor moves."""
    reach: Mapping[str, str | Spot] = field(default_factory=dict)
    """By the end of a limb, the point of the body or the place that it is held at."""

    @classmethod
    def of_plain(cls, raw: Mapping[str, Any]) -> Pose:
        """Return the pose that JSON has as ``raw``, directions and places being lists."""
        reach = raw.get("reach", {})
        return cls(
            turns={each: Direction(*direction) for each, direction in raw.get("turns", {}).items()},
            move=Spot(*raw.get("move", NOWHERE)),
            reach={end: to if isinstance(to, str) else Spot(*to) for end, to in reach.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing in the picture, at one point of the body or from one to another."""

    kind: PropKind
    at: tuple[str, ...] = ()
    spot: Spot | None = None
    """Where it stands when the body does not touch it, or not yet."""

    @classmethod
    def of_plain(cls, raw: Mapping[str, Any]) -> Prop:
        """Return the thing that JSON has as ``raw``, a place being a list."""
        spot = raw.get("spot")
        at = tuple(raw.get("at", ()))
        return cls(kind=PropKind(raw["kind"]), at=at, spot=None if spot is None else Spot(*spot))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The picture of an exercise, written for the side that works being the near one.

    It faces so that its front is clockwise from its trunk: standing to the right, on its back with the head
    at the left, on its front with the head at the right.
    """

    stance: Stance
    view: View = View.SIDE
    anchor: str = ""
    """The point that stays where it is; empty for that of the stance."""
    stay: tuple[str, ...] | None = None
    """The ends of limbs that stay where they are; None for those of the stance."""
    position: Pose = Pose()
    poses: Mapping[str, tuple[Pose, ...]] = field(default_factory=dict)
    """What each phase goes through to where it ends, by its name. A phase without one keeps still or, when it
    is the last that moves, goes back to the position. In timed work they follow each other on the beat."""
    alternates: bool = False
    """Whether timed work changes sides with each turn through the poses."""
    beats: int = 1
    """The steps of the cadence that one turn through the poses of timed work takes."""
    props: tuple[Prop, ...] = ()
    works: tuple[str, ...] | None = None
    """The ends of the limbs that do the work, and :data:`WORKING_TRUNK`, where what moves is not it."""
    path: str = ""
    """The point whose way is drawn; empty for the one that goes farthest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """What differs from the figure of an exercise when a variation of it is done.

    A field that is empty or None stays as it is there.
    """

    anchor: str = ""
    stay: tuple[str, ...] | None = None
    position: Pose = Pose()
    """The segments that point elsewhere."""
    replaces: tuple[str, ...] = ()
    """Which of ``move`` and ``reach`` the position has in place of those of the exercise."""
    poses: Mapping[str, tuple[Pose, ...]] = field(default_factory=dict)
    """By phase; each replaces the one of the exercise."""
    alternates: bool | None = None
    beats: int | None = None
    props: Mapping[PropKind, Prop | None] = field(default_factory=dict)
    """By their kinds; None for a thing that is not there."""
    works: tuple[str, ...] | None = None
    path: str = ""

    def of(self, figure: Figure) -> Figure:
        """Return ``figure`` with all that differs."""
        before, now = figure.position, self.position
        position = Pose(
            turns={**before.turns, **now.turns},
            move=now.move if "move" in self.replaces else before.move,
            reach=now.reach if "reach" in self.replaces else before.reach,
        )
        props = {**{prop.kind: prop for prop in figure.props}, **self.props}
        return replace(
            figure,
            anchor=self.anchor or figure.anchor,
            stay=figure.stay if self.stay is None else self.stay,
            position=position,
            poses={**figure.poses, **self.poses},
            alternates=figure.alternates if self.alternates is None else self.alternates,
            beats=self.beats or figure.beats,
            props=tuple(filter(None, props.values())),
            works=figure.works if self.works is None else self.works,
            path=self.path or figure.path,
        )
