"""The ``voicecoach`` command and what it is made of, in the order in which ``--help`` shows it."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach import __version__
from voicecoach.cli import config, content, journal, options, person, plan, resuming, seeing, sessions, system

app = typer.Typer(
    name="voicecoach",
    help="Hands-free exercise at home: a spoken coach that keeps you on the beat, offline.",
    epilog="First time? Try: voicecoach play quick",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich costs a tenth of a second at every start
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - how typer calls it
    if wanted:
        typer.echo(f"voicecoach {__version__}")
        raise typer.Exit


@app.callback()
def voicecoach(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave."),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


app.command()(sessions.play)
app.command()(resuming.resume)
app.command()(plan.today)
app.add_typer(plan.app)
app.command("list")(content.list_routines)
app.command()(journal.history)
app.command()(journal.log)
app.command("undo-log")(journal.undo_log)
app.command()(seeing.stats)
app.command()(seeing.report)
app.command()(content.show)
app.command()(content.check)
app.command()(content.new)
app.command()(content.exercises)
app.command()(content.schema)
app.command()(sessions.timeline)
app.command()(sessions.render)
app.command()(system.voices)
app.command()(sessions.say)
app.command()(system.doctor)
app.command(epilog=options.what_cautions_mean())(person.profile)
app.command()(person.safety)
app.command()(journal.backup)
app.command()(journal.restore)
app.add_typer(config.app)
