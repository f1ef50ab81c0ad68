"""The ``voicecoach`` command, also as ``python -m voicecoach``."""

import signal
import sys


def main() -> None:
    """Load the command and run it. Ctrl-C while it loads, or when all is done, ends it without a word."""
    try:
        from voicecoach.cli.main import main as run  # noqa: PLC0415 - takes a quarter of a second

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
