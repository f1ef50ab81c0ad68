"""Golden files: a routine with mistakes and the problems it gives, to the column.

``cases/NAME.yaml`` is read as a routine (``cases/exercises/NAME.yaml`` as an exercise), and
``NAME.problems`` beside it holds the problems, one a line, without the folder.
"""

from pathlib import Path

import pytest

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Rest

CASES = Path(__file__).parent / "cases"
SHIPPED = Library((paths.shipped("routines"),))


def problems_of(path: Path) -> str:
    return "".join(str(problem).removeprefix(f"{path.parent}/") + "\n" for problem in SHIPPED.check([path]))


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.problems")), ids=lambda path: path.stem)
def test_the_problems_are_those_beside_the_file(path: Path) -> None:
    assert problems_of(path.with_suffix(".yaml")) == path.read_text(encoding="utf-8")


def test_every_case_has_its_problems() -> None:
    without = {path.stem for path in CASES.rglob("*.yaml") if not path.with_suffix(".problems").exists()}
    assert without == {"ways_to_write"}


def test_thirty_mistakes_are_thirty_problems_in_thirty_places() -> None:
    with pytest.raises(RoutineError) as caught:
        SHIPPED.load(CASES / "thirty.yaml")
    assert len({(problem.line, problem.column) for problem in caught.value.problems}) == 30
    assert len(caught.value.problems) == 30


def test_different_ways_to_write_the_same() -> None:
    routine = SHIPPED.load(CASES / "ways_to_write.yaml")
    assert (routine.name, routine.about) == ("2024", "yes")
    cats = [
        step.exercise for step in routine.steps if isinstance(step, Do) and step.exercise.id == "cat_camel"
    ]
    assert cats == [SHIPPED.exercise("cat_camel")] * 8
    planks = [
        step.exercise for step in routine.steps if isinstance(step, Do) and step.exercise.id == "plank_front"
    ]
    assert [(plank.reps, plank.set_seconds) for plank in planks] == [((3,), (51.0,)), ((3,), (51.0,))]
    assert routine.steps[-3:] == (Rest(seconds=90.0),) * 3
