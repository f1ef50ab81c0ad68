"""The routines as one person does them today: for ``list``, for ``show`` and for choosing one."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from voicecoach.app import plan, prepare
from voicecoach.app.decide import Decide
from voicecoach.app.journal import Notice
from voicecoach.app.person import person_now, person_unheeded
from voicecoach.app.prepare import PlayedRoutine
from voicecoach.errors import AllHurt, FileError, NothingSuits, RoutineError, UnknownName
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Exercise
from voicecoach.routine.profile import Profile
from voicecoach.routine.sheet import Sheet, sheet
from voicecoach.settings import file
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.instruction_words import box
from voicecoach.timeline.words import every_swap
from voicecoach.training.dosed_routine import Slot, places, several_doses_in

LISTED: Final = 300
"""The most routines of one's own that are listed [own choice]: to prepare one takes 10 ms."""


def own_shelf(notice: Notice, now: datetime, *, as_written: bool = False) -> Shelf:
    """The library as the person sees it now. Raises FileError for settings or a profile with mistakes."""
    chosen, day, following = file.load(), now.date(), plan.followed()
    prescribed = functools.partial(plan.prescribed, following)
    person = person_now(notice, now, as_written=as_written)
    return Shelf(
        prepare.library(chosen.language),
        person,
        prepare.settings_for(person.coaching, notice, now, prepare.coached(chosen)),
        chosen.rate,
        decide=prepare.deciding(person, notice, day, as_written=as_written, prescribed=prescribed),
        unheeded=person_unheeded(notice, now) if as_written else None,
    )


class Trouble(NamedTuple):
    """Why a routine cannot be done."""

    mark: str
    """Shown instead of its minutes."""
    text: str
    is_fault: bool = True
    """Whether something has to be put right, in its file or around it."""


class Shelf:
    """The library as one person sees it on a day."""

    def __init__(
        self,
        library: Library,
        person: Profile,
        settings: Settings,
        rate: int,
        *,
        decide: Decide,
        unheeded: Profile | None = None,
    ) -> None:
        self._library = library
        self._person = person
        self._settings = settings
        self._rate = rate
        self._decide = decide
        self._unheeded = unheeded

    def names(self, notice: Notice) -> tuple[str, ...]:
        """All routines, in order of the alphabet; of too many of one's own the first, as ``notice`` says."""
        shipped = Library(self._library.folders[-1:]).routines()
        own = [name for name in self._library.routines() if name not in shipped]
        if len(own) > LISTED:
            notice(
                f"Of your {len(own)} routines the first {LISTED} are listed. The others can be played by name"
                " all the same."
            )
        return tuple(sorted((*shipped, *own[:LISTED])))

    def look(self, name: str) -> PlayedRoutine | Trouble:
        """Return the routine as the person does it, or why they cannot."""
        try:
            return self.find(name)
        except AllHurt:
            return Trouble("-", "waits, as all of it hurt lately", is_fault=False)
        except NothingSuits:
            return Trouble("-", "has nothing for your profile", is_fault=False)
        except FileError as error:
            return Trouble("?", str(error))
        except UnknownName as error:
            return Trouble("?", f"cannot be made to suit your profile: {error}")
        except RoutineError as error:
            return Trouble("?", f"has {len(error.problems)} problem(s): voicecoach check {name}")

    def find(self, name: str) -> PlayedRoutine:
        """The routine with that name, or in that file. Raises what prepare.as_played raises."""
        return prepare.as_played(self._library, self._person, name, self._decide, self._unheeded)

    def minutes(self, found: PlayedRoutine) -> int:
        """How long the routine takes today."""
        return prepare.minutes(found, self._settings, self._rate)

    def sheet(self, found: PlayedRoutine, minutes: int) -> Sheet:
        """The routine as a sheet to exercise from, with what was changed for the person."""
        day = self._decide.today.day
        return sheet_of(found, minutes, self._settings.language, day, self._exercise_names)

    @functools.cached_property
    def _exercise_names(self) -> dict[str, str]:
        return exercise_names(self._library)


def exercise_names(library: Library) -> dict[str, str]:
    """Return the names of all exercises of a library by their ids."""
    return {entry.id: entry.name for entry in library.browse()}


def sheet_of(found: PlayedRoutine, minutes: int, language: str, day: date, names: Mapping[str, str]) -> Sheet:
    """Return a routine as a sheet to exercise from on a ``day``, with what was changed for the person."""
    say = phrases.load(language)
    changes = [*every_swap(found.swaps, say), *map(say.tell, found.changes)]
    if found.ruled_out:
        changes.append(say("intro.ruled_out", names=say.join(found.ruled_out)))
    return sheet(
        found.routine,
        minutes,
        names,
        changes=changes,
        written=dict(_as_written(found)),
        box=box(found.routine.instructions, say, day),
        language=language,
    )


def _as_written(found: PlayedRoutine) -> Iterator[tuple[tuple[str, str], Exercise]]:
    """Yield the key and the only side of everything that is done, with the exercise that is written for it.

    One that is written at several doses has no single one to show; the changes tell of it.
    """
    known, several = places(found.written, found.decisions), several_doses_in(found.written, found.decisions)
    for decision in found.decisions:
        for side in {decision.side, ""}:
            place = known.get(Slot(decision.written, side))
            if place and decision.written not in several:
                yield (decision.exercise, side), place
