"""What the recogniser makes of an utterance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be what was said."""

    phrase: str
    support: float
    """How much likelier the sound makes it than :attr:`Transcript.unprompted`: the difference of their log
    probabilities, for somebody who does not expect it. Far below 0 it was not said."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """An utterance in words, heard twice, with what says how far to trust them."""

    text: str
    """As it was heard with the phrases in mind. The recogniser may invent one of them, or repeat it."""
    unprompted: str
    """As it was heard by somebody who expects nothing in particular."""
    likelihood: float = 0.0
    """The mean log probability of the words of :attr:`text`: 0 is certain, -1 is doubtful."""
    no_speech: float = 0.0
    """The probability that nobody spoke."""
    candidates: tuple[Candidate, ...] = ()
    """The phrases that :attr:`text` is like, where it is not the same as :attr:`unprompted`."""
