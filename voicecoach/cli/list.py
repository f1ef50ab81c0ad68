"""``voicecoach list``."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach import cli
from voicecoach.app import listing
from voicecoach.app.listing import ListedRoutine
from voicecoach.cli import table
from voicecoach.cli.notices import to_stderr


def list_routines() -> None:
    """List the routines, with how long each takes today."""
    show(listing.rows(to_stderr, cli.clock.moment()))


def show(rows: Iterable[ListedRoutine]) -> None:
    """Print a row for each routine."""
    table.show([(row.name, f"{row.minutes:>2} min" if row.minutes else row.mark, row.text) for row in rows])
