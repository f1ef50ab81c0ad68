"""``voicecoach sheet``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app.shelf import own_shelf
from voicecoach.cli import html_file, options
from voicecoach.cli.notices import to_stderr
from voicecoach.display.scene import FigureShown
from voicecoach.language import phrases
from voicecoach.pages.sheet import Pictures, SheetPage, no_pictures, page
from voicecoach.pages.stills import stills
from voicecoach.settings import file, safety


def sheet(
    routine: options.RoutineName,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page; an older one is replaced.")
    ] = Path("sheet.html"),
    name: Annotated[str, typer.Option(metavar="NAME", help="Yours, for the top of the page.")] = "",
    as_written: options.AsWritten = False,
) -> None:
    """Write a routine as a page to print, at the doses of today.

    What 'show' prints, with pictures, boxes to tick for four weeks and the warning signs: one HTML file.
    """
    html_file.place_of(output)
    now = cli.clock.moment()
    shelf = own_shelf(to_stderr, now, as_written=as_written)
    found = shelf.find(routine)
    made = shelf.sheet(found, shelf.minutes(found))
    contents = SheetPage(
        sheet=made,
        safety=safety.load(region=made.region),
        today=now.date(),
        name=name,
        pictures=no_pictures if file.load().figure is FigureShown.OFF else _pictures(made.language),
    )
    html_file.keep("sheet", page(contents), output)


def _pictures(language: str) -> Pictures:
    return partial(stills, say=phrases.load(language))
