"""``voicecoach render``: writes a session to a file, with a bar that shows how far it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach.app.selection import Selection
from voicecoach.cli import options, page, places, render_all, vocabulary
from voicecoach.cli.recording import Recording
from voicecoach.cli.render_all import AT_ONCE, MOST_AT_ONCE
from voicecoach.cli.values import whole
from voicecoach.errors import UsageError
from voicecoach.render import sinks
from voicecoach.settings.table import SessionSettings
from voicecoach.text import quoted

_FORMATS: Final = (*(ending.removeprefix(".") for ending in sinks.SINKS), "html")


def _format(text: str) -> str:
    """Return the name of a format. Raises BadParameter."""
    name = text.strip().lower().removeprefix(".")
    if name not in _FORMATS:
        raise typer.BadParameter(f"{quoted(text)} is not a format: {', '.join(_FORMATS)}.")
    return name


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
    routine: Annotated[
        str | None,
        typer.Argument(
            metavar="[ROUTINE]",
            help="A routine's name, as 'voicecoach list' or the screen shows it, or a file.",
            parser=vocabulary.routine,
            autocompletion=vocabulary.routines,
            show_default=False,
        ),
    ] = None,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE_OR_FOLDER",
            help="The file to write, which ends in .mp3, .m4b, .flac, .opus, .ogg or .wav for sound, and in"
            " .html for a page; with --all the folder for the files.",
        ),
    ],
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
    all_: Annotated[
        bool, typer.Option("--all", help="Write every routine that suits you, each to a file of its own.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="ENDING",
            parser=_format,
            autocompletion=vocabulary.offering(_FORMATS),
            help="What --all writes: mp3 unless you name another.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(1, MOST_AT_ONCE),
            help=f"How many routines --all writes at a time; {AT_ONCE} unless you say.",
        ),
    ] = None,
) -> None:
    """Write a routine to a sound file or a page, to take along."""
    recording = Recording(
        chosen=replace(chosen, delay=0.0),  # people start a file when they are on the mat
        selection=selection,
        coaching=coaching,
        as_written=as_written,
        captions=captions,
        chapters=chapters,
    )
    out = places.at_home(out)
    if all_:
        _write_all(recording, routine, out, f".{kind or 'mp3'}", jobs or AT_ONCE)
        return
    if routine is None:
        raise UsageError("Name a routine, or add --all to write every routine.")
    if kind or jobs:
        raise UsageError("--format and --jobs are for --all. What one file is, its ending says: -o core.mp3.")
    if not out.name:
        raise UsageError("Name the file that is to be written, as in -o core.mp3.")
    recording.check(out)
    with page.progress(out.name) as progress:
        lines = recording.write(routine, out, progress)
    for line in lines:
        page.show(line)


def _write_all(recording: Recording, routine: str | None, folder: Path, ending: str, at_once: int) -> None:
    """Write all routines, and leave with a fault when one failed."""
    if routine is not None:
        raise UsageError("Name one routine or add --all, not both.")
    recording.check_kind(Path(f"all{ending}"))
    workers = 1 if at_once > 1 else recording.workers  # as many processes as that speak at a time
    if not render_all.write(replace(recording, workers=workers), folder, ending, at_once):
        raise typer.Exit(1)
