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

from voicecoach.control.bus_object import Interface, Method, Property, Typed
from voicecoach.control.dbus_thread import Errand, bus_address
from voicecoach.session.commands import TABLE, Command
from voicecoach.session.levels import LOUDEST, Levels, Volume
from voicecoach.session.listener import Listener, Position, Script
from voicecoach.session.transport import State
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
GOODBYE: Final = 1.0
"""The most seconds that the end of a session waits for the bus."""

Send = Callable[[Command | Volume], None]


class MediaKeys(Listener):
    """Listens to the session, and inside :meth:`connected` reports it to the desktop and obeys its buttons.

    It works as a listener whether connected or not.
    """

    def __init__(self, routine_name: str) -> None:
        self._now = Playback(routine_name)
        """The present state, replaced as a whole by the player's thread; the bus's thread only reads it."""
        self._at = 0
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
        self._errand = Errand(
            address, partial(self._serve, interfaces=self.interfaces(send)), partial(notice, UNANSWERED)
        )
        self._errand.begin()
        try:
            yield
        finally:
            self._errand.end(GOODBYE)

    def planned(self, script: Script) -> None:
        self._change(length=sum(segment.expected for segment in script.outline))

    def moved(self, position: Position) -> None:
        segment = position.segment
        if (segment.title, segment.waits) != (self._now.title, self._now.waiting):
            self._change(title=segment.title, waiting=segment.waits)
        before, self._at = self._at, min(max(self._now.length - position.remaining, 0), self._now.length)
        gone, self._elapsed = position.elapsed - self._elapsed, position.elapsed
        if abs(self._at - before - gone) > JUMP:
            self._jumps += 1
            self._tell()

    def levels_changed(self, levels: Levels) -> None:
        self._change(volume=levels.master)

    def state_changed(self, state: State) -> None:
        self._change(state=state)

    def _change(self, **changes: object) -> None:
        self._now = replace(self._now, **changes)  # type: ignore[arg-type] # each caller names fields above
        self._tell()

    def _tell(self) -> None:
        if self._errand:
            self._errand.wake()

    async def _serve(self, bus: Connection, errand: Errand, interfaces: tuple[Interface, Interface]) -> None:
        _, player = interfaces
        bus.serve(PATH, interfaces)
        told, jumps = player.announced(), self._jumps
        if not await bus.own(NAME):
            await bus.own(f"{NAME}.instance{os.getpid()}")
        while True:
            now = player.announced()
            if changed := {name: value for name, value in now.items() if value != told[name]}:
                bus.announce(PATH, PLAYER, changed)
            if jumps != self._jumps:
                jumps = self._jumps
                bus.signal(PATH, PLAYER, "Seeked", [Typed("x", microseconds(self._at))])
            told = now
            if not await errand.woken():
                return

    def interfaces(self, send: Send) -> tuple[Interface, Interface]:
        """Return the properties and methods for the desktop. Seeking, lists and files mean nothing here."""

        def asks(command: Command) -> Method:
            return Method(partial(send, command))

        def set_volume(volume: float) -> None:
            if (level := percent(volume)) is not None:
                send(Volume(level))

        def set_rate(rate: float) -> None:
            if rate == 0:  # the standard defines a rate of 0 as a pause
                send(Command.PAUSE)

        root = Interface(
            ROOT,
            methods={"Raise": Method(_nothing), "Quit": asks(Command.STOP)},
            properties={
                "Identity": _always("s", "voicecoach"),
                **_flags(CanQuit=True, CanRaise=False, HasTrackList=False),
                "SupportedUriSchemes": _always("as", []),
                "SupportedMimeTypes": _always("as", []),
            },
        )
        player = Interface(
            PLAYER,
            methods={
                **{row.media_key: asks(row.command) for row in TABLE if row.media_key},
                "Play": Method(lambda: send(self._now.on_play)),
                "Seek": Method(_nothing, "x"),
                "SetPosition": Method(_nothing, "ox"),
                "OpenUri": Method(_nothing, "s"),
            },
            properties={
                "PlaybackStatus": Property("s", lambda: self._now.status),
                "Metadata": Property("a{sv}", lambda: self._now.metadata),
                "Volume": Property("d", lambda: self._now.volume / 100, set_volume),
                "Position": Property("x", lambda: microseconds(self._at), announced=False),
                "Rate": Property("d", lambda: 1.0, set_rate),
                "MinimumRate": _always("d", 1.0),
                "MaximumRate": _always("d", 1.0),
                **_flags(CanGoNext=True, CanGoPrevious=True, CanPlay=True, CanPause=True),
                **_flags(CanSeek=False, CanControl=True),
            },
            signals={"Seeked": "x"},
        )
        return root, player


def _always(signature: str, value: object) -> Property:
    return Property(signature, lambda: value)


def _flags(**flags: bool) -> dict[str, Property]:
    return {name: _always("b", flag) for name, flag in flags.items()}


def _nothing(*_: object) -> None:
    """Ignore a request, as the standard demands."""


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
        return "Paused" if self.waiting or self.state is State.PAUSED else "Playing"

    @property
    def metadata(self) -> dict[str, Typed]:
        """Return the track's data, with the names of the MPRIS metadata guidelines."""
        return {
            "mpris:trackid": Typed("o", TRACK),
            "mpris:length": Typed("x", microseconds(self.length)),
            "xesam:title": Typed("s", _text(self.title or self.routine)),
            "xesam:album": Typed("s", _text(self.routine)),
            "xesam:artist": Typed("as", ["voicecoach"]),
        }

    @property
    def on_play(self) -> Command:
        """The command for "play": go on, or say that the person is ready."""
        return Command.READY if self.waiting and self.state is State.PLAYING else Command.RESUME


def microseconds(frames: int) -> int:
    """Convert frames to microseconds, the unit of time on the bus."""
    return frames * 1_000_000 // RATE


def percent(volume: float) -> int | None:
    """Return the level nearest to ``volume``, which is 1.0 for 100 %; None for NaN or infinity."""
    return round(100 * min(max(volume, 0.0), LOUDEST / 100)) if math.isfinite(volume) else None


def _text(text: str) -> str:
    """Remove what the bus cannot carry from ``text``: halves of characters, and NUL."""
    return text.encode(errors="replace").decode().replace("\0", "")
