"""A session as media players describe themselves: what desktops, phones and headsets show of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from voicecoach.control.bus_object import Typed
from voicecoach.session.levels import LOUDEST
from voicecoach.session.transport import Command, State
from voicecoach.units import RATE

TRACK: Final = "/voicecoach/session"
"""The whole session is one track, as its length and position are those of the session. Its title changes
with the exercise, as that of a radio station does with the song."""


@dataclass(frozen=True, slots=True)
class Playback:
    """What others are told when it changes."""

    routine: str
    title: str = ""
    """What is being done; empty before the session begins."""
    state: State = State.PLAYING
    waiting: bool = False
    """Whether the session holds until the person is ready."""
    length: int = 0
    """Frames of the whole session, as planned."""
    volume: int = 100
    """Percent."""

    @property
    def status(self) -> str:
        """While the session waits for the person it counts as paused.

        A headset's only button asks a player that is paused to play, and one that plays to pause; so "play"
        is what it should offer then.
        """
        if self.state is State.ENDED:
            return "Stopped"
        return "Paused" if self.waiting or self.state is State.PAUSED else "Playing"

    @property
    def metadata(self) -> dict[str, Typed]:
        """The names are those of the MPRIS metadata guidelines."""
        return {
            "mpris:trackid": Typed("o", TRACK),
            "mpris:length": Typed("x", microseconds(self.length)),
            "xesam:title": Typed("s", _text(self.title or self.routine)),
            "xesam:album": Typed("s", _text(self.routine)),
            "xesam:artist": Typed("as", ["voicecoach"]),
        }

    @property
    def on_play(self) -> Command:
        """What "play" asks for: go on, or say that the person is ready."""
        return Command.READY if self.waiting and self.state is State.PLAYING else Command.RESUME


def microseconds(frames: int) -> int:
    """The unit of time on the bus."""
    return frames * 1_000_000 // RATE


def percent(volume: float) -> int | None:
    """The level nearest to ``volume``, which is 1.0 for 100 %; None when it means nothing."""
    return round(100 * min(max(volume, 0.0), LOUDEST / 100)) if math.isfinite(volume) else None


def _text(text: str) -> str:
    """``text`` without what cannot go over the bus: halves of characters, and NUL."""
    return text.encode(errors="replace").decode().replace("\0", "")
