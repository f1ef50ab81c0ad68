"""The model of a programme, which says how many days a week to do which routines, and of a person's plan.

A programme has phases (catalogue section 11, rule 11), each with a gate that decides when the next one may be
proposed. A plan is a programme, the present phase, and the person's own changes. This
module holds the contents of a file; ``training`` compares them with what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.routine import place
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.region import Region


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
        """The number of the phase as routines write it: calm is 1."""
        return [*PhaseName].index(self) + 1


class Weekday(IntEnum):
    """Days as ``date.weekday()`` counts them; a week begins on Monday [own choice]."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6

    @property
    def short(self) -> str:
        """The spelling in a file: ``mon``."""
        return self.name.lower()


AT: Final = time(18, 0)
"""The time of reminders, unless the person sets another [own choice]."""
MORNING: Final = time(8, 0)
"""The first of several times a day [own choice]."""
NOON: Final = time(12, 0)
_ROUND: Final = 15
"""The minutes of the quarters of an hour at which the times between them are."""


class WeeklyTime(NamedTuple):
    """A time of day on a day of the week."""

    day: Weekday
    at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A routine of a phase, and the number of days a week to do it."""

    routine: str
    """Its name in the library, or its file."""
    days: int
    """Days a week, from 1 to 7: the goal."""
    apart: int = 1
    """The least number of days between sessions: 1 allows consecutive days, 2 does not."""
    on: tuple[Weekday, ...] = ()
    """The chosen days, as many as ``days``; empty to spread them over the week."""
    others: tuple[str, ...] = ()
    """The routines that may take its place on a day."""
    times: int = 1
    """How often it is done on each of these days."""
    at: tuple[time, ...] = ()
    """The times of day for it, as many as ``times``; empty to spread them over the day."""

    def clocks(self, usual: time) -> tuple[time, ...]:
        """Return the times of day for it, where a person usually exercises at ``usual``.

        One is then; of several the last is, and the first in the morning, or in the evening where the usual
        one is the morning's.
        """
        if self.at or self.times == 1:
            return self.at or (usual,)
        first, last = sorted((usual, MORNING if usual > NOON else AT))
        begin, end = (each.hour * 60 + each.minute for each in (first, last))
        step = (end - begin) / (self.times - 1)
        between = (round((begin + step * number) / _ROUND) * _ROUND for number in range(1, self.times - 1))
        return (first, *(time(*divmod(at, 60)) for at in between), last)

    @property
    def idents(self) -> tuple[str, ...]:
        """The ids of these routines, by which the journal knows them."""
        return tuple(map(place.ident, self.routines))

    @property
    def routines(self) -> tuple[str, ...]:
        """Its routine, and those that may take its place."""
        return (self.routine, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The conditions for proposing the next phase, all of which must hold. A phase without a gate stays."""

    weeks: float = 0
    """The least number of weeks in this phase with training in them."""
    pain: int | None = None
    """The highest worst pain allowed on each of the last ``pain_days`` days with an answer."""
    pain_days: int = 1
    leg_steady: bool = False
    """Whether pain, tingling or numbness must not have gone further down a leg on those days."""
    routine: str = ""
    """The routine whose last ``successes`` sessions must all have been green and reached every target."""
    successes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePhase:
    """One phase of a programme."""

    name: PhaseName
    about: str = ""
    activities: tuple[Activity, ...]
    """The routines, most important first: when several are due, the first is played."""
    gate: Gate | None = None
    """The gate to the next phase; None when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All phases, in order."""

    id: str
    """How it is called on the command line."""
    name: str
    about: str = ""
    region: Region | None = None
    """The part of the body that its routines are for, unless they say otherwise; None when it does not."""
    sore: str = ""
    """The routine for sore days, done instead of all others in a flare (rule 7); empty to rest on them."""
    phases: tuple[ProgrammePhase, ...]
    instructions: Instructions = NO_INSTRUCTIONS
    """What the clinician who wrote it asks of the person; a routine with its own has its own."""
    path: Path
    """The file it was read from."""

    def phase(self, name: PhaseName) -> ProgrammePhase | None:
        """Return a phase by its name, or None when the programme does not have it."""
        return next((each for each in self.phases if each.name is name), None)

    def after(self, name: PhaseName) -> ProgrammePhase | None:
        """Return the phase after ``name``; None after the last."""
        return next((each for each in self.phases if each.name.number > name.number), None)

    @property
    def routines(self) -> tuple[str, ...]:
        """The names of all its routines, each once."""
        named = [name for phase in self.phases for each in phase.activities for name in each.routines]
        return tuple(dict.fromkeys([*named, *filter(None, (self.sore,))]))


