"""Whatever is in a file: a routine, or problems with their places. Never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped_files import in_one_file

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.exercise_sheet import exercise_sheet
from voicecoach.routine.files import shapes
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_exercise, read_routine
from voicecoach.routine.paper import exercise_as_text, sheet_as_text
from voicecoach.routine.sheet import sheet

SHIPPED = Library((paths.shipped("routines"),))
CORE = (paths.shipped("routines", "core.yaml")).read_text(encoding="utf-8")
BIRD_DOG = in_one_file("bird_dog.yaml")
WORDS = "for limit always rotating when fix name at every before_end steps say wait repeat"
EXERCISES = "cat_camel bird_dog march_in_place plank_front"
KEYS = sorted(
    {*f"{WORDS} {EXERCISES}".split(), *shapes.keys(shapes.InlineShape), *shapes.keys(shapes.ChangesShape)}
)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["3 x 10s", "6-4-2", "60s", "8 each side", "up 2s, hold 5s", "{side}", "each", "cat_camel", "knee"]
    ),
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=15,
)


def read(source: bytes) -> None:
    lines = source.count(b"\n") + source.count(b"\r") + 2
    for reader in (
        lambda: sheet_as_text(sheet(read_routine(source, Path("a.yaml"), "a", SHIPPED), minutes=5)),
        lambda: exercise_as_text(
            exercise_sheet(read_exercise(source, Path("a.yaml"), "a", SHIPPED.exercises()))
        ),
    ):
        try:
            reader()
        except RoutineError as error:
            problems = error.problems
        else:
            continue
        assert problems
        for problem in problems:
            assert 1 <= problem.line <= lines
            assert problem.column >= 1
            assert "\x1b" not in str(problem)
            assert problem.wrong
            assert problem.expected


def as_yaml(tree: object) -> str:
    """``tree`` in YAML's flow style, texts in quotes when they need them."""
    import yaml  # noqa: PLC0415 - only here

    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


PUNCTUATION = st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#, \n\t0", max_size=60)


@given(st.binary(max_size=200) | st.text(max_size=200).map(encoded) | PUNCTUATION.map(encoded))
def test_any_bytes(source):
    read(source)


@given(st.lists(trees, max_size=5))
def test_any_steps(steps):
    read(as_yaml({"name": "X", "steps": steps}).encode())


@given(st.dictionaries(st.sampled_from(KEYS), trees, max_size=6))
def test_any_exercise(exercise):
    read(as_yaml({"name": "X"} | exercise).encode())
    read(as_yaml({"name": "X", "steps": [{"exercise": "Y"} | exercise, {"bird_dog": exercise}]}).encode())


@pytest.mark.parametrize("whole", [CORE, BIRD_DOG], ids=["core", "bird_dog"])
@given(position=st.floats(0, 1), length=st.integers(0, 10), put=st.text(max_size=5))
def test_any_slip_of_the_keyboard(whole, position, length, put):
    at = int(position * len(whole))
    read(encoded(whole[:at] + put + whole[at + length :]))


@given(st.text(max_size=60))
def test_nothing_that_is_read_can_reach_the_terminal_as_an_escape(text):
    source = encoded(as_yaml({"name": "X" + text, "steps": [{"say": "Y" + text}]}))
    try:
        routine = read_routine(source, Path("a.yaml"), "a", SHIPPED)
    except RoutineError:
        return
    assert all(char.isprintable() for char in routine.name + routine.steps[0].text)
