"""``voicecoach list``."""

from __future__ import annotations

import typer

from voicecoach.app import prepare
from voicecoach.cli.shelf import Shelf, Trouble


def list_routines() -> None:
    """List the routines, with how long each takes."""
    shelf = Shelf(prepare.library(), prepare.profile())
    width = max(map(len, shelf.names))
    for name in shelf.names:
        found = shelf.look(name)
        if isinstance(found, Trouble):
            typer.echo(f"{name:<{width}}   {found.mark}       {found.text}")
        else:
            about = found.routine.about
            typer.echo(f"{name:<{width}}  {shelf.minutes(found):>2} min  {about}".rstrip())
