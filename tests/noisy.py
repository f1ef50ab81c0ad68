"""The ``voicecoach`` command with a noisy library: ``noisy.py [TIMES [broken]] ARGUMENT...``.

It writes to descriptor 2 all the time, at the end, and TIMES at once; then "broken" raises a fault of ours.
"""

import atexit
import os
import sys
import threading
import time
from contextlib import suppress

from voicecoach.cli import main


def tell() -> None:
    """Write as C does, past Python's streams."""
    with suppress(BlockingIOError):
        os.write(2, b"LIBRARY\n")


def tell_on() -> None:
    """Write until the process ends."""
    while True:
        tell()
        time.sleep(0.01)


def noisy(run=main._run) -> None:
    """Be noisy from the first step of the command on."""
    threading.Thread(target=tell_on, daemon=True).start()
    for _ in range(times):
        tell()
    if broken:
        raise RuntimeError("it broke")
    run()


if __name__ == "__main__":
    words = sys.argv[1:]
    times = int(words.pop(0)) if words[0].isdecimal() else 1
    broken = words[0] == "broken" and bool(words.pop(0))
    sys.argv[:] = ["voicecoach", *words]
    main._run = noisy
    atexit.register(tell)
    main.main()
