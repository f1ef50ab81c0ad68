"""Commands about routines and exercises."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from voicecoach.cli import options


def list_routines() -> None:
    """List the routines, with how long each takes."""
    from voicecoach import app as coach  # noqa: PLC0415 - loaded when needed, here and below
    from voicecoach.cli.listing import Shelf, Trouble  # noqa: PLC0415

    shelf = Shelf(coach.library(), coach.profile())
    width = max(map(len, shelf.names))
    for name in shelf.names:
        found = shelf.look(name)
        if isinstance(found, Trouble):
            typer.echo(f"{name:<{width}}   {found.mark}       {found.text}")
        else:
            about = found.routine.about
            typer.echo(f"{name:<{width}}  {shelf.minutes(found):>2} min  {about}".rstrip())


def show(routine: options.RoutineName, *, as_written: options.AsWritten = False) -> None:
    """Print a routine as a sheet to exercise from."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.listing import Shelf  # noqa: PLC0415

    shelf = Shelf(coach.library(), coach.profile(as_written=as_written))
    found = shelf.find(routine)
    typer.echo(shelf.sheet(found, shelf.minutes(found)), nl=False)


def check(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Routine files, folders of them, or names.")
    ],
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let advice count as a mistake: exit status 2.")
    ] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show notes too: good to know, but nothing needs to change.")
    ] = False,
) -> None:
    """Look for mistakes in routines, and give advice on what is in them.

    Each piece of advice has its line, its reason and its source, and leaves the exit status at 0.
    """
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.checking import check_files  # noqa: PLC0415

    advised = False
    for line in check_files(coach.library(), paths, notes=notes):
        typer.echo(line.text)
        advised |= line.is_advice
    if strict and advised:
        raise typer.Exit(2)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you want to call it, such as my-back.")],
    *,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="ROUTINE", help="Start from this routine instead of questions."),
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Then open it in your editor (EDITOR).")] = False,
) -> None:
    """Start a routine of your own.

    A few questions, and you have a file whose comments explain all that you can change in it.
    """
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli import starting  # noqa: PLC0415

    path = starting.start(coach.library(), name, source)
    if edit:
        starting.edit(path)


def exercises(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="All about this one.")] = None,
    *,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="Only of this kind, such as stretch or strength."),
    ] = None,
) -> None:
    """List the exercises of the library, or print all about one."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.browsing import browse  # noqa: PLC0415

    typer.echo(browse(coach.library(), kind, name), nl=False)


def schema(
    *,
    exercise: Annotated[
        bool, typer.Option("--exercise", help="The schema of exercise files instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of routine files, for editors.

    With it an editor completes and checks a routine as you type.
    """
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.routine.files.shapes import exercise_schema, routine_schema  # noqa: PLC0415

    chosen = exercise_schema() if exercise else routine_schema(coach.library().exercises())
    typer.echo(json.dumps(chosen, indent=2))
