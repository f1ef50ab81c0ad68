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
    assert "\ncalm-days = 3 days\n    Days of calm routines in a flare. Our own choice, untested." in rules
    assert "\nlowering-step = 1 second\n" in rules
    assert "How fast the coach speaks, or a screen reader in its place. A whole number from 110" in shown.out
    assert not path.exists()


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


@pytest.mark.parametrize(("word", "meant"), [("no", "off"), ("none", "off"), ("false", "off"), ("yes", "on")])
def test_a_word_for_no_is_not_taken_for_on(run, word, meant):
    told = run("config", "set", "figure", word)
    assert (told.status, told.err.split("; ")[-1].strip()) == (2, f"did you mean '{meant}'?")
