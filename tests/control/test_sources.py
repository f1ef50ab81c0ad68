"""What every source of commands promises, the fake included."""

import os
import pty
import signal
import sys
import threading
from pathlib import Path

import pytest
from fakes.commands import Prearranged, typed

from voicecoach.control.keyboard import Keyboard
from voicecoach.control.mpris import MediaKeys
from voicecoach.control.sources import GONE, INTERRUPT, Key, Signals, connected
from voicecoach.session.commands import Command

PATIENCE = 30.0
"""Seconds; reached only when something is broken."""


class Asked:
    """What came from a source, and when."""

    def __init__(self):
        self.all, self._came = [], threading.Semaphore(0)

    def send(self, request):
        self.all.append(request)
        self._came.release()

    def next(self):
        assert self._came.acquire(timeout=PATIENCE)
        return self.all[-1]


def fake(request):
    return Prearranged(Command.NEXT), Command.NEXT, lambda: None


def keyboard(request):
    master, slave = pty.openpty()
    request.addfinalizer(lambda: os.close(master))
    stdin = os.fdopen(slave)
    request.addfinalizer(stdin.close)
    request.getfixturevalue("monkeypatch").setattr(sys, "stdin", stdin)
    return Keyboard(), Key("n"), lambda: os.write(master, b"n")


def signals(request):
    # Python's own handler in its place would end the tests.
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    request.addfinalizer(lambda: signal.signal(signal.SIGTERM, before))
    return Signals(), INTERRUPT, lambda: os.kill(os.getpid(), signal.SIGTERM)


def media_keys(request):
    bus = request.getfixturevalue("bus")

    def press():
        while "voicecoach" not in bus.players():
            pass
        bus.playerctl("next")

    return MediaKeys("Core"), Command.NEXT, press


@pytest.mark.parametrize("made", [fake, keyboard, signals, media_keys])
def test_a_source_sends_inside_its_block_alone_and_can_be_opened_again(made, request):
    source, wish, press = made(request)
    asked = Asked()
    for _ in range(2):
        with connected([source], asked.send, pytest.fail):
            press()
            assert asked.next() == wish
    if made is not media_keys:  # which nobody can press when they are not on the bus
        press()
    assert asked.all == [wish, wish]


def test_many_sources_are_opened_at_once():
    asked = Asked()
    with connected([typed("n", "q"), Prearranged(Command.STOP)], asked.send, pytest.fail):
        assert asked.all == [Key("n"), Key("q"), GONE, Command.STOP]


def test_where_there_is_no_terminal_nobody_waits_for_keys(monkeypatch):
    asked = Asked()
    with Path(os.devnull).open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with connected([Keyboard()], asked.send, pytest.fail):
            assert asked.all == [GONE]
