"""Writing a session to a file, with a bar that shows how far it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from voicecoach.app import compose
from voicecoach.app.compose import Sounding, Studio
from voicecoach.cli.printing import to_stderr
from voicecoach.errors import UsageError
from voicecoach.units import format_clock, seconds

if TYPE_CHECKING:
    from voicecoach.timeline.steps import AnyStep

_BAR = 1000
"""Steps of the progress bar."""


def render_session(steps: tuple[AnyStep, ...], sounding: Sounding, path: Path) -> None:
    """Render ``steps`` to ``path`` and say what was written. Raises UsageError for another file format."""
    if path.suffix.lower() != ".wav":
        raise UsageError(f"'{path}' is not a WAV file's name. End it in .wav.")
    with (
        Studio(sounding, to_stderr) as studio,
        typer.progressbar(length=_BAR, label=path.name, file=sys.stderr) as bar,
    ):

        def progress(share: float) -> None:
            bar.update(int(share * _BAR) - bar.pos)

        score = compose.render(studio, steps, path, progress)
    typer.echo(f"{path}: {format_clock(seconds(score.frames))}, {path.stat().st_size / 1e6:.1f} MB")
