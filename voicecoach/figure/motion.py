"""The motion of a figure: which points the body has at a share of a phase. Pure, and cheap per frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from voicecoach.figure.body import Angles, point
from voicecoach.figure.joints import unwound
from voicecoach.figure.rig import Posed, Rig
from voicecoach.routine.figure import FAR, NEAR, SEGMENTS, Direction, Figure
from voicecoach.routine.model import LEFT, RIGHT, Exercise, Sides
from voicecoach.routine.phase import Phase

_STEP: Final = 1.2
"""Seconds of a turn through the poses of timed work without a cadence. [own choice]"""


def soft(share: float) -> float:
    """Return how far a movement is at a share of its time, still at both ends.

    A movement of least jerk (Flash and Hogan 1985), as people move.
    """
    return share**3 * (10 - 15 * share + 6 * share**2)


@dataclass(frozen=True, slots=True)
class Stop:
    """What a phase goes through, the last being where it ends, and its seconds as written."""

    phase: str
    through: tuple[Posed, ...]
    seconds: float
    is_still: bool = False
    """Whether the body keeps still in it."""


class Motion:
    """A figure with the phases of its exercise."""

    def __init__(self, figure: Figure, rep: Sequence[Phase] = (), cadence: float | None = None) -> None:
        self.figure = figure
        self.rig = Rig(figure)
        self.position = self.rig.position
        self.stops = tuple(self._stops(rep)) if rep else tuple(self._turn(cadence))
        self._is_even = not rep and len(self.stops) == 1
        self.start = self._start()
        """What rep after rep, or turn after turn, begins from."""

    def _stops(self, rep: Sequence[Phase]) -> list[Stop]:
        moving = [phase.name for phase in rep if not phase.kind.is_still]
        stops, now = [], self.position
        for phase in rep:
            if phase.name in self.figure.poses:
                through = tuple(map(self.rig.settle, self.figure.poses[phase.name]))
            elif moving and phase.name == moving[-1]:
                through = (self.position,)
            else:
                through = (now,)
            now = through[-1]
            stops.append(Stop(phase.name, through, phase.seconds, phase.kind.is_still))
        return stops

    def _turn(self, cadence: float | None) -> list[Stop]:
        """Return the stops of timed work: one turn through the poses takes so many steps of the cadence."""
        poses = self.figure.poses
        length = (60 / cadence if cadence else _STEP) * self.figure.beats / max(len(poses), 1)
        return [Stop(name, tuple(map(self.rig.settle, each)), length) for name, each in poses.items()]

    def _start(self) -> Posed:
        if not self.stops:
            return self.position
        last = self.stops[-1].through[-1]
        return swapped(self.rig, last) if self.figure.alternates else last

    @property
    def seconds(self) -> float:
        """The seconds of one rep, or of one turn through the poses."""
        return sum(stop.seconds for stop in self.stops)

    @property
    def farthest(self) -> Posed:
        """The pose that is farthest from the position, all points of the body taken together."""
        start = self.position.points
        poses = (self.position, *(stop.through[-1] for stop in self.stops))
        return max(poses, key=lambda posed: sum(abs(posed.points[each] - start[each]) for each in start))

    def is_mirrored(self, side: str) -> bool:
        """Tell whether the picture has to be mirrored where that side works, so that the near one is it.

        In profile a body is seen from its right; from the front and from above it is as in a mirror.
        """
        return side != (RIGHT if self.rig.profile else LEFT)

    def number(self, phase: str) -> int:
        """Return which stop is that of ``phase``; 0 when none is."""
        return next((n for n, stop in enumerate(self.stops) if stop.phase == phase), 0)

    def at(self, number: int, share: float, *, first: bool = False) -> Posed:
        """Return the body at a ``share`` of the stop with that number; ``first`` begins from the position.

        A turn in one go keeps an even pace, as a walk does.
        """
        if not self.stops:
            return self.position
        stop = self.stops[number]
        before = self.stops[number - 1].through[-1] if number else self.position if first else self.start
        path = (before, *stop.through)
        if len(set(map(id, path))) == 1:
            return before
        share = min(max(share, 0.0), 1.0)
        return between(self.rig, path, share if self._is_even else soft(share))

    def stays(self, number: int) -> bool:
        """Tell whether the body keeps still in the stop with that number, after the first rep."""
        stop = self.stops[number]
        return all(posed is self.stops[number - 1].through[-1] for posed in stop.through)

    def when(self, elapsed: float) -> tuple[int, int, float]:
        """Return which rep it is so many seconds into rep after rep, which stop in it, and its share."""
        turns, left = divmod(elapsed, self.seconds)
        number = 0
        while number < len(self.stops) - 1 and left >= self.stops[number].seconds:
            left -= self.stops[number].seconds
            number += 1
        return int(turns), number, left / self.stops[number].seconds

    def cycle(self, elapsed: float, *, first: bool = True) -> Posed:
        """Return the body so many seconds into rep after rep; the first of them begins from the position."""
        if not self.stops:
            return self.position
        turns, number, share = self.when(elapsed)
        posed = self.at(number, share, first=first and turns == 0)
        return swapped(self.rig, posed) if self.figure.alternates and turns % 2 else posed

    def swapped(self, posed: Posed) -> Posed:
        """Return the body with its sides exchanged."""
        return swapped(self.rig, posed)

    def samples(self, number: int) -> Iterator[Posed]:
        """Yield the position, and the body at so many moments of each phase that moves."""
        yield self.position
        for stop in range(len(self.stops)):
            for n in range(1, number + 1):
                yield self.at(stop, n / number, first=True)
        if self.figure.alternates:
            for stop in range(len(self.stops)):
                for n in range(1, number + 1):
                    yield swapped(self.rig, self.at(stop, n / number))


def motion_of(exercise: Exercise) -> Motion | None:
    """Return the motion of an exercise, which may alternate sides; None when it has no figure."""
    figure = exercise.figure
    if figure is None:
        return None
    if exercise.sides is Sides.ALTERNATE:
        figure = replace(figure, alternates=True)
    return Motion(figure, exercise.rep, exercise.cadence)


def is_seen_mirrored(exercise: Exercise, motion: Motion) -> bool:
    """Tell whether it is seen from the other side, as the side that comes first is that.

    Reps that alternate are not: there the sides of the body change.
    """
    return exercise.sides in {Sides.EACH, Sides.SWAP} and motion.is_mirrored(exercise.side_order[0])


def figures_of(exercise: Exercise) -> Iterator[tuple[tuple[str | int, ...], Figure]]:
    """Yield the figure of an exercise and those of its variations, each with its place in the file."""
    if exercise.figure and not exercise.figure_from:
        yield ("figure",), exercise.figure
    for key, variations in (("easier", exercise.easier), ("harder", exercise.harder)):
        for index, variation in enumerate(variations):
            if variation.figure and (drawn := variation.drawn(exercise.figure)):
                yield (key, index, "figure"), drawn


def between(rig: Rig, path: Sequence[Posed], share: float) -> Posed:
    """Return the body at a ``share`` of the way through these poses; what both ends hold, is held between."""
    legs = len(path) - 1
    leg = min(int(share * legs), legs - 1)
    part = share * legs - leg
    one, other = path[leg], path[leg + 1]
    before, after = path[max(leg - 1, 0)], path[min(leg + 2, legs)]
    straight = legs == 1
    angles: Angles = {}
    for each in SEGMENTS:
        a, b, c, d = (posed.angles[each] for posed in (before, one, other, after))
        if a == b == c == d:
            angles[each] = b
        elif straight:
            angles[each] = Direction(
                b.angle + (c.angle - b.angle) * part, b.toward + (c.toward - b.toward) * part
            )
        else:
            angles[each] = Direction(
                _curve(a.angle, b.angle, c.angle, d.angle, part),
                _curve(a.toward, b.toward, c.toward, d.toward, part),
            )
    anchor = (
        one.anchor + (other.anchor - one.anchor) * part
        if straight
        else _way(before.anchor, one.anchor, other.anchor, after.anchor, part)
    )
    held: dict[str, str | complex] = {}
    for end, to in one.held.items():
        then = other.held.get(end)
        if isinstance(to, complex) and isinstance(then, complex):
            held[end] = to + (then - to) * part
        elif then is not None and then == to:
            held[end] = to
    return rig.pose(angles, anchor, held)


def _curve(a: float, b: float, c: float, d: float, part: float) -> float:
    """Return a number between ``b`` and ``c`` of a smooth curve through all four.

    It turns back only where they do (Fritsch and Carlson 1980), so that what rests until another limb has
    moved does rest.
    """
    begin, end = _slope(b - a, c - b), _slope(c - b, d - c)
    return b + part * (begin + part * (3 * (c - b) - 2 * begin - end + part * (2 * (b - c) + begin + end)))


def _slope(before: float, after: float) -> float:
    """Return how steep a curve is between two steps, which is not at all where it turns back."""
    return 2 * before * after / (before + after) if before * after > 0 else 0.0


def _way(a: complex, b: complex, c: complex, d: complex, part: float) -> complex:
    """Return a place between ``b`` and ``c`` of a smooth way through all four."""
    return complex(_curve(a.real, b.real, c.real, d.real, part), _curve(a.imag, b.imag, c.imag, d.imag, part))


def swapped(rig: Rig, posed: Posed) -> Posed:
    """Return the body with its sides exchanged: what the near limbs did, the far ones do.

    Seen from the front or from above that mirrors it.
    """
    points = {other(name): _mirrored(rig, at) for name, at in posed.points.items()}
    held = {
        other(end): other(to) if isinstance(to, str) else _mirrored(rig, to) for end, to in posed.held.items()
    }
    angles = {other(name): each for name, each in posed.angles.items()}
    if not rig.profile:
        turned = {name: Direction(180 - each.angle, each.toward) for name, each in angles.items()}
        angles = unwound(turned, rig.position.angles, profile=False)
    return Posed(angles, point(points, rig.anchor), held, points)


def _mirrored(rig: Rig, at: complex) -> complex:
    if rig.profile:
        return at
    return complex(2 * rig.position.points["hips"].real - at.real, at.imag)


def other(name: str) -> str:
    """Return the same part of the body on the other side."""
    if name.startswith(f"{NEAR}_"):
        return f"{FAR}_{name.removeprefix(f'{NEAR}_')}"
    if name.startswith(f"{FAR}_"):
        return f"{NEAR}_{name.removeprefix(f'{FAR}_')}"
    return name
