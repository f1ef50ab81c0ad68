"""Processes that do for the program what may hang, crash or print: how each is started, and how it ends.

A worker reads from its standard input until that closes, which happens when the program is gone for any
reason. Ctrl-C in the terminal does not reach it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

_ROOT: Final = str(Path(__file__).resolve().parents[1])
# -P keeps the current folder off the path. A plain checkout is on this program's path only: it is handed on.
_BOOT: Final = (
    "import sys; root, module, *rest = sys.argv[1:]; root in sys.path or sys.path.insert(0, root); "
    "import importlib; importlib.import_module(module).main(*rest)"
)
if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP
    _LAST = subprocess.IDLE_PRIORITY_CLASS
else:
    _FLAGS = _LAST = 0
GIVES_WAY: Final = 10
"""The niceness of a worker that gives way to other programs, and still comes to its end beside busy ones."""
_GOODBYE: Final = 0.2
"""Seconds for a worker to end by itself and remove its files before it is killed."""


class NoProcess(Exception):
    """The computer starts no process. ``str()`` is the reason."""


def start(module: str, *arguments: str, last: bool = False) -> subprocess.Popen[bytes]:
    """Start a process that calls ``main`` of ``module`` with ``arguments``.

    Where the process does not choose its own niceness, on Windows, ``last`` lets it run after all others.
    Raises NoProcess.
    """
    if not sys.executable:
        raise NoProcess("Python was not found")
    try:
        return subprocess.Popen(  # noqa: S603 - this Python and fixed arguments
            [sys.executable, "-P", "-c", _BOOT, _ROOT, module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=_FLAGS | (_LAST if last else 0),
        )
    except OSError as error:  # no memory or no processes left
        raise NoProcess(error.strerror) from error


def end(process: subprocess.Popen[bytes], goodbye: float = _GOODBYE) -> None:
    """Wait for a worker whose standard input is closed to end by itself, then kill it."""
    try:
        process.wait(goodbye)
    except subprocess.TimeoutExpired:
        kill(process)
        process.wait()
    pipe(process.stdout).close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a worker and any process it started."""
    if process.returncode is not None:
        return
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def pipe(one: IO[bytes] | None) -> IO[bytes]:
    """Return one of the pipes of a process that was started with it."""
    assert one is not None
    return one


def settle(niceness: int, most_memory: int) -> None:
    """Make this process, a worker, one that gives way to others and cannot fill the computer's memory.

    ``most_memory`` is in bytes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which will close stdin
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, niceness)  # the program itself may run before others
        with suppress(OSError, ValueError):  # a lower limit is set already
            resource.setrlimit(resource.RLIMIT_DATA, (most_memory, most_memory))
    if niceness and sys.platform == "linux":
        # A session of its own is a scheduling group of its own, whose niceness is what counts beside others.
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(niceness), encoding="ascii")


def private_stdout() -> IO[bytes]:
    """Return the real stdout, for messages only; from now on the prints of libraries go to stderr."""
    messages = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return messages
