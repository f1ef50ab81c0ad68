"""The ``voicecoach`` command, also as ``python -m voicecoach``."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.clock import Clock


def main(clock: Clock | None = None) -> None:
    """Load the command and run it by ``clock``, or by the computer's.

    Ctrl-C while it loads, or when all is done, ends it without a word.
    """
    try:
        from voicecoach.cli.main import main as run  # noqa: PLC0415 - takes a quarter of a second

        run(clock)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
