"""Plays sessions in processes that are killed; one that is ready is forked, so that none has to start anew.

Run as a program it reads a request a line and answers each with a line, both JSON.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from voicecoach.audio import mixer, outputs  # noqa: F401 - so that no child has to load them
from voicecoach.cli import main, play, resume, session_in_terminal  # noqa: F401 - the same
from voicecoach.display.plain import PlainView
from voicecoach.voices import engines, narrator  # noqa: F401 - the same


@dataclass(frozen=True)
class Run:
    """What became of a command."""

    status: int | None
    """None when it was killed."""
    finished: list[list]
    """The block, number and side of each set that was told to be over, in order."""
    seconds: float
    """From its first sound, or its start, to its end."""
    said: str = field(repr=False)


class Crasher:
    """Runs commands of voicecoach, one after the other, each in a process of its own."""

    def __enter__(self):
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_):
        self._server.communicate()

    def run(self, home, *args, kill_after=None, from_start=False):
        """Run with that home; kill -9 so many seconds after playing began, or ``from_start`` the program."""
        request = {
            "home": str(home),
            "args": [*map(str, args)],
            "kill_after": kill_after,
            "from_start": from_start,
        }
        self._server.stdin.write(f"{json.dumps(request)}\n")
        self._server.stdin.flush()
        return Run(**json.loads(self._server.stdout.readline()))


class Telling(PlainView):
    """Tells of each set that it is over when the player has gone on."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._over = []

    def planned(self, script):
        _tell("playing")

    def set_ended(self, result):
        work = result.work
        self._over.append([work.block, work.set_number, work.side])

    def moved(self, position):
        super().moved(position)
        while self._over:
            _tell(self._over.pop(0))


def _serve():
    vars(session_in_terminal)["PlainView"] = Telling
    for line in sys.stdin:
        print(json.dumps(_played(main.main, **json.loads(line))), flush=True)


TOLD = 3
"""The file that a child tells in."""


def _tell(what):
    os.write(TOLD, f"{json.dumps(what)}\n".encode())


def _played(main, *, home, args, kill_after, from_start):
    read_end, write_end = os.pipe()
    said = Path(f"{home}.said")
    if (child := os.fork()) == 0:
        os.dup2(write_end, TOLD)
        _become(main, home, args, said)
    os.close(write_end)
    started = time.monotonic()
    with os.fdopen(read_end, "rb", buffering=0) as told:
        heard = b""
        if not from_start:
            heard = told.readline()
            started = time.monotonic()
        if kill_after is not None:
            heard += _until(told, started + kill_after)
            os.kill(child, signal.SIGKILL)
        heard += told.readall()
    _, how = os.waitpid(child, 0)
    lines = [json.loads(line) for line in heard.splitlines()]
    return {
        "status": None if os.WIFSIGNALED(how) else os.WEXITSTATUS(how),
        "finished": [line for line in lines if line != "playing"],
        "seconds": time.monotonic() - started,
        "said": said.read_text() if said.exists() else "",
    }


def _until(told, end):
    """What is told until then; less when the child ends before."""
    heard = b""
    while (left := end - time.monotonic()) > 0:
        if select.select([told], [], [], left)[0]:
            if not (more := told.read(65536)):
                break
            heard += more
    return heard


def _become(main, home, args, said):
    status = 70
    with suppress(BaseException):
        os.environ["VOICECOACH_HOME"] = home
        sys.argv = ["voicecoach", *args]
        sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115 - until the process ends
        sys.stdout = sys.stderr = said.open("w")
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        except BaseException:  # noqa: BLE001 - whatever it is, the test is told
            traceback.print_exc()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve()
