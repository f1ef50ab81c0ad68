"""What physiotherapists write on paper is read as they mean it, or one message shows what works."""

from pathlib import Path

import pytest

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.model import Rest

SHIPPED = Library((paths.shipped("routines"),))
HERE = Path("paper.yaml")


def read(steps, head=""):
    """A routine with these steps, indented as after "steps:"."""
    return read_routine(f"name: Paper\n{head}steps:\n{steps}".encode(), HERE, "paper", SHIPPED)


def step(keys, head=""):
    """The exercise of a routine that has one, from lines of keys."""
    lines = "\n    ".join(keys.strip().splitlines())
    (exercise,) = read(f"  - {lines}\n", head).exercises
    return exercise


def told(keys, head=""):
    """The problems of a routine with one exercise, without their places."""
    with pytest.raises(RoutineError) as error:
        step(keys, head)
    return [f"{each.wrong}; {each.expected}" for each in error.value.problems]


def test_a_dose_is_another_name_of_reps():
    assert step("exercise: glute_bridge\ndose: 2 x 10") == step("exercise: glute_bridge\nreps: 2 x 10")
    assert step("exercise: Wall sit\ndose: 5 x 30s").set_seconds == (30.0,) * 5
    assert told("exercise: glute_bridge\ndose: 2 x 10\nreps: 12") == [
        "'reps' means the same as 'dose', which is here too; keep one of the two"
    ]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("60-90s", 90.0),
        ("1 to 2 min", 120.0),
        ("30 s \u2013 1 min between sets", 60.0),
        ("[45s, 60-90s]", 45.0),
    ],
)
def test_of_a_range_the_longer_rest_is_taken(written, seconds):
    exercise = step(f"exercise: glute_bridge\nreps: 2 x 10\nrest: {written}")
    assert exercise.rest == seconds
    assert exercise.rests == ((45.0, 90.0) if "[" in written else ())


def test_a_rest_between_exercises_may_be_a_range_too():
    assert read("  - cat_camel\n  - rest: 60-90s\n  - cat_camel\n").steps[1] == Rest(seconds=90.0)
    with pytest.raises(RoutineError, match="the shorter before the longer"):
        read("  - cat_camel\n  - rest: 90-60s\n  - cat_camel\n")


@pytest.mark.parametrize(
    ("dose", "reps", "goal", "seconds", "most"),
    [
        ("3 x 15-30s each side", 3, 3, 15.0, 30.0),
        ("5 x 30-45s", 5, 5, 30.0, 45.0),
        ("30-45s", 1, 1, 30.0, 45.0),
    ],
)
def test_a_range_of_seconds(dose, reps, goal, seconds, most):
    exercise = step(f"exercise: Balance\nposition: Stand.\ndose: {dose}")
    assert (len(exercise.reps), exercise.duration) == (reps, seconds)
    assert (len(exercise.goal.reps), exercise.goal.duration) == (goal, most)


@pytest.mark.parametrize(
    ("dose", "reps", "goal"),
    [
        ("8-10", (8,), (10,)),
        ("3 x 8-10", (8, 8, 8), (10, 10, 10)),
        ("2-3 x 8-10 each side", (8, 8), (10, 10, 10)),
        ("2-3 sets of 8-10", (8, 8), (10, 10, 10)),
    ],
)
def test_a_range_of_reps_and_of_sets(dose, reps, goal):
    exercise = step(f"exercise: Step-down\ntempo: 3-1-3\ndose: {dose}")
    assert (exercise.reps, exercise.goal.reps) == (reps, goal)
