"""``voicecoach`` alone, in a terminal: a list of the routines to choose from."""

from __future__ import annotations

import functools
import os

from voicecoach import cli
from voicecoach.app.journal import meetings
from voicecoach.app.listing import remembered_minutes
from voicecoach.app.prepare import PlayedRoutine
from voicecoach.app.shelf import Trouble, own_shelf
from voicecoach.cli.days import ago
from voicecoach.cli.notices import to_stderr
from voicecoach.display.browser import RoutineEntry
from voicecoach.journal.met import Kind
from voicecoach.settings import file
from voicecoach.settings.table import View


def can_be_shown() -> bool:
    """Whether the terminal can show a list, and the person wants a screen.

    Raises FileError for settings that cannot be understood.
    """
    return os.environ.get("TERM") != "dumb" and file.load().view is not View.PLAIN


def choose() -> str | None:
    """The name of the routine that the person chose, or None. Raises FileError."""
    from voicecoach.display.browser import browse  # noqa: PLC0415 - Textual loads with it

    now = cli.clock.moment()
    shelf = own_shelf(to_stderr, now)
    looks = {name: shelf.look(name) for name in shelf.names}
    found = {name: look for name, look in looks.items() if isinstance(look, PlayedRoutine)}
    done, known = meetings(Kind.ROUTINE, to_stderr), remembered_minutes(to_stderr, now)

    @functools.cache
    def minutes(name: str) -> int:
        return known.get(name) or shelf.minutes(found[name])

    def sheet(name: str, width: int) -> str:
        return shelf.sheet(found[name], minutes(name), width)

    last = {name: meeting.last.astimezone().date() for name, meeting in done.items() if meeting.last}
    choices = [_choice(name, look, ago(last.get(name), now.date())) for name, look in looks.items()]
    return browse(choices, minutes=minutes, sheet=sheet, theme=file.load().theme)


def _choice(name: str, look: PlayedRoutine | Trouble, last: str) -> RoutineEntry:
    if isinstance(look, Trouble):
        return RoutineEntry(name, name, last=last, trouble=f"{name} {look.text}")
    routine = look.routine
    kinds = dict.fromkeys(exercise.kind.value for exercise in routine.exercises)
    return RoutineEntry(name, routine.name, routine.about, routine.equipment, tuple(kinds), last)
