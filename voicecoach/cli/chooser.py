"""The list of all routines, to choose one: on a screen of its own, or line by line."""

from __future__ import annotations

import functools
import os

import typer

from voicecoach import cli
from voicecoach.app.journal import meetings
from voicecoach.app.listing import remembered_minutes
from voicecoach.app.prepare import PlayedRoutine
from voicecoach.app.shelf import Trouble, own_shelf
from voicecoach.cli import page, vocabulary
from voicecoach.cli.days import ago
from voicecoach.cli.list import list_routines
from voicecoach.cli.notices import to_stderr
from voicecoach.display.browser import RoutineEntry
from voicecoach.errors import UsageError
from voicecoach.journal.met import Kind
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.settings import file
from voicecoach.settings.table import View


def choose() -> str | None:
    """Return the name of the routine that the person chose, or None. Raises FileError."""
    chosen = file.load()
    if os.environ.get("TERM") == "dumb" or chosen.view is View.PLAIN:
        return _typed(phrases.load(chosen.language))
    from voicecoach.display.browser import browse  # noqa: PLC0415 - Textual loads with it

    now = cli.clock.moment()
    shelf = own_shelf(to_stderr, now)
    looks = {name: shelf.look(name) for name in shelf.names(to_stderr)}
    found = {name: look for name, look in looks.items() if isinstance(look, PlayedRoutine)}
    done, known = meetings(Kind.ROUTINE, to_stderr), remembered_minutes(to_stderr, now)

    @functools.cache
    def minutes(name: str) -> int:
        return known.get(name) or shelf.minutes(found[name])

    def sheet(name: str, width: int) -> str:
        return shelf.sheet(found[name], minutes(name), width)

    last = {name: meeting.last.astimezone().date() for name, meeting in done.items() if meeting.last}
    choices = [_choice(name, look, ago(last.get(name), now.date())) for name, look in looks.items()]
    return browse(choices, minutes=minutes, sheet=sheet, theme=chosen.theme)


def _typed(say: Phrases) -> str | None:
    """Print the list, and return the routine whose name is typed; None for Enter alone."""
    list_routines()

    def read(answer: str) -> str:
        try:
            return vocabulary.routine(answer) if answer else ""
        except UsageError as error:
            raise typer.BadParameter(str(error)) from error

    page.show()
    return page.ask(say.part("home.which"), read, default="") or None


def _choice(name: str, look: PlayedRoutine | Trouble, last: str) -> RoutineEntry:
    if isinstance(look, Trouble):
        return RoutineEntry(name, name, last=last, trouble=f"{name} {look.text}")
    routine = look.routine
    kinds = dict.fromkeys(exercise.kind.value for exercise in routine.exercises)
    return RoutineEntry(name, routine.name, routine.about, routine.equipment, tuple(kinds), last)
