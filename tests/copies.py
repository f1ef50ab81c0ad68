"""Runs the commands in FILE, a line each, every one in a copy of this process: ``copies.py FILE``.

To start the program takes most of the time of a short command. This starts once, with the streams that it is
given, and is copied as it is for each command, so that each has the streams of a process that was started so.
A command runs in the folder of its number beside FILE, with its home there; what it prints where a stream is
open is in ``1`` and ``2`` there, and its exit status in ``status``.
"""

import os
import shlex
import sys
from contextlib import suppress
from pathlib import Path

from voicecoach.__main__ import main
from voicecoach.cli.main import COMMANDS

STREAMS = (1, 2)


def is_open(number: int) -> bool:
    with suppress(OSError):
        os.fstat(number)
        return True
    return False


def become(command: str, folder: Path, streams: list[int]) -> None:
    """Have the words of ``command``, in ``folder``, and write what goes to these streams into files."""
    os.chdir(folder)
    os.environ["VOICECOACH_HOME"] = str(folder / "home")
    for number in streams:
        written = os.open(str(number), os.O_CREAT | os.O_WRONLY)
        os.dup2(written, number)
        os.close(written)
    sys.argv[:] = ["voicecoach", *shlex.split(command)]


def is_copy(file: Path) -> bool:
    """Run each command of ``file`` in a copy: True in each copy, False here when all have ended."""
    streams = list(filter(is_open, STREAMS))
    for number, command in enumerate(file.read_text().splitlines()):
        folder = file.parent / str(number)
        copy = os.fork()
        if not copy:
            become(command, folder, streams)
            return True
        _, status = os.waitpid(copy, 0)
        (folder / "status").write_text(str(os.waitstatus_to_exitcode(status)))
    return False


if __name__ == "__main__":
    for each in COMMANDS:
        each.load()
    if is_copy(Path(sys.argv[1])):
        main()
