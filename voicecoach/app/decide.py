"""What a person does of a routine on a day: on which sides, and at which doses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from voicecoach.app.director import variations_for
from voicecoach.journal.records import Decision
from voicecoach.routine.files.library import Library
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.model import Routine
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import owning
from voicecoach.training.dosed_routine import apply, prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.one_side import on_planned_sides
from voicecoach.training.onward import with_permissions
from voicecoach.training.precautions import in_force
from voicecoach.training.readiness import Today


@dataclass(frozen=True, slots=True)
class Decide:
    """Decides what a person does of a routine on a day."""

    person: Profile
    today: Today
    history: Callable[[], History]
    as_written: bool = False
    """Only leave out what hurt: whoever wants a routine as its file has it does not ask for that."""
    prescribed: Callable[[str], Instructions] = lambda _: NO_INSTRUCTIONS
    """Returns what the clinician asks for who wrote the programme that has a routine, by the name of that."""

    def sided(self, routine: Routine) -> Routine:
        """Put what the person does on one side for now on that side, and widen the bounds as far as that was
        allowed, unless all is as it is written.
        """
        if self.as_written:
            return routine
        return with_permissions(on_planned_sides(routine, self.history()), self.history())

    def __call__(self, routine: Routine, shelf: Library) -> tuple[Routine, tuple[Decision, ...]]:
        """Return what is done of ``routine``, with the library beside it, and why."""
        person = owning(self.person.in_region(routine.for_region), routine.equipment)
        find_variation = variations_for(shelf, person)
        made = prescription_for(routine, self.history(), self.today, find_variation=find_variation).decisions
        decisions = tuple(each for each in made if each.leaves_out or not self.as_written)
        asked = routine.instructions or self.prescribed(routine.id)
        asked = in_force(asked, self.history().lifted if asked.until else ())
        return replace(apply(routine, decisions, find_variation), instructions=asked), decisions
