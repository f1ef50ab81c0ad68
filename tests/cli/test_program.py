"""What the program says to type on another day works in a new terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.cli import program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths as on Linux and macOS")


@pytest.fixture
def installed(tmp_path):
    """Install the command in a folder of the person's, and return its file."""

    def install(folder):
        file = tmp_path / folder / "voicecoach"
        file.parent.mkdir(parents=True)
        file.write_text("#!/bin/sh\necho here\n")
        file.chmod(0o755)
        return file

    return install


def command(file, home, *path, **active):
    folders = os.pathsep.join(map(str, [*path, "/usr/bin", "/bin"]))
    return program._command(str(file), {"PATH": folders, **active}, home)


@pytest.mark.parametrize("folder", ["back/.venv/bin", "my back/.venv/bin", "it's/$HOME/bin"])
def test_what_is_only_active_here_is_named_with_its_path(installed, tmp_path, folder):
    file = installed(folder)
    typed = command(file, tmp_path, file.parent, VIRTUAL_ENV=str(file.parent.parent))
    assert typed == command(file, tmp_path)  # started by its path
    new = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    ran = subprocess.run(["sh", "-c", typed], cwd="/", env=new, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("here\n", "")
    assert typed.startswith("~/")
    away = command(file, tmp_path / "elsewhere")
    assert subprocess.run(["sh", "-c", away], env=new, capture_output=True, check=True).stdout == b"here\n"


def test_what_every_terminal_finds_is_only_the_name(installed, tmp_path):
    file, tool = installed("back/.venv/bin"), installed(".local/bin")
    for started in (file, tool):
        active = {"VIRTUAL_ENV": str(tmp_path / "back/.venv")}
        assert command(started, tmp_path, file.parent, tool.parent, **active) == "voicecoach"


@pytest.mark.parametrize("started", ["", "-c", "voicecoach", "/nowhere/voicecoach", __file__])
def test_what_was_started_otherwise_is_only_the_name(started, tmp_path):
    assert command(started, tmp_path) == "voicecoach"


def test_a_home_that_nobody_knows_is_no_fault(monkeypatch):
    def unknown():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    monkeypatch.setattr(sys, "argv", ["/nowhere/voicecoach"])
    assert program.command() == "voicecoach"
