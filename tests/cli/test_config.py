"""``voicecoach config``."""

import stat

import pytest

from voicecoach.settings.table import SETTINGS


@pytest.fixture
def path(home):
    return home / "config" / "config.toml"


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor that puts a text at the end of the file."""

    def append(text):
        script = tmp_path / "editor"
        script.write_text(f"#!/bin/sh\nprintf '%s\\n' '{text}' >> \"$1\"\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("EDITOR", str(script))
        monkeypatch.delenv("VISUAL", raising=False)

    return append


def test_it_shows_every_setting_and_what_it_means(run, path):
    shown = run("config")
    assert (shown.status, shown.err) == (0, "")
    assert f"it would be kept in {path}" in shown.out
    rules = run("config", "rules").out
    for key in SETTINGS:
        assert f"\n{key} = " in shown.out
    assert "\ncalm-days = 3 in days\n    Days of calm routines in a flare. Our own choice, untested." in rules
    assert "\nred-pain = 6\n    Worst pain from which an exercise is red. Source: providephysio" in rules
    assert max(map(len, rules.splitlines()[1:])) <= 80
    assert "How fast the coach speaks. A whole number from 110 to 320" in shown.out
    assert max(map(len, shown.out.splitlines()[1:])) <= 80
    assert not path.exists()


def test_it_says_what_is_yours(run):
    run("config", "set", "rate", "140")
    lines = run("config").out.splitlines()
    assert "rate = 140                    yours; the default is 165" in lines
    assert "speed = 100                   the default" in lines


def test_a_broken_file_is_shown_with_what_is_wrong(run, path):
    path.parent.mkdir(parents=True)
    path.write_text("rate = 140\nspeed = fast\nvice = 1\n")
    shown = run("config")
    assert shown.status == 2
    assert "rate = 140                    yours" in shown.out
    assert f"{path}:2:9: 'speed = fast' cannot be read; a whole number from 50 to 150" in shown.err
    assert f"{path}:3:1: unknown key 'vice'; did you mean 'voice'?" in shown.err
    assert "voicecoach config edit" in shown.err
    assert path.read_text() == "rate = 140\nspeed = fast\nvice = 1\n"


def test_edit_opens_a_file_that_explains_itself(run, path, editor):
    editor("tempo = 80")
    shown = run("config", "edit")
    assert (shown.status, shown.out) == (0, f"{path}: good\n")
    assert run("config", "get", "tempo").out == "80\n"
    assert "# theme = " in path.read_text()


def test_edit_says_what_is_wrong_afterwards(run, editor):
    editor("speed = 800")
    shown = run("config", "edit")
    assert shown.status == 2
    assert "speed: 800 is too large" in shown.err
