"""Prints notices: lines for the person beside the output of a command."""

from __future__ import annotations

import sys

_told: set[str] = set()


def begin() -> None:
    """Forget the notices of the previous command."""
    _told.clear()


def to_stderr(line: str) -> None:
    """Print a notice to stderr, once per command: several parts of it may find the same thing."""
    if line not in _told:
        _told.add(line)
        sys.stderr.write(f"{line}\n")
