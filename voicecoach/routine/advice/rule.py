"""The form of a rule of good coaching, and of the advice that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from voicecoach.errors import Place

T = TypeVar("T")

COMMON: Final = "general physiotherapy knowledge"
"""The source of rules that physiotherapists agree on."""
OWN: Final = "our own rule"
"""The source of rules that we chose ourselves."""


class Level(StrEnum):
    """How much a piece of advice matters."""

    ADVICE = "advice"
    """Better changed before anybody exercises with the routine."""
    NOTE = "note"
    """Good to know; the routine can stay as it is."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One thing to look for in a ``T``."""

    name: str
    look: Callable[[T], str]
    """Returns the finding as a sentence without a full stop; empty when all is well."""
    reason: str
    source: str
    level: Level = Level.ADVICE

    def on(self, subject: T, place: Place | None) -> Iterator[Advice]:
        """Yield the advice on ``subject`` at ``place``; none when all is well."""
        if what := self.look(subject):
            yield Advice(self.name, what, self.reason, self.source, self.level, place)


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice of one rule for one place."""

    rule: str
    what: str
    reason: str
    source: str
    level: Level = Level.ADVICE
    place: Place | None = None
    """The place in the file; None for the whole routine or an exercise without a file."""

    def __str__(self) -> str:
        return f"{self.level}: {self.what} [{self.rule}] ({self.reason}; {self.source})"
