"""The table of docs/cautions.md has each exercise and a reason in each cell; and what a new hip may do."""

import os
from itertools import product

import pytest
from caution_table import COLUMNS, DOCUMENT, EXERCISES, SHIPPED, made, reasons, rows

from voicecoach.language import phrases
from voicecoach.routine.model import Caution, Posture
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import suited, tailor

CAREFUL = {None: 0, "advice": 1, "instead": 2, "left out": 2}


def careful(exercise, caution):
    """How much ``exercise`` asks of somebody with ``caution``: nothing, advice, another exercise, or none."""
    remedy = exercise.cautions.get(caution)
    return CAREFUL[remedy and ("advice" if remedy.advice else "instead" if remedy.exercise else "left out")]


def test_the_table_says_what_the_files_of_the_exercises_say():
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        old = "\n".join(f"| {' | '.join(row)} |" for row in rows())
        text = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(text.replace(old, made()), encoding="utf-8")
    assert f"\n{made()}\n" in DOCUMENT.read_text(encoding="utf-8")


def test_no_cell_lacks_its_reason():
    known = reasons()
    for cell in product(EXERCISES, COLUMNS):
        reason = known.get(cell, "")
        assert len(reason.split()) >= 3, cell
        assert reason[0].isupper(), cell
        assert reason.endswith("."), cell


def test_a_new_hip_asks_for_no_less_than_a_hip():
    for name, exercise in EXERCISES.items():
        assert careful(exercise, Caution.HIP_NEW) >= careful(exercise, Caution.HIP), name


def test_a_new_hip_does_nothing_on_the_floor_and_hears_of_it_in_all_that_it_does():
    for name, exercise in EXERCISES.items():
        found = suited(exercise, {Caution.HIP_NEW}, SHIPPED)
        if found.exercise:
            assert found.exercise.posture in {Posture.STANDING, Posture.SITTING}, name
            assert found.exercise.kind.value not in {"stretch", "nerve"} or found.advice, name
            assert found.advice, name


@pytest.mark.parametrize("name", SHIPPED.routines())
def test_each_routine_leaves_a_new_hip_something_to_do(name):
    done = tailor(SHIPPED.load(name), Profile(cautions=frozenset({Caution.HIP_NEW})), SHIPPED)
    assert done.routine.exercises


def test_the_reason_that_is_told_is_true_for_everybody_who_has_the_caution():
    """Of a hip that was replaced nobody says that it hurts, and of one knee nobody speaks of knees."""
    say = phrases.load()
    for caution in Caution:
        reason = say.part(f"caution.{caution}.because")
        assert "hurt" not in reason, caution
        assert not {"knees", "hips", "shoulders", "wrists"} & set(reason.split()), caution
