"""Rounds: how they are counted, and what is left of them when a part of a routine is chosen."""

from pathlib import Path

import pytest

from voicecoach.errors import RoutineError
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.model import Do, Rest
from voicecoach.routine.paper import sheet_as_text
from voicecoach.routine.rolled import Numbered, rolled
from voicecoach.routine.select import at_most_sets, keeping, only
from voicecoach.routine.sheet import sheet

SHIPPED = Library([])
CIRCUIT = """
name: Circuit
steps:
  - exercise: Stand
    duration: 20s
  - repeat: 3
    rest: [30s, 40s]
    steps:
      - {exercise: Row, duration: 20s}
      - repeat: 2
        steps:
          - {exercise: Squat, duration: 20s}
          - rest: 10s
      - repeat: 1
        steps:
          - {exercise: Reach, duration: 20s}
"""


def read(source):
    return read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)


def told(routine):
    """Each step with its rounds: "Row 1/3", "10 1/3 2/2"."""
    for step in routine.steps:
        what = (
            step.exercise.name
            if isinstance(step, Do)
            else f"{step.seconds:g}"
            if isinstance(step, Rest)
            else ""
        )
        yield " ".join([what, *(f"{each.number}/{each.of}" for each in step.rounds)])


def test_each_step_knows_its_rounds_and_what_is_done_once_is_in_none():
    row, squat, rest, again, reach, between = list(told(read(CIRCUIT)))[1:7]
    assert (row, squat, rest, again) == ("Row 1/3", "Squat 1/3 1/2", "10 1/3 1/2", "Squat 1/3 2/2")
    assert (reach, between) == ("10 1/3 2/2", "Reach 1/3")
    assert list(told(read(CIRCUIT)))[-6:] == [
        "Row 3/3",
        "Squat 3/3 1/2",
        "10 3/3 1/2",
        "Squat 3/3 2/2",
        "10 3/3 2/2",
        "Reach 3/3",
    ]


@pytest.mark.parametrize(
    ("sets", "left"),
    [
        (1, ["Stand", "Row", "Squat", "10", "Reach"]),
        (
            2,
            [
                "Stand",
                *(
                    "Row 1/2",
                    "Squat 1/2 1/2",
                    "10 1/2 1/2",
                    "Squat 1/2 2/2",
                    "10 1/2 2/2",
                    "Reach 1/2",
                    "30 1/2",
                ),
                *("Row 2/2", "Squat 2/2 1/2", "10 2/2 1/2", "Squat 2/2 2/2", "10 2/2 2/2", "Reach 2/2"),
            ],
        ),
        (3, list(told(read(CIRCUIT)))),
    ],
)
def test_fewer_sets_are_fewer_rounds(sets, left):
    assert list(told(at_most_sets(read(CIRCUIT), sets))) == left


def test_what_is_left_of_rounds_is_counted_anew():
    third = keeping(read(CIRCUIT), {10, 11, 12, 13})
    assert list(told(third)) == ["Row", "Squat 1/2", "10 1/2", "Squat 2/2", "10 2/2", "Reach"]
    assert [each.exercise.name for each in third.steps if isinstance(each, Do)] == [
        "Row",
        "Squat",
        "Squat",
        "Reach",
    ]
    last_two = keeping(read(CIRCUIT), {6, 10})
    assert list(told(last_two)) == ["Row 1/2", "Row 2/2"]


def test_what_is_left_of_two_groups_of_rounds_is_not_one_group():
    two = "name: Two\nsteps:\n"
    for name in ("Row", "Squat"):
        two += f"  - repeat: 3\n    steps: [{{exercise: {name}, duration: 20s}}]\n"
    assert list(told(keeping(read(two), {1, 5}))) == ["Row", "Squat"]
    assert list(told(keeping(read(two), {1, 2, 5}))) == ["Row 1/2", "Row 2/2", "Squat"]


def on_paper(source):
    return sheet_as_text(sheet(read(source), minutes=5)).split("leg.\n", 1)[1].strip()


def test_a_sheet_has_the_steps_of_rounds_once_with_the_numbers_that_the_options_take():
    assert on_paper(CIRCUIT) == (
        "1. Stand: 20s\n\n3 rounds, each of:\n\n2, 6, 10. Row: 20s\n\n2 rounds, each of:\n\n"
        "3, 4, ... 12. Squat: 20s\n\n   Rest 10s after each round.\n\nAfter these rounds:\n\n"
        "5, 9, 13. Reach: 20s\n\n   Rest 30s, then 40s between rounds."
    )
    routine, seen = read(CIRCUIT), []
    for item in rolled(routine.steps):
        for number in item.numbers if isinstance(item, Numbered) else ():
            assert only(routine, [str(number)]).exercises == (item.step.exercise,)
            seen.append(number)
    assert sorted(seen) == list(range(1, len(routine.exercises) + 1))


def test_rounds_that_are_not_alike_are_printed_one_by_one():
    part = keeping(read(CIRCUIT), {2, 3, 6, 14})
    assert sheet_as_text(sheet(part, minutes=5)).split("leg.\n", 1)[1].strip() == (
        "Round 1 of 2:\n\n1. Row: 20s\n\n2. Squat: 20s\n\n   Rest 10s.\n\nRound 2 of 2:\n\n3. Row: 20s"
    )


def test_every_minute_on_the_minute_can_be_written_as_people_say_it():
    source = "name: X\nsteps:\n  - repeat: EMOM 3\n    steps: [{exercise: Row, reps: 5, pace: self}]\n"
    rounds = [each for step in read(source).steps for each in step.rounds]
    assert [(each.number, each.of, each.every) for each in rounds] == [(1, 3, 60), (2, 3, 60), (3, 3, 60)]
    with pytest.raises(RoutineError, match="every: 2m"):
        read(source.replace("EMOM 3", "E2MOM 10"))
