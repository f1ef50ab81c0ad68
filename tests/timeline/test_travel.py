"""Getting from one exercise to the next: the time it takes, the way down and up, and what stays as it is."""

from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Posture, Routine, Sides, Wait
from voicecoach.routine.phase import Phase
from voicecoach.timeline.briefings import TO_MOVE
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, ChangeSides, Coaching, Outro, RestStep, WaitStep, works
from voicecoach.timeline.transitions import retraced
from voicecoach.timeline.travel import posture_seconds, way

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
LYING = (Posture.PRONE, Posture.SIDE_LYING, Posture.SUPINE)
FEET = (Posture.STANDING, Posture.SITTING)
LIFT = Exercise(name="Lift", rep=(Phase(name="lift", seconds=2),), leaving="Put the ball aside.")
POSITION = {
    Posture.SUPINE: ("Lie on your back on the mat.", "Bend both knees."),
    Posture.PRONE: ("Lie on your front on the mat.", "Legs straight."),
    Posture.STANDING: ("Stand on the floor.", "Soften your knees."),
}


def lift(posture, *things, **what):
    position = POSITION.get(posture, ("Sit.",))
    return replace(LIFT, **{"posture": posture, "position": position, "equipment": things, **what})


def planned(*steps, **chosen):
    done = tuple(Do(exercise=each) if isinstance(each, Exercise) else each for each in steps)
    return expand(Routine(id="x", name="X", steps=done, path=Path("x")), Settings(**chosen))


def briefings(*steps, **chosen):
    return [each for each in planned(*steps, **chosen) if isinstance(each, Briefing)]


def said(step):
    return [getattr(event, "text", "") for event in compile_step(0, step, KIT).events]


def test_rolling_over_takes_15_s_and_getting_to_the_floor_or_up_20_s_or_more():
    for one, other in product(Posture, Posture):
        seconds = posture_seconds(one, other)
        if one is other:
            assert seconds == 3
        elif one in LYING and other in LYING:
            assert seconds >= 15
        elif (one in FEET and other in LYING) or (other in FEET and one in LYING):
            assert seconds >= 25
        else:
            assert seconds >= 10
        # Getting up is never quicker than getting down.
        if one in LYING and other not in LYING:
            assert seconds >= posture_seconds(other, one)
    assert posture_seconds(None, Posture.SUPINE) == posture_seconds(Posture.STANDING, Posture.SUPINE)
    assert posture_seconds(Posture.SUPINE, None) == 0


@pytest.mark.parametrize(
    ("one", "other", "seconds"),
    [
        (("supine", "mat"), ("prone", "mat", "towel"), 25),
        (("supine", "mat"), ("supine", "mat", "strap"), 23),
        (("supine", "mat", "strap"), ("supine", "mat", "strap"), 3),
        (("standing", "ball", "wall"), ("supine", "mat", "ball"), 35),
        (("standing",), ("standing", "wall"), 8),
    ],
)
def test_what_is_fetched_or_put_on_takes_time(one, other, seconds):
    pair = (lift(Posture(posture), *things) for posture, *things in (one, other))
    assert briefings(*pair)[1].travel == seconds


def test_every_change_between_feet_knees_and_lying_has_a_way_in_full_and_in_short():
    needed = {(one, other) for one, other in product(Posture, Posture) if way(one, other)}
    for one, other in product(FEET, set(Posture) - set(FEET)):
        assert {(one, other), (other, one)} <= needed
    assert not needed & {*product(FEET, FEET), *((each, each) for each in Posture)}
    for one, other in needed:
        full, short = (
            " ".join(KIT.phrases.all_of(f"{way(one, other)}.{form}")) for form in ("full", "short")
        )
        assert len(short) < len(full)
        if other is Posture.STANDING:
            assert all("stand still for one breath" in each.casefold() for each in (full, short))
    rolls = [way(one, Posture.STANDING) for one in (Posture.SUPINE,)]
    assert all("roll onto your side" in KIT.phrases(f"{each}.short").casefold() for each in rolls)


