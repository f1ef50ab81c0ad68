"""An address as a QR code in a terminal, for the camera of a phone."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Final

import segno

from voicecoach import letters
from voicecoach.cli import page

QUIET: Final = 4
"""Light modules on each side, as ISO/IEC 18004 wants them."""
HALVES: Final = " ▄▀█"
"""The sign for two modules, by 2 when the upper one is dark and 1 when the lower one is."""
_INK: Final = "\x1b[38;5;16;48;5;231m"
"""Black on white, of the colours that no theme replaces: not every camera reads a negative."""
_PLAIN: Final = "\x1b[0m"


def show(address: str) -> bool:
    """Print the code of ``address``; return whether there is a terminal that can show it."""
    signs = letters.of_terminal(sys.stdout.encoding or "ascii", os.environ)
    if not page.moves_cursor() or not letters.has(signs, HALVES):
        return False
    found, room = list(rows(address)), shutil.get_terminal_size()
    if len(found[0]) > room.columns or len(found) > room.lines:
        return False
    for each in found:
        page.put(f"{_INK}{each}{_PLAIN}")
    return True


def rows(address: str) -> Iterator[str]:
    """Yield the lines of the code, two rows of modules each, with the quiet zone around them."""
    code = segno.make(address, micro=False)
    modules = [list(row) for row in code.matrix_iter(border=QUIET)]
    light = [0] * len(modules[0])
    for upper, lower in zip(modules[::2], [*modules[1::2], light], strict=True):
        yield "".join(
            HALVES[2 * bool(above) + bool(below)] for above, below in zip(upper, lower, strict=True)
        )
