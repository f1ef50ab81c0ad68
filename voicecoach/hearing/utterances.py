"""Tells where a voice begins and ends, and whether it is an utterance. Pure: moments in, signs out."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, NamedTuple

from voicecoach.hearing.sound import RATE

MOMENTS: Final = RATE / 512
"""Moments a second."""


class Moment(NamedTuple):
    """What 32 ms of sound tell."""

    speech: float
    """How likely a voice is in it, 0 to 1."""
    above: float
    """Decibels by which it is louder than it would be without a voice: than the noise, and than what may be
    left of the coach's sound."""
    coach: bool
    """Whether the coach is heard at the microphone."""


class Sign(Enum):
    """What happens in a moment."""

    BEGAN = auto()
    """A voice began."""
    ENDED = auto()
    """It ended, or went on for too long, and was no utterance."""
    SPOKEN = auto()
    """It ended, and was an utterance."""


# The figures below were chosen by trying them on 170 commands of four voices in two rooms, in silence and
# over the coach. Loudness tells of a voice sooner than the model, which is certain after 0.1 to 0.2 s.
MARGIN: Final = 4.0
"""Decibels above which a moment is evidence of a voice."""
CLEAR: Final = 14.0
"""Decibels at which it is evidence as strong as the model's likelihood."""
STRONGEST: Final = 1.5
"""A moment that is louder still is stronger evidence, up to so many times."""
LEAK: Final = 0.7
"""What is left of the evidence so far a moment later."""
ENOUGH: Final = 0.25
"""The evidence that begins a voice: a clear voice gives it in two or three moments."""
TRACE: Final = 0.02
"""The evidence from which on a moment may belong to the voice."""
LASTS: Final = 0.2
"""A voice goes on while it is at least as likely as this, and louder than MARGIN."""
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
        """Whether the coach was heard in the present or the last voice."""
        self._evidence = 0.0
        self._traces = 0
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
        loudness = (moment.above - MARGIN) / (CLEAR - MARGIN)
        self._evidence = LEAK * self._evidence + moment.speech * min(max(loudness, 0.0), STRONGEST)
        self._traces = min(self._traces + 1, LONGEST) if self._evidence >= TRACE else 0
        if self._evidence < ENOUGH:
            return None
        self.length = self._spoken = self._traces
        self.over_coach = moment.coach
        self._evidence, self._traces, self._quiet = 0.0, 0, 0
        self._voice, self._given_up = True, False
        return Sign.BEGAN

    def _go_on(self, moment: Moment) -> Sign | None:
        self.length += 1
        speech = moment.speech >= LASTS and moment.above >= MARGIN
        self._quiet = 0 if speech else self._quiet + 1
        self._spoken += speech
        self.over_coach |= moment.coach
        if self._quiet >= PAUSE:
            self._voice = False
            if self._given_up:
                return None
            return Sign.SPOKEN if self._spoken >= SHORTEST else Sign.ENDED
        if self.length > LONGEST and not self._given_up:
            self._given_up = True
            return Sign.ENDED
        return None
