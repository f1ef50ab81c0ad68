"""Finds what is wrong with a figure: a body that it could not be, or that lets go of what holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from voicecoach.figure.body import SINGULAR, THICKNESS, point
from voicecoach.figure.contact import Body
from voicecoach.figure.drawing import front_of
from voicecoach.figure.joints import bend, joints, points_out
from voicecoach.figure.motion import Motion
from voicecoach.figure.rig import Posed
from voicecoach.figure.wall import wall_of
from voicecoach.routine.figure import LIMBS, PropKind

_BELOW: Final = 2.0
"""Centimetres that a body sinks into a mat or a wall at most. [own choice]"""
_TOUCHED: Final = frozenset(
    {PropKind.WALL, PropKind.TABLE, PropKind.CHAIR_BACK, PropKind.RAIL, PropKind.STEP}
)
"""The things that hands and feet stay on."""
_SLIDE: Final = 1.0
"""Centimetres that what stays may slide at most."""
_LEEWAY: Final = 1.0
"""Degrees."""
_SAMPLES: Final = 8
"""Moments of a phase that are looked at."""


class Fault(NamedTuple):
    """Something that is wrong with a figure."""

    phase: str
    """Empty for the position."""
    wrong: str
    expected: str


def faults(motion: Motion) -> list[Fault]:
    """Return what is wrong with a figure, each thing where it is worst."""
    found: dict[str, tuple[float, Fault]] = {}
    for phase, posed in _moments(motion):
        for what, much, wrong, expected in _seen(motion, posed):
            if much > found.get(what, (0.0,))[0]:
                found[what] = much, Fault(phase, wrong, expected)
    return [*(fault for _, fault in found.values()), *_restless(motion), *_slipping(motion)]


def _moments(motion: Motion) -> Iterator[tuple[str, Posed]]:
    yield "", motion.position
    for number, stop in enumerate(motion.stops):
        for n in range(1, _SAMPLES + 1):
            yield stop.phase, motion.at(number, n / _SAMPLES, first=True)


def _restless(motion: Motion) -> Iterator[Fault]:
    """Yield the holds that move."""
    before = motion.stops[-1].through[-1] if motion.stops else motion.position
    for stop in motion.stops:
        after = stop.through[-1]
        if stop.is_still and any(abs(after.points[each] - at) > _SLIDE for each, at in before.points.items()):
            yield Fault(stop.phase, "the body moves", "no pose for a phase that keeps still")
        before = after


def _slipping(motion: Motion) -> Iterator[Fault]:
    """Yield hands and feet that leave the thing they touch in a pose that does not write them."""
    start = motion.position.points
    for prop in motion.figure.props:
        if prop.kind not in _TOUCHED or not prop.at:
            continue
        for end in ends_of(prop.at[0]):
            put = start[end]
            for stop in motion.stops:
                at = stop.through[-1].points[end]
                poses = motion.figure.poses.get(stop.phase, ())
                if any(end in pose.reach or pose.turns.keys() & {*LIMBS[end]} for pose in poses):
                    put = at
                if (off := min(abs(at - put), abs(at - start[end]))) > _BELOW:
                    wrong = f"{_words(end)}: {off:.0f} cm away from the {_words(prop.kind)}"
                    yield Fault(stop.phase, wrong, "a hand or foot that stays: name it in 'stay'")
                    break


def ends_of(name: str) -> tuple[str, ...]:
    """Return the ends of limbs that a point of the body is, or both where it stands for both."""
    one = SINGULAR.get(name, "")
    return tuple(end for end in LIMBS if end == name or (one and end.endswith(f"_{one}")))


class _Seen(NamedTuple):
    """A fault at a moment."""

    what: str
    """What is the same fault at another moment."""
    much: float
    wrong: str
    expected: str


def _seen(motion: Motion, posed: Posed) -> Iterator[_Seen]:
    yield from _below_floor(motion, posed)
    yield from _in_wall(motion, posed)
    yield from _let_go(motion, posed)
    yield from _overbent(motion, posed)


def _below_floor(motion: Motion, posed: Posed) -> Iterator[_Seen]:
    if not motion.rig.has_floor:
        return
    heights = {each: posed.points[each].imag - THICKNESS[each] / 2 for each in THICKNESS}
    name = min(heights, key=heights.__getitem__)
    if (under := -heights[name]) > _BELOW:
        wrong = f"{_words(name)}: {under:.0f} cm under the floor"
        yield _Seen("floor", under, wrong, "everything above the floor")


def _in_wall(motion: Motion, posed: Posed) -> Iterator[_Seen]:
    start = motion.position
    body = Body(start.points, front_of(start, "pelvis"), motion.rig.profile)
    wall = wall_of(motion.figure.props, body)
    if wall is None:
        return
    depths = {
        each: wall.way * (posed.points[each].real - wall.surface) + THICKNESS[each] / 2 for each in THICKNESS
    }
    name = max(depths, key=depths.__getitem__)
    if (inside := depths[name]) > _BELOW:
        wrong = f"{_words(name)}: {inside:.0f} cm in the wall"
        yield _Seen("wall", inside, wrong, "everything in front of the wall")


def _let_go(motion: Motion, posed: Posed) -> Iterator[_Seen]:
    for end, missing in posed.missing.items():
        if missing > _SLIDE:
            wrong = f"{_words(end)}: {missing:.0f} cm away from where it is held"
            yield _Seen(f"held {end}", missing, wrong, "a pose in which the limb is long enough")
    if (off := abs(point(posed.points, motion.rig.anchor) - posed.anchor)) > _SLIDE:
        wrong = f"{_words(motion.rig.anchor)}: {off:.0f} cm away from the anchor"
        yield _Seen("anchor", off, wrong, "an anchor that no limb moves")


def _overbent(motion: Motion, posed: Posed) -> Iterator[_Seen]:
    for segment, joint in joints(profile=motion.rig.profile).items():
        if points_out(posed.angles, segment, joint):
            continue
        bent = bend(posed.angles, segment, joint)
        over = max(joint.least - bent, bent - joint.most)
        if over > _LEEWAY:
            wrong = f"{_words(segment)}: bent by {bent:.0f} degrees"
            expected = f"{joint.least:.0f} to {joint.most:.0f} degrees from where it is straight"
            yield _Seen(f"bent {segment}", over, wrong, expected)


def _words(name: str) -> str:
    return name.replace("_", " ")
