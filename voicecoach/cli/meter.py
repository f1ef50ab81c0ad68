"""A bar that shows how loud it is, in a line of its own in a terminal; nowhere else."""

from __future__ import annotations

import sys
from typing import Final, Self

from voicecoach.cli import page

_ROOM: Final = 30
"""Columns of the bar."""
_WIDTH: Final = _ROOM + len(" -120 dBFS")
_FAINTEST: Final = -75.0
"""The loudness in dBFS of an empty bar."""


class Meter:
    """The bar, which is taken away at the end of the block."""

    def __init__(self) -> None:
        self._moves = page.moves_cursor() and page.width(sys.stdout) is not None
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.erase()

    def show(self, level: float) -> None:
        """Show a loudness in dBFS."""
        if self._moves:
            full = round(_ROOM * min(max(1 - level / _FAINTEST, 0.0), 1.0))
            page.put(f"\r{'#' * full:.<{_ROOM}} {level:4.0f} dBFS", nl=False)
            self._shown = True

    def erase(self) -> None:
        """Take the bar away, so that a line can stand there."""
        if self._shown:
            page.put(f"\r{' ' * _WIDTH}\r", nl=False)
            self._shown = False
