"""Speed and tempo as they are written in a routine, and what they were in version 0.1.0."""

import pytest

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine import lint
from voicecoach.routine.files.library import Library

LIBRARY = Library([paths.shipped("routines")])
SQUAT = "kind: strength\nposture: standing\nreps: 8\nwhy: Legs.\nposition: Stand.\nmovement: Sit back.\n"


@pytest.fixture
def squat(tmp_path):
    """The phases of a rep, and the advice, of a squat in the library with this rep and these changes."""
    (tmp_path / "exercises").mkdir()

    def read(rep, changes):
        (tmp_path / "exercises" / "squat.yaml").write_text(f"name: Squat\n{SQUAT}rep: {rep}\n")
        routine = tmp_path / "routine.yaml"
        routine.write_text(f"name: Legs\nsteps:\n  - squat: {{{changes}}}\n")
        found = Library([tmp_path, paths.shipped("routines")]).load(routine)
        [exercise] = found.exercises
        rules = {each.rule: each.what for each in lint.advise(found)}
        return {phase.name: phase.seconds for phase in exercise.rep}, rules.get("tempo-factor", "")

    return read


@pytest.mark.parametrize(
    ("rep", "changes", "phases"),
    [
        ("down 2s, up 2s", "speed: 50", {"down": 4, "up": 4}),
        ("down 2s, up 2s", "speed: 80%", {"down": 2.5, "up": 2.5}),
        ("down 2s, hold 3s, up 2s", "speed: 200", {"down": 1, "hold": 3, "up": 1}),
        ("down 2s, pause 1s, up 2s, top 1s", "tempo: 4-2-1-0", {"down": 4, "pause": 2, "up": 1}),
        ("down 2s, hold 1s, up 2s", "tempo: 3-1-3", {"down": 3, "hold": 1, "up": 3}),
        ("up 2s, top 1s, down 3s", "tempo: 4-0-1-2", {"up": 1, "top": 2, "down": 4}),
        (
            "up 2s, hold 1s, lower 3s, relax 1s",
            "tempo: 4-1-2-5",
            {"up": 2, "hold": 5, "lower": 4, "relax": 1},
        ),
        ("down 2s, up 2s", "tempo: 3-0-1-0", {"down": 3, "up": 1}),
    ],
)
def test_each_phase_gets_its_seconds(squat, rep, changes, phases):
    assert squat(rep, changes) == (phases, "")


def test_a_factor_is_still_read_and_the_line_that_replaces_it_is_given(squat):
    phases, advice = squat("down 2s, hold 3s, up 2s", "tempo: 1.5")
    assert phases == {"down": 3, "hold": 3, "up": 3}
    assert advice == "Squat has 'tempo: 1.5', an old way to say it; write 'speed: 67'"


@pytest.mark.parametrize(
    ("rep", "changes", "problem"),
    [
        ("down 2s, up 2s", "speed: 30", "3:20: a speed of 30; a number from 50 (half as fast) to 200"),
        ("down 2s, up 2s", "speed: slow", "3:20: 'slow' is not a speed"),
        ("down 2s, up 2s", "speed: 80, tempo: 3-0-1", "3:20: 'tempo' gives the seconds already"),
        ("down 2s, up 2s", "tempo: 3-1-1", "3:20: this exercise has no pause; 0 there, or 'rep'"),
        ("down 2s, up 2s", "tempo: 3-0-1-1", "3:20: this exercise has no top"),
        ("down 2s, up 2s", "tempo: 3-0-0.2", "3:20: a phase becomes too short"),
        ("reach 2s, return 2s", "tempo: 3-0-1", "3:20: this exercise does not go down and up with pauses"),
        ("down 2s, up 2s", "tempo: fast", "3:20: 'fast' is not a tempo; seconds of lowering, pause"),
        ("down 2s, up 2s", "tempo: 3", "3:20: a tempo of 3; seconds of lowering, pause, lifting and top"),
        ("down 0.6s, up 1s", "speed: 150", "3:20: a phase becomes too short to be coached; a smaller number"),
    ],
)
def test_what_cannot_be_has_its_place(squat, rep, changes, problem):
    with pytest.raises(RoutineError) as caught:
        squat(rep, changes)
    [found] = caught.value.problems
    assert f"{found.line}:{found.column}: {found.wrong}; {found.expected}".startswith(problem)
