"""File names that are not UTF-8, as old disks have them: never a traceback, and shown as far as possible."""

import os
import sys

import pytest
from naming import naming

from voicecoach.app import shelf
from voicecoach.cli import vocabulary
from voicecoach.journal import store
from voicecoach.journal.store import Journal

pytestmark = [
    pytest.mark.usefixtures("accepted"),
    pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names"),
]

ODD = os.fsdecode(b"r\xfccken")
PLAY = ("--yes", "--output", "instant", "--voice", "silent")
TEXT = "name: Odd\nsteps: [cat_camel: 1]\n"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A routine in the current folder."""
    (path := tmp_path / f"{ODD}.yaml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return path.name


def test_a_session_of_such_a_file_is_written_down_and_goes_on(run, file, tmp_path):
    ran = run("play", file, *PLAY, "--journal")
    assert (ran.status, ran.err) == (0, "")
    with Journal.open(store.file(), pytest.fail) as journal:
        done = journal.latest()
    assert (done.routine, done.asked.name) == ("r\N{REPLACEMENT CHARACTER}cken", str(tmp_path / file))
    for command in (
        "history",
        "history last",
        "history --json",
        "stats",
        "plan dose cat_camel",
        "home",
        "resume",
    ):
        with naming(command):
            assert run(*command.split()).status == (2 if command == "resume" else 0)
    shown = run("plan", "dose", "cat_camel", "2")
    assert (shown.status, shown.err) == (0, "")
    assert "Odd" in shown.out


def test_every_command_takes_such_a_name(run, file, tmp_path):
    (tmp_path / "home" / "data" / "routines").mkdir(parents=True, exist_ok=True)
    (tmp_path / "home" / "data" / "routines" / file).write_text(TEXT)
    assert run("plan", "new", "--phase", "calm").status == 0
    assert run("log", ODD, "--minutes", "10", "--comment", ODD).status == 0
    good = {
        "check": (file,),
        "show": (file,),
        "sheet": (file, "-o", f"{ODD}.html", "--name", ODD),
        "timeline": (file,),
        "list": (),
        "home": (),
        "report": ("-o", f"{ODD}.html", "--name", ODD),
        "backup": (f"{ODD}.db",),
        "restore": (f"{ODD}.db",),
        "render": (file, "--voice", "silent", "-o", f"{ODD}.wav"),
    }
    for command, arguments in good.items():
        with naming(command):
            assert run(command, *arguments).status == 0
    assert run("plan", "calendar", "-o", f"{ODD}.ics").status == 0
    for command in (
        "play",
        "show",
        "sheet",
        "check",
        "exercises",
        "new",
        "help",
        "history",
        "restore",
        "plan dose",
        "plan days",
    ):
        with naming(command):
            ran = run(*command.split(), f"{ODD}-gone", *(["3"] if command == "plan days" else []))
            assert ran.status == 2
            assert "cken-gone" in ran.err or command == "plan dose"
    assert run("config", "set", "music", f"{ODD}-gone").status == 2
    assert "cken-gone" in run("play", "quick", *PLAY, "--music", f"{ODD}-gone").err
    assert vocabulary.routines("r") == [file]


def test_such_a_home(run, tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / ODD))
    monkeypatch.chdir(tmp_path)
    assert run("play", "quick", *PLAY, "--journal").status == 0
    assert run("config", "set", "rate", "140").status == 0
    assert run("plan", "new", "--phase", "calm").status == 0
    assert run("new", "mine").status == 0
    for command in (
        "list",
        "history",
        "home",
        "config",
        "profile",
        "plan",
        "today",
        "report",
        "stats",
        "play mine",
    ):
        with naming(command):
            ran = run(*command.split(), *((*PLAY, "--journal") if command.startswith("play") else ()))
            assert (ran.status, ran.err) == (0, "")
    assert {each.name for each in (tmp_path / ODD / "data").iterdir()} >= {
        "journal.db",
        "plan.yaml",
        "safety.json",
    }


def test_of_too_many_routines_the_first_are_listed(run, home, monkeypatch):
    monkeypatch.setattr(shelf, "LISTED", 3)
    (folder := home / "data" / "routines").mkdir(parents=True)
    for number in range(5):
        (folder / f"mine-{number}.yaml").write_text(TEXT)
    for _ in range(2):  # also when the list was made before
        ran = run("list")
        assert (ran.status, ran.err.count("\n")) == (0, 1)
        assert ran.err.startswith("Of your 5 routines the first 3 are listed.")
        assert ("mine-2" in ran.out, "mine-3" in ran.out, "walk" in ran.out) == (True, False, True)
    assert run("play", "mine-4", *PLAY, "--journal").status == 0
