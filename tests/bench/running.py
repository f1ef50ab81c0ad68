"""Programs under measurement: started in a terminal of their own, watched through ``/proc`` (Linux only)."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
import termios
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

VOICECOACH = (sys.executable, "-m", "voicecoach")
"""The command that is measured: what ``voicecoach`` on the path starts, with this Python."""
SIZE = (40, 120)
"""Rows and columns of a program's terminal."""
LOOK_EVERY = 0.05
"""Seconds between two looks at a program; what it uses after the last one is missed."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Usage:
    """What one process has used, up to when it was last seen."""

    cpu: float
    """Seconds, in user and system mode, of all threads."""
    peak: float
    """The most memory it ever held (resident set), in MB of 10^6 bytes."""
    seen: float
    """When it was last there, in seconds of the monotonic clock."""


class Program:
    """A running program, and whatever it starts. Ended on leaving the ``with`` block."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self._terminal, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, SIZE)
        self.usage: dict[int, Usage] = {}
        self.printed = ""
        self.began = time.monotonic()
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._watch)]
        for thread in self._threads:
            thread.start()

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    @property
    def own(self) -> Usage:
        """What the program itself used, without the processes it started."""
        return self.usage[self._process.pid]

    @property
    def others(self) -> list[Usage]:
        """What each process that it started used."""
        return [usage for pid, usage in self.usage.items() if pid != self._process.pid]

    def press(self, key: str) -> float:
        """Press a key in its terminal; returns the moment just before."""
        moment = time.monotonic()
        os.write(self._terminal, key.encode())
        return moment

    def wait(self, length: float) -> None:
        """Let it run for ``length`` seconds. Raises AssertionError when it ends before."""
        time.sleep(length)
        assert self.running, self.printed

    def finish(self, limit: float) -> None:
        """Wait until it ends. Raises AssertionError when it fails, TimeoutExpired after ``limit`` seconds."""
        assert self._process.wait(limit) == 0, self.printed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        os.close(self._terminal)

    def _read(self) -> None:
        with suppress(OSError):  # how Linux says that the other side of the terminal has closed
            while data := os.read(self._terminal, 65536):
                self.printed += data.decode(errors="replace")

    def _watch(self) -> None:
        while self.running:
            for pid in (self._process.pid, *_children(self._process.pid)):
                with suppress(OSError, IndexError):  # it has just ended
                    self.usage[pid] = _usage(pid)
            time.sleep(LOOK_EVERY)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _usage(pid: int) -> Usage:
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()
    cpu = (int(numbers[11]) + int(numbers[12])) / _TICKS
    return Usage(cpu, int(status[0]) * 1024 / 1e6, time.monotonic())


def run(*command: str, environ: Mapping[str, str] | None = None) -> float:
    """Run ``command`` to its end; returns the seconds it took."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | (environ or {}))
    return time.perf_counter() - began


@cache
def warm(voice: str, routine: str) -> None:
    """Fill the speech cache with everything that ``routine`` says."""
    run(*VOICECOACH, "timeline", routine, "--voice", voice)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one run."""
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        yield Path(made)
