"""``voicecoach new`` and ``voicecoach exercises`` without a terminal."""

import os
import re

import pytest

from voicecoach.routine.files.library import Library


def test_a_new_routine_has_no_mistakes_and_can_be_played(run, home):
    shown = run("new", "my-back")
    path = home / "data" / "routines" / "my-back.yaml"
    assert (shown.status, shown.err) == (0, "")
    assert str(path) in shown.out
    assert "voicecoach check my-back" in shown.out
    assert run("check", "--strict", "my-back").status == 0
    assert "my-back" in run("list").out


def test_what_is_there_is_never_written_over(run, home):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    for name in ("one.yaml", "two.yml"):
        (folder / name).write_text("mine")
        shown = run("new", name.partition(".")[0])
        assert (shown.status, shown.out) == (2, "")
        assert f"You have a routine of that name: {folder / name}" in shown.err
        assert (folder / name).read_text() == "mine"


@pytest.mark.parametrize("name", ["a/b", "../x", "my.yaml", "", "two words", "x" * 101, ".", "-"])
def test_a_name_that_is_none(run, home, name):
    shown = run("new", "--", name)
    assert shown.status == 2
    assert "cannot be the name of a routine" in shown.err
    assert not (home / "data").exists()


@pytest.mark.parametrize("name", ["con", "PRN", "nul", "com1", "Lpt9"])
def test_a_name_that_windows_keeps_for_itself(run, home, name):
    shown = run("new", name)
    assert (shown.status, shown.out) == (2, "")
    assert f"Choose another, such as my-{name}." in shown.err
    assert not (home / "data").exists()
    assert run("new", f"{name}0").status == 0


def test_on_a_full_disk_no_empty_file_is_left(run, home):
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        shown = run("new", "core", "--from", "core")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (shown.status, shown.out) == (2, "")
    assert "core.yaml cannot be written: " in shown.err
    assert list((home / "data" / "routines").iterdir()) == []


def test_from_another_routine_whose_place_it_takes(run, home):
    shown = run("new", "core", "--from", "core")
    assert "takes the place of the 'core'" in shown.out
    assert Library.default().load("core").path == home / "data" / "routines" / "core.yaml"


def test_from_a_routine_that_is_not_there(run, home):
    shown = run("new", "mine", "--from", "coer")
    assert (shown.status, shown.out) == (2, "")
    assert "Did you mean 'core'?" in shown.err
    assert not (home / "data").exists()


def test_from_a_file_with_exercises_of_its_own_says_what_to_copy(run, tmp_path):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "pull.yaml").write_text("name: Pull\nrep: in 3s\n")
    (tmp_path / "old.yaml").write_text("name: Old\nsteps: [pull]\n")
    shown = run("new", "mine", "--from", tmp_path / "old.yaml")
    assert (shown.status, shown.out) == (2, "")
    assert f"Copy the exercises in {tmp_path / 'exercises'} to " in shown.err


def test_a_folder_that_cannot_be_made(run, home):
    (home / "data").mkdir(parents=True)
    (home / "data" / "routines").symlink_to(home / "gone")
    shown = run("new", "mine")
    assert (shown.status, shown.out) == (2, "")
    assert f"The folder {home / 'data' / 'routines'} cannot be made" in shown.err


def test_edit_opens_the_editor_with_its_arguments(run, home, tmp_path, monkeypatch):
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/opened\n')
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{script} --wait")
    assert run("new", "mine", "--edit").status == 0
    assert (tmp_path / "opened").read_text().split() == [
        "--wait",
        str(home / "data" / "routines" / "mine.yaml"),
    ]


@pytest.mark.parametrize(
    ("editor", "says"), [("", "Set EDITOR"), (f"{os.sep}no{os.sep}such", "does not start")]
)
def test_without_an_editor_the_file_is_there_all_the_same(run, home, monkeypatch, editor, says):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    shown = run("new", "mine", "--edit")
    assert shown.status == 2
    assert says in shown.err
    assert (home / "data" / "routines" / "mine.yaml").exists()


def test_exercises_lists_them_all_with_kind_position_and_equipment(run):
    lines = run("exercises").out.splitlines()
    assert len(lines) == 1 + len(Library.default().exercises())
    (strap,) = (line for line in lines if line.startswith("hamstring_strap"))
    assert re.split(r" {2,}", strap)[1:] == [
        "stretch",
        "supine",
        "mat, strap",
        "Hamstring stretch with a strap",
    ]


def test_exercises_of_one_kind(run):
    lines = run("exercises", "--kind", "nerve").out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["sciatic_glide_seated", "sciatic_glide_supine"]


def test_one_exercise_as_a_sheet_with_cautions_in_words(run):
    sheet = run("exercises", "plank_front").out
    assert sheet.startswith("Front plank on the knees\n====")
    assert "Shoulder pain: do this instead: Dead bug." in sheet


def test_an_exercise_with_problems_is_in_the_list(run, home):
    folder = home / "data" / "routines" / "exercises"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("name: Broken\n")
    assert f"voicecoach check {folder / 'broken.yaml'}" in run("exercises").out
    assert run("exercises", "broken").status == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["birddog"], "Did you mean 'bird_dog'?"),
        (["stretch"], "voicecoach exercises --kind stretch"),
        (["--kind", "strech"], "Did you mean 'stretch'? The kinds are breathing, "),
        (["bird_dog", "--kind", "stretch"], "not both"),
        (["../core"], "There is no exercise called '../core'"),
    ],
)
def test_what_is_no_exercise_and_no_kind(run, arguments, says):
    shown = run("exercises", *arguments)
    assert (shown.status, shown.out) == (2, "")
    assert says in shown.err
