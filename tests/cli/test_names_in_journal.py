"""A journal names routines that are gone, changed, or never were: each row costs only itself."""

import os
from dataclasses import replace

import pytest
from fakes.journal import session_on, sets_of
from fakes.odd_files import NO_FILES
from naming import naming

from voicecoach.journal import store
from voicecoach.journal.records import Asked
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library

pytestmark = [
    pytest.mark.usefixtures("accepted"),
    pytest.mark.skipif(os.name != "posix", reason="makes pipes and devices"),
]

NAMES = (
    "gone",
    "gone.yaml",
    "/nowhere/gone.yaml",
    "~nobody-of-that-name/gone.yaml",
    "walk/run",
    "..",
    "../..",
    ".",
    "/",
    "\\",
    "a\nb",
    "a\nb.yaml",
    "\x1b[2Jcleared.yaml",
    "",
    " ",
    "x" * 10_000,
    "x" * 10_000 + ".yaml",
    "--help",
    "--routine=x.yaml",
    "%s{0}$HOME`id`.yaml",
    "/dev/zero.yaml",
)
COMMANDS = (
    "plan dose cat_camel",
    "plan dose cat_camel 4",
    "plan keep cat_camel",
    "plan dose bird_dog",
    "plan undo",
    "plan explain",
    "plan",
    "plan pace",
    "today",
    "home",
    "list",
    "stats",
    "report -o HERE/report.html",
    "history",
    "history last",
    "history --json",
    "log --session last --pain 3",
    "undo-log",
    "log walk --minutes 10",
    "exercises cat_camel",
    "show core",
    "sheet core -o HERE/sheet.html",
)


@pytest.fixture
def odd_folder(tmp_path):
    """A folder with what may stand in the place of a routine that was played from a file."""
    folder = tmp_path / "played"
    folder.mkdir()
    for kind, make in NO_FILES.items():
        make(folder / f"{kind}.yaml")
    (folder / "mistaken.yaml").write_text("name: X\nsteps: [no_such_thing]\n")
    return folder


def test_every_command_goes_on(run, at, tmp_path, odd_folder):
    names = [*NAMES, *map(str, sorted(odd_folder.iterdir())), str(odd_folder / "\0.yaml")]
    exercises = Library.default().load("core").exercises
    sets = [each for exercise in exercises for each in sets_of(exercise)]
    with Journal.open(store.file(), pytest.fail) as journal:
        journal.begin(replace(session_on(0, sets), id=0))
        for name in names:
            row = replace(session_on(1, sets), id=0, routine=name)
            try:
                journal.begin(replace(row, asked=Asked(name=name)))
                journal.begin(replace(row, asked=None))
            except ValueError:
                assert "\0" in name  # which SQLite does not keep
    at(2)
    assert run("plan", "new", "--phase", "restore").status == 0
    for command in COMMANDS:
        with naming(command):
            ran = run(*command.replace("HERE", str(tmp_path)).split())
            assert (ran.status, ran.err) == (0, "")
            assert "\x1b" not in ran.out


def test_what_only_a_broken_row_names(run, at):
    """Also when no routine is left in which to look, it is said how to name one."""
    with Journal.open(store.file(), pytest.fail) as journal:
        journal.begin(replace(session_on(0), id=0, asked=Asked(name="/nowhere/gone.yaml")))
    at(1)
    ran = run("plan", "dose", "cat_camel", "4")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "--routine quick" in ran.err
    assert run("plan", "dose", "cat_camel", "4", "--routine", "core").status == 0
