"""Jobs that another process can do."""

import os
import time

from voicecoach.errors import UsageError


def count(progress):
    progress(0.5)
    return 3


def refuse(_):
    raise UsageError("No.")


def vanish(_):
    os._exit(7)


def write(path, progress):
    """Write a file that is gone when this is over, which it never is by itself."""
    path.touch()
    try:
        while True:
            progress(0.1)
            time.sleep(0.01)
    finally:
        path.unlink()
