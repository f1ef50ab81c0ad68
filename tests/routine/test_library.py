import os
import unicodedata
from pathlib import Path

import pytest
from naming import naming

from voicecoach import paths
from voicecoach.errors import FileError, RoutineError, UnknownName
from voicecoach.routine.files.library import Entry, Library
from voicecoach.routine.model import Do, Kind

EXERCISE = "name: {}\nrep: up 2s, hold 5s, down 2s\nreps: 3\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def user(tmp_path):
    return tmp_path / "user"


@pytest.fixture
def shipped(tmp_path):
    folder = tmp_path / "shipped"
    write(folder / "core.yaml", "name: Core\nsteps: [lift]\n")
    write(folder / "exercises" / "lift.yaml", EXERCISE.format("Lift"))
    return folder


@pytest.fixture
def library(user, shipped):
    return Library((user, shipped))


def names(routine):
    return [step.exercise.name for step in routine.steps if isinstance(step, Do)]


def test_shipped_routines_without_a_folder_of_ones_own(library):
    assert library.routines() == ("core",)
    assert library.exercises() == ("lift",)
    routine = library.load("core")
    assert (routine.id, routine.name, names(routine)) == ("core", "Core", ["Lift"])


def test_what_cannot_be_listed_hides_no_shipped_exercise(library, user):
    write(user / "exercises", "a file where a folder should be")
    assert names(library.load("core")) == ["Lift"]


def test_ones_own_routines_and_exercises_come_before_the_shipped_ones(library, user):
    write(user / "exercises" / "lift.yaml", EXERCISE.format("My lift"))
    assert names(library.load("core")) == ["My lift"]
    path = write(user / "core.yml", "name: Mine\nsteps: [lift]\n")
    assert library.load("core").path == path
    assert library.routines() == ("core",)


def test_a_path_is_read_where_it_is_with_the_exercises_beside_it(library, tmp_path):
    path = write(tmp_path / "physio" / "monday.yaml", "name: Monday\nsteps: [lift, turn]\n")
    write(path.parent / "exercises" / "turn.yaml", EXERCISE.format("Turn"))
    assert names(library.load(path)) == ["Lift", "Turn"]
    assert names(library.load(str(path))) == ["Lift", "Turn"]
    assert library.exercises() == ("lift",)


def test_a_file_in_the_current_folder_is_named_with_its_ending(library, tmp_path, monkeypatch):
    write(tmp_path / "monday.yaml", "name: Monday\nsteps: [lift]\n")
    monkeypatch.chdir(tmp_path)
    assert library.load("monday.yaml").id == "monday"
    with pytest.raises(UnknownName):
        library.load("monday")


def test_an_unknown_name_is_refused_and_the_nearest_suggested(library):
    for name in ("cor", "Core ", "", "-", ".", "..", "~", "co\0re", "x" * 500, "*", "$HOME"):
        with pytest.raises(UnknownName):
            library.load(name)
    with pytest.raises(UnknownName) as caught:
        library.load("cores")
    assert "Did you mean 'core'?" in str(caught.value)
    with pytest.raises(UnknownName) as caught:
        library.exercise("lfit")
    assert caught.value.nearest == "lift"


def test_an_exercise_cannot_be_named_out_of_its_folder(library, shipped):
    write(shipped / "secret.yaml", EXERCISE.format("Secret"))
    for name in ("../secret", str(shipped / "secret"), "exercises/../../secret", "..\\secret", "secret.yaml"):
        with pytest.raises(UnknownName):
            library.exercise(name)


def test_problems_in_a_library_file_are_told_where_they_are(library, shipped):
    broken = write(shipped / "exercises" / "lift.yaml", EXERCISE.format("Lift") + "sets: many\n")
    write(shipped / "core.yaml", "name: Core\nsteps: [lift, {lift: 3 x x}, {rest: -1}]\n")
    with pytest.raises(RoutineError) as caught:
        library.load("core")
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [
        (shipped / "core.yaml", 2),
        (shipped / "core.yaml", 2),
        (broken, 4),
    ]


def test_only_the_exercises_that_are_used_are_read(library, shipped):
    write(shipped / "exercises" / "broken.yaml", "nonsense: [")
    assert names(library.load("core")) == ["Lift"]


