"""Keep libasound quiet: on a machine without a sound card it prints a dozen lines to the terminal."""

from __future__ import annotations

import contextlib
import ctypes
import sys


def hush() -> None:
    """Have libasound report its errors by return code only, for the life of the process."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        asound = ctypes.CDLL("libasound.so.2")
        # The handler may be called in a thread that Python does not know, even while Python shuts down,
        # so it is a C function that does nothing, whatever it is passed.
        nothing = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
        asound.snd_lib_error_set_handler(nothing)
