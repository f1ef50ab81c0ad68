"""How well somebody knows each exercise, and how much it needs explaining therefore."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from voicecoach.timeline.steps import Coaching

LEARNING: Final = 3
"""Sessions in which an exercise is explained in full."""
FORGETTING: Final = timedelta(days=14)
"""An exercise that was not done for longer than this is explained in full again."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One exercise: in how many sessions it was done, and when last."""

    times: int
    last: datetime
    """With its time zone."""


@dataclass(frozen=True, slots=True)
class Met:
    """Every exercise that was ever done, by its key."""

    meetings: Mapping[str, Meeting] = field(default_factory=dict)

    def coaching(self, key: str, now: datetime) -> Coaching:
        """Full for the first three sessions and after a fortnight without it, else short."""
        meeting = self.meetings.get(key)
        known = meeting and meeting.times >= LEARNING and now - meeting.last <= FORGETTING
        return Coaching.SHORT if known else Coaching.FULL

    def after(self, keys: Iterable[str], now: datetime) -> Met:
        """The same after a session in which these exercises were done, however often each."""
        meetings = dict(self.meetings)
        for key in set(keys):
            times = meetings[key].times if key in meetings else 0
            meetings[key] = Meeting(times + 1, now)
        return Met(meetings)