def test_check_finds_everything_in_a_folder_once(library, shipped):
    broken = write(shipped / "exercises" / "broken.yaml", "name: Broken\n")
    uses_it = write(shipped / "uses_it.yaml", "name: X\nsteps: [broken, lift, liff]\n")
    write(shipped / "phrases" / "en.yaml", "not: a routine\n")
    problems = library.check([shipped, uses_it, "core"])
    assert [(problem.path, problem.line) for problem in problems] == [(broken, 1), (uses_it, 2)]
    assert library.check([shipped / "exercises"]) == [problems[0]]


def test_exercises_by_kind(library, user):
    write(user / "exercises" / "arm.yaml", EXERCISE.format("Arm") + "kind: strength\n")
    write(user / "exercises" / "broken.yaml", "name: Broken\n")
    write(user / "exercises" / "wake.yaml", EXERCISE.format("Wake up") + "kind: mobility\n")
    assert library.browse() == (
        Entry("wake", "Wake up", Kind.MOBILITY),
        Entry("lift", "Lift", Kind.STABILISATION),
        Entry("arm", "Arm", Kind.STRENGTH),
        Entry("broken", "", None),
    )
    assert library.browse(Kind.STRENGTH) == (Entry("arm", "Arm", Kind.STRENGTH),)


def test_check_finds_exercises_that_do_not_exist(library, shipped):
    path = write(shipped / "exercises" / "turn.yaml", EXERCISE.format("Turn") + "easier: lfit\n")
    [problem] = library.check([path])
    assert (problem.line, problem.column) == (4, 9)
    assert "did you mean 'lift'?" in str(problem)
    assert library.exercise("turn").name == "Turn"  # a session does not fail for it


@pytest.mark.parametrize("make", ["nothing", "folder", "pipe", "\0", "x" * 5000, "forbidden"])
def test_what_is_not_a_file_cannot_be_read(library, tmp_path, monkeypatch, make):
    path = tmp_path / "thing.yaml"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    elif make == "forbidden":
        write(path, "name: Mine\nsteps: [lift]\n")
        refusal = PermissionError(13, "Permission denied")
        monkeypatch.setattr(os, "open", lambda *_args, **_more: (_ for _ in ()).throw(refusal))
    elif make != "nothing":
        path = f"thing/{make}.yaml"
    with pytest.raises(FileError, match="Permission denied" if make == "forbidden" else "thing"):
        library.load(path)


def test_the_default_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    assert Library.default().folders == (tmp_path / "data" / "routines", paths.shipped("routines"))


def test_each_exercise_of_a_routine_knows_where_it_is_written(library, user):
    text = "name: Mine\nsteps:\n  - rest: 5s\n  - lift\n  - repeat: 2\n    steps:\n      - lift: 4\n"
    text += "  - exercise: lift\n    reps: 2\n  - exercise: Heel slide\n    rep: out 2s\n"
    write(user / "mine.yaml", text)
    places = [step.place for step in library.load("mine").steps if isinstance(step, Do)]
    assert places == [(4, 5), (7, 9), (7, 9), (8, 15), (10, 5)]


def test_letters_may_be_written_in_two_ways(library, user):
    """Some systems write a letter and its accent apart, and people type them together, or the other way."""
    together, apart, hindi = "r\u00fccken", "dru\u0308cken", "\u092a\u0940\u0920"
    for name in (together, apart, hindi, together.upper()):
        write(user / f"{name}.yaml", f"name: {name}\nsteps: [lift]\n")
    names = (together, "dr\u00fccken", hindi, "R\u00dcCKEN")
    assert set(names) <= set(library.routines())
    for name in names:
        for typed in (unicodedata.normalize(form, name) for form in ("NFC", "NFD")):
            with naming(typed):
                assert library.routine_meant(typed) == name
                assert library.load(typed).id == name


def test_what_stands_in_the_place_of_a_routine_is_listed_and_refused(library, user):
    """What is shipped does not take its place in silence: it is not what the person wants."""
    (user / "exercises").mkdir(parents=True)
    shipped = library.routines()[0]
    for name in ("mine", shipped):
        (user / f"{name}.yaml").symlink_to("gone")
        assert name in library.routines()
        with pytest.raises(FileError, match=f"There is no file .*{name}.yaml"):
            library.load(name)
    (user / "exercises" / "lift.yaml").symlink_to("lift.yaml")
    with pytest.raises(RoutineError, match=r"lift\.yaml:1:1: this cannot be read: it is a link that"):
        library.exercise("lift")
    assert ("lift", "", None) in library.browse()
