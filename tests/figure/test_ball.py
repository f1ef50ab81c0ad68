"""A ball rolls with the body that it carries, or between the body and a wall."""

import pytest
from figure.figures import moving

from voicecoach.figure.cells import CellPicture
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import Motion
from voicecoach.figure.rig import Posed

SEAT = """
rep: tuck 2s, back 2s
figure:
  from: sitting
  poses:
    tuck: {move: [8, 0]}
  props: {ball: hips}
"""
CRUNCH = """
rep: curl 2s, lower 2s
figure:
  from: sitting
  poses:
    curl: {upper_back: 60}
  props: {ball: hips}
"""
SQUAT = """
rep: down 2s, up 2s
figure:
  from: standing
  anchor: hips
  stay: [feet]
  poses:
    down: {move: [0, -20]}
  props: {ball: waist, wall: waist}
"""


def rolled(motion: Motion) -> complex:
    """Return how far the ball goes in the first phase."""
    drawing = Drawing(motion)

    def middle(posed: Posed) -> complex:
        circle, *_ = (each for each in drawing.strokes(posed) if len(each.points) > 20)
        return sum(circle.points[1:]) / len(circle.points[1:])

    return middle(motion.at(0, 1.0)) - middle(motion.position)


def test_a_ball_rolls_under_hips_that_move():
    assert rolled(moving(SEAT)) == pytest.approx(8)


def test_a_ball_keeps_still_under_a_body_that_bends():
    assert rolled(moving(CRUNCH)) == pytest.approx(0)


def test_a_ball_at_a_wall_rolls_up_the_back_of_a_body_that_sinks():
    assert rolled(moving(SQUAT)) == pytest.approx(-10j)


def test_a_ball_below_the_floor_is_no_reason_to_draw_nothing():
    """A mistake of the author, which the picture shows."""
    drawing = Drawing(moving(SEAT.replace("ball: hips", "ball: [200, -200]")))
    assert CellPicture(drawing, 80, 24).lines(drawing.motion.position)
