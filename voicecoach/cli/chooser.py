"""The list of all routines, to choose one: on a screen of its own, or line by line."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable

import typer

from voicecoach import cli
from voicecoach.app import listing
from voicecoach.app.home import Home
from voicecoach.app.journal import meetings
from voicecoach.app.prepare import PlayedRoutine
from voicecoach.app.shelf import Trouble, own_shelf
from voicecoach.cli import page, vocabulary
from voicecoach.cli.days import ago
from voicecoach.cli.figure import pictures
from voicecoach.cli.list import show
from voicecoach.cli.notices import to_stderr
from voicecoach.display.routine_list import RoutineEntry
from voicecoach.errors import UsageError
from voicecoach.journal.met import Kind
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.routine.paper import sheet_as_text
from voicecoach.settings import file
from voicecoach.settings.table import View


def choose(shown: Home) -> str | None:
    """Return the name of the routine that the person chose, or None. Raises FileError.

    The routines that they were ``shown`` as sensible now stand first.
    """
    chosen = file.load()
    if os.environ.get("TERM") == "dumb" or chosen.view is View.PLAIN:
        return _typed(phrases.load(chosen.language), shown)
    from voicecoach.display.browser import browse  # noqa: PLC0415 - Textual loads with it

    now = cli.clock.moment()
    shelf = own_shelf(to_stderr, now)
    looks = {name: shelf.look(name) for name in shelf.names(to_stderr)}
    found = {name: look for name, look in looks.items() if isinstance(look, PlayedRoutine)}
    done, known = meetings(Kind.ROUTINE, to_stderr), listing.remembered_minutes(to_stderr, now)

    @functools.cache
    def minutes(name: str) -> int:
        return known.get(name) or shelf.minutes(found[name])

    drawn = pictures(chosen)  # now, as the screen takes the place of the output

    def sheet(name: str, width: int) -> str:
        return sheet_as_text(shelf.sheet(found[name], minutes(name)), width, drawn)

    last = {name: meeting.last.astimezone().date() for name, meeting in done.items() if meeting.last}
    due = {choice.routine for choice in shown.choices if choice.due}
    choices = [
        _choice(name, looks[name], ago(last.get(name), now.date()), due=name in due)
        for name in in_order(looks, shown)
    ]
    return browse(choices, minutes=minutes, sheet=sheet, theme=chosen.theme)


def in_order(names: Iterable[str], shown: Home) -> list[str]:
    """Return ``names``, first those ``shown`` as sensible now: the plan's of today, or what was done last.

    Where Enter takes nothing on the home page, what does not load the back comes before what does.
    """
    careful = shown.first is None
    offered = sorted(shown.choices, key=lambda choice: careful and choice.loads)
    places = {choice.routine: number for number, choice in enumerate(offered)}
    return sorted(names, key=lambda name: (places.get(name, len(places)), name))


def _typed(say: Phrases, shown: Home) -> str | None:
    """Print the list, and return the routine whose name is typed; None for Enter alone."""
    rows = {row.name: row for row in listing.rows(to_stderr, cli.clock.moment())}
    show(rows[name] for name in in_order(rows, shown))

    def read(answer: str) -> str:
        try:
            return vocabulary.routine(answer) if answer else ""
        except UsageError as error:
            raise typer.BadParameter(str(error)) from error

    page.show()
    return page.ask(say.part("home.which"), read, default="") or None


def _choice(name: str, look: PlayedRoutine | Trouble, last: str, *, due: bool) -> RoutineEntry:
    if isinstance(look, Trouble):
        return RoutineEntry(name, name, last=last, trouble=f"{name} {look.text}")
    routine = look.routine
    kinds = dict.fromkeys(exercise.kind.value for exercise in routine.exercises)
    return RoutineEntry(name, routine.name, routine.about, routine.equipment, tuple(kinds), last, due=due)
