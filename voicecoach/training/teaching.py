"""How much an exercise is explained, by how often and how recently it was done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from voicecoach.journal.met import Meeting
from voicecoach.timeline.steps import Coaching

LEARNING: Final = 3
"""Sessions in which an exercise is explained in full [own choice]."""
FORGETTING: Final = timedelta(days=14)
"""An exercise that was not done for longer than this is explained in full again [own choice]."""


def coaching(met: Meeting | None, now: datetime) -> Coaching:
    """In full for the first three sessions and after a fortnight without it, else in short.

    When the last day is not known, nothing counts as forgotten. None is an exercise that was never done.
    """
    if met is None or met.times < LEARNING:
        return Coaching.FULL
    return Coaching.FULL if met.last is not None and now - met.last > FORGETTING else Coaching.SHORT
