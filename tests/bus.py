"""A virtual desktop: a private D-Bus session bus, and ``playerctl``, which presses its media keys."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MISSING = [tool for tool in ("dbus-daemon", "dbus-monitor", "playerctl") if shutil.which(tool) is None]
"""The programs a bus needs that are not installed."""


class Bus:
    """A running bus."""

    def __init__(self, daemon: subprocess.Popen[str]) -> None:
        self._daemon = daemon
        assert daemon.stdout
        self.address = daemon.stdout.readline().strip()

    def playerctl(self, *arguments: str, player: str = "voicecoach") -> str:
        """What ``playerctl`` prints, errors too."""
        command = ["playerctl", f"--player={player}", *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=10)
        return (done.stdout + done.stderr).strip()

    def players(self) -> set[str]:
        """Who can be controlled."""
        return set(self.playerctl("--list-all").split())

    @contextmanager
    def following(self, path: Path, *command: str) -> Iterator[None]:
        """Write to ``path`` what ``command``, which follows what happens, prints inside the block."""
        with path.open("w") as file, subprocess.Popen(command, stdout=file) as process:
            try:
                yield
            finally:
                process.terminate()

    def stop(self) -> None:
        """End the desktop session: whoever is connected to it is cut off."""
        self.signal(signal.SIGCONT)
        self._daemon.terminate()
        self._daemon.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send the bus a signal: SIGSTOP lets it hang, and SIGCONT go on."""
        self._daemon.send_signal(number)


@contextmanager
def daemon() -> Iterator[Bus]:
    """A running bus that nobody knows of."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        made = Bus(process)
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def bus() -> Iterator[Bus]:
    """A running bus, with nobody else on it."""
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    with daemon() as made:
        try:
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = made.address
            yield made
        finally:
            if before is None:
                del os.environ["DBUS_SESSION_BUS_ADDRESS"]
            else:
                os.environ["DBUS_SESSION_BUS_ADDRESS"] = before


def until(true: Callable[[], object], limit: float = 10.0) -> None:
    """Wait until something has happened in another thread or program."""
    end = time.monotonic() + limit
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
