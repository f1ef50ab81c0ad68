"""Which editor opens a file where none is chosen; those of a machine are made up."""

import pytest

from voicecoach.cli.editor import open_in_editor
from voicecoach.errors import UsageError


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with these editors, each with its exit status; which of them opened the file, in order."""

    def opened(platform, *, at_a_terminal=True, **editors):
        started = []
        monkeypatch.setattr("sys.platform", platform)
        monkeypatch.setattr("sys.stdin.isatty", lambda: at_a_terminal, raising=False)
        monkeypatch.setattr("shutil.which", lambda name: name if name.replace("-", "_") in editors else None)

        class Ended:
            def __init__(self, command, check, stderr):
                started.append(command[0])
                self.returncode = editors[command[0].replace("-", "_")]
                assert command[-1] == str(tmp_path / "mine.yaml")

        monkeypatch.setattr("subprocess.run", Ended)
        return open_in_editor(tmp_path / "mine.yaml"), started

    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return opened


@pytest.mark.parametrize(
    ("platform", "editors", "waits", "started"),
    [
        ("linux", {"sensible_editor": 0, "nano": 0}, True, ["sensible-editor"]),
        ("linux", {"sensible_editor": 1, "vim": 0}, True, ["sensible-editor", "vim"]),
        ("linux", {"vi": 1, "vim": 1}, True, ["vim"]),  # it was open, whatever it says
        ("linux", {"vi": 0}, True, ["vi"]),
        ("darwin", {"open": 0, "vim": 0}, False, ["open"]),
        ("win32", {"notepad": 0}, True, ["notepad"]),
    ],
)
def test_one_that_is_there_opens_the_file(machine, platform, editors, waits, started):
    assert machine(platform, **editors) == (waits, started)


def test_what_is_chosen_comes_first(machine, monkeypatch):
    monkeypatch.setenv("EDITOR", "mine")
    monkeypatch.setenv("VISUAL", "seen")
    assert machine("linux", seen=1, mine=0, nano=0) == (True, ["seen"])


def test_where_there_is_none_the_file_is_named(machine, tmp_path):
    for there in ({}, {"sensible_editor": 1}, {"nano": 0, "at_a_terminal": False}):
        with pytest.raises(UsageError, match=f"open {tmp_path / 'mine.yaml'} yourself"):
            machine("linux", **there)
