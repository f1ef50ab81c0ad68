"""``voicecoach exercises``: the library as a table, or one exercise as a sheet."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from voicecoach.app import prepare
from voicecoach.cli import table
from voicecoach.errors import RoutineError, UnknownName, UsageError
from voicecoach.paragraph import columns
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Kind
from voicecoach.routine.sheet import exercise_sheet
from voicecoach.settings import file

HEADINGS = ("exercise", "kind", "position", "you need", "name")


def exercises(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="All about this one.")] = None,
    *,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="Only of this kind, such as stretch or strength."),
    ] = None,
) -> None:
    """List the exercises of the library, or print all about one."""
    browse(prepare.library(file.load().language), kind, name)


def browse(library: Library, kind: str | None, name: str | None) -> None:
    """Print the sheet of the exercise called ``name``, or else the table of all, or of those of one ``kind``.

    Raises UnknownName, UsageError when both are named, or RoutineError when the exercise has problems.
    """
    if name is None:
        entries = library.browse(None if kind is None else kind_called(kind))
        table.show([_row(library, entry.id) for entry in entries], headings=HEADINGS)
        return
    if kind is not None:
        raise UsageError("Name an exercise, or a kind with --kind, not both.")
    if name in set(Kind) and name not in library.exercises():
        raise UsageError(
            f"'{name}' is a kind of exercise. All of that kind: voicecoach exercises --kind {name}"
        )
    names = {entry.id: entry.name for entry in library.browse()}
    typer.echo(exercise_sheet(library.exercise(name), names, columns(sys.stdout)), nl=False)


def kind_called(name: str) -> Kind:
    """The kind with that name. Raises UnknownName, which names them all."""
    try:
        return Kind(name.casefold())
    except ValueError:
        raise UnknownName("kind", name, Kind, hint=f"The kinds are {', '.join(Kind)}.") from None


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
