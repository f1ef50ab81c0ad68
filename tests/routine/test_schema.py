import json
from pathlib import Path

import jsonschema
import pytest
from shipped_files import EXERCISES, in_one_file

from voicecoach import paths
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files import shapes, values
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import parse
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.files.schema import exercise_schema, routine_schema

SHIPPED = Library((paths.shipped("routines"),))
CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def routine():
    return jsonschema.Draft202012Validator(routine_schema(SHIPPED.exercises()))


@pytest.fixture(scope="module")
def exercise():
    return jsonschema.Draft202012Validator(exercise_schema())


def test_the_schemas_are_schemas(routine, exercise):
    for validator in (routine, exercise):
        validator.check_schema(validator.schema)


def test_shipped_routines_and_exercises_fit(routine, exercise):
    names = ("ways_to_write", "one_side", "rounds", "loads", "tempo", "clinic_knee", "clinic_hip")
    cases = [CASES / f"{name}.yaml" for name in names]
    for path in (*map(SHIPPED.locate, SHIPPED.routines()), *cases):
        routine.validate(parse(path.read_bytes(), path).data)
    for path in sorted(EXERCISES.glob("*.yaml")):
        exercise.validate(parse(in_one_file(path.name).encode(), path).data)


NOT_A_STEP = (
    {"rest": "ten"}, {"rest": "-5s"}, {"rest": 10, "reps": 3}, {"say": ["a", "b"]}, {"wait": {"limit": 60}},
    {"wait": {"for": "strap", "limt": 60}}, {"repeat": 0, "steps": ["cat_camel"]}, {"repeat": 2},
    {"repeat": 2, "steps": [{"rest": "ten"}]}, {"cat_camel": {"rset": 3}}, {"cat_camel": {"reps": 101}},
    {"cat_camel": {"tempo": 3}}, {"cat_camel": {"sides": "eech"}}, {"cat_camel": {"pace": "own"}},
    {"cat_camel": {"pace": "self", "limit": "soon"}}, {"cat_camel": {"rep": "up"}},
    {"cat_camel": 3, "bird_dog": 3, "off": True}, {"cat_camel": -1}, {"cat_camel": "a few"},
    {"exercise": "Heel slide", "posture": "floating"}, 12, [], {},
)  # fmt: skip


def test_what_is_wrong_does_not_fit(routine, exercise):
    for step in NOT_A_STEP:
        assert not routine.is_valid({"name": "X", "steps": [step]}), step
    for whole in ({}, [], {"name": "X"}, {"name": "X", "steps": []}, {"name": "X", "steps": [], "x": 1}):
        assert not routine.is_valid(whole), whole
    for changed in ({"errors": [{"when": "x"}]}, {"repz": 3}, {"name": None}):
        assert not exercise.is_valid({"name": "X", "rep": "up 2s"} | changed), changed


def test_every_time_that_is_understood_fits(routine):
    for time in (
        *("10s", "1m30s", "2 min", "1:30", "1h", "1.5 minutes", "10 seconds", "10", 10, 2.5, "1:30 min"),
        *("half a minute", "One minute", "a minute", ":30", "1 min 30"),
        *("2,5 s", "\u00bd min", "1 1/2 min", "20 secs.", "20S", "1'30\"", "30\u2033"),
    ):
        assert values.seconds(time) > 0
        assert routine.is_valid({"name": "X", "steps": [{"rest": time}]}), time


def test_a_dose_that_is_understood_fits(routine):
    doses = (
        *("12", "2 x 12", "8-12", "8 to 12", "3 x 30-45s", "8x", "x8", "10 ea.", "2x10/side", "10s x 3"),
        *('2x 30"', "\u00bd min", "10 left", "left only", "only the right leg", "8 each side, right first"),
        *("three sets of ten", "hold 30s x 3", "about 10", "10R", "right 10", "10 reps, 3 sets", ":30"),
        *("with 2 kg", "@ 2 kg", "8 (each side)", "3 lengths each way", "20 steps", "10, operated only"),
        *("10 x 10s, rest 5s between reps", "2-3 x 8-10", "the affected leg only", "5 x 6s each direction"),
    )
    for dose in doses:
        parts.dose(dose)
        assert routine.is_valid({"name": "X", "steps": [{"cat_camel": dose}]}), dose


def test_sides_and_rests_that_are_understood_fit(routine):
    for sides in (
        "each side",
        "per leg",
        "L/R",
        "right leg",
        "R",
        "alternating legs",
        "right then left",
        "Left",
    ):
        parts.sides(sides)
        assert routine.is_valid({"name": "X", "steps": [{"bird_dog": {"sides": sides}}]}), sides
    for rest in ("none", "no rest", "30 s between sets", "about a minute", "30 sec rest"):
        parts.rests(rest)
        assert routine.is_valid({"name": "X", "steps": [{"bird_dog": {"rest": rest}}]}), rest


def test_editors_are_offered_the_names_of_exercises(routine):
    assert "bird_dog" in str(routine.schema["$defs"]["steps"])


def test_every_key_can_be_described():
    properties = exercise_schema()["properties"]
    assert set(properties) == {*shapes.keys(shapes.ExerciseShape), *shapes.OTHER_NAMES}
    assert properties["dose"] == properties["reps"]


NEW = ({"reps": "2 x 30s"}, {"duration": "30s"}, {"rep": "up 2s, down 2s"}, {"reps": 9, "pace": "self"})


def test_a_new_exercise_that_is_read_fits(routine):
    for name in ("Wall sit", "Wallsit", "wallsit"):
        for how in NEW:
            whole = {"name": "X", "steps": [{"exercise": name, **how}]}
            (read,) = read_routine(json.dumps(whole).encode(), Path("x.yaml"), "x", SHIPPED).exercises
            assert (read.name, read.id) == (name, "")
            assert routine.is_valid(whole)


def test_the_affected_side_fits(routine):
    for key, sides in {
        "first": ("affected", "the painful leg", "Right", "L", "operated first"),
        "sides": ("affected", "each, operated first", "the unaffected leg"),
    }.items():
        for value in sides:
            whole = {"name": "X", "side": "right", "steps": [{"exercise": "bird_dog", key: value}]}
            (read,) = read_routine(json.dumps(whole).encode(), Path("x.yaml"), "x", SHIPPED).exercises
            assert read.order, value
            assert routine.is_valid(whole), value
    for whole in ({"side": "both"}, {"steps": [{"bird_dog": {"first": "the big one"}}]}):
        assert not routine.is_valid({"name": "X", "steps": ["bird_dog"]} | whole), whole