ALONE: Final = PhaseName.MAINTAIN
"""The phase of a plan without a programme: one that stays."""

STAY: Final = timedelta(weeks=2)
"""The time for which the next phase is not proposed to a person who chose to stay [own choice]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    """A person's plan beyond the programme it follows."""

    id: str
    """Unique letters and digits by which calendars recognise its reminders."""
    programme: str
    """Its name in the library; empty when the plan is the person's own routines and nothing else."""
    phase: PhaseName
    since: date
    """The day on which the person began the phase."""
    stay_until: date | None = None
    """The day before which the next phase is not proposed, because the person chose to stay; else None."""
    at: time = AT
    """The time of day at which they exercise, for reminders."""
    own: Mapping[PhaseName, tuple[Activity, ...]] = field(default_factory=dict)
    """The person's own routines for a phase, instead of the programme's."""
    sore: str = ""
    """The routine for sore days, where there is no programme; empty to rest on them."""
    reminded: tuple[Weekday, ...] = ()
    """The days of the week with a reminder at the usual time in the last written calendar."""
    reminded_at: tuple[WeeklyTime, ...] = ()
    """The other times with a reminder in it."""

    def alone(self, name: str, path: Path) -> Programme:
        """Return what a plan without a programme follows: its routines, in one phase that stays."""
        phase = ProgrammePhase(name=self.phase, activities=self.own[self.phase])
        return Programme(id="", name=name, sore=self.sore, phases=(phase,), path=path)

    def now(self, programme: Programme) -> ProgrammePhase | None:
        """Return the present phase with the person's changes; None when the programme no longer has it."""
        phase = programme.phase(self.phase)
        return phase and replace(phase, activities=self.own.get(self.phase, phase.activities))

    def go_to(self, phase: PhaseName, today: date) -> OwnPlan:
        """Begin another phase ``today``; naming the present phase means staying in it."""
        if phase is self.phase:
            return replace(self, stay_until=today + STAY)
        return replace(self, phase=phase, since=today, stay_until=None)

    def added(self, programme: Programme) -> tuple[Activity, ...]:
        """Return what the person does in the present phase and ``programme`` does not have in it."""
        phase = programme.phase(self.phase)
        if phase is None:
            return ()
        known = {name for each in phase.activities for name in each.routines}
        return tuple(each for each in self.own.get(self.phase, ()) if each.routine not in known)

    def carrying(self, programme: Programme, phase: PhaseName) -> OwnPlan:
        """Return the plan with what was added to the present phase in ``phase`` too, where it lacks it."""
        coming = programme.phase(phase)
        if coming is None:
            return self
        there = self.own.get(phase, coming.activities)
        known = {each.routine for each in there}
        kept = [each for each in self.added(programme) if each.routine not in known]
        if not kept:
            return self
        gone = {each.routine for each in kept}
        rest = (replace(each, others=tuple(o for o in each.others if o not in gone)) for each in there)
        return replace(self, own={**self.own, phase: (*rest, *kept)})

    def change(self, activities: tuple[Activity, ...]) -> OwnPlan:
        """Return the plan with these activities in the present phase."""
        return replace(self, own={**self.own, self.phase: activities})

    def as_programmed(self) -> OwnPlan:
        """Return the plan without the person's changes to the present phase."""
        return replace(self, own={name: each for name, each in self.own.items() if name is not self.phase})
