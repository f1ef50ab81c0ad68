"""``voicecoach restore``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app.belongings import JOURNAL, called
from voicecoach.app.restore import Restored
from voicecoach.app.restore import restore as put_back
from voicecoach.cli import page, places
from voicecoach.cli.notices import to_stderr
from voicecoach.language.dates import counted
from voicecoach.text import and_more

_NAMED: Final = 8
"""The most things that a sentence names [own choice]."""


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file made by 'voicecoach backup'.")],
) -> None:
    """Bring a copy of your journal, plan, profile, settings and own routines back.

    What it replaces is kept in a copy of its own. Files that are not in it stay as they are.
    """
    for line in _told(put_back(places.at_home(file), cli.clock.today(), to_stderr), file):
        page.show(line)


def _told(restored: Restored, file: Path) -> Iterator[str]:
    """Yield what was done, a sentence a line."""
    too = ""
    if restored.journal:
        days, too = restored.journal.days, " too"
        told = f", {days[0].isoformat()} to {days[-1].isoformat()}" if days else ""
        yield f"Your journal is now the one from {file}: {counted(len(days), 'session')}{told}."
    elif not restored.replaced and not restored.added:
        yield f"Everything in {file} was here already, so nothing has changed."
    if replaced := _yours(restored.replaced):
        yield f"Replaced{too}: {replaced}."
    if added := _yours(restored.added):
        yield f"New: {added}."
    if mistaken := _yours(restored.mistaken):
        yield f"Restored with mistakes that were in the copy already: {mistaken}."
    if restored.journal and restored.journal.left_out:
        yield f"Left out, as it does not belong in a journal: {and_more(restored.journal.left_out, _NAMED)}."
    if restored.damaged:
        yield f"Your journal was damaged, and is kept as {restored.damaged}."
    if restored.aside:
        yield f"What you had is kept. To have it back: voicecoach restore {restored.aside}"


def _yours(names: Sequence[str]) -> str:
    """Name the files beside the journal; empty when there are none."""
    things = [called(name) for name in names if name != JOURNAL]
    return f"your {and_more(things, _NAMED)}" if things else ""
