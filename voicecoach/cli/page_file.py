"""Makes the page that plays a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from voicecoach import cli
from voicecoach.app import compose
from voicecoach.app.compose import MOST_WORKERS
from voicecoach.app.page import page_of
from voicecoach.app.prepare import PreparedSession
from voicecoach.cli import html_file
from voicecoach.cli.notices import to_stderr
from voicecoach.display.scene import FigureShown
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.medium import Medium


def html(
    session: PreparedSession,
    chosen: SessionSettings,
    progress: Callable[[float], None],
    *,
    workers: int = MOST_WORKERS,
) -> str:
    """Return the page of ``session``, prepared for ``Medium.PAGE``. Raises what page_of raises."""
    return page_of(
        session,
        replace(compose.sounding(chosen), medium=Medium.PAGE),
        to_stderr,
        cli.clock.today(),
        progress,
        drawn=chosen.figure is not FigureShown.OFF,
        workers=workers,
    )


def write(
    session: PreparedSession,
    chosen: SessionSettings,
    path: Path,
    progress: Callable[[float], None],
    *,
    workers: int = MOST_WORKERS,
) -> str:
    """Write the page of ``session``, and return a line that says how large it is.

    It is replaced as a whole. Raises FileError when it cannot be written, and what page_of raises.
    """
    made = html(session, chosen, progress, workers=workers)
    html_file.put("page", made, path)
    return f"{path}: {len(made.encode()) / 1e6:.1f} MB. Open it in a browser, on a computer or a phone."
