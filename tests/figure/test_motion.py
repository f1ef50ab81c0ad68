"""A body moves from pose to pose as bodies do, and what holds it stays where it is."""

import cmath
import itertools
import math

import pytest
from figure.figures import ARM, BOW, BRIDGE, MARCH, REACH, moving

from voicecoach.figure.body import LENGTHS, THICKNESS
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.motion import soft
from voicecoach.figure.strokes import Role
from voicecoach.routine.figure import WORKING_TRUNK

SAMPLES = [n / 20 for n in range(21)]
BONES = {
    "thigh": ("hip", "knee"),
    "shin": ("knee", "foot"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "hand"),
}


def test_a_movement_begins_and_ends_softly():
    assert [soft(0.0), soft(0.5), soft(1.0)] == [0.0, 0.5, 1.0]
    assert soft(0.01) < 1e-4
    assert 1 - soft(0.99) < 1e-4
    assert all(a < b for a, b in itertools.pairwise(map(soft, SAMPLES)))


def test_feet_and_shoulders_stay_while_the_hips_rise():
    motion = moving(BRIDGE)
    start = motion.position.points
    for share in SAMPLES:
        points = motion.at(0, share, first=True).points
        for name in ("near_foot", "far_foot", "near_shoulder"):
            assert abs(points[name] - start[name]) < 0.01, (name, share)
    assert motion.at(0, 1.0).points["hips"].imag > start["hips"].imag + 15


def test_a_body_on_its_front_has_its_feet_on_the_floor():
    points = moving("duration: 30s\nfigure: {from: prone}").position.points
    for name in ("near_knee", "near_foot", "near_toes"):
        assert points[name].imag - THICKNESS[name] / 2 < 2, name


def test_a_hold_is_really_still_and_the_last_movement_goes_back():
    motion = moving(BRIDGE)
    assert motion.at(1, 0.3) is motion.at(1, 0.9)
    assert motion.at(1, 0.3).points == pytest.approx(motion.at(0, 1.0).points)
    assert motion.at(2, 1.0).points == pytest.approx(motion.position.points)
    assert motion.at(3, 0.5) is motion.position


@pytest.mark.parametrize("text", [BRIDGE, REACH, MARCH, ARM])
def test_limbs_keep_their_lengths(text):
    motion = moving(text)
    for number, share in itertools.product(range(len(motion.stops)), SAMPLES):
        points = motion.at(number, share, first=True).points
        for side, (bone, (one, other)) in itertools.product(("near", "far"), BONES.items()):
            long = abs(points[f"{side}_{one}"] - points[f"{side}_{other}"])
            assert long == pytest.approx(LENGTHS[f"{side}_{bone}"]), (bone, number, share)


def test_a_leg_swings_back_below_the_body_however_its_angle_is_written():
    for angle in (-174, 186):
        motion = moving(REACH.replace("-174", str(angle)))
        knees = [motion.at(0, share, first=True).points["near_knee"].imag for share in SAMPLES]
        assert knees == sorted(knees), angle


def test_an_arm_is_raised_on_its_own_side():
    motion = moving(ARM)
    shoulder = motion.position.points["near_shoulder"].real
    hands = [motion.at(0, share, first=True).points["near_hand"].real for share in SAMPLES]
    assert max(hands) < shoulder
    assert hands[-1] == min(hands)


def test_timed_work_turns_on_the_beat_and_changes_sides():
    motion = moving(MARCH)
    assert motion.seconds == 1.0  # a step
    first, second = motion.cycle(0.5), motion.cycle(1.5)
    assert first.points["near_knee"].imag > first.points["far_knee"].imag + 30
    assert second.points["far_knee"] == first.points["near_knee"]
    assert motion.cycle(2.5).points == first.points


def test_an_arm_rests_until_the_other_has_moved():
    motion = moving(ARM.replace("{left_arm: 180}", "[{right_arm: 0}, {right_arm: 0, left_arm: 180}]"))
    start = motion.position.points["near_hand"]
    assert all(
        abs(motion.at(0, share, first=True).points["near_hand"] - start) < 0.01 for share in SAMPLES[:11]
    )


def test_an_arrow_is_round_where_a_limb_swings_fast():
    drawing = Drawing(moving(ARM.replace("{left_arm: 180}", "[{}, {left_arm: 180}]")))
    way = next(stroke.points for stroke in drawing.with_path(()) if stroke.role is Role.PATH)
    pieces = [then - now for now, then in itertools.pairwise(way) if abs(then - now) > 1]
    turns = [abs(math.degrees(cmath.phase(then / now))) for now, then in itertools.pairwise(pieces)]
    assert max(turns) < 15


def test_reps_that_alternate_change_sides():
    motion = moving(REACH.replace("sides: each", "sides: alternate"))
    first, second = motion.cycle(2), motion.cycle(6)
    assert second.points["far_foot"] == first.points["near_foot"]
    assert second.points["near_hand"] == first.points["far_hand"]
    assert Drawing(motion).role("far_foot") is Drawing(motion).role("near_foot") is Role.WORK


def test_the_limbs_that_work_are_those_that_move_freely():
    def working(text):
        drawing = Drawing(moving(text))
        return {
            end
            for end in ("near_hand", "far_hand", "near_foot", "far_foot")
            if drawing.role(end) is Role.WORK
        }

    assert working(REACH) == {"near_foot", "far_hand"}
    assert working(ARM) == {"near_hand"}
    assert working(BRIDGE) == set()  # the feet stay
    assert working(MARCH) == {"near_foot", "far_foot"}


def test_a_trunk_works_where_it_moves_and_no_limb_does():
    assert Drawing(moving(BRIDGE)).role(WORKING_TRUNK) is Role.WORK
    assert Drawing(moving(REACH)).role(WORKING_TRUNK) is Role.BODY
    bowing = moving(BOW)
    assert [Drawing(bowing).role(each) for each in (WORKING_TRUNK, "far_foot")] == [Role.WORK, Role.FAR]
    told = moving(BOW.replace("  poses", "  works: [near_foot]\n  poses"))
    assert [Drawing(told).role(each) for each in (WORKING_TRUNK, "near_foot")] == [Role.BODY, Role.WORK]


def test_all_of_a_motion_is_inside_its_extent():
    for text in (BRIDGE, REACH, MARCH, ARM):
        drawing = Drawing(moving(text))
        left, bottom, right, top = drawing.extent
        for posed in drawing.motion.samples(20):
            for stroke in drawing.strokes(posed):
                for at in stroke.points:
                    assert left <= at.real <= right
                    assert bottom <= at.imag <= top


def test_the_way_that_is_drawn_is_that_of_what_goes_farthest():
    assert Drawing(moving(ARM)).path[-1].real < Drawing(moving(ARM)).path[0].real - 40
    bridge = Drawing(moving(BRIDGE))
    assert bridge.path[-1] == moving(BRIDGE).at(0, 1.0).points["hips"]
