"""A programme: which routines somebody does on how many days a week, from the first days on for good.

It goes through phases (catalogue section 11, rule 11), each with a gate that says when the next one may be
proposed. What is here is what a file says; ``journal`` knows what was done and what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path


class PhaseName(StrEnum):
    """The phases in their order."""

    CALM = "calm"
    """The first four weeks of a sore back, or a flare."""
    RESTORE = "restore"
    """From four to twelve weeks."""
    BUILD = "build"
    MAINTAIN = "maintain"
    """For life."""

    @property
    def number(self) -> int:
        """As a routine names the phases it belongs to: calm is 1."""
        return [*PhaseName].index(self) + 1


class Weekday(IntEnum):
    """As ``date.weekday()`` counts them; a week begins on Monday [own choice]."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6

    @property
    def short(self) -> str:
        """As it is written in a file: ``mon``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A routine of a phase, and on how many days of a week it is done."""

    routine: str
    """Its name in the library."""
    days: int
    """A week: the goal, from 1 to 7."""
    apart: int = 1
    """Days from one time to the next at least: 1 may be on consecutive days, 2 may not."""
    on: tuple[Weekday, ...] = ()
    """The days that were chosen for it, as many as ``days``; empty to spread them over the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What must be so before the next phase is proposed; all of it must, and no gate is never open."""

    weeks: float = 0
    """In this phase with training in them."""
    pain: int | None = None
    """Worst pain at most, on each of the last ``pain_days`` days on which it was said."""
    pain_days: int = 1
    leg_steady: bool = False
    """Whether pain, tingling or numbness must not have gone further down a leg on these days."""
    routine: str = ""
    """Which of its last ``successes`` sessions must all have reached every target, and been green."""
    successes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePhase:
    """One phase of a programme."""

    name: PhaseName
    about: str = ""
    activities: tuple[Activity, ...]
    """The most important one first: when several are due it is the one that is played."""
    gate: Gate | None = None
    """To the next phase; None when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All phases, in order."""

    id: str
    """How it is called on the command line."""
    name: str
    about: str = ""
    sore: str
    """The routine for a sore day: done instead of everything else in a flare (rule 7)."""
    phases: tuple[ProgrammePhase, ...]
    path: Path
    """The file it was read from."""

    def phase(self, name: PhaseName) -> ProgrammePhase | None:
        """One phase, or None when the programme has no such phase."""
        return next((each for each in self.phases if each.name is name), None)

    def after(self, name: PhaseName) -> ProgrammePhase | None:
        """The phase that comes after another; None after the last."""
        return next((each for each in self.phases if each.name.number > name.number), None)

    @property
    def routines(self) -> tuple[str, ...]:
        """Every routine in it, once."""
        named = [each.routine for phase in self.phases for each in phase.activities]
        return tuple(dict.fromkeys([*named, self.sore]))
