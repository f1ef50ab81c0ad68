"""Prints notices: lines for the person beside the output of a command."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from voicecoach.cli import page

_told: set[str] = set()
_lately: list[str] = []
"""The notices since :func:`forget_earlier`, which the full screen hides when it opens."""
_held: list[tuple[list[str], Callable[[str], None]]] = []
"""The notices that wait until the screen is free, and what shows them meanwhile, for each :func:`held`."""


def begin() -> None:
    """Forget the notices of the previous command."""
    _told.clear()
    _lately.clear()


def forget_earlier() -> None:
    """Begin something: what was told before does not belong to it."""
    _lately.clear()


def is_new(line: str) -> bool:
    """Tell whether this command has not told a notice yet: several parts of it may find the same thing."""
    new = line not in _told
    _told.add(line)
    return new


def to_stderr(line: str) -> None:
    """Print a notice to stderr, once per command."""
    if not is_new(line):
        return
    _lately.append(line)
    if _held:
        kept, show = _held[-1]
        kept.append(line)
        show(line)
    else:
        _print(line)


@contextmanager
def held(show: Callable[[str], None]) -> Iterator[None]:
    """Let ``show`` have the notices inside the block, while something fills the screen, and print them after.

    It also gets those that were just told, which the screen now hides.
    """
    kept: list[str] = []
    for line in _lately:
        show(line)
    try:
        with _shown(kept, show):
            yield
    finally:
        for line in kept:
            _print(line)


@contextmanager
def among(lines: Callable[[str], None]) -> Iterator[None]:
    """Let ``lines`` print the notices inside the block, as it prints all else there."""
    with _shown([], lines):
        yield


@contextmanager
def _shown(kept: list[str], show: Callable[[str], None]) -> Iterator[None]:
    here = kept, show
    _held.append(here)
    try:
        yield
    finally:
        _held.remove(here)


def _print(line: str) -> None:
    """Print a notice; a command stays in one piece, to be copied."""
    if line.startswith("voicecoach "):
        page.put(line, err=True)
    else:
        page.show(line, err=True)


def forget(stream: str) -> None:
    """Put a stream that leads nowhere in the place of "stdout" or "stderr".

    Python tries once more at its exit to write what could not be written.
    """
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - needed until the program ends
    setattr(sys, stream, nowhere)


class Audience:
    """Everybody who is told about a session. Who joins late is told what was told before. For any thread."""

    def __init__(self, first: Callable[[str], None]) -> None:
        self._listening, self._told = [first], list[str]()
        self._lock = threading.Lock()

    def tell(self, line: str) -> None:
        with self._lock:
            self._told.append(line)
            listening = tuple(self._listening)
        for listener in listening:
            listener(line)

    def join(self, listener: Callable[[str], None]) -> None:
        """Let ``listener`` be told as well, and now what was told so far."""
        with self._lock:
            self._listening.append(listener)
            told = tuple(self._told)
        for line in told:
            listener(line)
