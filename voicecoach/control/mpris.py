"""Shows the session as a media player on the desktop, for media keys and headset buttons (MPRIS 2.2)."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from voicecoach.control.dbus_thread import Errand, bus_address
from voicecoach.session.commands import Command
from voicecoach.session.levels import LOUDEST, Levels, Volume
from voicecoach.session.listener import Listener, Position, Script
from voicecoach.session.transport import STILL, State
from voicecoach.units import RATE, frames

if TYPE_CHECKING:
    from voicecoach.control.dbus import Connection


NAME: Final = "org.mpris.MediaPlayer2.voicecoach"
PATH: Final = "/org/mpris/MediaPlayer2"
ROOT: Final = "org.mpris.MediaPlayer2"
PLAYER: Final = "org.mpris.MediaPlayer2.Player"

ELSEWHERE: Final = "Media keys and headset buttons work on Linux only; use the keyboard here."
UNANSWERED: Final = "Media keys and headset buttons do not work now, because the desktop does not answer."

JUMP: Final = frames(1)
"""Frames by which the position may differ from what other programs extrapolate before they are told."""
GOODBYE: Final = 0.5
"""The most seconds that the end of a session waits for the bus."""

Send = Callable[[Command | Volume], None]


class MediaKeys(Listener):
    """Listens to the session, and inside :meth:`connected` reports it to the desktop and obeys its buttons.

    It works as a listener whether connected or not.
    """

    def __init__(self, routine_name: str) -> None:
        self.now = Playback(routine_name)
        """The present state, replaced as a whole by the player's thread; the bus's thread only reads it."""
        self.at = 0
        """The position in the planned session, in frames."""
        self._elapsed = 0
        self._jumps = 0
        """The number of jumps of the position."""
        self._errand: Errand | None = None

    @contextmanager
    def connected(self, send: Send, notice: Callable[[str], None]) -> Iterator[None]:
        """Inside the block media keys and headset buttons call ``send``, in another thread.

        Where that is impossible, the session goes on without; ``notice`` gets a line about it, except on
        Linux without a desktop, where nobody expects it.
        """
        address = bus_address()
        if address is None:
            if sys.platform != "linux":
                notice(ELSEWHERE)
            yield
            return
        self._errand = Errand(address, partial(self._serve, send=send), partial(notice, UNANSWERED))
        self._errand.begin()
        try:
            yield
        finally:
            self._errand.end(GOODBYE)

    def planned(self, script: Script) -> None:
        self._change(length=sum(segment.expected for segment in script.outline))

    def moved(self, position: Position) -> None:
        segment = position.segment
        waiting = segment.expects_a_key(position.frame)
        if (segment.title, waiting) != (self.now.title, self.now.waiting):
            self._change(title=segment.title, waiting=waiting)
        before, self.at = self.at, min(max(self.now.length - position.remaining, 0), self.now.length)
        gone, self._elapsed = position.elapsed - self._elapsed, position.elapsed
        if abs(self.at - before - gone) > JUMP:
            self._jumps += 1
            self._tell()

    def levels_changed(self, levels: Levels) -> None:
        self._change(volume=levels.master)

    def state_changed(self, state: State) -> None:
        self._change(state=state)

    def _change(self, **changes: object) -> None:
        self.now = replace(self.now, **changes)  # type: ignore[arg-type] # each caller names fields above
        self._tell()

    def _tell(self) -> None:
        if self._errand:
            self._errand.wake()

    async def _serve(self, bus: Connection, errand: Errand, send: Send) -> None:
        from voicecoach.control.mpris_object import MediaPlayer, MediaRoot  # noqa: PLC0415 - dbus-fast loads with it

        player = MediaPlayer(self, send)
        bus.serve(PATH, MediaRoot(send), player)
        told, jumps = player.told(), self._jumps
        if not await bus.own(NAME):
            await bus.own(f"{NAME}.instance{os.getpid()}")
        while True:
            now = player.told()
            if changed := {name: value for name, value in now.items() if value != told[name]}:
                bus.alive()
                player.emit_properties_changed(changed)
            if jumps != self._jumps:
                jumps = self._jumps
                bus.alive()
                player.seeked()
            told = now
            if not await errand.woken():
                return


TRACK: Final = "/voicecoach/session"
"""The whole session is one track, with the length and position of the session. Its title changes with the
exercise, as that of a radio station changes with the song."""


@dataclass(frozen=True, slots=True)
class Playback:
    """The state of the session that other programs see."""

    routine: str
    title: str = ""
    """The present exercise; empty before the session begins."""
    state: State = State.PLAYING
    waiting: bool = False
    """Whether the session waits until the person is ready."""
    length: int = 0
    """Frames of the whole session, as planned."""
    volume: int = 100
    """Percent."""

    @property
    def status(self) -> str:
        """The playback status; a session that waits for the person counts as paused.

        A headset's only button makes a paused player play and a playing one pause, and during a wait it
        should offer "play".
        """
        if self.state is State.ENDED:
            return "Stopped"
        return "Paused" if self.waiting or self.state in STILL else "Playing"

    @property
    def metadata(self) -> dict[str, object]:
        """Return the track's data, with the names of the MPRIS metadata guidelines."""
        return {
            "mpris:trackid": TRACK,
            "mpris:length": microseconds(self.length),
            "xesam:title": _text(self.title or self.routine),
            "xesam:album": _text(self.routine),
            "xesam:artist": ["voicecoach"],
        }

    def meant(self, button: Command) -> Command:
        """Return what a button asks for: "play" says that the person is ready, where the session waits.

        So does the only button of a headset, as the session counts as paused then.
        """
        waits = self.waiting and self.state is State.PLAYING
        return Command.READY if waits and button in {Command.RESUME, Command.TOGGLE} else button


def microseconds(frames: int) -> int:
    """Convert frames to microseconds, the unit of time on the bus."""
    return frames * 1_000_000 // RATE


def percent(volume: float) -> int | None:
    """Return the level nearest to ``volume``, which is 1.0 for 100 %; None for NaN or infinity."""
    return round(100 * min(max(volume, 0.0), LOUDEST / 100)) if math.isfinite(volume) else None


def _text(text: str) -> str:
    """Remove what the bus cannot carry from ``text``: halves of characters, and NUL."""
    return text.encode(errors="replace").decode().replace("\0", "")
