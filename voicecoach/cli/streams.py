"""The standard streams: there even when they are closed, and free of what libraries write to them.

Libraries for sound and mathematics write to file descriptor 2, which leads to a file here. Our own lines and
tracebacks go to :data:`sys.stderr`, which leads to where that descriptor led.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, TextIO

from voicecoach import letters, paths
from voicecoach.clock import Clock
from voicecoach.safefiles import make_folder

_MOST: Final = 50_000
"""Bytes of messages kept of one command. The file begins anew when it has as many [own choice]."""
_PATIENCE: Final = 0.2
"""Seconds for the last messages to be written down."""
_NAMES: Final = ("stdin", "stdout", "stderr")

child_stderr: int | None = None
"""What programs get that show themselves to the person; None for the same as ours."""


def provide() -> None:
    """Give a process the streams that it lacks: an empty one to read, and ones that nobody reads.

    A closed descriptor would be that of the next file opened, and printing would write into the journal.
    What is printed to a closed standard output fails, as what it was printed for is lost.
    """
    letters.register()
    if sys.platform != "win32":
        for number, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
            with suppress(OSError):
                os.fstat(number)
                continue
            os.set_inheritable(os.open(os.devnull, mode), True)  # noqa: FBT003 - it has no name
    for number, name in enumerate(_NAMES):
        if getattr(sys, name) is None:
            _set(name, _opened(number, name))
        elif name != "stdin" and isinstance(stream := getattr(sys, name), io.TextIOWrapper):
            stream.reconfigure(errors=letters.LEGIBLE)


def _opened(number: int, name: str) -> TextIO:
    """Return what stands in for a stream that the process was started without."""
    mode: Literal["r", "w"] = "r" if name == "stdin" else "w"
    if sys.platform == "win32":
        return Path(os.devnull).open(mode, encoding="utf-8")
    return os.fdopen(number, mode, encoding="utf-8", closefd=False)


def _set(name: str, stream: TextIO) -> None:
    setattr(sys, name, stream)
    setattr(sys, f"__{name}__", stream)


class LibraryMessages:
    """Keeps what libraries write to descriptor 2 from the screen, in a file that is made when there is some.

    On Windows, and where tests have replaced the standard error, it does nothing.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._left = _MOST
        self._thread: threading.Thread | None = None

    def divert(self) -> None:
        """Begin. To be called once, by a process that has its streams."""
        global child_stderr  # noqa: PLW0603 - the process has only one
        if sys.platform == "win32" or not _is_ours(sys.stderr):
            return
        child_stderr = os.dup(2)
        encoding = sys.stderr.encoding
        shown = open(child_stderr, "w", buffering=1, encoding=encoding, errors=letters.LEGIBLE)  # noqa: SIM115, PTH123
        _set("stderr", shown)
        source, target = os.pipe()
        os.set_blocking(target, False)
        os.dup2(target, 2)
        os.close(target)
        self._thread = threading.Thread(target=self._keep, args=(source,), name="messages", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Write down the last ones; what comes later is lost."""
        if self._thread is not None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
            self._thread.join(_PATIENCE)

    def _keep(self, source: int) -> None:
        while told := os.read(source, 4096):
            with suppress(OSError):
                self._write(told)

    def _write(self, told: bytes) -> None:
        if self._left == _MOST:
            heading = f"{self._clock.moment():%Y-%m-%d %H:%M} voicecoach {' '.join(sys.argv[1:2])}\n"
            told = heading.encode(errors="replace") + told
        told, flags = told[: self._left], os.O_WRONLY | os.O_CREAT | os.O_APPEND
        if not told:
            return
        place = messages_file()
        if self._left == _MOST:
            make_folder(place.parent)
            if place.is_file() and place.stat().st_size >= _MOST:
                flags |= os.O_TRUNC
        self._left -= len(told)
        file = os.open(place, flags | getattr(os, "O_NONBLOCK", 0), 0o600)  # a pipe in its place holds nobody
        try:
            os.write(file, told)
        finally:
            os.close(file)


def messages_file() -> Path:
    """Return the file of what libraries reported; it may not exist."""
    return paths.cache() / "library-messages.txt"


def _is_ours(stream: TextIO) -> bool:
    try:
        return stream.fileno() == 2
    except (OSError, ValueError):
        return False
