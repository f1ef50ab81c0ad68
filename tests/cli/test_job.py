"""The program as a job of a shell: stopped, by Ctrl-Z or from outside, and brought back with "fg"."""

import os
import signal
import sys
from pathlib import Path

import pytest
import tmux

import voicecoach

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(bool(tmux.MISSING), reason="not installed: tmux (apt install tmux)"),
]

ALONE = f"{sys.executable} -m voicecoach"
PLAY = f"{ALONE} play mine.yaml --voice silent --output silent --coaching short"
SHELL = rf"^{tmux.PROMPT}\s*\Z"
ROUTINE = """\
name: Mine
steps:
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: 90
"""
PLACES = {
    # command, what it shows first, a key, what stands there, and what after "fg"; a key, what it does
    "plain": (
        f"{PLAY} --yes --plain",
        "Space",
        "n",
        "Now: Heel",
        "Paused; space",
        " ",
        "(?s)Paus.*Now:",
    ),
    "paused": (f"{PLAY} --yes --plain", "Space", " ", "Paused", "Paused", "n", "Now: Heel"),
    "full": (f"{PLAY} --yes", "LISTEN", "n", "GET INTO", "PAUSED", " ", "GET INTO"),
    "question": (
        f"{PLAY} --plain",
        "hurt now",
        "",
        "",
        "hurt now",
        "4",
        "  4\n",
    ),
    "home": (ALONE, "All routines", "", "", "All routines", "4", "^ Steady on the ball"),
    "list": (
        ALONE,
        "All routines",
        "4",
        "^ Steady on the ball",
        "^ Steady on the ball",
        "/",
        "with a word such as",
    ),
}


@pytest.fixture
def window(tmp_path, accepted, monkeypatch):
    (tmp_path / "mine.yaml").write_text(ROUTINE)
    monkeypatch.setenv("PYTHONPATH", str(Path(voicecoach.__file__).parents[1]))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.chdir(tmp_path)
    with tmux.window(tmp_path) as made:
        yield made


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", ["Ctrl-Z", signal.SIGTSTP, signal.SIGSTOP])
def test_who_comes_back_finds_the_terminal_as_it_was_and_then_the_program_which_obeys(window, place, way):
    command, begun, go, there, again, key, shown = PLACES[place]
    before = window.condition
    window.run(command)
    window.until(begun)
    window.press(*go)
    window.until(there)
    program = window.program
    if way == "Ctrl-Z":
        window.tmux("send-keys", "C-z")
    else:
        os.kill(program, way)
    window.until("Stopped")
    if way != signal.SIGSTOP:  # which nobody is told of
        window.until(SHELL)
        assert window.condition == before
        window.run("clear")
        window.until(rf"\A{tmux.PROMPT}\s*\Z")
    else:
        window.tmux("send-keys", "-R")  # else what stood there stands there still
    window.press("fg", "ctrl+j")  # Enter is none, in a terminal that nobody has left
    window.until(again)
    window.press(key)
    window.until(shown)
    os.kill(program, signal.SIGTERM)
    window.until(SHELL)
    assert window.condition == before
    assert "Traceback" not in window.screen


def test_a_session_in_the_background_waits_until_it_is_brought_back(window):
    window.run(f"{PLAY} --yes")
    window.until("LISTEN")
    window.tmux("send-keys", "C-z")
    window.until("Stopped")
    window.run("bg")
    window.run("sleep 1; jobs")
    window.until(r"(?s)bg.*Stopped")
    window.run("fg")
    window.until("PAUSED")
    window.leave()
    window.until("Nothing was done")
