"""``voicecoach play``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import agenda, plan, questions, remarks, weakness
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.selection import Selection
from voicecoach.cli import options, page, vocabulary
from voicecoach.cli.guest import play_as_guest
from voicecoach.cli.hands_free import heard
from voicecoach.cli.home import open_home
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.resume import offered
from voicecoach.cli.session_in_terminal import perform, session_today
from voicecoach.errors import NothingSuits
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings


@options.part
@options.settings(*options.ALL)
def play(  # noqa: PLR0913 - one parameter an option
    routine: Annotated[
        str | None,
        typer.Argument(
            metavar="[ROUTINE]",
            help="A routine's name, as 'voicecoach list' or the screen shows it, or a file; without it, what "
            "your plan has for today.",
            parser=vocabulary.routine,
            autocompletion=vocabulary.routines,
        ),
    ] = None,
    *,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    selection: Selection,
    chosen: SessionSettings,
    journal: options.Journal = None,
    yes: options.Yes = False,
    guest: Annotated[
        bool,
        typer.Option(
            "--guest", help="Somebody else plays: nothing is kept, and nothing that is yours is used."
        ),
    ] = False,
) -> None:
    """Play a routine: the coach speaks and keeps time.

    While it plays, space pauses and goes on, q pressed twice stops, and ? shows all keys. What you set with
    'voicecoach config' holds unless an option says otherwise.
    """
    with heard(chosen) as hearing:
        if guest:
            play_as_guest(
                routine,
                chosen,
                selection,
                coaching,
                as_written=as_written,
                journal=journal,
                yes=yes,
                hearing=hearing,
            )
            return
        left, routine, known = offered(routine or "", coaching, chosen, ask=not yes, hearing=hearing)
        if left:
            perform(left, chosen, coaching=coaching, journal=journal, yes=yes, known=known, hearing=hearing)
            return

        if not routine and not yes and page.at_terminal() and not questions.has_plan():
            open_home(chosen, hearing)
            return

        def prepared(name: str) -> PreparedSession:
            return session_today(name, chosen, selection, coaching, as_written=as_written)

        session = prepared(routine) if routine else next(_playable(prepared), None)
        if session:
            perform(
                session, chosen, selection, coaching, journal=journal, yes=yes, known=known, hearing=hearing
            )


def _playable(prepared: Callable[[str], PreparedSession]) -> Iterator[PreparedSession]:
    """Yield what is due today and has something left, the most important first; why others wait is told."""
    for name in _due():
        try:
            yield prepared(name)
        except NothingSuits as error:
            to_stderr(str(error))


def _due() -> tuple[str, ...]:
    """What the plan has for today, which is told."""
    following, now = plan.following(), cli.clock.moment()
    due, say = agenda.at(following, to_stderr, now), file.own_phrases()
    waits = () if due.due.routines else weakness.shown(to_stderr, now, say)
    for line in (*waits, *due.lines, *map(say.tell, remarks.on_screen(following, to_stderr, now))):
        page.show(line)
    return due.due.routines