def test_a_way_is_told_in_full_once_and_only_while_much_is_explained():
    stand, lie = lift(Posture.STANDING), lift(Posture.SUPINE)
    up_and_down = (stand, lie, stand, lie)
    full = briefings(*(replace(each, name=f"Lift {n}") for n, each in enumerate(up_and_down)))
    ways = [(each.way, each.way_in_full) for each in full]
    assert ways == [("", False), ("way.down", True), ("way.up_from_back", True), ("way.down", False)]
    short = briefings(*up_and_down, coaching=Coaching.SHORT)
    assert not any(each.way_in_full for each in short)
    assert any("onto one side" in text for text in said(full[1]))
    assert any("one knee at a time" in text for text in said(short[1]))


def test_the_way_says_where_it_leads_and_leaves_time_for_each_step():
    side = replace(lift(Posture.SIDE_LYING, sides=Sides.EACH), position=("Lie on your {side} side.",))
    kneeling = lift(Posture.HANDS_AND_KNEES)
    _, over, _, down, _ = briefings(
        lift(Posture.SUPINE),
        side,
        kneeling,
        replace(side, name="Side"),
        lift(Posture.PRONE),
        coaching=Coaching.SHORT,
    )
    assert "Roll slowly onto your left side." in said(over)
    assert "Lower yourself onto your left side." in said(down)
    first = briefings(kneeling)[0]
    says = [
        event
        for event in compile_step(0, first, KIT).events
        if event.text in phrases.load().all_of(f"{first.way}.full")
    ]
    ends = [event.end for event in says]
    assert len(says) == 2
    assert all(event.frame - end >= TO_MOVE for end, event in zip(ends, says[1:], strict=False))


@pytest.mark.parametrize(
    ("posture", "order"),
    [
        (
            Posture.SUPINE,
            ["way", "Why.", "Lie on your back on the mat.", "Bend both knees.", "Move.", "Feel."],
        ),
        (Posture.HANDS_AND_KNEES, ["Why.", "Move.", "Feel.", "way", "Come.", "Hands."]),
    ],
)
def test_a_tiring_position_is_taken_up_when_all_is_explained(posture, order):
    position = POSITION.get(posture, ("Come.", "Hands."))
    known = lift(posture, why="Why.", position=position, feel="Feel.", movement="Move.")
    step = briefings(known)[0]
    way_there = set(KIT.phrases.all_of(f"{step.way}.full"))
    places = {text: place for place, text in reversed(list(enumerate(said(step))))}
    places["way"] = min(places[text] for text in way_there)
    assert sorted(order, key=places.__getitem__) == order
    told = said(briefings(replace(known, poised=True))[0])
    assert told.index(position[-1]) > told.index("One rep.") > told.index("Move.")


def test_who_turns_over_is_told_onto_which_side():
    side = lift(Posture.SIDE_LYING, sides=Sides.EACH, position=("Lie on your {side} side.",))
    thigh = lift(Posture.SIDE_LYING, sides=Sides.EACH, position=("Lie on your {other} side.",), name="Thigh")
    _, over = briefings(side, thigh, coaching=Coaching.SHORT)
    assert over.way == ""
    first, again = briefings(thigh, replace(side, name="Side"), coaching=Coaching.SHORT)
    assert "Get down to the floor, one knee at a time, and onto your right side." in said(first)
    assert "Roll slowly onto your left side." not in said(again), "the second side of the thigh is done on it"
    _, across = briefings(side, replace(side, name="Again"), coaching=Coaching.SHORT)
    assert "Roll slowly onto your left side." in said(across)


def test_a_change_of_the_side_one_lies_on_says_how_to_turn_over():
    side = lift(
        Posture.SIDE_LYING,
        sides=Sides.EACH,
        position=("Lie on your {side} side.", "Elbow under the {side} shoulder."),
        changing="Take your elbow away.",
    )
    (change,) = (each for each in planned(side) if isinstance(each, ChangeSides))
    assert said(change)[1:4] == [
        "Take your elbow away.",
        "Bend your knees, and roll slowly over your back onto your right side.",
        "Elbow under the right shoulder.",
    ]


def test_one_gets_up_after_the_last_exercise_from_wherever_one_is():
    for posture in Posture:
        for coaching in Coaching:
            outro = planned(lift(posture), coaching=coaching)[-1]
            assert isinstance(outro, Outro)
            texts = " ".join(said(outro)).casefold()
            assert "put the ball aside" in texts
            assert ("stand still for one breath" in texts) is (posture not in FEET)


