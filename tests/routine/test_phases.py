"""What a phase of a rep is: by its name, or as the file says it."""

import pytest

from voicecoach import paths
from voicecoach.language.phrases import phase_kinds
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.values import rep
from voicecoach.routine.model import KINDS_IN_A_REP, PhaseKind


def kinds(raw):
    return [phase.kind.value for phase in rep(raw)]


def test_a_name_tells_the_kind_and_any_other_is_a_movement():
    named = "Lift 1s, Stay 5s, Top 1s, Let Down 2s, Let go 1s, return 2s"
    assert kinds(named) == ["move", "hold", "pause", "lower", "relax", "move"]
    assert [phase.name for phase in rep(named)][3:5] == ["let down", "let go"]


@pytest.mark.parametrize(
    "raw",
    [
        "squeeze 5s (hold), hold 2s (Move)",
        ["squeeze: 5s (hold)", {"hold": "2s ( move )"}],
        {"squeeze": "5 s(hold)", "hold": "2s (move)"},
    ],
    ids=["text", "list", "mapping"],
)
def test_a_file_can_say_it_in_every_form(raw):
    assert kinds(raw) == ["hold", "move"]
    assert [phase.seconds for phase in rep(raw)] == [5, 2]


def test_every_name_tells_a_kind_that_a_phase_can_have():
    assert set(phase_kinds().values()) < set(KINDS_IN_A_REP)
    assert PhaseKind.MOVE not in phase_kinds().values()


def test_hold_and_lowering_go_by_the_kind(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "name: Own\nsteps:\n  - exercise: Press\n    kind: strength\n    hold: 8s\n"
        "    rep: up 1s, stay 5s, sink 2s (lower), let go 1s\n    posture: supine\n"
    )
    [press] = Library([paths.shipped("routines")]).load(path).exercises
    assert [phase.seconds for phase in press.rep] == [1, 8, 2, 1]
    assert (dose_of(press).hold, dose_of(press).lowering) == (8, 2)
