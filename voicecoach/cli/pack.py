"""``voicecoach pack``: makes a folder for a patient."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app import compose
from voicecoach.app import pack as packing
from voicecoach.app.pack import LETTER, RETURNED, Patient
from voicecoach.cli import options, page, places, vocabulary
from voicecoach.cli.notices import to_stderr
from voicecoach.routine.model import Caution
from voicecoach.settings.table import SessionSettings
from voicecoach.text import clean

_LONGEST: Final = 100
"""The most characters of a patient's name."""


def _name(text: str) -> str:
    """Return a name for the letter and the sheets. Raises BadParameter."""
    cleaned = clean(text)
    if not 0 < len(cleaned) <= _LONGEST:
        raise typer.BadParameter(f"Give the patient's name, in at most {_LONGEST} characters.")
    return cleaned


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog=options.what_cautions_mean())
@options.settings("language", "voice", "rate")
def pack(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder, or an empty one.")],
    routines: Annotated[
        list[str],
        typer.Argument(
            metavar="ROUTINE...",
            help="The names of the routines, or their files.",
            parser=vocabulary.routine,
            autocompletion=vocabulary.routines,
        ),
    ],
    *,
    patient: Annotated[
        str,
        typer.Option(
            metavar="NAME", parser=_name, help="Who it is for; the name goes in the letter and on the sheets."
        ),
    ],
    caution: Annotated[
        list[Caution] | None,
        vocabulary.caution_option("What this patient has to be careful with"),
    ] = None,
    side: options.Side = None,
    chosen: SessionSettings,
) -> None:
    """Make a folder for a patient: a page, a sound file and a sheet of each routine.

    The routines are as they are written. Nothing comes from your profile, your plan or your journal.
    """
    place = places.at_home(folder)
    packing.check(place)
    whom = Patient(name=patient, cautions=frozenset(caution or ()), side=side or "")
    heard = SessionSettings(language=chosen.language, voice=chosen.voice, rate=chosen.rate, delay=0.0)
    items = packing.items(routines, whom, heard)
    for item in items:
        so_far = f", with these changes for {whom.name}:" if item.changes else "."
        page.show(f"{item.session.name}: as written{so_far}")
        for each in item.changes:
            page.show(each, indent=2)
        if unheard := whom.selection.unheard(item.session.name, item.session.steps):
            to_stderr(unheard)
    with page.progress(place.name) as progress:
        packing.pack(place, whom, items, compose.sounding(heard), cli.clock.today(), to_stderr, progress)
    page.show(f"{folder} is ready for {whom.name}:")
    for name in (LETTER, *(name for item in items for name in item.files)):
        page.show(name, indent=2)
    back = folder / RETURNED
    page.show(
        f"Put what comes back into {back}. To read it: voicecoach report --from {shlex.quote(str(back))}"
    )
