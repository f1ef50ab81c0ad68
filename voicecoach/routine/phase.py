"""The phases of a rep and their kinds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PhaseKind(StrEnum):
    """The kind of one part of a set, which decides how it is called, counted, slowed down and shown."""

    MOVE = "move"
    LOWER = "lower"
    """Move a weight down under control."""
    HOLD = "hold"
    """Keep still under effort; the coach counts it out loud."""
    PAUSE = "pause"
    """Stop for a moment on the way."""
    RELAX = "relax"
    """Let go between reps."""
    COUNT_IN = "count-in"
    """Get ready for the first rep. Only beats have this kind and the next two; phases of a rep do not."""
    OWN_PACE = "own pace"
    """Do the reps uncalled."""
    TIMED = "timed"
    """Keep going until the time is over."""

    @property
    def is_still(self) -> bool:
        """Whether the body keeps still."""
        return self in {PhaseKind.HOLD, PhaseKind.PAUSE, PhaseKind.RELAX}


KINDS_IN_A_REP: Final = tuple(PhaseKind)[:5]
SHORTEST_PHASE: Final = 0.5
"""Seconds; anything shorter leaves no time for a word or a careful movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One named part of a rep, in the order it is done."""

    name: str
    seconds: float
    """At least :data:`SHORTEST_PHASE`."""
    kind: PhaseKind = PhaseKind.MOVE
    """One of :data:`KINDS_IN_A_REP`."""

    @property
    def is_hold(self) -> bool:
        """Whether its kind is :attr:`PhaseKind.HOLD`."""
        return self.kind is PhaseKind.HOLD
