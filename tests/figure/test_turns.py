"""Timed work turns through its poses on the beat, and goes on from one side to the other without a jump."""

import itertools

import pytest
from figure.figures import ARM, MARCH, moving

from voicecoach.errors import RoutineError
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import Motion, soft
from voicecoach.figure.strokes import Role

WALK = """
duration: 30s
cadence: 60
figure:
  from: standing
  anchor: hips
  alternates: true
  poses:
    step:
      - {reach: {near_foot: [0, 10], far_foot: [0, 0]}}
      - {move: [0, -4], reach: {near_foot: [22, 0], far_foot: [-22, 0]}}
"""
SIDEWAYS = """
duration: 30s
cadence: 60
figure:
  from: standing
  view: front
  anchor: hips
  alternates: true
  poses:
    out: {move: [-10, 0], left_arm: 180}
"""


@pytest.mark.parametrize("text", [MARCH, WALK, SIDEWAYS])
def test_a_turn_goes_on_where_the_one_before_ended(text: str) -> None:
    motion = moving(text)
    for turn in (1, 2, 3):
        at = motion.seconds * turn
        before, after = motion.cycle(at - 1e-6).points, motion.cycle(at + 1e-6).points
        assert max(abs(before[name] - after[name]) for name in before) < 0.01, turn


def test_each_side_has_its_turn() -> None:
    motion = moving(WALK)
    middle = motion.seconds / 2
    assert _higher_foot(motion, middle) == "near_foot"
    assert _higher_foot(motion, motion.seconds + middle) == "far_foot"
    works = [Drawing(moving(MARCH)).role(end) for end in ("near_foot", "far_foot")]
    assert works == [Role.WORK, Role.WORK]


def test_a_walk_keeps_its_pace_and_a_march_stops_at_each_beat() -> None:
    feet = [moving(WALK).at(0, n / 8).points["near_foot"].real for n in range(9)]
    steps = [b - a for a, b in itertools.pairwise(feet)]
    assert max(steps) < 1.1 * min(steps)
    march = moving(MARCH)
    thigh = [march.at(0, share, first=True).angles["near_thigh"].angle for share in (0, 0.25, 1)]
    assert thigh[1] == pytest.approx(thigh[0] + (thigh[2] - thigh[0]) * soft(0.25))


def test_a_turn_may_take_several_beats() -> None:
    assert moving(MARCH).seconds == pytest.approx(1.0)
    assert moving(MARCH.replace("alternates: true", "beats: 4")).seconds == pytest.approx(4.0)
    with pytest.raises(RoutineError, match="0 beats"):
        moving(MARCH.replace("alternates: true", "beats: 0"))


def test_a_rep_begins_where_the_one_before_ended() -> None:
    motion = moving(ARM)
    assert motion.start is motion.stops[-1].through[-1]


def _higher_foot(motion: Motion, at: float) -> str:
    points = motion.cycle(at).points
    return max(("near_foot", "far_foot"), key=lambda name: points[name].imag)
