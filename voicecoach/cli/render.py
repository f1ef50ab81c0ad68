"""``voicecoach render``: writes a session to a file, with a bar that shows how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach.app import compose, sound_file
from voicecoach.app.compose import Sounding, Studio
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.selection import Selection
from voicecoach.cli import html_file, options, page, page_file
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.session_in_terminal import session_today
from voicecoach.errors import UsageError
from voicecoach.paragraph import WIDEST, cells, columns
from voicecoach.render import sidecars as subtitles
from voicecoach.render import sinks
from voicecoach.render.sidecars import cue_sheet
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Score
from voicecoach.units import format_clock, seconds

_BAR: Final = 1000
"""Steps of the progress bar."""

Texts = dict[Path, Callable[[Score], str]]
"""Files that go with the sound file, and what makes their text."""


@options.part
@options.settings(
    *(
        "speed",
        "talk",
        "language",
        "voice",
        "rate",
        "voice_volume",
        "sound_volume",
        "music",
        "music_volume",
        "lead_in",
    ),
    "clicks",
)
def render(  # noqa: PLR0913 - one parameter an option
    routine: options.RoutineName,
    *,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.wav", help="The sound file to write.")],
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    selection: Selection,
    chosen: SessionSettings,
    captions: Annotated[
        bool, typer.Option("--captions", help="Also write what is said to FILE.vtt, which players show.")
    ] = False,
    chapters: Annotated[
        bool, typer.Option("--chapters", help="Also write the exercises to FILE.cue, to jump between them.")
    ] = False,
) -> None:
    """Write a routine to a sound file or a page, to take along."""
    if not out.name:
        raise UsageError("Name the sound file that is to be written, as in -o core.wav.")
    chosen = replace(chosen, delay=0.0)  # people start a file when they are on the mat
    prepared = partial(session_today, routine, chosen, selection, coaching, as_written=as_written)
    if out.suffix.lower() in html_file.ENDINGS:
        if captions or chapters:
            raise UsageError(
                "A page has captions and exercises inside, so leave out --captions and --chapters."
            )
        html_file.check("page", out)
        page_file.write(prepared(medium=Medium.PAGE), chosen, out)
        return
    beside: Texts = {}
    if captions:
        beside[out.with_suffix(".vtt")] = partial(subtitles.captions, late=sinks.late(out))
    if chapters:
        beside[out.with_suffix(".cue")] = partial(cue_sheet, name=out.name)
    sinks.check(out, *beside)
    session = prepared(medium=Medium.FILE)
    _write(session, replace(compose.sounding(chosen), medium=Medium.FILE), out, beside)


def _write(session: PreparedSession, sounding: Sounding, path: Path, beside: Texts) -> None:
    """Render ``session`` to ``path`` and the files ``beside`` it, and say what was written."""
    room = (columns(sys.stderr) or WIDEST) // 2
    label = path.name if cells(path.name) <= room else ""
    with (
        Studio(sounding, to_stderr, patient=True) as studio,
        typer.progressbar(length=_BAR, label=label, width=0, file=sys.stderr) as bar,
    ):

        def progress(share: float) -> None:
            bar.update(int(share * _BAR) - bar.pos)

        about = partial(sound_file.about, session, language=sounding.language)
        score = compose.render(studio, session.steps, path, about, progress, beside)
    page.show(f"{path}: {format_clock(seconds(score.frames))}, {path.stat().st_size / 1e6:.1f} MB")
    for place in beside:
        page.show(str(place))
