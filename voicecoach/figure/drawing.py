"""The drawing of a figure: a body and what it touches, as strokes in the order of drawing. Pure."""

from __future__ import annotations

import cmath
import math
from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import partial
from itertools import accumulate, pairwise
from typing import Final

from voicecoach.figure import gear, room
from voicecoach.figure.body import LENGTHS, THICKNESS, Points, point
from voicecoach.figure.contact import Body
from voicecoach.figure.motion import Motion, other
from voicecoach.figure.rig import Posed
from voicecoach.figure.strokes import Extent, Role, Stroke, smooth
from voicecoach.routine.figure import FAR, LIMBS, NEAR, TRUNK, WORKING_TRUNK, PropKind

_NOSE: Final = 12.5
"""Centimetres from the middle of the head to the tip of the nose, which tells where a profile looks."""
_MARGIN: Final = 5.0
"""Centimetres around everything."""
_WIDTHS: Final = {"hand": 8.5, "foot": 10.5}
_SOLE: Final = 6.5
"""Centimetres across a limb, by its end, and across a foot."""
_GAP: Final = 5.0
"""Centimetres by which the ground around a near limb is wider than it."""
_JOINED: Final = {"hand": 12.0, "foot": 16.8}
"""Centimetres at the start of a limb, by its end and as they are seen, that no gap parts from the trunk."""
_WORKS_FROM: Final = 6.0
"""Degrees by which a limb or the trunk moves that does the work. [own choice]"""
_STANDS: Final = 2.0
"""Centimetres that a foot moves which stands. [own choice]"""
_SAMPLES: Final = 8
"""Points of a phase at which its extent and its path are looked at."""
_LEGS: Final = ("far_foot", "near_foot")
"""The ends of the legs, the one that is hidden first."""
_TRACKED: Final = (
    *("head", "chest", "waist", "hips"),
    *(f"{side}_{each}" for side in (NEAR, FAR) for each in ("hand", "elbow", "foot", "knee", "toes")),
)
"""The points whose way may be drawn."""
_SHORTEST_PATH: Final = 3.0
"""Centimetres; a shorter way is not drawn."""
_SHORTEST_ARROW: Final = 15.0
"""Centimetres; the arrow of a shorter way begins before it, so that more than its head is seen."""


