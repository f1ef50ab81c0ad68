"""Arguments in, text and exit codes out; nothing else. Each command loads what it needs when it runs."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the ``voicecoach`` command and end the process.

    Exit status 0 when all went well, 1 when ``doctor`` found a fault or nobody reads what is printed, 2 for
    anything a person can put right.
    """
    from voicecoach.cli.commands import app  # noqa: PLC0415 - so that importing this package is cheap
    from voicecoach.errors import VoicecoachError  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without the letter shows a question mark
    try:
        app(prog_name="voicecoach")
    except VoicecoachError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
