"""What lies or stands in the room is where the body touches it, and what is in front hides the rest."""

from figure.figures import SIDE_PLANK, moving

from voicecoach.figure.drawing import Drawing
from voicecoach.figure.strokes import Role, Stroke

BOOK = """
rep: open 2s, close 2s
figure:
  from: side_lying
  view: top
  poses:
    open: {near_arm: -90 toward 2}
  props: {mat: true, cushion: head}
"""
SEAT = """
rep: lean 2s, return 2s
figure:
  from: sitting
  position: {near_thigh: -22, near_shin: -32, near_foot: 45}
  poses:
    lean: {trunk: 60}
  props: {chair: hips}
"""


def strokes(text: str, role: Role) -> list[Stroke]:
    drawing = Drawing(moving(text))
    return [stroke for stroke in drawing.strokes(drawing.motion.position) if stroke.role is role]


def test_a_mat_and_a_pillow_are_seen_from_above():
    points = moving(BOOK).position.points
    mat, pillow = ((stroke.points[0], stroke.points[2]) for stroke in strokes(BOOK, Role.PROP))
    for (low, high), names in ((mat, ("head", "hips", "near_knee", "far_toes")), (pillow, ("head",))):
        for at in (points[name] for name in names):
            assert low.real < at.real < high.real
            assert low.imag < at.imag < high.imag


def test_whoever_stretches_a_leg_from_a_chair_sits_at_its_front():
    hips = moving(SEAT).position.points["hips"]
    seats = [
        max(at.real for at in strokes(text, Role.PROP)[0].points) - hips.real
        for text in (SEAT, SEAT.replace("near_thigh: -22, near_shin: -32", "near_shin: -60"))
    ]
    assert seats == [8, 24]


def test_the_leg_in_front_is_drawn_over_the_other():
    drawing = Drawing(moving(SIDE_PLANK.replace("-10 toward 0.1", "-10 toward 0.4")))
    points = drawing.motion.position.points
    feet = [stroke.points[-1] for stroke in drawing.strokes(drawing.motion.position)]
    assert feet.index(points["far_foot"]) > feet.index(points["near_foot"])
