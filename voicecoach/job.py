"""Ctrl-Z and ``fg``: the program as a job of the shell, which stops it and lets it go on.

What uses the terminal says here how to leave it, and how to take it back.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

_parts: list[tuple[Callable[[], None], Callable[[], None]]] = []
"""What leaves the terminal and what takes it back, for each :func:`kept` that is open."""
_stopping = False


def ask_to_stop() -> None:
    """Stop the whole job, as the terminal does for Ctrl-Z where that is not a key of the program."""
    if sys.platform != "win32":
        os.kill(0, signal.SIGTSTP)


def stop() -> None:
    """Leave the terminal to the shell and stop, until the shell lets this process go on.

    Where no shell waits for it, the system does not stop it, and it goes on at once.
    """
    global _stopping  # noqa: PLW0603 - as a signal, it concerns the whole process
    if sys.platform == "win32" or _stopping:
        return
    _stopping = True
    for leave, _ in reversed(_parts):
        with suppress(Exception):
            leave()
    handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    signal.raise_signal(signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, handler)
    _stopping = False
    go_on()


def go_on() -> None:
    """Take the terminal back, also after a stop that nobody was told of; in the background, stop again."""
    if sys.platform == "win32" or _stopping:
        return
    if _in_background():
        os.kill(0, signal.SIGTTOU)  # with the others in the job, so that "fg" lets all go on
        if _in_background():
            return
    for _, back in _parts:
        with suppress(Exception):
            back()


if sys.platform == "win32":
    HANDLERS: Final[Mapping[signal.Signals, Callable[[], None]]] = {}
else:
    HANDLERS: Final[Mapping[signal.Signals, Callable[[], None]]] = {
        signal.SIGTSTP: stop,
        signal.SIGCONT: go_on,
    }
"""The signals of job control, and what is done when they come."""


@contextmanager
def kept(leave: Callable[[], None], back: Callable[[], None]) -> Iterator[None]:
    """Call ``leave`` before the program stops inside the block, and ``back`` when it goes on.

    For the main thread. Both run between any two of its steps, as signal handlers do. ``back`` may be called
    twice, and without ``leave``: nobody is told of a SIGSTOP.
    """
    part = (leave, back)
    _parts.append(part)
    try:
        with handled(HANDLERS, lambda number, _: HANDLERS[signal.Signals(number)]()):
            yield
    finally:
        _parts.remove(part)


@contextmanager
def handled(numbers: Iterable[int], handler: Callable[[int, object], None]) -> Iterator[None]:
    """Let ``handler`` have these signals inside the block, but none that was to be ignored, as by nohup."""
    before = {number: signal.getsignal(number) for number in numbers}
    heeded = {number: former for number, former in before.items() if former is not signal.SIG_IGN}
    for number in heeded:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, former in heeded.items():
            signal.signal(number, former)


def _in_background() -> bool:
    """Tell whether the terminal is somebody else's now."""
    if sys.platform == "win32":
        return False
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) != os.getpgrp()
    except (OSError, ValueError):  # no terminal, or not the one of this process
        return False
