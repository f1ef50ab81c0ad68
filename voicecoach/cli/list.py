"""``voicecoach list``."""

from __future__ import annotations

import typer

from voicecoach import cli
from voicecoach.app import listing
from voicecoach.cli.notices import to_stderr


def list_routines() -> None:
    """List the routines, with how long each takes today."""
    rows = listing.rows(to_stderr, cli.clock.moment())
    width = max(len(row.name) for row in rows)
    for row in rows:
        if row.minutes:
            typer.echo(f"{row.name:<{width}}  {row.minutes:>2} min  {row.text}".rstrip())
        else:
            typer.echo(f"{row.name:<{width}}   {row.mark}       {row.text}")
