"""A new routine has no mistakes, and does what was chosen."""

import dataclasses
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming import for_each

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.advice.rule import Level
from voicecoach.routine.doses import at_goal
from voicecoach.routine.files import starter, values
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.lint import advise
from voicecoach.routine.model import Rest, Round

SHIPPED = Library((paths.shipped("routines"),))
EXERCISES = [SHIPPED.exercise(name) for name in SHIPPED.exercises()]
MINE = starter.NewRoutine(ident="mine", name="Mine")


def read(text):
    return read_routine(text.encode(), Path("mine.yaml"), "mine", SHIPPED)


@for_each(EXERCISES, attrgetter("id"))
def test_every_exercise_keeps_its_dose(exercise):
    for goal, kept in ((False, exercise), (True, at_goal(exercise))):
        routine = read(starter.write(dataclasses.replace(MINE, exercises=[exercise], goal=goal)))
        assert routine.exercises == (kept,)
        assert (routine.name, routine.about) == ("Mine", "")


def test_twice_round_has_a_rest_between_the_rounds():
    routine = read(starter.write(dataclasses.replace(MINE, exercises=EXERCISES[:2], rounds=2)))
    assert list(routine.exercises) == EXERCISES[:2] * 2
    rest = Rest(seconds=60, between=True, rounds=(Round(1, 2),))
    assert [step for step in routine.steps if isinstance(step, Rest)] == [rest]


def test_every_example_in_the_notes_can_be_used_and_is_well_advised():
    first = [SHIPPED.exercise(name) for name in starter.FIRST_STEPS]
    text = starter.write(dataclasses.replace(MINE, exercises=first))
    steps, notes = text.split("# What a step can be.")
    routine = read(steps + notes.partition("\n#\n")[2].replace("#  ", "  "))
    assert len(routine.steps) >= len(first) + 13
    assert [each for each in advise(routine) if each.level is Level.ADVICE] == []


def cleaned(raw):
    try:
        return values.name(raw)
    except Mistakes:
        return None


QUOTED = st.sampled_from(["true", "Null", "12", "a: b", "a #b", "- a", "'", '"', "~", "1:30", "x:"])


@given((QUOTED | st.text(max_size=60)).map(cleaned).filter(bool))
def test_any_name_and_any_sentence_reads_back(text):
    new = starter.NewRoutine(ident="x", name=text, about=text, exercises=EXERCISES[:1])
    routine = read(starter.write(new))
    assert (routine.name, routine.about) == (text, text)


def copied(source):
    original = read(source)
    return starter.copy(source, original, MINE, Path("mine.yaml"), SHIPPED), original


@for_each(SHIPPED.routines())
def test_a_copy_does_the_same_under_its_own_name_and_teaches_the_format(name):
    original = SHIPPED.load(name)
    text = starter.copy(original.path.read_text("utf-8"), original, MINE, Path("mine.yaml"), SHIPPED)
    routine = read(text)
    assert (routine.name, routine.steps, routine.about) == ("Mine", original.steps, original.about)
    assert starter.GUIDE in text


def test_a_copy_keeps_comments_and_a_copy_of_a_copy_has_the_notes_once():
    text, _ = copied("name: Old # not this\nsteps:\n  - cat_camel # round and sag")
    assert "# round and sag" in text
    again, _ = copied(text)
    assert again.count(starter.GUIDE) == 1


def test_other_styles_of_yaml_are_copied_whole():
    for source in (
        "{name: Old, steps: [cat_camel]}\n",
        "name: >\n  Old\n  one\nsteps: [cat_camel]\n",
        "steps:\n  - say: |\n      Fetch\n      it.\nname: Old\n",
    ):
        text, original = copied(source)
        assert read(text).steps == original.steps, source


def test_exercises_of_another_folder_do_not_come_along(tmp_path):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "pull.yaml").write_text("name: Pull\nrep: in 3s\n")
    path = tmp_path / "old.yaml"
    path.write_text("name: Old\nsteps: [pull]\n")
    with pytest.raises(RoutineError, match="no exercise is called 'pull'"):
        starter.copy(path.read_text(), SHIPPED.load(path), MINE, Path("mine.yaml"), SHIPPED)


def test_a_name_to_show():
    shown = {"my-back": "My back", "two__words": "Two words", "Éric": "Éric", "_": "_"}
    assert {ident: starter.title(ident) for ident in shown} == shown
