"""Sound files: how fast they are written, how large they are, and what memory a long one takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from figures import Figure
from running import Program, folder

from voicecoach.render.sinks import SINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

HOURS = Path(__file__).with_name("hours.py")
LONG = 4
"""Hours of a long file."""
PATIENCE = 3600
"""Seconds in which it has to be written."""
FAST = {".mp3": 100}
"""Seconds of sound that are to be written in one of a processor; of every other kind 25."""
SMALL = {".mp3": 6.2}
"""Kilobytes that a second is to take at most."""


def files(_: int) -> Iterator[Figure]:
    """Sound files of four made-up hours, written once: speed by processor time, size and memory."""
    for ending in SINKS:
        with folder() as work:
            path = work / f"long{ending}"
            with Program((sys.executable, str(HOURS), str(path), str(LONG)), os.environ) as program:
                program.finish(PATIENCE)
            length, own = 3600 * LONG, program.own
            yield Figure(
                f"{ending}: speed", [length / own.cpu], "x", FAST.get(ending, 25), at_least=True, digits=0
            )
            size = path.stat().st_size / 1000 / length
            yield Figure("  size of a second", [size], "kB", SMALL.get(ending), digits=1)
            yield Figure("  most memory", [own.peak], "MB", 150, digits=0)
