"""Tells how loud voices in the background are: people who talk all at once, who never pause together."""

from __future__ import annotations

import math
from collections import deque
from typing import Final

from voicecoach.hearing.utterances import MOMENTS

VOICE: Final = 0.2
"""The likelihood from which on a moment may be a voice: of people far away it is seldom higher."""
GAP: Final = round(0.4 * MOMENTS)
"""Moments without a voice that are no pause."""
WATCHED: Final = round(3 * MOMENTS)
"""Moments without a pause that make a background: one person hardly speaks for so long without a breath, and
a command is shorter [own choice]."""
_PAUSES: Final = WATCHED // 10
"""Moments of pauses among them that are let pass."""


class Background:
    """Follows one moment of 32 ms after another, of those in which the coach is silent."""

    def __init__(self) -> None:
        self.level = -math.inf
        """The level that the background reaches again and again, in dBFS; -inf where there is none."""
        self._voices: deque[float] = deque(maxlen=GAP)
        self._loudest: deque[float] = deque([-math.inf] * WATCHED, WATCHED)

    def hear(self, level: float, speech: float) -> None:
        """Take the level of the next moment and how likely a voice is in it."""
        self._voices.append(level if speech >= VOICE else -math.inf)
        self._loudest.append(max(self._voices))
        self.level = sorted(self._loudest)[_PAUSES]
