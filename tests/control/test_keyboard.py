"""What a terminal sends, as keys, and a terminal that goes away."""

import io
import os
import pty
import sys
import threading

import pytest

from voicecoach.control import keyboard
from voicecoach.control.keyboard import Keyboard, keys_in
from voicecoach.control.sources import GONE, Key

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
        ("\x1b[A", ["other"]),
        ("\x1b[1;5C", ["other"]),
        ("\x1b[15~", ["other"]),
        ("\x1bq", ["other"]),  # alt and a letter
        ("\x1b[", ["other"]),  # without its rest: not a bracket, which means slower
        (" \r\x7f\x03\x04", [" ", "enter", "backspace", "ctrl+c", "ctrl+d"]),
        ("é", ["é"]),
    ],
)
def test_keys_that_arrive_together_are_told_apart(typed, pressed):
    assert list(keys_in(typed)) == pressed


@pytest.fixture
def typed(monkeypatch):
    """A terminal that one can type into."""
    master, slave = pty.openpty()
    with os.fdopen(slave) as stdin, os.fdopen(master, "wb", buffering=0) as terminal:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield terminal


@pytest.mark.parametrize(
    ("typed", "whole", "rest"),
    [
        ("n\x1b", "n", "\x1b"),
        ("\x1b\x1b[", "\x1b", "\x1b["),
        ("\x1b[1;5", "", "\x1b[1;5"),
        ("\x1bO", "", "\x1bO"),
        ("\x1b[C", "\x1b[C", ""),
        ("\x1bq", "\x1bq", ""),
    ],
)
def test_a_key_waits_for_its_rest(typed, whole, rest):
    assert keyboard.cut_off(typed) == (whole, rest)


def test_more_keys_than_are_read_at_once_are_the_same_keys(typed):
    seen, done = [], threading.Event()

    def pressed(key):
        seen.append(key.name)
        if key.name in {"q", "escape"}:
            done.set()

    with Keyboard().connected(pressed, pytest.fail):
        for keys, names in (
            (b"\x1b[C" * 30 + b"q", ["right"] * 30 + ["q"]),
            ("\u20ac".encode() * 30 + b"q", ["\u20ac"] * 30 + ["q"]),
            (b"\x1b", ["escape"]),
        ):
            seen.clear()
            done.clear()
            typed.write(keys)
            assert done.wait(PATIENCE)
            assert seen == names


def test_a_terminal_that_is_closed_is_told_and_no_fault(typed):
    seen, heard, gone = [], threading.Event(), threading.Event()

    def pressed(key):
        seen.append(key)
        (gone if key == GONE else heard).set()

    with Keyboard().connected(pressed, pytest.fail):
        typed.write(b"x")
        assert heard.wait(PATIENCE)
        typed.close()
        assert gone.wait(PATIENCE)
    assert seen == [Key("x"), GONE]


def test_where_there_is_no_terminal_no_key_is_to_be_waited_for(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "stdin", io.StringIO("y"))
    with Keyboard().connected(seen.append, pytest.fail):
        assert seen == [GONE]


def test_a_key_whose_answer_fails_does_not_end_the_others(typed):
    heard = threading.Event()

    def pressed(key):
        if key.name == "x":
            raise BrokenPipeError
        heard.set()

    with Keyboard().connected(pressed, print):
        typed.write(b"xy")
        assert heard.wait(PATIENCE)


def test_a_key_whose_answer_never_ends_does_not_hold_up_the_end(monkeypatch, typed):
    monkeypatch.setattr(keyboard, "PATIENCE", 0.01)
    begun, never = threading.Event(), threading.Event()

    def pressed(_):
        begun.set()
        never.wait(PATIENCE)

    with Keyboard().connected(pressed, print):
        typed.write(b"x")
        assert begun.wait(PATIENCE)
    assert not never.is_set()
    never.set()
    for thread in threading.enumerate():
        if thread.name == "keyboard":
            thread.join(PATIENCE)