class Drawing:
    """What a figure looks like, in an extent that holds all of its motion."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        self._profile = motion.rig.profile
        self._props = motion.figure.props
        self._works = frozenset(_working(motion))
        self._legs = _LEGS if self._profile else sorted(_LEGS, key=partial(_depth, motion.position))
        self.standing: tuple[Stroke, ...] = ()
        """What stands in the room and does not move."""
        self._ground: tuple[Stroke, ...] = ()
        """The mat and the floor. Drawn after the body: no gap parts a limb from what it lies on."""
        self._room()
        self.path = self._path()
        self.extent = self._extent()
        if motion.rig.has_floor:
            left, right = complex(self.extent.left, self._floor), complex(self.extent.right, self._floor)
            self._ground = (*self._ground, Stroke(Role.FLOOR, 2, (left, right)))

    def _room(self) -> None:
        position = self.motion.position
        self._floor = -1.0
        if not self.motion.rig.has_floor:
            self.standing = room.from_above(self._props, position.points)
            return
        body = Body(position.points, front_of(position, "pelvis"), self._profile)
        self.standing = room.standing(self._props, body)
        if any(prop.kind is PropKind.MAT for prop in self._props):
            self._floor = -room.MAT_THICKNESS - 1
            ends = (posed for stop in self.motion.stops for posed in stop.through)
            lying = [at for posed in (position, *ends) for at in posed.points.values()]
            self._ground = room.mat(lying)

    def strokes(self, posed: Posed) -> tuple[Stroke, ...]:
        """Return everything that is drawn, in the order of drawing."""
        return (*self.standing, *self.moving(posed))

    def moving(self, posed: Posed) -> tuple[Stroke, ...]:
        """Return what is drawn before all that stands: the body, what it carries, and what it lies on."""
        points = posed.points
        start, body = self.motion.position, Body(points, front_of(posed, "upper_back"), self._profile)
        ball = gear.rolling(self._props, start.points, posed.anchor - start.anchor)
        return (
            *(self._limbs(points, "far_hand", self._legs[0]) if self._profile else ball),
            *self._trunk(points, posed),
            *(self._near_leg(points, ball) if self._profile else self._limbs(points, *self._legs)),
            *gear.carried(self._props, start.points, body),
            *self._limbs(points, *(("near_hand",) if self._profile else ("far_hand", "near_hand"))),
            *self._ground,
            *gear.in_front(self._props, body),
        )

    def _near_leg(self, points: Points, ball: tuple[Stroke, ...]) -> Iterator[Stroke]:
        """Yield the near leg, with the ball that it lies on before the gap around it."""
        leg = tuple(self._limb(points, self._legs[1]))
        gaps = sum(stroke.role is Role.GROUND for stroke in leg)
        yield from (*leg[:gaps], *ball, *leg[gaps:])

    def _limbs(self, points: Points, *ends: str) -> Iterator[Stroke]:
        for end in ends:
            yield from self._limb(points, end)

    def _limb(self, points: Points, end: str) -> Iterator[Stroke]:
        side, _, last = end.partition("_")
        role, width = self.role(end), _WIDTHS[last]
        names = ("shoulder", "elbow", "hand", "fingers") if last == "hand" else ("hip", "knee", "foot")
        line = tuple(points[f"{side}_{each}"] for each in names)
        foot = (points[f"{side}_heel"], points[f"{side}_toes"]) if last == "foot" else ()
        if side == NEAR or not self._profile:
            yield Stroke(Role.GROUND, width + _GAP, _without(line, _JOINED[last]))
            if foot:
                yield Stroke(Role.GROUND, _SOLE + _GAP, foot)
        yield Stroke(role, width, line)
        if foot:
            yield Stroke(role, _SOLE, foot)

    def role(self, end: str) -> Role:
        """Return what the limb with that end, or the trunk, is drawn as."""
        if end in self._works:
            return Role.WORK
        return Role.FAR if self._profile and end.startswith(FAR) else Role.BODY

    def _trunk(self, points: Points, posed: Posed) -> Iterator[Stroke]:
        head, role = points["head"], self.role(WORKING_TRUNK)
        spine = smooth(tuple(points[each] for each in ("hips", "waist", "chest", "shoulders")))
        yield Stroke(role, THICKNESS["waist"], spine)
        if not self._profile:
            near, far = points["near_shoulder"], points["far_shoulder"]
            yield Stroke(role, 10.0, (near, far))
            yield Stroke(role, 11.0, (near * 0.75 + far * 0.25, points["near_hip"]))
            yield Stroke(role, 11.0, (far * 0.75 + near * 0.25, points["far_hip"]))
            yield Stroke(role, 12.0, (points["near_hip"], points["far_hip"]))
        yield Stroke(Role.BODY, THICKNESS["neck"], (points["shoulders"], points["neck"], head))
        yield Stroke(Role.BODY, THICKNESS["head"], (head,))
        if self._profile:
            nose = cmath.rect(_NOSE, math.radians(posed.angles["head"].angle - 85))
            yield Stroke(Role.BODY, 4.0, (head, head + nose))

    def _path(self) -> tuple[complex, ...]:
        """Return the way of the point that goes farthest, from the position to the pose farthest from it."""
        start = self.motion.position.points
        tracked = (self.motion.figure.path,) if self.motion.figure.path else _TRACKED
        best, way = _SHORTEST_PATH - 1, tuple[complex, ...]()
        for number, stop in enumerate(self.motion.stops):
            for name in tracked:
                distance = abs(point(stop.through[-1].points, name) - point(start, name))
                if distance > best + 1:
                    best = distance
                    way = tuple(
                        point(self.motion.at(number, n / 4 / _SAMPLES, first=True).points, name)
                        for n in range(4 * _SAMPLES + 1)
                    )
        return _led_in(_evenly(way, _SAMPLES) if way else way)

    def with_path(self, strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
        """Return ``strokes`` with an arrow along the way of what moves most."""
        if len(self.path) < 2:
            return strokes
        end, before = self.path[-1], self.path[-2]
        along = (end - before) / (abs(end - before) or 1)
        head = (end + along * cmath.rect(9, 2.55), end, end + along * cmath.rect(9, -2.55))
        arrow = smooth(self.path), head
        return (
            *strokes,
            *(Stroke(Role.GROUND, 5.5, each) for each in arrow),
            *(Stroke(Role.PATH, 2.5, each) for each in arrow),
        )

    def _extent(self) -> Extent:
        real, imag = [], []
        for posed in self.motion.samples(_SAMPLES):
            for stroke in self.strokes(posed):
                half = stroke.width / 2
                for at in stroke.points:
                    real += [at.real - half, at.real + half]
                    imag += [at.imag - half, at.imag + half]
        real += [at.real for at in self.path]
        imag += [at.imag for at in self.path]
        bottom = min(imag) - _MARGIN
        if self.motion.rig.has_floor:
            bottom = self._floor - 2
            imag.append(self._floor)  # all of a body may be below it, until its file is right
        return Extent(min(real) - _MARGIN, bottom, max(real) + _MARGIN, max(imag) + _MARGIN)


def _evenly(way: tuple[complex, ...], pieces: int) -> tuple[complex, ...]:
    """Return points of ``way`` that are about as far from each other, with both of its ends.

    A soft movement has most of its moments near its ends, where a line through all of them would shake.
    """
    gone = [*accumulate((abs(then - now) for now, then in pairwise(way)), initial=0.0)]
    kept = [bisect_left(gone, gone[-1] * n / pieces) for n in range(1, pieces)]
    return (way[0], *(way[each] for each in dict.fromkeys(kept)), way[-1])


def _led_in(way: tuple[complex, ...]) -> tuple[complex, ...]:
    """Return ``way`` with a straight start before it when it is short, unless it ends where it begins."""
    missing = _SHORTEST_ARROW - sum(abs(then - now) for now, then in pairwise(way))
    if missing <= 0 or not way or way[0] == way[-1]:
        return way
    return (way[0] - missing * (way[-1] - way[0]) / abs(way[-1] - way[0]), *way)


def _without(line: tuple[complex, ...], start: float) -> tuple[complex, ...]:
    """Return a line without so many centimetres at its start, of as many points."""
    for passed, (now, then) in enumerate(pairwise(line), 1):
        length = abs(then - now)
        if start < length:
            return (*((now + (then - now) * start / length,) * passed), *line[passed:])
        start -= length
    return line[-1:] * len(line)


def _depth(posed: Posed, end: str) -> float:
    """Return by how many centimetres the end of a limb is nearer to the viewer than where it begins."""
    return sum(LENGTHS[each] * math.sin(posed.angles[each].toward * math.pi / 2) for each in LIMBS[end][:2])


def front_of(posed: Posed, segment: str) -> complex:
    """Return where the body looks, as a direction of length 1."""
    return cmath.rect(1, math.radians(posed.angles[segment].angle - 90))


def _working(motion: Motion) -> Collection[str]:
    """Return the ends of the limbs that do the work, or the trunk where it moves and no limb does.

    Limbs do it that move and are not held, but for those that only tilt under the trunk, as legs do in a bow.
    """
    if motion.figure.works is not None:
        return motion.figure.works
    bows = any(_turns(motion, each) for each in TRUNK[:3])
    works = [end for end in LIMBS if _moves(motion, end) and not (bows and _stands(motion, end))]
    if motion.figure.alternates:
        works = [*works, *map(other, works)]
    return works or [WORKING_TRUNK] * bows


def _moves(motion: Motion, end: str) -> bool:
    """Tell whether a limb turns in a pose that does not hold it."""
    return any(_turns(motion, each, free=end) for each in LIMBS[end][:2])


def _turns(motion: Motion, segment: str, free: str = "") -> bool:
    """Tell whether a segment turns in a pose, and be it one in which the limb with that end is not held."""
    start = motion.position.angles[segment]
    return any(
        free not in posed.held
        and (
            abs(posed.angles[segment].angle - start.angle) > _WORKS_FROM
            or abs(posed.angles[segment].toward - start.toward) > _WORKS_FROM / 90
        )
        for stop in motion.stops
        for posed in stop.through
    )


def _stands(motion: Motion, end: str) -> bool:
    """Tell whether the end of a limb stays where it is in every pose."""
    start = motion.position.points[end]
    return all(abs(posed.points[end] - start) < _STANDS for stop in motion.stops for posed in stop.through)
