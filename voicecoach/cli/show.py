"""``voicecoach show``."""

from __future__ import annotations

import typer

from voicecoach.app import prepare
from voicecoach.cli import options
from voicecoach.cli.shelf import Shelf


def show(routine: options.RoutineName, *, as_written: options.AsWritten = False) -> None:
    """Print a routine as a sheet to exercise from."""
    shelf = Shelf(prepare.library(), prepare.profile(as_written=as_written))
    found = shelf.find(routine)
    typer.echo(shelf.sheet(found, shelf.minutes(found)), nl=False)
