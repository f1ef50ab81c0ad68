"""Finds what is wrong with a figure: a body that it could not be, or that lets go of what holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from voicecoach.figure.body import THICKNESS, point
from voicecoach.figure.joints import bend, joints, points_out
from voicecoach.figure.motion import Motion
from voicecoach.figure.rig import Posed

_BELOW: Final = 2.0
"""Centimetres that a body sinks into a mat at most. [own choice]"""
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
    """Return what is wrong with a figure, once for each phase."""
    found: dict[tuple[str, str], Fault] = {}
    for phase, posed in _moments(motion):
        for key, fault in _faults_at(motion, phase, posed):
            found.setdefault((phase, key), fault)
    return list(found.values())


def _moments(motion: Motion) -> Iterator[tuple[str, Posed]]:
    yield "", motion.position
    for number, stop in enumerate(motion.stops):
        for n in range(1, _SAMPLES + 1):
            yield stop.phase, motion.at(number, n / _SAMPLES, first=True)


def _faults_at(motion: Motion, phase: str, posed: Posed) -> Iterator[tuple[str, Fault]]:
    yield from _below_floor(motion, phase, posed)
    yield from _let_go(motion, phase, posed)
    yield from _overbent(motion, phase, posed)


def _below_floor(motion: Motion, phase: str, posed: Posed) -> Iterator[tuple[str, Fault]]:
    if not motion.rig.has_floor:
        return
    heights = {each: posed.points[each].imag - THICKNESS[each] / 2 for each in THICKNESS}
    name = min(heights, key=heights.__getitem__)
    if heights[name] < -_BELOW:
        wrong = f"the {_words(name)} is {-heights[name]:.0f} cm under the floor"
        yield f"under {name}", Fault(phase, wrong, "everything above the floor")


def _let_go(motion: Motion, phase: str, posed: Posed) -> Iterator[tuple[str, Fault]]:
    for end, missing in posed.missing.items():
        if missing > _SLIDE:
            wrong = f"the {_words(end)} is {missing:.0f} cm away from where it is held"
            yield f"short {end}", Fault(phase, wrong, "a pose in which the limb is long enough")
    if abs(point(posed.points, motion.rig.anchor) - posed.anchor) > _SLIDE:
        yield "anchor", Fault(phase, f"the {_words(motion.rig.anchor)} slides", "an anchor that stays")


def _overbent(motion: Motion, phase: str, posed: Posed) -> Iterator[tuple[str, Fault]]:
    for segment, joint in joints(profile=motion.rig.profile).items():
        bent = bend(posed.angles, segment, joint)
        if points_out(posed.angles, segment, joint):
            continue
        if not joint.least - _LEEWAY <= bent <= joint.most + _LEEWAY:
            wrong = f"the {_words(segment)} is bent by {bent:.0f} degrees"
            expected = f"{joint.least:.0f} to {joint.most:.0f} degrees from where it is straight"
            yield f"joint {segment}", Fault(phase, wrong, expected)


def _words(name: str) -> str:
    return name.replace("_", " ")
