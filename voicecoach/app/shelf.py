"""The routines as one person would do them: for ``list``, for ``show`` and for choosing one."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import NamedTuple

from voicecoach.app import prepare
from voicecoach.app.journal import Notice
from voicecoach.app.person import person_now
from voicecoach.errors import FileError, NothingSuits, RoutineError, UnknownName
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.profile import Profile
from voicecoach.routine.sheet import WIDTH, sheet
from voicecoach.routine.suit import Tailored
from voicecoach.settings import file
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.words import every_swap


def own_shelf(notice: Notice, now: datetime, *, as_written: bool = False) -> Shelf:
    """The library as the person sees it. Raises FileError for settings or a profile with mistakes."""
    chosen = file.load()
    shelf, person = prepare.library(chosen.language), person_now(notice, now, as_written=as_written)
    settings = prepare.settings_for(person.coaching, notice, now, prepare.coached(chosen))
    return Shelf(shelf, person, settings)


class Trouble(NamedTuple):
    """Why a routine cannot be done."""

    mark: str
    """Shown instead of its minutes."""
    text: str


class Shelf:
    """The library as one person sees it."""

    def __init__(self, library: Library, person: Profile, settings: Settings) -> None:
        self._library = library
        self._person = person
        self._settings = settings

    @property
    def names(self) -> tuple[str, ...]:
        """All routines, in order of the alphabet."""
        return self._library.routines()

    def look(self, name: str) -> Tailored | Trouble:
        """Return the routine as the person should do it, or why they cannot."""
        try:
            return self.find(name)
        except NothingSuits:
            return Trouble("-", "has nothing for your profile")
        except FileError as error:
            return Trouble("?", str(error))
        except UnknownName as error:
            return Trouble("?", f"cannot be made to suit your profile: {error}")
        except RoutineError as error:
            return Trouble("?", f"has {len(error.problems)} problem(s): voicecoach check {name}")

    def find(self, name: str) -> Tailored:
        """The routine with that name, or in that file. Raises what app.tailored raises."""
        return prepare.tailored(self._library, name, self._person)

    def minutes(self, found: Tailored) -> int:
        """How long the routine takes."""
        return prepare.minutes(found.routine, self._settings, found.swaps)

    def sheet(self, found: Tailored, minutes: int, width: int = WIDTH) -> str:
        """The routine as a sheet to exercise from, with what was changed for the person."""
        changes = every_swap(found.swaps, phrases.load(self._settings.language))
        return sheet(found.routine, minutes, self._exercise_names, changes=changes, width=width)

    @functools.cached_property
    def _exercise_names(self) -> dict[str, str]:
        return {entry.id: entry.name for entry in self._library.browse()}
