"""Writes the page that plays a session, with a bar that shows how far it is."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import typer

from voicecoach import cli
from voicecoach.app import compose
from voicecoach.app.page import page_of
from voicecoach.app.prepare import PreparedSession
from voicecoach.cli import html_file, page
from voicecoach.cli.notices import to_stderr
from voicecoach.display.scene import FigureShown
from voicecoach.paragraph import WIDEST, cells, columns
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.medium import Medium

_BAR: Final = 1000
"""Steps of the progress bar."""


def write(session: PreparedSession, chosen: SessionSettings, path: Path) -> None:
    """Write ``session``, prepared for ``Medium.PAGE``, to a page, and say how large it is.

    It is replaced as a whole. Raises FileError when it cannot be written, and what page_of raises.
    """
    room = (columns(sys.stderr) or WIDEST) // 2
    label = path.name if cells(path.name) <= room else ""
    with typer.progressbar(length=_BAR, label=label, width=0, file=sys.stderr) as bar:
        html = page_of(
            session,
            replace(compose.sounding(chosen), medium=Medium.PAGE),
            to_stderr,
            cli.clock.today(),
            lambda share: bar.update(int(share * _BAR) - bar.pos),
            drawn=chosen.figure is not FigureShown.OFF,
        )
    html_file.put("page", html, path)
    page.show(f"{path}: {len(html.encode()) / 1e6:.1f} MB. Open it in a browser, on a computer or a phone.")