def test_who_lies_there_already_stays():
    back, front = lift(Posture.SUPINE), lift(Posture.PRONE, name="Other")
    second = replace(back, name="Second")
    told = briefings(back, second, front, replace(front, name="Last", leg_rule=True))
    assert [each.stays for each in told] == [False, True, False, True]
    assert "Stay on your back." in said(told[1])
    assert "Lie on your back on the mat." not in said(told[1])
    assert "Bend both knees." in said(told[1])
    assert "Stay on your front." in said(told[3])
    elsewhere = replace(second, position=("Lie on your back with your head at the door.",))
    assert said(briefings(back, elsewhere)[1]).count("Stay on your back.") == 0
    # Who fetched something, or came off a ball, may be anywhere.
    assert not briefings(back, Wait(what="Fetch a towel"), second)[1].stays
    ball = replace(back, equipment=("ball",))
    assert not briefings(ball, second)[1].stays


def test_when_little_is_explained_the_first_sentence_that_says_more_than_the_posture_is_told_too():
    back = lift(Posture.SUPINE, position=("Lie on your back on the mat.", "Bend both knees.", "Head down."))
    wall = lift(Posture.STANDING, position=("Stand facing a wall.", "Bend your elbows."), name="Wall")
    told = briefings(back, replace(back, name="Second"), wall, coaching=Coaching.SHORT)
    texts = [" ".join(said(each)) for each in told]
    assert "Lie on your back on the mat. Bend both knees." in texts[0]
    assert "Stay on your back. Bend both knees." in texts[1]
    assert "Stand facing a wall." in texts[2]
    assert not any(each in text for text in texts for each in ("Head down.", "Bend your elbows."))


def test_who_lies_on_a_side_stays_only_for_the_same_side():
    side = lift(Posture.SIDE_LYING, sides=Sides.EACH, position=("Lie on your {side} side on the mat.",))
    told = briefings(side, replace(side, name="Second"))
    assert (told[1].side, told[1].stays, told[1].travel) == ("left", False, 15)
    left = replace(side, sides=Sides.SWAP, reps=(1,))
    other = replace(left, name="Other", position=("Lie on your {other} side on the mat.",))
    told = briefings(left, replace(left, name="Again"), other)
    assert [(each.side, each.stays, each.travel) for each in told] == [
        *(("left", False, 25), ("left", True, 3), ("left", False, 15)),
    ]
    assert "Stay on your left side." in said(told[1])
    right = briefings(side, replace(side, name="Second", sides=Sides.BOTH, position=()))
    assert (right[1].side, right[1].travel) == ("", 15)


def test_one_is_told_how_to_leave_only_when_something_else_follows():
    ball = lift(Posture.SUPINE, "mat", "ball")
    other = replace(ball, name="Other")
    floor = lift(Posture.SUPINE, "mat", name="Floor")
    rests = [each for each in planned(ball, other, floor) if isinstance(each, RestStep)]
    assert [each.resting for each in rests] == ["", "Put the ball aside."]
    assert "Put the ball aside." in said(rests[1])
    assert "Ten seconds. Get back into position." not in said(rests[1])
    waiting = planned(ball, Wait(what="Ready"), floor)
    assert next(each.leaving for each in waiting if isinstance(each, WaitStep)) == "Put the ball aside."


def test_a_change_of_sides_between_sets_has_the_time_of_one():
    side = lift(Posture.SIDE_LYING, sides=Sides.SWAP, reps=(2, 1), rest=5, change=15)
    (rest,) = (each for each in planned(side) if isinstance(each, RestStep) and each.next_set)
    assert (rest.seconds, rest.side) == (15, "right")
    assert not any(isinstance(each, ChangeSides) for each in planned(side))


def test_what_was_worked_out_once_stays_the_same():
    steps = planned(
        lift(Posture.SUPINE, "ball"), lift(Posture.STANDING), lift(Posture.PRONE, sides=Sides.EACH)
    )
    assert works(steps)
    assert all(one is other for one, other in zip(steps, retraced(steps), strict=True))
    assert all(one.block <= other.block for one, other in pairwise(steps))
