"""The figure of a variation in words: what it says is drawn, and all else as in the exercise."""

import jsonschema
import pytest
import yaml
from figure.figures import BRIDGE, MARCH, exercise_with

from voicecoach.errors import RoutineError
from voicecoach.figure.check import faults
from voicecoach.figure.motion import Motion, figures_of
from voicecoach.routine.figure import Direction, Pose, Prop, PropKind, Spot, Stance
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.schema import exercise_schema

CALVES_UP = """
easier:
  - text: Rest your calves on any seat.
    figure:
      position: {thighs: 88, near_shin: -2}
      props: {table: near_shin, mat: false}
harder:
  text: Lift higher.
  figure: {poses: {lift: {trunk: 206}}}
"""
STRETCH = """
rep: draw 3s, lower 3s
figure:
  from: hook_lying
  position: {near_thigh: 86, near_shin: -5, move: [0, 4], reach: {hands: near_thigh}}
  poses: {draw: {near_thigh: 110, near_shin: 0}}
  props: {mat: true, cushion: head}
  works: near_foot
"""


def drawn(text):
    """The figures of an exercise: its own, and those of its variations."""
    return [figure for _, figure in figures_of(exercise_with(text))]


def test_what_differs_replaces_what_the_exercise_has():
    own, easier, harder = drawn(f"{BRIDGE}  props: {{mat: true}}\n{CALVES_UP}")
    assert easier.position.turns == {
        "near_thigh": Direction(88),
        "far_thigh": Direction(88),
        "near_shin": Direction(-2),
    }
    assert easier.props == (Prop(kind=PropKind.TABLE, at=("near_shin",)),)
    assert (easier.poses, easier.stance) == (own.poses, own.stance)
    assert harder.poses["lift"][0].turns["pelvis"] == Direction(206)
    assert "head" not in harder.poses["lift"][0].turns
    assert (harder.position, harder.props) == (own.position, own.props)
    assert own.position == Pose()


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("anchor: shoulders", {"anchor": "shoulders"}),
        ("stay: []", {"stay": ()}),
        ("works: []", {"works": ()}),
        ("path: near_knee", {"path": "near_knee"}),
    ],
)
def test_a_key_replaces_that_of_the_exercise(written, changed):
    own, easier = drawn(f"{STRETCH}easier:\n  text: Pull with a belt.\n  figure: {{{written}}}\n")
    differing = {name for name in own.__slots__ if getattr(own, name) != getattr(easier, name)}
    assert {name: getattr(easier, name) for name in differing} == changed


def test_a_hand_lets_go_and_a_body_lies_down_again():
    own, easier, harder = drawn(
        f"{STRETCH}easier:\n  text: Let go.\n  figure: {{position: {{reach: {{}}}}}}\n"
        "harder:\n  text: Take the pillow away.\n"
        "  figure: {position: {move: [0, 0]}, props: {cushion: false}}\n"
    )
    assert easier.position == Pose(turns=own.position.turns, move=Spot(0, 4))
    assert harder.position == Pose(turns=own.position.turns, reach=own.position.reach)
    assert harder.props == (Prop(kind=PropKind.MAT),)


def test_a_whole_figure_takes_nothing_from_the_exercise():
    _, easier = drawn(
        f"{STRETCH}easier:\n  text: Stand.\n  figure: {{from: standing, poses: {{draw: {{}}}}}}\n"
    )
    assert (easier.stance, easier.position, easier.props, easier.works) == (Stance.STANDING, Pose(), (), None)


def test_a_variation_is_looked_at_for_what_no_body_can_do():
    exercise = exercise_with(
        f"{BRIDGE}harder:\n  text: Lift.\n  figure: {{poses: {{lift: {{trunk: 155}}}}}}\n"
    )
    (own, figure), (place, varied) = figures_of(exercise)
    assert (own, place) == (("figure",), ("harder", 0, "figure"))
    assert not faults(Motion(figure, exercise.rep))
    assert "hips: 20 cm under the floor" in [each.wrong for each in faults(Motion(varied, exercise.rep))]


@pytest.fixture
def library(tmp_path):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "bridge.yaml").write_text(f"name: Bridge\n{BRIDGE}{CALVES_UP}")
    lent = f"name: Lent\nrep: up 2s, hold 2s, down 2s\nfigure: bridge\n{CALVES_UP.replace('lift:', 'up:')}"
    (tmp_path / "exercises" / "lent.yaml").write_text(lent)
    return Library((tmp_path,))


