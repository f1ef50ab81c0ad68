"""Undo: what the last commands have left, so that they can be taken back for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voicecoach.session.commands import Command
from voicecoach.session.playhead import ReportState
from voicecoach.session.revision import Refused
from voicecoach.session.running_plan import PlanState
from voicecoach.session.transport import State
from voicecoach.units import frames

LASTS: Final = frames(20)
"""How long a command can be taken back, by what is heard, so that a pause leaves time to think. A hand may
lie on the key for ten seconds; ten more are enough to see what it did, and to find this key [own choice]."""


@dataclass(frozen=True, slots=True)
class Left:
    """The session as a command has left it."""

    command: Command
    state: State
    frame: int
    """Where it was in the segment of ``plan``."""
    plan: PlanState
    sets: ReportState


class Undo:
    """Remembers what was left, the last first."""

    def __init__(self) -> None:
        self._all: list[tuple[Left, int]] = []

    def keep(self, left: Left, through: int) -> None:
        """Remember what a command has left, and the number of sets that were over after it."""
        self._all.append((left, through))

    def take(self, heard: int) -> tuple[Left, int]:
        """Return what was left last, which is forgotten. Raises Refused when ``heard`` is too late for it."""
        if not self._all:
            raise Refused("nothing_to_take_back")
        if heard - self._all[-1][0].sets.heard > LASTS:
            raise Refused("too_late_to_take_back")
        return self._all.pop()
