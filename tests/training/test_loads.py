"""A load goes from one weight at hand to the next: ladders of every exercise, with any weights."""

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.routine.doses import dose_of, raised
from voicecoach.routine.files.library import Library
from voicecoach.training import limits
from voicecoach.training.ladder import Ladder

LIBRARY = Library.default()
EXERCISES = tuple(map(LIBRARY.exercise, LIBRARY.exercises()))
weights = st.sets(st.sampled_from((0.5, 1.0, 2.0, 2.26796185, 4.0, 5.0, 9.0, 16.0))).map(
    lambda found: tuple(sorted(found))
)
loads = st.sampled_from((0.0, 0.0, 1.0, 3.0))
"""What the routine has: none, or a weight that need not be in the profile."""


@given(st.sampled_from(EXERCISES), weights, loads, st.data())
def test_a_load_goes_from_one_weight_at_hand_to_the_next(exercise, weights, load, data):
    ladder = Ladder(replace(exercise, load=load, weights=weights))
    there = {0.0, load, *weights}
    dose, way = ladder.start, [ladder.start]
    while (higher := ladder.up(dose) or ladder.more_load(dose)) is not None:
        assert len(raised(dose, higher)) == 1
        if raised(dose, higher) == ("load",):
            between = [each for each in there if dose.load < each < higher.load]
            assert not between
            assert higher.load - dose.load <= limits.LOAD_STEP
            assert work(higher) < work(dose) or higher.reps == (1,) * len(dose.reps)
        dose = higher
        way.append(dose)
    assert {each.load for each in way} <= there
    top = dose
    gone = data.draw(st.sampled_from(way))
    anew = ladder.anew(gone)
    assert anew.load in there
    assert anew.load <= gone.load / 2
    while (lower := ladder.down(gone)) != gone:
        assert not raised(gone, lower)
        assert lower.load in there
        gone = lower
    assert gone.load == 0
    back = gone
    while (higher := ladder.toward(back, top, math.inf)) is not None:
        assert len(raised(back, higher)) == 1
        back = higher
    assert not raised(back, top)
    while (higher := ladder.up(gone) or ladder.more_load(gone)) is not None:
        gone = higher
    assert (gone.load, gone.duration, gone.hold) == (top.load, top.duration, top.hold)


@given(st.sampled_from(EXERCISES), weights)
def test_an_exercise_that_takes_no_load_gets_none(exercise, weights):
    plain = replace(exercise, load=None, weights=weights)
    assert Ladder(plain).more_load(dose_of(plain)) is None


def test_a_goal_with_a_load_is_the_last_of_it():
    exercise = replace(LIBRARY.exercise("good_morning_backpack"), load=0.0, weights=(1.0, 2.0, 5.0))
    ladder = Ladder(replace(exercise, goal=replace(exercise.goal, load=2.0)))
    assert ladder.more_load(dose_of(exercise)).load == 1
    assert ladder.more_load(replace(dose_of(exercise), load=1.0)).load == 2
    assert ladder.more_load(replace(dose_of(exercise), load=2.0)) is None


def work(dose):
    return sum(dose.reps) * (dose.hold or 1) * (dose.duration or 1)
