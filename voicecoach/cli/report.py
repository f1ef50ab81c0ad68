"""``voicecoach report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import prepare, weakness
from voicecoach.cli import options, page, places
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.stats import Weeks, weeks_until_today
from voicecoach.errors import FileError, UsageError
from voicecoach.language import phrases
from voicecoach.pages.report import Report
from voicecoach.pages.report import page as whole_page
from voicecoach.safefiles import write
from voicecoach.settings.table import SessionSettings


@options.settings("language")
def report(
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page; an older one is replaced.")
    ] = Path("report.html"),
    weeks: Weeks = 12,
    name: Annotated[str, typer.Option(metavar="NAME", help="Yours, for the top of the page.")] = "",
    chosen: SessionSettings,
) -> None:
    """Write a page for your physiotherapist.

    How often, how much, what hurts, what changed and why: one HTML file that prints on two sheets.
    """
    path = places.at_home(output)
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"'{output}' is not the name of an HTML page. End it in .html.")
    day = cli.clock.today()
    spoken = chosen.language
    found = weeks_until_today(weeks, day, phrases.load(spoken))
    if not found:
        return
    contents = Report(
        weeks=found,
        today=day,
        name=name,
        find_variation=prepare.exercises_by_key(),
        weakness=weakness.said(to_stderr),
        language=spoken,
    )
    html = whole_page(contents)
    try:
        write(path, html)
    except OSError as error:
        raise FileError(f"The report cannot be written to {output}: {error.strerror or error}.") from error
    page.show(f"Your report is in {output}: open it in a browser, and print it or save it as PDF there.")
