"""What is left of an interrupted session."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.app.resume import as_it_became, key, left_out, past, resumed, works
from voicecoach.journal.records import Course, SetDone, VariationInBlock
from voicecoach.routine.model import Do, Exercise, Pace, Phase, PhaseKind, Rest, Routine, Say, Sides, Wait
from voicecoach.session.listener import Ending
from voicecoach.timeline.expand import Settings, expand, expand_exercise
from voicecoach.timeline.steps import Work

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REP = (Phase(name="lift", seconds=2), Phase(name="lower", seconds=2, kind=PhaseKind.LOWER))


def exercise(name, **how):
    return Exercise(name=name, rep=REP, **{"reps": (3, 3), **how})


BRIDGE = exercise("Bridge")
DOG = exercise("Dog", sides=Sides.EACH)
PYRAMID = exercise("Pyramid", reps=(8, 6, 4))


def planned(*steps):
    done = tuple(Do(exercise=each) if isinstance(each, Exercise) else each for each in steps)
    return expand(Routine(id="x", name="X", steps=done, path=Path("x")), Settings())


def done(work, ending=Ending.DONE):
    return SetDone(
        exercise=work.exercise.key,
        set_number=work.set_number,
        sets=work.sets,
        block=work.block,
        side=work.side,
        reps=work.reps,
        reps_planned=work.reps,
        seconds=9.0,
        ending=ending,
        at=NOW,
    )


def sheet(steps):
    """One word a step, for comparing."""
    return [
        f"{type(step).__name__} {step.block}.{step.set_number}{step.side[:1]}"
        if isinstance(step, Work)
        else type(step).__name__
        for step in steps
    ]


def after(steps, count, ending=Ending.DONE):
    """What is left when so many sets were left, the last one with ``ending``."""
    heard = works(steps)[:count]
    return resumed(steps, [*map(done, heard[:-1]), done(heard[-1], ending)])


def test_nothing_done_is_the_whole_session():
    steps = planned(BRIDGE, DOG)
    assert resumed(steps, []) is steps


def test_it_goes_on_at_the_next_set_which_is_explained_again():
    steps = planned(BRIDGE, DOG)
    left = after(steps, 1)
    assert sheet(left)[:4] == ["LeadIn", "Intro", "Briefing", "Work 1.2"]
    assert left[2].going_on
    assert left[1].resumes_at == left[3]
    assert left[4:] == steps[6:]


def test_the_other_side_of_a_set_is_left():
    left = after(planned(BRIDGE, DOG), 3)
    assert sheet(left)[2:7] == [
        "Briefing",
        "Work 2.1right",
        "RestStep",
        "Work 2.2left",
        "ChangeSides",
    ] or sheet(left)[2:7] == ["Briefing", "Work 2.1r", "RestStep", "Work 2.2l", "ChangeSides"]
    assert left[2].side == "right"


def test_after_an_exercise_comes_the_next_without_the_rest_before_it():
    steps = planned(BRIDGE, Rest(seconds=30), DOG)
    left = after(steps, 2)
    assert sheet(left)[1:4] == ["Intro", "Briefing", "Work 2.1l"] or sheet(left)[1:4] == [
        "Intro",
        "Briefing",
        "Work 3.1l",
    ]
    assert not left[2].going_on


def test_a_circuit_knows_its_rounds_apart():
    steps = planned(BRIDGE, DOG, BRIDGE)
    left = after(steps, 6)
    assert sheet(left) == ["LeadIn", "Intro", "Briefing", "Work 3.1", "RestStep", "Work 3.2", "Outro"]
    assert left[2].again


def test_a_pyramid_goes_on_with_its_own_reps():
    assert [each.reps for each in works(after(planned(PYRAMID), 1))] == [6, 4]


def test_own_pace_goes_on_too():
    steps = planned(exercise("Walk", pace=Pace.SELF), BRIDGE)
    assert [key(each) for each in works(after(steps, 1))] == [(1, 2, ""), (2, 1, ""), (2, 2, "")]


def test_what_was_said_and_fetched_before_is_past_and_the_rest_stays():
    steps = planned(Say(text="One."), BRIDGE, Say(text="Two."), Wait(what="Your strap", limit=5), DOG)
    left = after(steps, 1)
    assert [each.title for each in left if type(each).__name__ in {"SayStep", "WaitStep"}] == [
        "Two.",
        "Your strap",
    ]


def test_a_set_in_which_the_session_was_stopped_begins_again_and_a_skipped_one_does_not():
    steps = planned(BRIDGE)
    assert [each.set_number for each in works(after(steps, 1, Ending.STOPPED))] == [1, 2]
    assert [each.set_number for each in works(after(steps, 1, Ending.SKIPPED))] == [2]


def test_what_hurt_does_not_come_again():
    left = after(planned(BRIDGE, DOG, BRIDGE, PYRAMID), 1, Ending.HURT)
    assert {each.title for each in works(left)} == {"Dog", "Pyramid"}
    assert sheet(left).count("RestStep") == 4
    (between,) = [step for step in left if type(step).__name__ == "RestStep" and not step.next_set]
    assert between.next_exercise == PYRAMID


def test_a_skipped_exercise_stays_skipped():
    steps = planned(BRIDGE, PYRAMID, DOG)
    first, *_, last = works(steps)
    assert works(resumed(steps, [done(first), done(works(steps)[5])]))[0].block == 3
    assert works(resumed(steps, [done(first), done(last)])) == []


def test_when_every_set_was_done_only_the_end_is_left():
    assert sheet(after(planned(BRIDGE), 2)) == ["LeadIn", "Outro"]


def test_another_form_counts_for_what_was_planned():
    """One without sides was done in the place of one that has them."""
    steps = planned(DOG)
    easier = SetDone(
        exercise="easier",
        written="dog",
        set_number=1,
        sets=2,
        block=1,
        reps=3,
        reps_planned=3,
        seconds=9.0,
        ending=Ending.DONE,
        at=NOW,
    )
    assert [key(each) for each in works(resumed(steps, [easier]))] == [(1, 2, "left"), (1, 2, "right")]


def test_before_the_first_set_what_was_reached_counts():
    steps = planned(Say(text="One."), BRIDGE, Say(text="Two."), DOG)
    left = resumed(steps, [], Course(block=3))
    assert sheet(left)[:4] == ["LeadIn", "Intro", "SayStep", "Briefing"]
    assert {each.title for each in works(left)} == {"Dog"}
    assert left[1].resumes_at == works(left)[0]


def test_at_the_very_beginning_nothing_is_left_out():
    steps = planned(BRIDGE, DOG)
    assert resumed(steps, [], Course(block=1)) == steps


def test_what_hurt_is_over_and_counts_as_planned_only_as_far_as_it_was_done():
    steps = planned(BRIDGE, DOG, BRIDGE)
    sets, course = [done(works(steps)[0])], Course(block=1, over=((1, "Bridge"),))
    assert {each.title for each in works(resumed(steps, sets, course))} == {"Dog"}
    assert past(steps, sets, course) == (works(steps)[0],)


def became(steps, course, *forms):
    """``steps`` as the person changed them, with a library of ``forms``."""
    found = {each.key: each for each in forms}
    return as_it_became(
        steps,
        course,
        found.get,
        lambda block, exercise, posture: expand_exercise(block, exercise, Settings(), posture),
    )


def test_a_form_takes_the_place_of_an_exercise_in_as_many_sets_and_is_announced():
    steps = planned(DOG, PYRAMID, BRIDGE)
    course = Course(block=1, forms=(VariationInBlock(2, "Pyramid", "Dog"),))
    changed = became(steps, course, DOG)
    assert [key(each) for each in works(changed) if each.block == 2] == [
        (2, number, side) for number in (1, 2, 3) for side in ("left", "right")
    ]
    assert [each.next_exercise.key for each in changed if getattr(each, "next_exercise", None)] == [
        "Dog",
        "Bridge",
    ]
    assert [each for each in changed if each.block in {0, 3}] == [
        each for each in steps if each.block in {0, 3}
    ]


def test_a_form_that_is_no_longer_there_leaves_what_was_planned():
    steps = planned(DOG, PYRAMID)
    assert became(steps, Course(forms=(VariationInBlock(2, "Pyramid", "Gone"),))) == steps


def test_nothing_chosen_changes_nothing():
    steps = planned(DOG, Rest(seconds=30), PYRAMID, Say(text="Well."), BRIDGE)
    assert became(steps, Course(block=3)) == steps


exercises = st.builds(
    exercise,
    st.sampled_from(["Bridge", "Dog", "Plank"]),
    reps=st.lists(st.integers(1, 6), min_size=1, max_size=4).map(tuple),
    sides=st.sampled_from(list(Sides)),
)
others = st.sampled_from([Rest(seconds=30), Say(text="Well."), Wait(what="Your strap", limit=5)])


@given(st.lists(exercises | others, min_size=1, max_size=6), st.data())
def test_what_was_done_and_what_is_left_is_what_was_planned(steps, data):
    steps = planned(*steps)
    count = data.draw(st.integers(0, len(works(steps))))
    before = works(steps)[:count]
    left = resumed(steps, [done(each) for each in before])
    assert before + works(left) == works(steps)
    assert {key(each) for each in before} == left_out(steps, [done(each) for each in before])


@given(st.lists(exercises | others, min_size=1, max_size=6), st.data())
def test_whatever_was_done_what_is_left_is_a_session(steps, data):
    """In any order and with any ending, wherever one was and whatever hurt: no set comes twice, each is
    explained, and what is past or over does not come again.
    """
    steps = planned(*steps)
    heard = data.draw(
        st.lists(st.tuples(st.sampled_from(works(steps)), st.sampled_from(list(Ending))))
        if works(steps)
        else st.just([])
    )
    course = Course(
        block=data.draw(st.integers(0, 8)),
        over=tuple(data.draw(st.sets(st.tuples(st.integers(1, 8), st.sampled_from(["Bridge", "Dog"]))))),
    )
    sets = [done(*each) for each in heard]
    left = resumed(steps, sets, course)
    assert not {each.block for each in works(left)} & set(range(course.block))
    assert not {each.exercise.key for each in works(left)} & {name for _, name in course.over}
    assert not {key(each) for each in works(left)} & {key(each) for each in past(steps, sets, course)}
    keys = [key(each) for each in works(left)]
    assert len(set(keys)) == len(keys)
    told = {each.block for each in left if type(each).__name__ == "Briefing"}
    assert told == {each.block for each in works(left)}
    assert [each for each in works(steps) if each in works(left)] == works(left)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_resuming_twice_is_resuming_once(count):
    steps = planned(BRIDGE, DOG)
    heard = [done(each) for each in works(steps)[:count]]
    assert works(resumed(resumed(steps, heard), heard)) == works(resumed(steps, heard))
