"""``voicecoach profile``, and what the other commands make of it."""

import io
import re

import pytest

from voicecoach.routine.model import Caution, Explaining, Profile
from voicecoach.routine.sheet import APPLIES_TO
from voicecoach.settings import profile_file

QUIET = ("--voice", "silent", "--output", "instant", "--journal")
SHORT = """\
name: Mine
steps:
  - exercise: Heel slide
    rep: slide 1s, back 1s
    why: It wakes the leg.
    cautions: [knee]
"""


@pytest.fixture
def mine(home):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(SHORT)
    return folder / "mine.yaml"


@pytest.fixture
def answers(monkeypatch):
    """Type these lines, as if into a terminal."""

    def type_in(*lines):
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        typed.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", typed)

    return type_in


def test_options_set_it_and_it_is_shown(run, home):
    shown = run(
        "profile", "--caution", "flex", "--caution", "knee", "--equipment", "mat", "--coaching", "short"
    )
    assert shown.status == 0
    assert "Does bending forward or sitting make your back worse? Yes." in shown.out
    assert str(home / "data" / "profile.yaml") in shown.out
    kept = Profile(
        cautions=frozenset({Caution.FLEX, Caution.KNEE}),
        equipment=frozenset({"mat"}),
        coaching=Explaining.SHORT,
    )
    assert profile_file.load() == kept
    assert run("profile").out == shown.out


def test_an_option_leaves_the_rest_as_it_is(run):
    run("profile", "--caution", "knee", "--equipment", "mat")
    run("profile", "--equipment", "everything")
    assert profile_file.load() == Profile(cautions=frozenset({Caution.KNEE}))
    run("profile", "--no-caution", "--equipment", "nothing")
    assert profile_file.load() == Profile(equipment=frozenset())


def test_clear_forgets_it(run):
    run("profile", "--caution", "knee")
    assert "Nothing is kept yet" in run("profile", "--clear").out
    assert profile_file.load() is None
    run("profile", "--caution", "knee", "--coaching", "full")
    run("profile", "--clear", "--caution", "hip")
    assert profile_file.load() == Profile(cautions=frozenset({Caution.HIP}))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--caution", "kneee"], "kneee"),
        (["--caution", "knee", "--no-caution"], "exclude each other"),
        (["--equipment", "matt"], "Did you mean 'mat'?"),
        (["--coaching", "loud"], "loud"),
    ],
)
def test_what_cannot_be_changes_nothing(run, arguments, says):
    shown = run("profile", *arguments)
    assert shown.status == 2
    assert says in shown.err
    assert profile_file.load() is None


def test_nobody_is_asked_without_a_terminal(run, home):
    assert "Nothing is kept yet" in run("profile").out
    assert not (home / "data").exists()


def test_the_first_time_in_a_terminal_it_asks_a_question_a_line(run, answers):
    answers("y", *[""] * 14, "mat, matt", "mat, Chair", "full")
    shown = run("profile")
    assert shown.status == 0
    assert shown.out.count("[y/N]") == 15
    assert "Did you mean 'mat'?" in shown.out + shown.err
    assert profile_file.load() == Profile(
        cautions=frozenset({Caution.FLEX}), equipment=frozenset({"mat", "chair"}), coaching=Explaining.FULL
    )


def test_asking_again_offers_what_was_answered(run, answers):
    run("profile", "--caution", "flex", "--equipment", "mat", "--coaching", "short")
    before = profile_file.load()
    answers(*[""] * 17)
    assert run("profile", "--ask").out.count("[Y/n]") == 1
    assert profile_file.load() == before


def test_leaving_in_the_middle_keeps_nothing(run, answers):
    answers("y")
    assert run("profile", "--ask").status == 1
    assert profile_file.load() is None


