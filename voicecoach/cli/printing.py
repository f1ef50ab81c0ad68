"""Lines for the person that are not what the command was asked for."""

from __future__ import annotations

import sys


def to_stderr(line: str) -> None:
    """Print a notice apart from the output."""
    sys.stderr.write(f"{line}\n")
