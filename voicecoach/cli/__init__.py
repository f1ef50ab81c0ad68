"""Arguments in, text and exit codes out; nothing else. Each command loads what it needs when it runs."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO


def main() -> None:
    """Run the ``voicecoach`` command and end the process.

    Exit status 0 when all went well, 1 when ``doctor`` found a fault or nobody reads what is printed, 2 for
    anything a person can put right, 130 after Ctrl-C.
    """
    _have_streams()
    try:
        from voicecoach.cli import printing  # noqa: PLC0415 - importing this package stays cheap
        from voicecoach.cli.commands import app  # noqa: PLC0415
        from voicecoach.errors import VoicecoachError  # noqa: PLC0415

        printing.begin()
        try:
            if (arguments := _arguments()) is not None:
                app(arguments, prog_name="voicecoach")
        except VoicecoachError as error:
            sys.stderr.write(f"{error}\n")
            sys.exit(2)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        _forget_output()
        sys.stderr.write(f"This could not be printed, or read: {error.strerror or error}.\n")
        sys.exit(2)


def _arguments() -> list[str] | None:
    """What was asked for; at a terminal, with nothing asked, what is chosen from a list, or None."""
    if len(sys.argv) > 1 or not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return sys.argv[1:]
    from voicecoach.cli import choosing  # noqa: PLC0415 - importing this package stays cheap

    if not choosing.can_be_shown():
        return []
    chosen = choosing.choose()
    return None if chosen is None else ["play", chosen]


def _have_streams() -> None:
    """Give a process without streams some, and let a terminal without a letter show a question mark."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _nowhere())
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _forget_output() -> None:
    """Keep Python from trying once more at exit what has just failed."""
    sys.stdout = _nowhere()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
