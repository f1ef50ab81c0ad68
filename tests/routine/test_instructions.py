"""What a clinician writes at the top of a routine; mistakes in it are among the cases."""

from datetime import date
from pathlib import Path

import jsonschema
import pytest
from naming import for_each

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import parse
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.files.schema import routine_schema
from voicecoach.routine.instructions import NO_INSTRUCTIONS, AgreedPain, Instructions

SHIPPED = Library((paths.shipped("routines"),))
STEPS = "steps: [bird_dog]\n"
HIP = """
name: New hip, week 8
by: Anna Berg, physiotherapist
written: 2026-11-20
for: a patient of 68
supervision: The kitchen counter within reach of both hands.
precautions:                    # spoken at the start and printed in a box
  - Do not bend the hip past 90 degrees.
  - Do not cross your legs or ankles.
until: 12 weeks after surgery
surgery: 2026-10-05
stop:
  - Sudden sharp groin pain, and you cannot put weight on the leg.
  - Calf swollen, hot or painful; fever or a weeping wound: call the surgeon today.
"""
KNEE = """
name: Runner's knee
goal: Run 5 km without pain at the next visit.
pain:
  go: 3
  slow: 5
  stop: 6
  say: Up to three out of ten is fine, if it has gone by tomorrow morning. Above five, press x.
  morning: no worse than today
precautions: The knee points over the second toe, never inwards.
stop:
  - The knee swells, locks or gives way.
"""


def read(head):
    return read_routine((head + STEPS).encode(), Path("mine.yaml"), "mine", SHIPPED).instructions


def test_the_words_of_paper_are_read_as_they_are():
    assert read(HIP) == Instructions(
        source="mine",
        by="Anna Berg, physiotherapist",
        written=date(2026, 11, 20),
        patient="a patient of 68",
        precautions=("Do not bend the hip past 90 degrees.", "Do not cross your legs or ankles."),
        until=date(2026, 12, 28),
        stop=(
            "Sudden sharp groin pain, and you cannot put weight on the leg.",
            "Calf swollen, hot or painful; fever or a weeping wound: call the surgeon today.",
        ),
        supervision="The kitchen counter within reach of both hands.",
    )
    said = "Up to three out of ten is fine, if it has gone by tomorrow morning. Above five, press x."
    assert read(KNEE) == Instructions(
        source="mine",
        precautions=("The knee points over the second toe, never inwards.",),
        stop=("The knee swells, locks or gives way.",),
        pain=AgreedPain(go=3, slow=5, stop=6, say=said, morning=True),
        goal="Run 5 km without pain at the next visit.",
    )
    assert read(HIP).name == "Anna Berg"
    assert read("name: Core\n") == NO_INSTRUCTIONS
    assert not read("name: Core\n")


def test_they_fit_the_schema():
    validator = jsonschema.Draft202012Validator(routine_schema(SHIPPED.exercises()))
    for head in (HIP, KNEE, "name: X\nsurgery: none\nuntil: none\n"):
        validator.validate(parse((head + STEPS).encode(), Path("mine.yaml")).data)
    for wrong in ("precautions: [a, b, c, d, e]", "pain: 3", "pain: {go: 11}", "written: soon"):
        data = parse(f"name: X\n{wrong}\n{STEPS}".encode(), Path("mine.yaml")).data
        assert not validator.is_valid(data), wrong


def test_the_affected_side_is_named_in_them():
    asked = read(
        "name: X\nside: left\nprecautions: Do not turn the {affected} foot inwards.\n"
        "stop:\n- The {operated} calf is swollen: call the surgeon.\n"
    )
    assert asked.precautions == ("Do not turn the left foot inwards.",)
    assert asked.stop == ("The left calf is swollen: call the surgeon.",)


ENDS = {
    "until: 2026-12-28": date(2026, 12, 28),
    "until: 28 December 2026": date(2026, 12, 28),
    "until: 28 Dec 2026": date(2026, 12, 28),
    "until: 6 weeks after the operation\nsurgery: 5 October 2026": date(2026, 11, 16),
    "until: 10 days after surgery\nsurgery: 2026-10-05": date(2026, 10, 15),
    "until: 3 months after surgery\nsurgery: 2026-11-30": date(2027, 2, 28),
    "until: 6 weeks\nwritten: 2026-11-20": date(2027, 1, 1),
}


@for_each(ENDS)
def test_the_end_of_the_precautions_is_a_day(lines):
    found = read(f"name: X\nprecautions: Do not cross your legs.\n{lines}\n")
    assert found.until == ENDS[lines]
    assert not found.has_ended(ENDS[lines])
    assert found.has_ended(date.fromordinal(ENDS[lines].toordinal() + 1))
    assert not found.lifted.has_ended(date.max)


NO_ENDS = {
    "until: 12 weeks after surgery": "'12 weeks after surgery' needs the day from which it counts;"
    " a line 'surgery: 2026-10-05' beside it",
    "until: 6 weeks": "'6 weeks' needs the day from which it counts; a line 'written: 2026-10-05' beside it",
    "until: 6 weeks after the fall": "'6 weeks after fall' does not say which day that is; a day such as"
    " 'until: 2026-12-28'",
    "until: soon": "'soon' is no end; a day such as 2026-12-28, or '12 weeks after surgery'",
}


@for_each(NO_ENDS)
def test_what_is_no_day_is_one_message_with_the_line_to_add(lines):
    with pytest.raises(RoutineError) as error:
        read(f"name: X\nprecautions: Do not cross your legs.\n{lines}\n")
    (problem,) = error.value.problems
    assert f"{problem.wrong}; {problem.expected}" == NO_ENDS[lines]


def test_an_end_needs_something_that_ends():
    with pytest.raises(RoutineError, match="there are none"):
        read("name: X\nuntil: 2026-12-28\n")


def test_a_line_that_says_none_says_nothing():
    said = "name: Nothing to heed\nprecautions: none\nstop: None.\nsupervision: none\ngoal: none\n"
    said += "surgery: none\nuntil: none\n"
    assert read(said) == NO_INSTRUCTIONS
