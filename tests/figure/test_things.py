"""The things in a picture stand where the body touches them, or at their place."""

import json

import pytest
from figure.figures import moving

from voicecoach.errors import RoutineError
from voicecoach.figure.drawing import Drawing
from voicecoach.figure.strokes import Role, Stroke
from voicecoach.plain import plain, read
from voicecoach.routine.figure import Figure

BOW = """
rep: bow 2s, rise 2s
figure:
  from: standing
  anchor: hips
  stay: [feet]
  position: {POSITION}
  poses:
    bow: {trunk: 40, move: [-20, -6]}
  props: {PROPS}
"""


def _things(position: str, props: str, from_: str = "standing") -> list[Stroke]:
    text = (
        BOW.replace("{POSITION}", position)
        .replace("{PROPS}", props)
        .replace("from: standing", f"from: {from_}")
    )
    drawing = Drawing(moving(text))
    return [each for each in drawing.strokes(drawing.motion.position) if each.role is Role.PROP]


def test_a_thing_that_nothing_touches_stands_at_its_place() -> None:
    (wall,) = _things("{}", "{wall: [-30, 0]}")
    assert {at.real for at in wall.points} == {-32.5}
    (step,) = _things("{}", "{step: [48, 18]}")
    assert max(at.imag for at in step.points) + step.width / 2 == pytest.approx(18)


def test_fingertips_touch_a_wall_and_do_not_go_through_it() -> None:
    (wall,) = _things("{upper_arms: 0, forearms: 0, hands: 0}", "{wall: hands}")
    assert wall.points[0].real - wall.width / 2 == pytest.approx(30 + 25 + 12 + 3)
    (flat,) = _things("{upper_arms: 0, forearms: 0, hands: 90}", "{wall: hands}")
    assert flat.points[0].real - flat.width / 2 == pytest.approx(30 + 25 + 3.5)


def test_a_rail_is_under_the_hand_that_holds_it() -> None:
    rail, *posts = _things("{reach: {far_hand: [20, 95]}}", "{rail: far_hand}")
    assert {at.imag + rail.width / 2 for at in rail.points} == {95}
    assert {post.points[-1].imag for post in posts} == {0}


def test_a_chair_is_leant_on_and_has_arms_for_the_hands() -> None:
    seat, *_, back = _things("{trunk: 98}", "{chair: hips chest}", "sitting")
    chest = moving(
        BOW.replace("{POSITION}", "{trunk: 98}").replace("{PROPS}", "{}").replace("standing", "sitting")
    )
    at = chest.position.points["chest"]
    low, high = back.points
    touched = low.real + (high.real - low.real) * (at.imag - low.imag) / (high.imag - low.imag)
    assert touched + back.width / 2 == pytest.approx(at.real - 8.5)
    assert seat.points[0].real == low.real
    arm = _things("{reach: {hands: [10, 68]}}", "{chair: hips near_hand}", "sitting")[-1]
    assert arm.points[0].imag + arm.width / 2 == pytest.approx(68)


def test_a_position_stands_on_a_cushion_as_high_as_it_is_moved() -> None:
    (cushion,) = _things("{move: [0, 8]}", "{cushion: near_foot}")
    assert cushion.width == pytest.approx(8)
    assert cushion.points[1].real - cushion.points[0].real > 20  # a whole foot


def test_a_pack_is_hugged_in_front_of_the_chest_or_worn_on_the_back() -> None:
    (hugged,) = _things("{}", "{backpack: chest}")
    (worn,) = _things("{}", "{backpack: shoulders}")
    assert min(at.real for at in hugged.points) > 10
    assert max(at.real for at in worn.points) < -10


def test_the_end_of_a_stick_across_the_back_is_before_the_near_hand() -> None:
    drawing = Drawing(moving(BOW.replace("{POSITION}", "{}").replace("{PROPS}", "{stick: shoulders}")))
    assert drawing.strokes(drawing.motion.position)[-1].role is Role.PROP


def test_a_place_is_told_by_two_numbers() -> None:
    with pytest.raises(RoutineError, match="not a place"):
        _things("{}", "{wall: [3]}")


def test_an_interrupted_session_keeps_the_places_of_things() -> None:
    figure = moving(
        BOW.replace("{POSITION}", "{}").replace("{PROPS}", "{wall: [-30, 0], chair: hips}")
    ).figure
    kept = json.dumps(plain(figure), default=plain)
    assert read(Figure, json.loads(kept)) == figure


def test_a_blanket_lies_on_the_seat() -> None:
    seat, *_ = _things("{}", "{chair: hips}", "sitting")
    *_, blanket = _things("{}", "{chair: hips, cushion: hips}", "sitting")
    assert blanket.points[0].imag + blanket.width / 2 == seat.points[0].imag + seat.width / 2
    assert blanket.width == 9


def test_a_stick_that_is_seen_end_on_is_a_dot() -> None:
    drawing = Drawing(moving(BOW.replace("{POSITION}", "{}").replace("{PROPS}", "{stick: hips hips}")))
    (stick,) = (each for each in drawing.strokes(drawing.motion.position) if each.role is Role.PROP)
    assert len(set(stick.points)) == 1


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ("{wall: true}", "true does not say where the wall is; a point of the body, or a place such as"),
        ("{chair_back: ''}", "where the chair back is; a point of the body, or a place"),
        ("{stick: [30, 0]}", "where the stick is; a point of the body, or more"),
        ("{strap: near_hand}", "where the strap is; two points of the body"),
        ("{mat: hips}", "where the mat is; true, as it lies below the whole body"),
    ],
)
def test_a_thing_is_where_it_can_be_drawn(props: str, message: str) -> None:
    with pytest.raises(RoutineError, match=message):
        _things("{}", props)


def test_a_weight_is_where_it_is_carried() -> None:
    hand, foot = (_things("{}", f"{{weight: {name}}}") for name in ("far_hand", "near_foot"))
    points = moving(BOW.replace("{POSITION}", "{}").replace("{PROPS}", "{}")).position.points
    assert hand[0].points == ((points["far_hand"] + points["far_fingers"]) / 2,)
    assert foot[0].points == (points["near_foot"],)


def test_a_cushion_at_a_place_is_not_on_a_chair_at_another() -> None:
    *_, cushion = _things("{}", "{chair: [-60, 45], cushion: [40, 10]}")
    assert min(at.real for at in cushion.points) > 20
