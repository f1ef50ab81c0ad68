"""Each fault of a figure is found, and told where it is written."""

import pytest
from figure.figures import ARM, BRIDGE, MARCH, REACH, SIDE_BEND, SIDE_PLANK, exercise_with, moving

from voicecoach.errors import RoutineError
from voicecoach.figure.check import faults

WALL = """
rep: lean 2s, back 2s
figure:
  from: standing
  stay: {stay}
  position: {{arms: 0}}
  poses:
    lean: {{{lean}, feet: 0}}
  props: {{wall: hands}}
"""
FAULTS = {
    "hips: 20 cm under the floor": BRIDGE.replace("203", "155"),
    "near foot: 12 cm away from where it is held": BRIDGE.replace(
        "{trunk: 203, head: 172}", "{reach: {near_foot: [95, 0]}}"
    ),
    "near shin: bent by -30 degrees": MARCH.replace("near_shin: -90", "near_shin: 30"),
    "near upper arm: bent by 200 degrees": ARM.replace("left_arm: 180", "left_arm: 70"),
    "the body moves": BRIDGE.replace("    lift:", "    hold: {trunk: 190}\n    lift:"),
    "head: 59 cm in the wall": WALL.format(stay="[hands]", lean="trunk: 40, legs: 220"),
    "near hand: 23 cm away from the wall": WALL.format(stay="[]", lean="trunk: 100, legs: 280"),
}
MISTAKES = {
    "'flat' is not known here": "figure: {from: flat}",
    "'from' is missing": "figure: {poses: {}}",
    "prone is not drawn from that view": "figure: {from: prone, view: front}",
    "unknown key 'near_tigh'": "figure: {from: prone, position: {near_tigh: 4}}",
    "'north' is not a direction": "figure: {from: prone, position: {trunk: north}}",
    "600 degrees": "figure: {from: prone, position: {trunk: 600}}",
    "toward 3": "figure: {from: prone, position: {trunk: 60 toward 3}}",
    "'nose' is not a point of the body": "figure: {from: prone, anchor: nose}",
    "'knees' is not the end of a limb": "figure: {from: prone, stay: [knees]}",
    "'sofa' is not known here": "figure: {from: prone, props: {sofa: hips}}",
    "a list is not a place": "figure: {from: prone, position: {move: [1]}}",
    "'near_knee' is a point and has no direction": "figure: {from: prone, position: {near_knee: 4}}",
    "'toes' is not a point of the body": "figure: {from: prone, anchor: toes}",
    "900 centimetres": "figure: {from: prone, position: {move: [1, 900]}}",
    "no phase of the rep is called 'lift'": "figure: {from: prone, poses: {lift: {trunk: 4}, up: {}}}",
    "'up' moves, and has no pose": "figure: {from: prone, poses: {down: {trunk: 4}}}",
    "a rep is drawn on the side that the coach names": (
        "figure: {from: prone, alternates: true, poses: {up: {}}}"
    ),
    "poses for 13 phases": f"figure: {{from: prone, poses: {dict.fromkeys(map(str, range(13)))}}}",
    "a list does not say where each phase ends": "figure: {from: prone, poses: [{trunk: 4}]}",
    "a list does not say what is touched": "figure: {from: prone, props: [mat]}",
    "0 poses in a phase": "figure: {from: prone, poses: {up: []}}",
    "5 is not a figure": "figure: 5",
}
REMEDIES = {
    "the part that moves it, such as near_thigh": "position: {near_knee: 4}",
    "near_toes or far_toes": "anchor: toes",
    "head, neck, shoulders, chest, waist, hips, or one of a side, such as near_hand or far_knee": (
        "path: nose"
    ),
}
VARIED = {
    "5 is not a figure": "5",
    "nothing is drawn otherwise": "{}",
    "'view' does not belong here": "{view: front}",
    "'sofa' is not known here": "{props: {sofa: hips, mat: false}}",
    "5 does not say what is touched": "{props: 5}",
    "unknown key 'near_tigh'": "{position: {near_tigh: 4}}",
    "no phase of the rep is called 'drop'": "{poses: {drop: {trunk: 4}}}",
    "'lift' moves, and has no pose": "{from: prone}",
    "a rep is drawn on the side that the coach names": "{alternates: true}",
}
"""Mistakes in the figure of a variation of the bridge."""


@pytest.mark.parametrize("wrong", FAULTS)
def test_what_no_body_can_do_is_found(wrong):
    assert wrong in [fault.wrong for fault in faults(moving(FAULTS[wrong]))]


@pytest.mark.parametrize("text", [BRIDGE, REACH, MARCH, ARM, SIDE_BEND, SIDE_PLANK])
def test_what_a_body_can_do_is_right(text):
    assert faults(moving(text)) == []


@pytest.mark.parametrize("wrong", MISTAKES)
def test_a_mistake_in_a_figure_is_told_at_its_line(wrong):
    with pytest.raises(RoutineError) as raised:
        exercise_with(f"rep: up 2s, down 2s\n{MISTAKES[wrong]}\n")
    assert [(each.line, each.wrong) for each in raised.value.problems] == [(3, wrong)]


@pytest.mark.parametrize("remedy", REMEDIES)
def test_a_mistake_in_a_figure_is_told_with_what_is_expected(remedy):
    with pytest.raises(RoutineError) as raised:
        exercise_with(f"rep: up 2s, down 2s\nfigure: {{from: prone, {REMEDIES[remedy]}}}\n")
    assert [each.expected for each in raised.value.problems] == [remedy]


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("wrong", VARIED)
def test_a_mistake_in_the_figure_of_a_variation_is_told_at_its_line(wrong, listed):
    told = (
        f"- text: Lift less.\n    figure: {VARIED[wrong]}"
        if listed
        else f"text: Lift less.\n  figure: {VARIED[wrong]}"
    )
    with pytest.raises(RoutineError) as raised:
        exercise_with(f"{BRIDGE}easier:\n  {told}\n")
    assert [(each.line, each.wrong) for each in raised.value.problems] == [(11, wrong)]


def test_a_part_of_a_figure_needs_one_to_be_a_part_of():
    varied = "easier:\n  text: Lift less.\n  figure: {position: {trunk: 190}}\n"
    with pytest.raises(RoutineError, match="the exercise has no figure of which this is a part"):
        exercise_with(f"rep: up 2s, down 2s\n{varied}")
    with pytest.raises(RoutineError) as raised:
        exercise_with(f"{BRIDGE.replace('hook_lying', 'flat')}{varied}")
    assert [each.wrong for each in raised.value.problems] == ["'flat' is not known here"]


CHANGE = "{poses: {lift: {trunk: 190}}}"


def test_a_rep_that_is_no_rep_is_the_only_mistake():
    with pytest.raises(RoutineError) as raised:
        exercise_with(
            BRIDGE.replace("lower 3s", "3 x 3s")
            + f"pace: self\nreps: 3\neasier:\n  text: Less.\n  figure: {CHANGE}\n"
        )
    assert [(each.line, each.wrong) for each in raised.value.problems] == [
        (3, "'3 x 3s' is not a phase of a rep")
    ]
