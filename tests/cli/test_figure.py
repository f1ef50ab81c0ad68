"""``voicecoach figure`` and the pictures of ``voicecoach exercises`` in a terminal."""

import pytest
from figure.figures import BRIDGE, REACH

from voicecoach.display.figure_screen import FigureScreen

FIGURES = {"bridge": BRIDGE, "reach": REACH}


@pytest.fixture(autouse=True)
def exercises(home):
    """The person's exercises, of which the last has no figure."""
    folder = home / "data" / "routines" / "exercises"
    folder.mkdir(parents=True)
    for name, text in {**FIGURES, "nod": "rep: down 2s, up 2s\n"}.items():
        (folder / f"{name}.yaml").write_text(f"name: {name.title()}\nmovement: Slowly.\n{text}")


@pytest.fixture
def in_terminal(run, monkeypatch):
    """Run a command in a terminal of 80 columns, which can write over its text unless it is dumb."""

    def run_command(*words, terminal="xterm"):
        monkeypatch.setenv("TERM", terminal)
        monkeypatch.setenv("COLUMNS", "80")
        for stream in ("stdin", "stdout"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
        return run(*words)

    return run_command


@pytest.fixture
def screens(monkeypatch):
    """The screens that are shown, and at once left."""
    shown = []
    monkeypatch.setattr(FigureScreen, "show_in_terminal", lambda screen: shown.append(screen))  # noqa: PLW0108 - a method
    return shown


def test_it_moves_in_a_terminal(in_terminal, screens):
    assert in_terminal("figure", "reach").out == ""
    (screen,) = screens
    assert (screen._heading, screen._words, screen._flipped) == ("Reach", "Slowly.", True)


@pytest.mark.parametrize(("words", "mirrored"), [("reach --side right", False), ("bridge", False)])
def test_it_is_mirrored_for_the_left_side_alone(in_terminal, screens, words, mirrored):
    in_terminal("figure", *words.split())
    assert [screen._flipped for screen in screens] == [mirrored]


def test_a_file_is_shown_wherever_it_lies(run, tmp_path):
    (tmp_path / "mine.yaml").write_text(f"name: Mine\n{BRIDGE}")
    assert run("figure", str(tmp_path / "mine.yaml")).out.startswith("Mine\n====")
    (tmp_path / "copy.yaml").write_text("name: Copy\nrep: up 2s, down 2s\nfigure: reach\n")
    assert "⣿" in run("figure", str(tmp_path / "copy.yaml")).out


def test_a_file_without_an_exercise_is_told(run, tmp_path):
    (tmp_path / "day.yaml").write_text("name: Day\nsteps: [bridge]\n")
    assert (
        "is no exercise. The pictures of a routine: voicecoach sheet"
        in run("figure", str(tmp_path / "day.yaml")).err
    )
    assert "gone.yaml" in run("figure", str(tmp_path / "gone.yaml")).err


def test_a_dumb_terminal_has_it_standing_still(in_terminal, screens):
    shown = in_terminal("figure", "reach", terminal="dumb").out
    assert "⣿" in shown
    assert "\x1b" not in shown
    assert screens == []


def test_the_sheet_of_an_exercise_begins_with_its_start_and_end(in_terminal, run):
    shown = in_terminal("exercises", "reach").out
    picture, _, sheet = shown.partition("Reach\n=====")
    assert sheet
    rows = picture.splitlines()
    assert 4 < len(rows) <= 16
    assert max(map(len, rows)) <= 80
    assert any(row[:36].strip() and row[40:].strip() for row in rows), "side by side"
    for words, terminal in (("nod", "xterm"), ("reach", "dumb")):
        assert in_terminal("exercises", words, terminal=terminal).out.startswith(words.title())


def test_who_wants_less_motion_has_it_standing_still(run, in_terminal, screens):
    assert run("config", "set", "figure", "still").status == 0
    assert "⣿" in in_terminal("figure", "reach").out
    assert "⣿" in in_terminal("exercises", "reach").out
    assert screens == []


@pytest.mark.parametrize("chosen", [("view", "plain"), ("figure", "off")])
def test_the_sheet_has_no_picture_in_a_pipe_or_for_who_wants_none(run, in_terminal, chosen):
    assert run("exercises", "reach").out.startswith("Reach")
    assert run("config", "set", *chosen).status == 0
    assert in_terminal("exercises", "reach").out.startswith("Reach")


def test_a_routine_is_printed_with_pictures_in_a_terminal(run, in_terminal, home):
    mine = home / "data" / "routines" / "mine.yaml"
    mine.write_text("name: Mine\nsteps:\n  - bridge: 2 x 5\n  - nod: 5\n  - bridge: 5\n")
    assert "⣿" not in run("show", "mine").out
    shown = in_terminal("show", "mine").out
    first, rest = shown.split("2. Nod")
    heading, *picture = first[first.index("1. Bridge") :].splitlines()
    assert heading.startswith("1. Bridge: ")
    drawn = [line for line in picture if "⣿" in line]
    assert 3 < len(drawn) <= 8
    assert "Slowly." in first, "its words are there, too"
    assert "⣿" not in rest, "a second time neither its words nor its picture are repeated"


@pytest.mark.parametrize("console", [{"TERM": "linux"}, {"LC_ALL": "C"}])
@pytest.mark.parametrize("words", [("figure", "bridge"), ("exercises", "bridge")])
def test_a_terminal_without_braille_has_the_picture_in_signs_of_its_own(
    run, in_terminal, monkeypatch, console, words
):
    for name, value in console.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    assert run("config", "set", "figure", "still").status == 0
    shown = in_terminal(*words, terminal=console.get("TERM", "xterm")).out
    assert "##" in shown
    assert not any("\u2800" <= sign <= "\u28ff" for sign in shown)
