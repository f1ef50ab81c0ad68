"""The model of a person's own plan: its programme, the present phase, and their own changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Final

from voicecoach.routine.programme import Activity, PhaseName, Programme, ProgrammePhase, Weekday

AT: Final = time(18, 0)
"""The time of reminders, unless the person sets another [own choice]."""

STAY: Final = timedelta(weeks=2)
"""The time for which the next phase is not proposed to a person who chose to stay [own choice]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    """A person's plan beyond the programme it follows."""

    id: str
    """Unique letters and digits by which calendars recognise its reminders."""
    programme: str
    """Its name in the library."""
    phase: PhaseName
    since: date
    """The day on which the person began the phase."""
    stay_until: date | None = None
    """The day before which the next phase is not proposed, because the person chose to stay; else None."""
    at: time = AT
    """The time of day at which they exercise, for reminders."""
    own: Mapping[PhaseName, tuple[Activity, ...]] = field(default_factory=dict)
    """The person's own routines for a phase, instead of the programme's."""
    reminded: tuple[Weekday, ...] = ()
    """The days of the week with a reminder in the last written calendar."""

    def now(self, programme: Programme) -> ProgrammePhase | None:
        """Return the present phase with the person's changes; None when the programme no longer has it."""
        phase = programme.phase(self.phase)
        return phase and replace(phase, activities=self.own.get(self.phase, phase.activities))

    def go_to(self, phase: PhaseName, today: date) -> OwnPlan:
        """Begin another phase ``today``; naming the present phase means staying in it."""
        if phase is self.phase:
            return replace(self, stay_until=today + STAY)
        return replace(self, phase=phase, since=today, stay_until=None)

    def change(self, activities: tuple[Activity, ...]) -> OwnPlan:
        """Return the plan with these activities in the present phase."""
        return replace(self, own={**self.own, self.phase: activities})

    def as_programmed(self) -> OwnPlan:
        """Return the plan without the person's changes to the present phase."""
        return replace(self, own={name: each for name, each in self.own.items() if name is not self.phase})
