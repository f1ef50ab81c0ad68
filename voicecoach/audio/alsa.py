"""Silences libasound, which prints a dozen lines to the terminal on a machine without a sound card."""

from __future__ import annotations

import contextlib
import ctypes
import sys


def hush() -> None:
    """Make libasound report errors by return code only, for the life of the process."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        asound = ctypes.CDLL("libasound.so.2")
        # The handler may be called in a thread unknown to Python, even while Python shuts down, so it is a
        # C function that does nothing with its arguments.
        nothing = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
        asound.snd_lib_error_set_handler(nothing)
