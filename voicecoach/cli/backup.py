"""``voicecoach backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli import page, places
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import UsageError
from voicecoach.journal import store
from voicecoach.language.dates import counted


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
) -> None:
    """Copy your journal into a file.

    A session may go on meanwhile.
    """
    if not store.begun():
        raise UsageError("There is nothing in your journal yet, so there is nothing to copy.")
    with store.Journal.open_to_read(store.file(), to_stderr) as journal:
        count = journal.count()
        journal.backup(places.at_home(file))
    copied = f"Your journal ({counted(count, 'session')}) is copied to {file}."
    page.show(f"{copied} Back from there: voicecoach restore {file}")
