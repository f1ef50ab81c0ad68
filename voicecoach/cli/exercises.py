"""``voicecoach exercises``: the library as a table, or one exercise as a sheet."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from voicecoach.app import prepare
from voicecoach.cli import page, table, vocabulary
from voicecoach.cli.figure import TALLEST, pictures
from voicecoach.errors import RoutineError, UsageError
from voicecoach.paragraph import columns
from voicecoach.routine.exercise_sheet import exercise_sheet
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Kind
from voicecoach.routine.paper import WIDTH, Pictures, exercise_as_text, no_pictures
from voicecoach.settings import file

HEADINGS = ("exercise", "kind", "position", "you need", "name")


def exercises(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="All about this one.",
            parser=vocabulary.exercise,
            autocompletion=vocabulary.exercises,
        ),
    ] = None,
    *,
    kind: Annotated[
        Kind | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Only of this kind, such as stretch or strength.",
            parser=vocabulary.kind,
            autocompletion=vocabulary.offering(Kind),
        ),
    ] = None,
) -> None:
    """List the exercises of the library, or print all about one."""
    settings = file.load()
    drawn = pictures(settings, TALLEST) if page.moves_cursor() else no_pictures
    browse(prepare.library(settings.language), kind, name, drawn)


def browse(library: Library, kind: Kind | None, name: str | None, drawn: Pictures) -> None:
    """Print the sheet of the exercise with that id, or else the table of all, or of those of one ``kind``.

    The sheet has a picture above it. Raises UsageError when both are named, or RoutineError when the exercise
    has problems.
    """
    if name is None:
        table.show([_row(library, entry.id) for entry in library.browse(kind)], headings=HEADINGS)
        return
    if kind is not None:
        raise UsageError("Name an exercise, or a kind with --kind, not both.")
    exercise = library.exercise(name)
    for line in drawn(exercise, columns(sys.stdout) or WIDTH):
        page.put(line)
    names = {entry.id: entry.name for entry in library.browse()}
    sheet = exercise_sheet(exercise, names, library.language)
    page.put(exercise_as_text(sheet, columns(sys.stdout)), nl=False)


def _row(library: Library, ident: str) -> tuple[str, ...]:
    try:
        exercise = library.exercise(ident)
    except RoutineError as error:
        return (
            ident,
            "?",
            "",
            "",
            f"has {len(error.problems)} problem(s): voicecoach check {error.problems[0].path}",
        )
    posture = exercise.posture.replace("_", " ") if exercise.posture else ""
    return ident, exercise.kind.value, posture, ", ".join(exercise.equipment), exercise.name
