"""docs/figure-format.md names all there is, and what it shows is what a body can do."""

import re
from dataclasses import fields
from itertools import chain

import documents
import pytest
from figure.figures import exercise_with

from voicecoach.figure.check import faults
from voicecoach.figure.motion import Motion, figures_of
from voicecoach.figure.stances import STARTS
from voicecoach.routine.figure import MIDDLE, Figure, PropKind
from voicecoach.routine.files.figure import POINT_NAMES, SEGMENT_NAMES, VIEWS

DOC = "docs/figure-format.md"
EXAMPLES = [
    f"duration: 30s\n{each.text}" if each.kind == "yaml figure" else each.text.partition("\n")[2]
    for each in documents.BLOCKS
    if each.document == DOC and each.kind.startswith("yaml")
]
"""Exercises without their first line, which is their name."""


def names(head, column=0):
    """The names in one column of a table, for each row."""
    return [re.findall("`(.*?)`", row[column]) for row in documents.rows(DOC, head)]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_what_a_body_can_do(text):
    exercise = exercise_with(text)
    for _, figure in figures_of(exercise):
        assert faults(Motion(figure, exercise.rep, exercise.cadence)) == []


def test_all_keys_and_no_other_are_told():
    keys = {"from" if each.name == "stance" else each.name for each in fields(Figure)}
    assert {name for row in names("| key | takes |") for name in row} == keys


def test_all_parts_of_the_body_are_told():
    told = set(chain(*names("| parts | set |"), *names("| parts | set |", 1)))
    near = {re.sub("^(far|left|right)_", "near_", name) for name in SEGMENT_NAMES}
    assert told == near


def test_all_points_of_the_body_are_told():
    told = " ".join(documents.in_code(DOC))
    short = {re.sub("^(near|far|left|right)_", "", name) for name in POINT_NAMES} | {*MIDDLE}
    assert [name for name in short if not re.search(rf"\b(near_)?{name}\b", told)] == []


STAY = {(): "", ("near_foot", "far_foot"): "feet", ("near_hand", "far_hand"): "hands"}
"""What stays in a stance, as a person says it."""


def test_the_stances_are_those_of_the_program():
    rows = documents.rows(DOC, "| stance | is | views | anchor | stay |")
    told = {stance: tuple(rest) for stance, _, *rest in ([cell.strip("`") for cell in row] for row in rows)}
    assert told == {
        stance: (", ".join(VIEWS[stance]), start.anchor, STAY.get(start.stay, ", ".join(start.stay)))
        for (stance, _), start in STARTS.items()
    }


def test_the_things_are_those_of_the_program():
    told = [each.partition(":")[0] for each, *_ in names("| thing | is drawn |")]
    assert sorted(told) == sorted(PropKind)
