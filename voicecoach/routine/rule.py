"""A rule of good coaching, and the advice that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from voicecoach.errors import Place

T = TypeVar("T")

COMMON: Final = "general physiotherapy knowledge"
"""The source of what physiotherapists agree on."""
OWN: Final = "our own rule"
"""The source of what comes from no source."""


class Level(StrEnum):
    """How much it matters."""

    ADVICE = "advice"
    """Better changed before somebody exercises to it."""
    NOTE = "note"
    """Good to know; the routine can stay as it is."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One thing to look for in a ``T``."""

    name: str
    look: Callable[[T], str]
    """What is seen, as a sentence without its full stop; empty when all is well."""
    reason: str
    source: str
    level: Level = Level.ADVICE

    def on(self, subject: T, place: Place | None) -> Iterator[Advice]:
        """The advice on ``subject``, which stands at ``place``; none when all is well with it."""
        if what := self.look(subject):
            yield Advice(self.name, what, self.reason, self.source, self.level, place)


@dataclass(frozen=True, slots=True)
class Advice:
    """What one rule has to say about one place."""

    rule: str
    what: str
    reason: str
    source: str
    level: Level = Level.ADVICE
    place: Place | None = None
    """None when it is about the whole routine, or the exercise comes from no file."""

    def __str__(self) -> str:
        return f"{self.level}: {self.what} [{self.rule}] ({self.reason}; {self.source})"
