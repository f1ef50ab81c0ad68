"""Shows and speaks what is told when a session is over, until a key is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from voicecoach.app import prepare
from voicecoach.app.closing import Farewell
from voicecoach.audio import outputs
from voicecoach.clock import Alarm, Clock
from voicecoach.errors import VoicecoachError
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener, Summary

if TYPE_CHECKING:
    from voicecoach.app.compose import Studio
    from voicecoach.audio.pcm import Samples
    from voicecoach.session.player import Player

PATIENCE: Final = 30.0
"""Seconds after the last word in which the end stays on the screen without a key [own choice]."""


class Closing(Listener):
    """The end of one session. It listens to the session, to speak as loudly as that."""

    def __init__(self, tell: Callable[[Summary], Farewell]) -> None:
        """``tell`` is called once, when the session is over."""
        self.farewell = Farewell(said=())
        """What is told; nothing before the session is over."""
        self.key = ""
        """The last key that was pressed, in the session too."""
        self._tell = tell
        self._levels: Levels | None = None
        self.is_on = False
        """Whether the session is over and this is not, so that any key is for it, also one that comes before
        it is shown."""
        self._pressed = False
        self._player: Player[Samples] | None = None
        self._alarm = Alarm()

    def levels_changed(self, levels: Levels) -> None:
        self._levels = levels

    def over(self, summary: Summary) -> Farewell:
        """Find out what is to be told of a session that is over, to be held next."""
        self.is_on = True
        self.farewell = self._tell(summary)
        return self.farewell

    def pressed(self) -> bool:
        """Take a key: tell whether it was for the end, which it ends."""
        if self.is_on:
            self._pressed = True
            self._alarm.ring()
            if self._player is not None:
                self._player.send(Command.STOP)
        return self.is_on

    def hold(self, studio: Studio, clock: Clock, *, wait: bool) -> None:
        """Speak what is told, unless nobody hears it, and ``wait`` for a key afterwards.

        A voice that fails has been told of in the session, and is silent here.
        """
        if self.farewell.picture is None or studio.sounding.output == outputs.INSTANT:
            self.is_on = False
            return
        try:
            remark = prepare.remark(*self.farewell.said, after=True)
            levels = self._levels or studio.sounding.levels
            self._player = studio.player(remark, Listener(), clock, levels)
            if self._pressed:
                self._player.send(Command.STOP)
            self._player.run(waits=False)
        except VoicecoachError:
            pass
        finally:
            self._player = None
        if wait and not self._pressed:
            clock.wait(self._alarm, PATIENCE)
        self.is_on = False
