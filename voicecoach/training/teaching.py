"""Says whether an exercise still needs its full explanation, by how often and how recently it was done.

``list`` asks this too, so the module imports little.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from voicecoach.journal.met import Meeting

LEARNING: Final = 3
"""Sessions in which an exercise is explained in full [own choice]."""
FORGETTING: Final = timedelta(days=14)
"""An exercise that was not done for longer than this is explained in full again [own choice]."""


def is_learned(met: Meeting | None, now: datetime) -> bool:
    """Tell whether an exercise needs no full explanation: done three times, and within a fortnight.

    When the last day is not known, nothing counts as forgotten. None is an exercise that was never done.
    """
    if met is None or met.times < LEARNING:
        return False
    return met.last is None or now - met.last <= FORGETTING
