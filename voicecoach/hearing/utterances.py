"""Tells where a voice begins and ends, and whether it is an utterance. Pure: moments in, signs out."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import Final, NamedTuple

MOMENTS: Final = 16_000 / 512
"""Moments a second."""


class Moment(NamedTuple):
    """What 32 ms of sound tell."""

    speech: float
    """How likely a voice is in it, 0 to 1."""
    level: float
    """The level of what is left when the coach's sound has been taken out, in dBFS."""
    echo: float
    """The level that the coach's sound may still have in it, in dBFS; -inf while the coach is silent."""


class Sign(Enum):
    """What happens in a moment."""

    BEGAN = auto()
    """A voice began."""
    ENDED = auto()
    """It ended, or went on for too long, and was no utterance."""
    SPOKEN = auto()
    """It ended, and was an utterance."""


BEGINS: Final = 0.3
"""A voice begins where speech is at least as likely as this [own choice]."""
LASTS: Final = 0.2
"""And goes on while it is at least as likely as this [own choice]."""
EVIDENCE: Final = 2
"""So many likely moments in a row begin a voice."""
EVIDENCE_OVER_COACH: Final = 2
"""So many, while the coach's sound may be in what is heard."""
MARGIN: Final = 6.0
"""Decibels by which a voice must be louder than what may be left of the coach's sound."""
PAUSE: Final = round(0.48 * MOMENTS)
"""Moments without speech that end a voice."""
LONGEST: Final = round(4 * MOMENTS)
"""Moments of the longest utterance."""
SHORTEST: Final = round(0.2 * MOMENTS)
"""Moments of speech in the shortest utterance: "stop" has about 0.3 s, a cough or a click less."""


class Utterances:
    """Follows one moment after another."""

    def __init__(self) -> None:
        self.length = 0
        """Moments since the present voice began; of one that ended, with the pause after it."""
        self.over_coach = False
        """Whether the coach's sound was in the present or the last voice."""
        self._likely = 0
        self._quiet = 0
        self._spoken = 0
        self._voice = False
        self._given_up = False

    @property
    def speaking(self) -> bool:
        """Whether a voice goes on that is not given up."""
        return self._voice and not self._given_up

    def hear(self, moment: Moment) -> Sign | None:
        """Take the next moment; return what happens in it."""
        return self._go_on(moment) if self._voice else self._wait(moment)

    def _wait(self, moment: Moment) -> Sign | None:
        coach = not math.isinf(moment.echo)
        if moment.speech < BEGINS or moment.level < moment.echo + MARGIN:
            self._likely = 0
            return None
        self._likely += 1
        if self._likely < (EVIDENCE_OVER_COACH if coach else EVIDENCE):
            return None
        self.length = self._spoken = self._likely
        self.over_coach = coach
        self._likely = self._quiet = 0
        self._voice, self._given_up = True, False
        return Sign.BEGAN

    def _go_on(self, moment: Moment) -> Sign | None:
        self.length += 1
        speech = moment.speech >= LASTS
        self._quiet = 0 if speech else self._quiet + 1
        self._spoken += speech
        self.over_coach |= not math.isinf(moment.echo)
        if self._quiet >= PAUSE:
            self._voice = False
            if self._given_up:
                return None
            return Sign.SPOKEN if self._spoken >= SHORTEST else Sign.ENDED
        if self.length > LONGEST and not self._given_up:
            self._given_up = True
            return Sign.ENDED
        return None
