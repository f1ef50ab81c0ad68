"""The trial of ``voicecoach listen``: commands asked for one after the other, and how each went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from voicecoach.hearing.vocabulary import Match
from voicecoach.session.commands import Command

T = TypeVar("T")

EACH: Final = 6.0
"""Seconds for each command, so that ten take a minute [own choice]."""
_LATE: Final = 4.0
"""Seconds more for what is being said or recognised when the time is over [own choice]."""


class Outcome(StrEnum):
    """How an attempt went."""

    RIGHT = "right"
    WRONG = "wrong"
    """It was taken for another command."""
    MISSED = "missed"
    """Nothing was heard, or nothing that was understood."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """A command that was asked for, and what came of it."""

    phrase: str
    """What was to be said."""
    outcome: Outcome
    taken_for: T | None = None
    """The command that was heard in place of it."""
    heard: bool = False
    """Whether anything was said at all."""
    delay: float | None = None
    """Seconds from the end of the words until they were understood."""


class Trial(Generic[T]):
    """Asks for each of some phrases in its turn. All times are seconds of one clock."""

    def __init__(self, asked: Mapping[str, T], now: float) -> None:
        """Ask for the phrases in ``asked``, each with its meaning; the first one ``now``."""
        self._asked = tuple(asked.items())
        self._begun = now
        self._pending = False
        """Whether somebody speaks, or what was said is being recognised."""
        self._heard = False
        self.attempts: list[Attempt[T]] = []

    @property
    def is_over(self) -> bool:
        """Whether all was asked for."""
        return len(self.attempts) == len(self._asked)

    @property
    def phrase(self) -> str:
        """The phrase to say now, unless the trial is over."""
        return self._asked[len(self.attempts)][0]

    def speaks(self, *, now: bool) -> None:
        """Note that somebody begins to speak, or has ended without an utterance to recognise."""
        self._pending = now
        self._heard = self._heard or now

    def heard(self, match: Match[T] | None, ended: float, now: float) -> Attempt[T] | None:
        """Take an utterance that ``ended`` at a time; return the attempt if it decides it.

        What is not understood may be said again.
        """
        self._pending = False
        if self.is_over or ended < self._begun:
            return None  # it belongs to the attempt before
        self._heard = True
        if match is None:
            return None
        phrase, meaning = self._asked[len(self.attempts)]
        if match.meaning == meaning:
            return self._next(Attempt(phrase, Outcome.RIGHT, heard=True, delay=now - ended), now)
        return self._next(Attempt(phrase, Outcome.WRONG, match.meaning, heard=True, delay=now - ended), now)

    def time_passed(self, now: float) -> Attempt[T] | None:
        """Return the attempt that ends because its time is over."""
        limit = EACH + _LATE if self._pending else EACH
        if self.is_over or now - self._begun < limit:
            return None
        return self._next(Attempt(self.phrase, Outcome.MISSED, heard=self._heard), now)

    def _next(self, attempt: Attempt[T], now: float) -> Attempt[T]:
        self.attempts.append(attempt)
        self._begun, self._pending, self._heard = now, False, False
        return attempt


def counted(attempts: Sequence[Attempt[T]]) -> Counter[Outcome]:
    """Return how many attempts went how."""
    return Counter(each.outcome for each in attempts)


def tried(phrases: Mapping[str, Command]) -> Mapping[str, Command]:
    """Return ten of the commands in ``phrases`` to try, each with its first phrase, which is taught."""
    taught = {command: phrase for phrase, command in reversed([*phrases.items()])}
    return {taught[command]: command for command in _TRIED}


_TRIED: Final = (
    Command.PAUSE,
    Command.RESUME,
    Command.NEXT,
    Command.SLOWER,
    Command.READY,
    Command.REPEAT,
    Command.MORE_REST,
    Command.EASIER,
    Command.HURTS,
    Command.STOP,
)