def test_without_anybody_to_answer_the_questions(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    shown = run("profile", "--ask")
    assert shown.status == 2
    assert "The questions were not all answered, so nothing is changed." in shown.err
    assert profile_file.load() is None


def test_the_help_says_what_each_caution_means(run):
    lines = run("profile", "--help").out.splitlines()
    for caution, who in APPLIES_TO.items():
        assert any(line.split(maxsplit=1) == [caution, who] for line in lines)


def test_a_profile_that_cannot_be_understood_stops_a_session(run, mine, home):
    path = home / "data" / "profile.yaml"
    path.write_text("cautions: [kneee]")
    for command in (["play", "mine", *QUIET, "--yes"], ["show", "mine"], ["list"], ["profile"]):
        shown = run(*command)
        assert (shown.status, shown.out) == (2, "")
        assert f"{path}:1:12: 'kneee' is not known here; did you mean 'knee'?" in shown.err
    assert run("play", "mine", *QUIET, "--yes", "--as-written").status == 0
    shown = run("profile", "--clear", "--caution", "knee")
    assert "profile.damaged-1.yaml" in shown.err
    assert profile_file.load() == Profile(cautions=frozenset({Caution.KNEE}))


def test_the_routine_is_changed_and_the_change_is_told(run):
    written = run("show", "core").out
    run("profile", "--caution", "shoulder")
    for command in (["show", "core"], ["timeline", "core", "--voice", "silent"]):
        told = run(*command).out
        assert re.search(r"because\s+your\s+shoulders\s+hurt", told)
        assert not re.search(r"because\s+your\s+shoulders\s+hurt", run(*command, "--as-written").out)
    assert run("show", "core", "--as-written").out == written
    assert run("show", "core").out != written


def test_a_routine_of_which_nothing_is_left_names_another(run, mine):
    run("profile", "--caution", "knee")
    shown = run("play", mine, *QUIET, "--yes")
    assert shown.status == 2
    assert "Nothing of 'Mine' is left for your profile. Try 'ball-steady'" in shown.err
    assert re.search(r"^mine +- +has nothing for your profile$", run("list").out, re.MULTILINE)


def test_an_alternative_that_does_not_exist_is_named(run, mine):
    (mine.parent / "exercises").mkdir()
    exercise = "name: Drag\nrep: drag 2s\ncautions: {knee: heel_drag}\n"
    (mine.parent / "exercises" / "drag.yaml").write_text(exercise)
    mine.write_text("name: Mine\nsteps: [drag]\n")
    run("profile", "--caution", "knee")
    assert "There is no exercise called 'heel_drag'" in run("play", "mine", *QUIET, "--yes").err
    listed = run("list")
    assert listed.status == 0
    assert re.search(r"^mine .*There is no exercise called 'heel_drag'", listed.out, re.MULTILINE)
    assert "core " in listed.out


def explained(run, *options):
    shown = run("play", "mine", *QUIET, "--yes", *options)
    assert (shown.status, shown.err) == (0, "")
    return "It wakes the leg." in shown.out


@pytest.mark.usefixtures("mine")
def test_an_exercise_is_explained_in_full_three_times(run):
    assert [explained(run) for _ in range(5)] == [True, True, True, False, False]
    assert explained(run, "--coaching", "full")
    run("profile", "--coaching", "full")
    assert explained(run)
    assert not explained(run, "--coaching", "auto")


@pytest.mark.usefixtures("mine")
def test_looking_at_a_routine_is_not_doing_it(run, home):
    for command in (["show", "mine"], ["timeline", "mine", "--voice", "silent"], ["list"]):
        run(*command)
    assert not (home / "data" / "met.json").exists()


def test_a_session_goes_on_when_nothing_can_be_kept(run, home, tmp_path):
    for name in ("safety.json", "met.lock"):  # folders in the way stop even root
        (home / "data" / name).mkdir(parents=True)
    path = tmp_path / "mine.yaml"
    path.write_text(SHORT)
    shown = run("play", path, *QUIET, "--yes")
    assert shown.status == 0
    assert "Done after" in shown.out
    assert "it will be shown again" in shown.err
    assert "could not be noted which exercises you did" in shown.err
    assert len(shown.err.splitlines()) == 2
