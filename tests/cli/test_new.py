"""``voicecoach new`` and ``voicecoach exercises`` where no transcript shows it."""

import sys

import pytest


def test_on_a_full_disk_no_empty_file_is_left(run, home, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # half of it would be kept, and read ever after
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        shown = run("new", "core", "--from", "core")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (shown.status, shown.out) == (1, "")
    assert "core.yaml cannot be written: " in shown.err
    assert list((home / "data" / "routines").iterdir()) == []


def test_a_folder_that_cannot_be_made(run, home):
    (home / "data").mkdir(parents=True)
    (home / "data" / "routines").symlink_to(home / "gone")
    shown = run("new", "mine")
    assert (shown.status, shown.out) == (1, "")
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
