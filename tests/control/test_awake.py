"""The computer stays awake while a session plays, by whatever the system has for that."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from functools import partial

import bus as desktop
import pytest
from bus import until
from fakes.desktops import Keeper

from voicecoach.control import awake, dbus_thread
from voicecoach.control.awake import Awake, means
from voicecoach.session.transport import State

SAVER = "org.freedesktop.ScreenSaver"
PORTAL = "org.freedesktop.portal.Desktop"
LOGIND = "org.freedesktop.login1"


@pytest.fixture
def start(bus, monkeypatch):
    """Starts what keeps awake, on the desktop's bus and on another one for the system."""
    with ExitStack() as running:
        system = running.enter_context(desktop.daemon())
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", system.address)

        def started(name, **how):
            keeper = Keeper(system.address if name == LOGIND else bus.address, name, **how)
            running.enter_context(keeper.running())
            until(lambda: keeper.ready)
            return keeper

        yield started


def test_the_screen_saver_is_held_to_the_end_and_the_portal_left_alone(start):
    saver, portal = start(SAVER), start(PORTAL)
    with Awake().held():
        until(lambda: saver.held)
    assert (saver.asked, saver.held, portal.asked) == ([("voicecoach", awake.WHY)], 0, [])


@pytest.mark.parametrize("how", [{"refuses": True}, {"deaf": True}, None])
def test_the_portal_takes_the_place_of_a_screen_saver_that_refuses_or_does_not_answer(
    start, monkeypatch, how
):
    monkeypatch.setattr(awake, "ANSWER_WITHIN", 0.3)
    portal = start(PORTAL)
    if how:
        start(SAVER, **how)
    with Awake().held():
        until(lambda: portal.held)
    until(lambda: not portal.held)
    assert portal.asked == [("", 12, awake.WHY)]


def test_logind_holds_a_file_beside_that(start):
    saver, logind = start(SAVER), start(LOGIND)
    with Awake().held():
        until(lambda: saver.held and logind.open_files())
    assert logind.asked == [("idle", "voicecoach", awake.WHY, "block")]
    until(lambda: not logind.open_files())


@pytest.mark.parametrize("still", [State.PAUSED, State.LOST])
def test_a_long_pause_lets_it_sleep_and_a_short_one_does_not(start, still):
    saver, logind = start(SAVER), start(LOGIND)

    def both_held(count):
        return saver.held == logind.open_files() == count

    for pause, held in ((0.05, 0), (60.0, 1)):
        kept = Awake(pause)
        with kept.held():
            until(lambda: saver.held and logind.open_files())
            kept.state_changed(still)
            until(partial(both_held, held))
            kept.state_changed(State.PLAYING)
            until(partial(both_held, 1))
    until(partial(both_held, 0))


def test_doctor_is_told_what_keeps_it_awake(start):
    assert means() == []
    start(SAVER)
    assert means() == ["the screen saver"]
    start(LOGIND)
    assert means() == ["the screen saver", "logind"]


HOLDS = """
import sys, time
from voicecoach.control.awake import Awake
with Awake().held():
    time.sleep(60)
"""


@pytest.mark.processes
def test_nothing_stays_behind_after_a_kill(start):
    logind = start(LOGIND)
    with subprocess.Popen([sys.executable, "-c", HOLDS]) as session:
        until(logind.open_files)
        session.send_signal(signal.SIGKILL)
    until(lambda: not logind.open_files())


@pytest.mark.parametrize("hangs", [True, False])
@pytest.mark.usefixtures("no_bus")
def test_a_bus_that_hangs_or_is_missing_delays_and_says_nothing(monkeypatch, tmp_path, capfd, hangs):
    monkeypatch.setattr(dbus_thread, "CONNECT_WITHIN", 0.2)
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "bus"))
        deaf.listen()
        address = f"unix:path={tmp_path}/{'bus' if hangs else 'nothing'}"
        for name in ("SESSION", "SYSTEM"):
            monkeypatch.setenv(f"DBUS_{name}_BUS_ADDRESS", address)
        before = time.monotonic()
        with Awake().held():
            pass
        assert time.monotonic() - before < 2 * awake.GOODBYE + 1
        assert means() == []
    assert capfd.readouterr() == ("", "")


def test_macos_keeps_awake_for_as_long_as_this_program_lasts(monkeypatch, tmp_path):
    ran = tmp_path / "ran"
    program = tmp_path / "caffeinate"
    program.write_text(f'#!/bin/sh\necho "$@" >> {ran}\nexec sleep 60\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    kept = Awake(0.0)
    with kept.held():
        (way,) = kept._ways
        first = way._running  # type: ignore[attr-defined] # that of macOS has one
        until(ran.exists)
        kept.state_changed(State.PAUSED)
        until(lambda: first.poll() is not None)
        kept.state_changed(State.PLAYING)
        until(lambda: ran.read_text().count("\n") == 2)
    assert set(ran.read_text().splitlines()) == {f"-di -w {os.getpid()}"}
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert means() == []


def test_windows_is_asked_by_one_thread_that_lives_as_long_as_the_session(monkeypatch):
    asked = []

    class Windows:
        @property
        def kernel32(self):
            return self

        def SetThreadExecutionState(self, flags):  # noqa: N802 - its name in Windows
            asked.append((flags, threading.get_ident()))
            return 1

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("ctypes.windll", Windows(), raising=False)
    kept = Awake(0.0)
    with kept.held():
        until(lambda: len(asked) == 1)
        kept.state_changed(State.PAUSED)
        until(lambda: len(asked) == 2)
        kept.state_changed(State.PLAYING)
        until(lambda: len(asked) == 3)
    assert [flags for flags, _ in asked] == [0x80000003, 0x80000000, 0x80000003, 0x80000000]
    assert len({thread for _, thread in asked} - {threading.get_ident()}) == 1
    assert means() == ["Windows"]
