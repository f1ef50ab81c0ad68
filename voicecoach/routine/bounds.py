"""The bounds that a routine or an exercise sets to its own growth: how far, and on whose word.

*Growth* is all that makes an exercise harder over time: more reps or seconds, a heavier load, the next level
of its own ladder, a harder variation. A file has its bounds under ``grow``, ``up_when`` and ``down_when``.
Whoever prescribes an exercise sets them. No rule and no wish leads above them; only a word of the one who
prescribed it does, which ``voicecoach plan allow`` writes down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import Final, TypeVar

N = TypeVar("N", int, float)


class Harder(StrEnum):
    """Whether a harder variation, the next level or a heavier load comes."""

    YES = "yes"
    ASK = "ask"
    """Only when the one who prescribed it has said yes."""
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """The most of a dose, by its variables; None where there is no limit."""

    reps: tuple[int, ...] | None = None
    """The most reps of each set, and with them the most sets."""
    hold: float | None = None
    duration: float | None = None
    load: float | None = None
    grade: int | None = None
    """The number of the highest level of the exercise's own ladder."""

    def or_less(self, other: Most) -> Most:
        """Return the lesser limit of both in each variable."""
        both = self.reps is not None and other.reps is not None
        return Most(
            reps=tuple(map(min, self.reps or (), other.reps or ())) if both else self.reps or other.reps,
            hold=lesser(self.hold, other.hold),
            duration=lesser(self.duration, other.duration),
            load=lesser(self.load, other.load),
            grade=lesser(self.grade, other.grade),
        )

    def widened(self, other: Most) -> Most:
        """Return these limits, as far as there are any, where ``other`` has more with what that has."""
        reps = self.reps and tuple(map(max, zip_longest(self.reps, other.reps or (), fillvalue=0)))
        return Most(
            reps=reps,
            hold=_more(self.hold, other.hold),
            duration=_more(self.duration, other.duration),
            load=_more(self.load, other.load),
            grade=_more(self.grade, other.grade),
        )


NO_LIMIT: Final = Most()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpWhen:
    """What has to be done before an exercise gets harder; it asks for more than the rules, never for less."""

    pain: int | None = None
    """The most pain in a session after which anything rises; None for any that the rules take."""
    times: int = 1
    """How many good sessions in a row it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DownWhen:
    """When an exercise gets a step easier, besides when the rules say so."""

    pain_above: int | None = None
    """After a session with more pain than that."""
    worse_morning: bool = False
    """When the next morning was worse than the time before the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How an exercise may grow."""

    most: Most = NO_LIMIT
    free: Most = NO_LIMIT
    """What comes without a word of the one who prescribed it: limits to load and level, where harder ones
    wait or never come."""
    tempo_kept: bool = False
    """Whether lowering, and the speed of movements, stay as they are written."""
    grows: bool | None = None
    """Whether its dose rises; None leaves that to the routine."""
    harder: Harder = Harder.YES
    variations: tuple[str, ...] = ()
    """The keys of the harder variations that were allowed, where these wait."""
    up: UpWhen | None = None
    down: DownWhen | None = None

    @property
    def ceiling(self) -> Most:
        """The most that comes at present."""
        return self.most.or_less(self.free)

    @property
    def asked(self) -> Bounds:
        """What they are for somebody who has asked: only the most holds."""
        return replace(self, free=NO_LIMIT)

    def lets(self, variation: str) -> bool:
        """Tell whether a harder variation may be done; it has no key where it is only a sentence."""
        return self.harder is Harder.YES or (bool(variation) and variation in self.variations)

    def allowing(self, most: Most, variation: str = "") -> Bounds:
        """Return them after the one who prescribed it allowed a dose, or a harder variation."""
        known = tuple(each for each in (variation,) if each and each not in self.variations)
        return replace(
            self,
            most=self.most.widened(most),
            free=self.free.widened(most),
            variations=(*self.variations, *known),
        )

    def counted(self, count: Callable[[tuple[int, ...]], tuple[int, ...]]) -> Bounds:
        """Return them with reps that are counted otherwise, as on one side alone."""
        if self.most.reps is None:
            return self
        return replace(self, most=replace(self.most, reps=count(self.most.reps)))


UNBOUNDED: Final = Bounds()


def lesser(one: N | None, other: N | None) -> N | None:
    """Return the lesser of two limits, of which None is none."""
    return one if other is None else other if one is None else min(one, other)


def _more(limit: N | None, other: N | None) -> N | None:
    return limit if limit is None or other is None else max(limit, other)
