"""A person's own plan: which programme, which phase since when, and what they do differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Final

from voicecoach.routine.programme import Activity, PhaseName, Programme, ProgrammePhase, Weekday

AT: Final = time(18, 0)
"""When reminders are for, unless the person says otherwise [own choice]."""

STAY: Final = timedelta(weeks=2)
"""For so long the next phase is not proposed again to somebody who chose to stay [own choice]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    """What a person does, as far as it is not in the programme."""

    id: str
    """Letters and digits that no other plan has: calendars tell reminders apart by it."""
    programme: str
    """Its name in the library."""
    phase: PhaseName
    since: date
    """The person's day on which the phase began."""
    stay_until: date | None = None
    """The next phase is not proposed before this day, because the person chose to stay; else None."""
    at: time = AT
    """When they exercise: reminders are for this time."""
    own: Mapping[PhaseName, tuple[Activity, ...]] = field(default_factory=dict)
    """What they do in a phase instead of what the programme has there."""
    reminded: tuple[Weekday, ...] = ()
    """The days of the week that the last written calendar has a reminder on."""

    def now(self, programme: Programme) -> ProgrammePhase | None:
        """The present phase as the person does it; None when the programme has no such phase any more."""
        phase = programme.phase(self.phase)
        return phase and replace(phase, activities=self.own.get(self.phase, phase.activities))

    def go_to(self, phase: PhaseName, today: date) -> OwnPlan:
        """The plan from the day on which another phase begins; the same phase again is a wish to stay."""
        if phase is self.phase:
            return replace(self, stay_until=today + STAY)
        return replace(self, phase=phase, since=today, stay_until=None)

    def change(self, activities: tuple[Activity, ...]) -> OwnPlan:
        """The plan with these activities in the present phase."""
        return replace(self, own={**self.own, self.phase: activities})

    def as_programmed(self) -> OwnPlan:
        """The plan with the present phase as the programme has it."""
        return replace(self, own={name: each for name, each in self.own.items() if name is not self.phase})
