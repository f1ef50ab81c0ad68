"""Where there is no desktop, it does not answer, or the system is another one: at most one line says so."""

import socket
import sys

import pytest
from bus import until

from voicecoach.clock import SystemClock
from voicecoach.control import dbus_thread, mpris, others
from voicecoach.control.mpris import MediaKeys
from voicecoach.control.others import others_ducked, others_paused


def keys(notice):
    return MediaKeys("Core").connected(lambda wish: pytest.fail(str(wish)), notice)


def paused(notice):
    return others_paused(notice, SystemClock())


HUNG = "hung"
"""A desktop that takes the call and never answers."""
GONE = "unix:path=/nowhere/bus"


@pytest.mark.parametrize(
    ("connect", "platform", "address", "line"),
    [
        (keys, "linux", None, None),
        (keys, "linux", "disabled:", None),
        (keys, "darwin", None, mpris.ELSEWHERE),
        (keys, "linux", GONE, mpris.UNANSWERED),
        (keys, "linux", "nonsense", mpris.UNANSWERED),
        (keys, "linux", "unix:path=/dev/null", mpris.UNANSWERED),
        (keys, "linux", HUNG, mpris.UNANSWERED),
        (paused, "linux", None, others.NO_DESKTOP),
        (paused, "linux", GONE, others.NO_DESKTOP),
        (paused, "win32", None, others.NO_PAUSING_HERE),
        (others_ducked, "darwin", None, others.NO_DUCKING_HERE),
    ],
)
@pytest.mark.usefixtures("no_bus")
def test_one_line_says_what_to_do(monkeypatch, tmp_path, capfd, connect, platform, address, line):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(dbus_thread, "CONNECT_WITHIN", 0.2)
    said = []
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "bus"))
        deaf.listen()
        if address:
            hung = f"unix:path={tmp_path}/bus"
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", hung if address is HUNG else address)
        with connect(said.append if line else pytest.fail):
            until(lambda: said or not line)
    assert said == ([line] if line else [])
    assert capfd.readouterr() == ("", "")


def test_without_dbus_fast_one_line_says_so(monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", GONE)
    monkeypatch.setitem(sys.modules, "voicecoach.control.dbus", None)
    said = []
    with keys(said.append):
        until(lambda: said)
    assert said == [mpris.UNANSWERED]
