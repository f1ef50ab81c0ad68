"""The ``voicecoach`` command, with a note of when its first sounds went out: ``probe.py NOTES ARGUMENT...``.

To the file NOTES it writes a line for the first frames delivered and one for each event as it begins: seconds
of the system-wide monotonic clock, and what it was. They come through the listener that the player tells what
was delivered, in steps of 20 to 40 ms; otherwise the command runs as it always does.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from voicecoach.app.compose import Studio
from voicecoach.cli.main import main
from voicecoach.clock import Clock

if TYPE_CHECKING:
    from voicecoach.session.listener import Listener, Position
    from voicecoach.timeline.segment import Event


class Noting:
    """``listener``, and a note of what it was told."""

    def __init__(self, listener: Listener, notes: TextIO) -> None:
        self._listener = listener
        self._notes = notes
        self._begun = False

    def __getattr__(self, name):
        return getattr(self._listener, name)

    def moved(self, position: Position) -> None:
        if not self._begun:
            self._begun = True
            self._note("first frames")
        self._listener.moved(position)

    def event_started(self, event: Event) -> None:
        self._note(str(event))
        self._listener.event_started(event)

    def _note(self, what: str) -> None:
        self._notes.write(f"{time.monotonic():.4f} {what}\n")


if __name__ == "__main__":
    file = Path(sys.argv[1]).open("w", buffering=1)  # noqa: SIM115 - for as long as the process lasts
    make_player = Studio.player

    def noting_player(self: Studio, session: Any, listener: Listener, clock: Clock) -> Any:
        told: Any = Noting(listener, file)  # hands on what it does not note itself
        return make_player(self, session, told, clock)

    Studio.player = noting_player
    sys.argv[:] = ["voicecoach", *sys.argv[2:]]
    main()
