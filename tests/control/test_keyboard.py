"""What a terminal sends, as keys, and a terminal that goes away."""

import os
import pty
import sys
import threading

import pytest

from voicecoach.control import keyboard
from voicecoach.control.keyboard import Keyboard, keys_in

PATIENCE = 30.0
"""Seconds; reached only when something is broken."""


@pytest.mark.parametrize(
    ("typed", "pressed"),
    [
        ("nb", ["n", "b"]),
        ("\x1b[C", ["right"]),
        ("\x1bOD\x1bOD", ["left", "left"]),
        ("n\x1b[C\x1b[5~x", ["n", "right", "pageup", "x"]),
        ("\x1b", ["escape"]),
        ("\x1b\x1b[D", ["escape", "left"]),
        ("\x1b[A", ["escape"]),
        ("\x1b[1;5C", ["escape"]),
        ("\x1b[15~", ["escape"]),
        ("\x1bq", ["escape"]),  # alt and a letter
        ("\x1b[", ["escape"]),  # the rest is still to come: not a bracket, which means slower
        (" \r\x7f\x03\x04", [" ", "enter", "backspace", "ctrl+c", "ctrl+d"]),
        ("é", ["é"]),
    ],
)
def test_keys_that_arrive_together_are_told_apart(typed, pressed):
    assert list(keys_in(typed)) == pressed


def test_a_terminal_that_is_closed_is_no_fault(monkeypatch):
    master, slave = pty.openpty()
    seen, heard = [], threading.Event()

    def pressed(key):
        seen.append(key.name)
        heard.set()

    with os.fdopen(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with Keyboard().connected(pressed, pytest.fail):
            os.write(master, b"x")
            assert heard.wait(PATIENCE)
            os.close(master)
    assert seen == ["x"]


def test_a_key_whose_answer_fails_does_not_end_the_others(monkeypatch):
    master, slave = pty.openpty()
    heard = threading.Event()

    def pressed(key):
        if key == "x":
            raise BrokenPipeError
        heard.set()

    with os.fdopen(slave) as stdin, os.fdopen(master, "wb", buffering=0) as terminal:
        monkeypatch.setattr(sys, "stdin", stdin)
        with Keyboard().connected(lambda key: pressed(key.name), print):
            terminal.write(b"xy")
            assert heard.wait(PATIENCE)


def test_a_key_whose_answer_never_ends_does_not_hold_up_the_end(monkeypatch):
    monkeypatch.setattr(keyboard, "PATIENCE", 0.01)
    master, slave = pty.openpty()
    begun, never = threading.Event(), threading.Event()

    def pressed(_):
        begun.set()
        never.wait(PATIENCE)

    with os.fdopen(slave) as stdin, os.fdopen(master, "wb", buffering=0) as terminal:
        monkeypatch.setattr(sys, "stdin", stdin)
        with Keyboard().connected(lambda key: pressed(key.name), print):
            terminal.write(b"x")
            assert begun.wait(PATIENCE)
        assert not never.is_set()
        never.set()
        for thread in threading.enumerate():
            if thread.name == "keyboard":
                thread.join(PATIENCE)
