"""The part of a routine that is wanted, and the sides on which it is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from voicecoach.journal import records
from voicecoach.routine.model import Routine
from voicecoach.routine.one_side import SIDES_SAID
from voicecoach.timeline.steps import AnyStep, Briefing


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of a routine that is wanted; the whole of it when nothing is said."""

    start: str = ""
    """The step to begin with: its number on the sheet, its name or its id."""
    only: tuple[str, ...] = ()
    """Nothing but these steps."""
    sets: int | None = None
    """At most so many sets of each exercise."""
    minutes: float | None = None
    """At most that long, by leaving out what matters least."""
    side: str = ""
    """The side on which all is done that has sides, or their order, as in ``one_side.SIDES_SAID``."""

    @property
    def order(self) -> tuple[str, ...]:
        """The sides in the order in which they are worked; empty when nothing is said of them."""
        return SIDES_SAID.get(self.side, ())

    def of(self, routine: Routine, seconds_of: Callable[[Routine], float]) -> Routine:
        """That part of ``routine``. Raises UnknownName and UsageError."""
        from voicecoach.routine import select  # noqa: PLC0415 - few sessions need them

        if self.start:
            routine = select.starting_at(routine, self.start)
        if self.only:
            routine = select.only(routine, self.only)
        if self.sets is not None:
            routine = select.at_most_sets(routine, self.sets)
        if self.minutes is not None:
            routine = select.within(routine, self.minutes, seconds_of)
        return routine

    def unheard(self, name: str, steps: Iterable[AnyStep]) -> str:
        """Say that a side was asked for, and none of the ``steps`` of the routine ``name`` has one; or ""."""
        exercises = (step.exercise for step in steps if isinstance(step, Briefing))
        if not self.order or any(each.order for each in exercises):
            return ""
        return f"Nothing in {name} has a left and a right side, so it stays as it is."

    def asked(self, name: str | Path) -> records.Asked:
        """This part of the routine called ``name``, as the journal keeps it."""
        name = os.path.realpath(name) if isinstance(name, Path) else name
        return records.Asked(
            name=name,
            start=self.start,
            only=self.only,
            sets=self.sets,
            minutes=self.minutes,
            side=self.side,
        )
