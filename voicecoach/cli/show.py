"""``voicecoach show``."""

from __future__ import annotations

import sys

from voicecoach import cli
from voicecoach.app.shelf import own_shelf
from voicecoach.cli import options, page
from voicecoach.cli.figure import pictures
from voicecoach.cli.notices import to_stderr
from voicecoach.paragraph import columns
from voicecoach.routine.paper import no_pictures, sheet_as_text
from voicecoach.settings import file


def show(routine: options.RoutineName, *, as_written: options.AsWritten = False) -> None:
    """Print a routine as a sheet to exercise from, at the doses of today."""
    shelf = own_shelf(to_stderr, cli.clock.moment(), as_written=as_written)
    found = shelf.find(routine)
    drawn = pictures(file.load()) if page.moves_cursor() else no_pictures
    page.put(sheet_as_text(shelf.sheet(found, shelf.minutes(found)), columns(sys.stdout), drawn), nl=False)
