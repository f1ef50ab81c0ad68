"""Arguments in, text and exit codes out; nothing else. Each command loads what it needs when it runs."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the ``voicecoach`` command and end the process.

    Exit status 0 when all went well, 1 when ``doctor`` found a fault, 2 for anything a person can put right.
    """
    from voicecoach.cli.commands import app  # noqa: PLC0415 - so that importing this package is cheap
    from voicecoach.errors import VoicecoachError  # noqa: PLC0415

    try:
        app(prog_name="voicecoach")
    except VoicecoachError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does. Nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