def test_a_variation_differs_from_a_figure_that_is_borrowed(library):
    lent = library.exercise("lent")
    easier, harder = (figure for _, figure in figures_of(lent))
    assert easier.poses == lent.figure.poses
    assert harder.poses["up"][0].turns["pelvis"] == Direction(206)


@pytest.mark.parametrize(
    ("rep", "phases"),
    [
        ("raise 2s, sink 2s", {"raise"}),
        ("lift 2s, turn 1s, sink 2s", set()),
        ("lift 2s, turn 1s, lower 2s", set()),
    ],
)
def test_a_rep_with_other_names_for_its_phases_takes_the_variations_along(library, tmp_path, rep, phases):
    """And one with more that moves has no figure, nor have its variations."""
    file = tmp_path / "own.yaml"
    file.write_text(f"name: Own\nsteps: [bridge: {{rep: '{rep}'}}]\n")
    (exercise,) = library.load(file).exercises
    own, *others = [exercise.figure, *(each.drawn(exercise.figure) for each in exercise.harder)]
    assert [figure and set(figure.poses) for figure in (own, *others)] == [phases or None] * 2


def test_other_seconds_keep_what_moves_in_a_hold(library, tmp_path):
    heels = (
        "harder:\n  - text: Lift one heel.\n    figure: {poses: {hold: [{near_foot: 9}, {near_foot: 0}]}}\n"
    )
    (tmp_path / "exercises" / "heels.yaml").write_text(f"name: Heels\n{BRIDGE}{heels}")
    file = tmp_path / "own.yaml"
    file.write_text("name: Own\nsteps: [heels: {reps: 3, hold: 4s}]\n")
    (exercise,) = library.load(file).exercises
    (harder,) = (each.drawn(exercise.figure) for each in exercise.harder)
    assert set(harder.poses) == {"lift", "hold"}


def test_poses_of_timed_work_belong_to_no_phase_of_a_rep(library, tmp_path):
    (tmp_path / "exercises" / "hover.yaml").write_text(
        "name: Hover\nduration: 30s\nfigure: {from: prone, poses: {rise: {trunk: 20}}}\n"
    )
    file = tmp_path / "own.yaml"
    file.write_text("name: Own\nsteps: [hover: {rep: 'up 2s, down 2s'}]\n")
    (exercise,) = library.load(file).exercises
    assert exercise.figure is None


@pytest.mark.parametrize(
    ("figure", "fits"),
    [
        ("{from: prone}", True),
        ("{position: {thighs: 88}, props: {mat: false, table: near_shin}}", True),
        ("{}", False),
        ("{view: front}", False),
        ("{from: prone, props: {mat: false}}", False),
    ],
)
def test_an_editor_knows_both_forms(figure, fits):
    text = f"name: X\n{BRIDGE}easier:\n  - text: Lift less.\n    figure: {figure}\n"
    assert jsonschema.Draft202012Validator(exercise_schema()).is_valid(yaml.safe_load(text)) is fits


@pytest.mark.parametrize(
    ("figure", "wrong"),
    [
        ("nobody", "no exercise is called 'nobody'"),
        ("broken", "broken has mistakes of its own"),
        ("own", "own borrows its figure from this one, or from itself"),
        ("plain", "plain has no figure"),
        ("march", "the figure of march is that of timed work"),
        ("turn", "the figure of turn has the phases turn"),
    ],
)
def test_why_a_figure_cannot_be_borrowed_is_told_as_it_is(library, tmp_path, figure, wrong):
    files = {
        "broken": "rep: 5",
        "plain": "rep: up 2s, down 2s",
        "march": MARCH,
        "turn": "rep: turn 2s\nfigure: {from: prone}",
        "own": f"rep: raise 2s, sink 2s\nfigure: {figure}",
    }
    for name, text in files.items():
        (tmp_path / "exercises" / f"{name}.yaml").write_text(f"name: X\n{text}\n")
    with pytest.raises(RoutineError) as raised:
        library.exercise("own")
    assert [(each.line, each.wrong) for each in raised.value.problems] == [(3, wrong)]
