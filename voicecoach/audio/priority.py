"""Being run before other programs, so that a busy computer does not put gaps into the sound."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final

NICENESS: Final = -11
"""What PulseAudio asks for itself. Most systems grant it to administrators only."""


def ask_to_run_first() -> None:
    """Ask for :data:`NICENESS`, for this thread and those it starts; does nothing where that is refused."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
