"""Lines for the person that are not what the command was asked for."""

from __future__ import annotations

import sys

_told: set[str] = set()


def begin() -> None:
    """Begin a command: nothing was told in it yet."""
    _told.clear()


def to_stderr(line: str) -> None:
    """Print a notice apart from the output, once in a command: several of its parts may find the same."""
    if line not in _told:
        _told.add(line)
        sys.stderr.write(f"{line}\n")
