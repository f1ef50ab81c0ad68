"""``voicecoach restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.cli import page, places
from voicecoach.journal import store
from voicecoach.journal.backup import restore as put_back
from voicecoach.language.dates import counted


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file made by 'voicecoach backup'.")],
) -> None:
    """Bring a copy of your journal back.

    It replaces the journal you have, which is kept under another name.
    """
    days, aside = put_back(places.at_home(file), store.file(), cli.clock.today())
    told = f", {days[0].isoformat()} to {days[-1].isoformat()}" if days else ""
    page.show(f"Your journal is that of {file} now: {counted(len(days), 'session')}{told}.")
    if aside:
        page.show(f"What you had is kept. To have it back: voicecoach restore {aside}")
