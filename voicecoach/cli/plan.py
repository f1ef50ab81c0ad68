"""``voicecoach plan`` and ``today``: what the person follows, and what is due."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.printing import to_stderr
from voicecoach.routine.programme import PhaseName

Phase = Annotated[PhaseName, typer.Argument(metavar="PHASE", help=f"One of {', '.join(PhaseName)}.")]
Name = Annotated[
    str, typer.Argument(metavar="ROUTINE", help="A routine's name, as 'voicecoach list' shows it.")
]

Mine = Annotated[
    str,
    typer.Argument(metavar="EXERCISE", help="By its name, as 'voicecoach plan explain' shows it."),
]
Where = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A routine with it, when your plan and what you did lately have none."),
]

app = typer.Typer(name="plan", rich_markup_mode=None)


def today() -> None:
    """Say what is due today.

    Your plan has a goal for each week. A day that was missed is made up for later in the week, or forgiven.
    """
    from voicecoach.app import plan as planning  # noqa: PLC0415 - loaded when needed, here and below

    due = planning.due_now(to_stderr)
    typer.echo("\n".join(due.lines))
    if due.routine:
        typer.echo(f"To play it: voicecoach play {due.routine}")


@app.callback(invoke_without_command=True)
def plan(context: typer.Context) -> None:
    """Show or change what you do, how much of it, and on how many days a week.

    Without one, a question or two make one.
    """
    if context.invoked_subcommand is None:
        from voicecoach.cli import planmaking  # noqa: PLC0415

        planmaking.show_or_make()


@app.command()
def new(
    *,
    phase: Annotated[
        PhaseName | None, typer.Option(metavar="PHASE", help=f"Where you begin: {', '.join(PhaseName)}.")
    ] = None,
    programme: Annotated[
        str, typer.Option(metavar="NAME", help="What you follow: a file in a folder 'programmes'.")
    ] = "back",
) -> None:
    """Begin a plan, today."""
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.make(programme, phase)


@app.command("phase")
def go_to(phase: Phase) -> None:
    """Go to another phase, or stay in this one for now."""
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.go_to(phase)


@app.command()
def days(
    routine: Name,
    wanted: Annotated[
        str,
        typer.Argument(metavar="DAYS", help="3, daily, days such as mon,wed,fri, or 0 to leave it out."),
    ],
    *,
    apart: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=7, help="Days from one time to the next: 2 is not on days in a row."
        ),
    ] = None,
) -> None:
    """Do a routine on more, fewer or other days of the week; one that is not in the phase is added."""
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.set_days(routine, wanted, apart)


@app.command()
def swap(
    routine: Name,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="What to do instead, on the same days.")],
) -> None:
    """Do another routine instead of one in this phase."""
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.swap(routine, other)


@app.command()
def at(
    time: Annotated[str, typer.Argument(metavar="TIME", help="Hours and minutes, such as 18:30.")],
) -> None:
    """Set the time of day for reminders."""
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.set_time(time)


@app.command()
def reset() -> None:
    """Do this phase as the programme has it, without your changes."""
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.reset()


@app.command()
def explain(
    routine: Annotated[
        str | None, typer.Argument(metavar="[ROUTINE]", help="One of them, due today or not.")
    ] = None,
) -> None:
    """Say what the next session asks of you, and why.

    For each exercise: the dose, the reason for it in a sentence, and the sessions it is based on.
    """
    from voicecoach.cli import explaining  # noqa: PLC0415

    explaining.explain(routine)


@app.command()
def dose(
    exercise: Mine,
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="[DOSE]", help="As in routines: 12, '2 x 8', '3 x 10s', '8 each side', 60s."),
    ] = None,
    *,
    routine: Where = None,
) -> None:
    """Set how much of an exercise you do from the next time on.

    Without a dose it says what the next time has, and why. From what you set it goes up and down again by
    how your sessions go.
    """
    from voicecoach.cli import wishing  # noqa: PLC0415

    wishing.dose(exercise, wanted, routine)


@app.command()
def keep(exercise: Mine, *, routine: Where = None) -> None:
    """Refuse the next rise of an exercise: once more as the last time.

    What is less after pain, a flare or a break stays less.
    """
    from voicecoach.cli import wishing  # noqa: PLC0415

    wishing.keep(exercise, routine)


@app.command()
def clear(
    exercise: Mine,
    *,
    routine: Where = None,
    asked: Annotated[
        bool, typer.Option("--asked", help="A doctor or a physiotherapist said yes: ask nothing.")
    ] = False,
) -> None:
    """Do an exercise again that was left out because it hurt.

    Only when a doctor or a physiotherapist said that you may. It begins in an easier form, or with the least.
    """
    from voicecoach.cli import wishing  # noqa: PLC0415

    wishing.clear(exercise, routine, asked=asked)


@app.command()
def undo() -> None:
    """Take back what you said last with dose, keep or clear.

    Once more takes back the one before that. What a session has followed already stays.
    """
    from voicecoach.cli import wishing  # noqa: PLC0415

    wishing.undo()


@app.command()
def calendar(
    *,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.ics", help="The calendar file to write.")],
) -> None:
    """Write reminders for your calendar, with alarms.

    Take the file into your calendar again after every change of plan: it replaces what was there.
    """
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.write_calendar(out)


@app.command()
def stop() -> None:
    """Follow no plan any more; your journal stays."""
    from voicecoach.cli import planmaking  # noqa: PLC0415

    planmaking.stop()
