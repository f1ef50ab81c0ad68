"""Prints notices: lines for the person beside the output of a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicecoach.cli import page

_told: set[str] = set()
_held: list[list[str]] = []
"""The notices that wait until the screen is free, for each :func:`held` that is open."""


def begin() -> None:
    """Forget the notices of the previous command."""
    _told.clear()


def is_new(line: str) -> bool:
    """Tell whether this command has not told a notice yet: several parts of it may find the same thing."""
    new = line not in _told
    _told.add(line)
    return new


def to_stderr(line: str) -> None:
    """Print a notice to stderr, once per command."""
    if not is_new(line):
        return
    if _held:
        _held[-1].append(line)
    else:
        page.show(line, err=True)


@contextmanager
def held() -> Iterator[None]:
    """Keep notices back inside the block, in which something fills the screen, and print them after it."""
    kept: list[str] = []
    _held.append(kept)
    try:
        yield
    finally:
        _held.remove(kept)
        for line in kept:
            page.show(line, err=True)


def forget(stream: str) -> None:
    """Put a stream that leads nowhere in the place of "stdout" or "stderr".

    Python tries once more at its exit to write what could not be written.
    """
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - needed until the program ends
    setattr(sys, stream, nowhere)
