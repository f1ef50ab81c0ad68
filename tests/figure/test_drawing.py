"""A drawing shows where a movement goes, and what lies under the body and moves on it."""

import pytest
from figure.figures import BRIDGE, moving

from voicecoach.figure.drawing import Drawing
from voicecoach.figure.strokes import Role

LOW_BRIDGE = BRIDGE.replace("{trunk: 203, head: 172}", "{trunk: 186, head: 174}")
CIRCLE = """
rep: circle 4s
figure:
  from: sitting
  anchor: hips
  poses:
    circle: [{move: [-8, 0]}, {move: [0, -4]}, {move: [8, 0]}, {move: [0, 4]}]
  path: hips
"""
HEEL_SLIDE = """
rep: slide 2s, return 2s
figure:
  from: hook_lying
  poses:
    slide: {reach: {near_foot: [80, 2]}}
  props: {mat: true}
"""
BREATH = """
rep: in 3s, out 3s
figure:
  from: hook_lying
  position: {reach: {near_hand: [-18, 17]}}
  poses:
    in: {reach: {near_hand: [-18, 22]}}
  props: {belly: near_hand}
"""
BACK_AGAIN = """
rep: lift 2s, lower 2s
figure:
  from: standing
  poses:
    lift: [{reach: {hands: far_foot}}, {reach: {far_foot: far_shoulder, far_hand: near_shoulder}}]
"""


def test_a_way_that_ends_where_it_begins_has_no_shaft_before_it():
    way = Drawing(moving(BACK_AGAIN)).path
    assert way[0] == way[-1]


def test_the_arrow_of_a_small_movement_has_a_shaft():
    drawing = Drawing(moving(LOW_BRIDGE))
    begin, end = drawing.path[0], drawing.path[-1]
    assert abs(end - begin) > 14.5
    assert drawing.extent.bottom < begin.imag < end.imag == drawing.motion.at(0, 1.0).points["hips"].imag


def test_the_arrow_of_a_circle_is_all_on_the_circle():
    motion = moving(CIRCLE)
    assert Drawing(motion).path[0] == motion.position.points["hips"]


def test_both_hands_are_seen_before_the_thighs_that_they_rest_on():
    drawing = Drawing(moving("duration: 30s\nfigure: {from: sitting, view: front}"))
    points = drawing.motion.position.points
    order = [stroke.points[-1] for stroke in drawing.strokes(drawing.motion.position)]
    for side in ("near", "far"):
        assert order.index(points[f"{side}_fingers"]) > order.index(points[f"{side}_foot"]), side


def test_a_mat_is_long_enough_for_all_of_the_movement():
    drawing = Drawing(moving(HEEL_SLIDE))
    [mat] = (stroke for stroke in drawing.strokes(drawing.motion.position) if stroke.role is Role.PROP)
    assert max(at.real for at in mat.points) > drawing.motion.at(0, 1.0).points["near_toes"].real


def test_a_belly_swells_with_the_breath_to_the_hand_that_lies_on_it():
    drawing = Drawing(moving(BREATH))
    breaths = [drawing.strokes(drawing.motion.at(number, 1.0)) for number in (1, 0)]
    [(flat, swollen)] = [
        (one, other)
        for one, other in zip(*breaths, strict=True)
        if one.role is other.role is Role.BODY and one != other and len(one.points) > 4
    ]
    for belly, height in ((flat, 17), (swollen, 22)):
        assert max(at.imag for at in belly.points) + belly.width / 2 == pytest.approx(height, abs=0.1)


def test_no_gap_cuts_into_the_trunk_where_a_thigh_points_at_the_viewer():
    drawing = Drawing(moving("duration: 30s\nfigure: {from: sitting, view: front}"))
    points = drawing.motion.position.points
    gaps = [each for each in drawing.moving(drawing.motion.position) if each.role is Role.GROUND]
    for side in ("near", "far"):
        hip = points[f"{side}_hip"]
        ends = (at for each in gaps if points[f"{side}_foot"] in each.points for at in each.points)
        assert min(abs(at - hip) for at in ends) > 14


@pytest.mark.parametrize("thing", ["mat: true", "ball: near_shin"])
def test_no_gap_parts_a_leg_from_what_it_lies_on(thing: str):
    text = (
        f"duration: 30s\nfigure:\n  from: supine\n  position: {{thighs: 38, shins: 32}}\n  props: {{{thing}}}"
    )
    drawing = Drawing(moving(text))
    strokes = drawing.strokes(drawing.motion.position)
    toes = drawing.motion.position.points["near_toes"]
    [gap] = (n for n, each in enumerate(strokes) if each.role is Role.GROUND and toes in each.points)
    [lain_on] = (n for n, each in enumerate(strokes) if each.role is Role.PROP)
    assert lain_on > gap
