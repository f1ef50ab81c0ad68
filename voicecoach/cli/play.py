"""``voicecoach play``."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import plan, remarks
from voicecoach.app.prepare import Selection
from voicecoach.cli import options
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.resume import PlayRequest, offered
from voicecoach.cli.session_in_terminal import perform, session_today
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings


@options.part
@options.settings(*options.ALL)
def play(
    routine: Annotated[
        str | None,
        typer.Argument(
            metavar="[ROUTINE]",
            help="A routine's name, as 'voicecoach list' shows it, or a file; without it, what your plan has "
            "for today.",
        ),
    ] = None,
    *,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    selection: Selection,
    chosen: SessionSettings,
    journal: options.Journal = None,
    yes: options.Yes = False,
) -> None:
    """Play a routine: the coach speaks and keeps time.

    While it plays space pauses and goes on, and ? shows all keys. What you set with 'voicecoach config' holds
    unless an option says otherwise.
    """
    asked = PlayRequest(routine or "", selection, coaching, as_written)
    left, known = offered(asked, chosen, ask=not yes)
    if left:
        perform(left, chosen, coaching=coaching, journal=journal, yes=yes, known=known)
    elif name := routine or _due():
        session = session_today(name, chosen, selection, coaching, as_written=as_written)
        perform(session, chosen, selection, coaching, journal=journal, yes=yes, known=known)


def _due() -> str:
    """What the plan has for today, which is told; empty when that is nothing."""
    following, now = plan.following(), cli.clock.moment()
    agenda, say = plan.agenda(following, to_stderr, now), file.own_phrases()
    for line in (*agenda.lines, *map(say.tell, remarks.on_screen(following, to_stderr, now))):
        typer.echo(line)
    return agenda.routine
