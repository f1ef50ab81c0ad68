"""Golden files: what is read of a routine, or the problems it gives, to the column.

``cases/NAME.yaml`` is read as a routine (``cases/exercises/NAME.yaml`` as an exercise). ``NAME.problems``
beside it holds its problems, one a line, without the folder; ``NAME.read`` the steps of one that has none.
"""

from pathlib import Path

import pytest
from golden import assert_golden

from voicecoach import paths
from voicecoach.language.phrases import phase_kinds
from voicecoach.routine.doses import at_goal, dose_of
from voicecoach.routine.exercise_words import dose_in_words
from voicecoach.routine.files.library import Library
from voicecoach.routine.lint import advise
from voicecoach.routine.model import Cue, Do, Rest
from voicecoach.routine.phase import KINDS_IN_A_REP, PhaseKind

CASES = Path(__file__).parent / "cases"
SHIPPED = Library((paths.shipped("routines"),))


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.problems")), ids=lambda path: path.stem)
def test_the_problems_are_those_beside_the_file(path):
    problems = SHIPPED.check([path.with_suffix(".yaml")])
    text = "".join(str(problem).removeprefix(f"{path.parent}/") + "\n" for problem in problems)
    assert_golden(path, text)
    places = {(problem.line, problem.column) for problem in problems}
    assert path.stem != "thirty" or len(problems) == len(places) == 30


@pytest.mark.parametrize("path", sorted(CASES.glob("*.read")), ids=lambda path: path.stem)
def test_what_is_read_is_beside_the_file(path):
    routine = SHIPPED.load(path.with_suffix(".yaml"))
    advice = {each.place: f", {each.what}" for each in advise(routine) if each.rule == "tempo-factor"}
    lines = []
    for step in routine.steps:
        if isinstance(step, Do):
            rep = ", ".join(f"{phase.name} {phase.seconds:g} s ({phase.kind})" for phase in step.exercise.rep)
            lowering = dose_of(step.exercise).lowering
            lines.append(
                f"{rep}: {dose_in_words(step.exercise)}, lowering {lowering}{advice.get(step.place, '')}"
            )
        else:
            lines.append(f"rest {step.seconds:g} s")
    assert_golden(path, "\n".join(lines) + "\n")


def test_every_case_has_its_text():
    texts = {path.with_suffix("") for path in CASES.rglob("*") if path.suffix in {".problems", ".read"}}
    without = {path.stem for path in CASES.rglob("*.yaml") if path.with_suffix("") not in texts}
    assert without == {"ways_to_write", "cue_phases"}


def test_a_cue_may_name_its_phase():
    own, changed = (exercise.cues for exercise in SHIPPED.load(CASES / "cue_phases.yaml").exercises)
    assert own.always == (Cue("Hips level.", "hold"),)
    assert [cue.phase for cue in own.rotating] == ["up", "move", ""]
    assert changed.rotating == (Cue("Push the heel far behind you.", "reach"),)
    first = SHIPPED.load(CASES / "cue_phases.yaml").exercises[0]
    assert first.breathing == (Cue("Breathe out.", "up"), Cue("Breathe in.", "down"))
    assert [(cue.fits("up", PhaseKind.MOVE), cue.fits("let go", PhaseKind.RELAX)) for cue in own] == [
        (False, False),
        (True, False),
        (True, False),
        (True, False),
    ]


def test_different_ways_to_write_the_same():
    routine = SHIPPED.load(CASES / "ways_to_write.yaml")
    assert (routine.name, routine.about) == ("2024", "yes")
    done = [(each.id, each.reps, each.set_seconds) for each in routine.exercises]
    assert list(routine.exercises[:8]) == [SHIPPED.exercise("cat_camel")] * 8
    assert done[8:] == [("plank_front", (3,), (51.0,))] * 2
    assert [step for step in routine.steps if isinstance(step, Rest)] == [Rest(seconds=90.0)] * 3


def test_every_name_tells_a_kind_that_a_phase_can_have():
    assert set(phase_kinds().values()) <= set(KINDS_IN_A_REP) - {PhaseKind.MOVE}


def test_on_one_side_alone_the_goal_is_that_of_one_side():
    routine = SHIPPED.load(CASES / "one_side.yaml")
    goals = {each.id: at_goal(each).reps for each in routine.exercises if len(each.order) == 1 and each.goal}
    whole = {name: SHIPPED.exercise(name).goal.reps for name in goals if name}
    assert (whole["dead_bug"], goals["dead_bug"]) == ((20, 20, 20), (10, 10, 10))
    assert (whole["mcgill_curl_up"], goals["mcgill_curl_up"]) == ((8, 6, 4), (8,))
