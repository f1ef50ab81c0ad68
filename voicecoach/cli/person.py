"""Commands about the person who exercises."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.routine.model import Caution, Explaining


def profile(
    *,
    ask: Annotated[bool, typer.Option("--ask", help="Answer the questions again.")] = False,
    caution: Annotated[
        list[Caution] | None,
        typer.Option(
            metavar="WHAT",
            help=f"Something to be careful with, one option for each: {', '.join(Caution)}. What they "
            "mean stands below.",
        ),
    ] = None,
    no_caution: Annotated[bool, typer.Option("--no-caution", help="Nothing to be careful with.")] = False,
    equipment: Annotated[
        list[str] | None,
        typer.Option(metavar="THING", help="Something you have, one option for each, or 'everything'."),
    ] = None,
    coaching: Annotated[
        Explaining | None, typer.Option(help="How much is explained, unless a session says otherwise.")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget everything.")] = False,
) -> None:
    """Show or change what the coach knows about you.

    Exercises that you should not do, or have nothing to do with, are replaced or left out.
    """
    from voicecoach.cli.profiling import Wanted, show_or_change  # noqa: PLC0415 - loaded when needed, here and below

    wanted = Wanted(tuple(caution or ()), no_caution, tuple(equipment or ()), coaching)
    show_or_change(wanted, ask=ask, clear=clear)


def safety() -> None:
    """Print emergency signs, when to ask first, when to stop, and what is normal."""
    from voicecoach.cli.notice import all_of_it  # noqa: PLC0415

    typer.echo(all_of_it())
