"""What the recogniser makes of an utterance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """What an utterance may be in words."""

    text: str
    likelihood: float
    """The log probability of all its words for somebody who expects the phrases: -1 is likely, -9 is not."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """An utterance in words, heard several times."""

    unprompted: str
    """As it was heard by somebody who expects nothing in particular."""
    hearings: tuple[tuple[Guess, ...], ...] = ()
    """The likeliest guesses of each hearing by somebody who expects the phrases, of which they may invent
    one or repeat it."""

    @property
    def text(self) -> str:
        """The likeliest of all guesses; what was heard unprompted where there is none."""
        guesses = [guess for hearing in self.hearings for guess in hearing]
        return max(guesses, key=lambda guess: guess.likelihood).text if guesses else self.unprompted
