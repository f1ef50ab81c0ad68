"""Commands about what was done: the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.cli.printing import to_stderr

if TYPE_CHECKING:
    from voicecoach.journal.store import Journal


def history(
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="SESSION", help="One of them in full: its number, 'last', or a day such as 2026-09-14."
        ),
    ] = None,
    *,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="So many at most, the latest; 0 is all of them.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only those of this day and later.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything in them, for programs.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="A row for each set, for spreadsheets (UTF-8).")
    ] = False,
) -> None:
    """List what you did, or show one session in full.

    The latest comes first; pain stands as before/worst. The list has the last twenty sessions, --json and
    --csv have all.
    """
    from voicecoach.cli import history as shown  # noqa: PLC0415 - loaded when needed, here and below
    from voicecoach.errors import UsageError  # noqa: PLC0415
    from voicecoach.journal import store  # noqa: PLC0415

    if as_json and as_csv:
        raise UsageError("Choose --json or --csv, not both.")
    if not store.begun() and not (as_json or as_csv):
        typer.echo(shown.EMPTY)
        return
    wanted = shown.Wanted(which, since, limit)
    with store.Journal.open_to_read(store.file(), to_stderr) as journal:
        if as_json or as_csv:
            shown.export(journal, wanted, as_table=as_csv)
        else:
            shown.show(journal, wanted)


def log(  # noqa: PLR0913 - one parameter an option
    routine: Annotated[
        str | None, typer.Argument(metavar="ROUTINE", help="What you did: a routine, or your own words.")
    ] = None,
    *,
    session: Annotated[
        str | None, typer.Option(metavar="N", help="Correct this session, or 'last', instead of adding one.")
    ] = None,
    day: Annotated[
        str | None, typer.Option(metavar="DAY", help="When: today, yesterday, or as 2026-09-14.")
    ] = None,
    minutes: Annotated[
        str | None, typer.Option(metavar="N", help="How long; a routine's own length when not given.")
    ] = None,
    pain_before: Annotated[str | None, typer.Option(metavar="0-10", help="Pain before it.")] = None,
    leg_before: Annotated[
        str | None,
        typer.Option(
            metavar="PART",
            help="How far down a leg it was felt before: none, back, thigh, knee, calf or foot.",
        ),
    ] = None,
    pain: Annotated[str | None, typer.Option(metavar="0-10", help="The worst pain during it.")] = None,
    effort: Annotated[
        str | None, typer.Option(metavar="0-10", help="How hard: 0 is rest, 10 is all you had.")
    ] = None,
    leg: Annotated[str | None, typer.Option(metavar="PART", help="As --leg-before, after it.")] = None,
    form: Annotated[
        str | None, typer.Option(metavar="HOW", help="Whether the movements stayed right: good or lost.")
    ] = None,
    next_morning: Annotated[
        str | None, typer.Option(metavar="0-10", help="Pain on the morning after.")
    ] = None,
    comment: Annotated[str | None, typer.Option(metavar="TEXT", help="In your words.")] = None,
) -> None:
    """Note a session that you did elsewhere, or correct one.

    Without options it asks. 'unknown' takes an answer back.
    """
    from voicecoach.cli import logbook  # noqa: PLC0415

    said = logbook.Said(
        routine=routine,
        day=day,
        minutes=minutes,
        pain_before=pain_before,
        leg_before=leg_before,
        pain=pain,
        effort=effort,
        leg=leg,
        form=form,
        next_morning=next_morning,
        comment=comment,
    )
    with _journal() as journal:
        if session is None:
            logbook.add(journal, said)
        else:
            logbook.correct(journal, session, said)


def undo_log() -> None:
    """Take back what you did last with 'log'.

    Once more takes back the change before that one.
    """
    from voicecoach.cli import logbook  # noqa: PLC0415
    from voicecoach.errors import UsageError  # noqa: PLC0415
    from voicecoach.journal import store  # noqa: PLC0415

    if not store.begun():
        raise UsageError(logbook.NOTHING)
    with _journal() as journal:
        logbook.undo(journal)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
) -> None:
    """Copy your journal into a file.

    A session may go on meanwhile.
    """
    from voicecoach.errors import UsageError  # noqa: PLC0415
    from voicecoach.journal import store  # noqa: PLC0415

    if not store.begun():
        raise UsageError("There is nothing in your journal yet, so there is nothing to copy.")
    with store.Journal.open_to_read(store.file(), to_stderr) as journal:
        count = journal.count()
        journal.backup(file.expanduser())
    typer.echo(
        f"Your journal ({_sessions(count)}) is copied to {file}. Back from there: voicecoach restore {file}"
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'voicecoach backup' has made.")],
) -> None:
    """Bring a copy of your journal back.

    It takes the place of the one you have, which is kept under another name.
    """
    from voicecoach.clock import today  # noqa: PLC0415
    from voicecoach.journal import store  # noqa: PLC0415
    from voicecoach.journal.backup import restore as put_back  # noqa: PLC0415

    days, aside = put_back(file.expanduser(), store.file(), today().date())
    told = f", {days[0].isoformat()} to {days[-1].isoformat()}" if days else ""
    typer.echo(f"Your journal is that of {file} now: {_sessions(len(days))}{told}.")
    if aside:
        typer.echo(f"What you had is kept. To have it back: voicecoach restore {aside}")


def _journal() -> Journal:
    """The journal, which must be closed. Raises JournalError."""
    from voicecoach.journal import store  # noqa: PLC0415

    return store.Journal.open(store.file(), to_stderr)


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"
