"""``voicecoach today``."""

from __future__ import annotations

import typer

from voicecoach import cli
from voicecoach.app import plan
from voicecoach.cli.notices import to_stderr


def today() -> None:
    """Say what is due today.

    Your plan has a goal for each week. A day that was missed is made up for later in the week, or forgiven.
    """
    due = plan.due_now(to_stderr, cli.clock.moment())
    typer.echo("\n".join(due.lines))
    if due.routine:
        typer.echo(f"To play it: voicecoach play {due.routine}")
    if due.by_hand:
        typer.echo(due.by_hand)
