"""The ``voicecoach`` command, and the table of its commands by what a person is after.

Every command ends with one of these, which :data:`voicecoach.errors.VoicecoachError.status` gives to errors:

======= =====================================================================================================
0       done in full, or nothing was due: ``play`` on a day of rest, a session whose exercises were skipped
1       a fault: a damaged journal, no sound where some was asked for, a session that was played but not
        written down, what ``doctor`` finds, an output that nobody reads or that is full
2       bad input: a wrong name or option, mistakes in a routine (for ``check --strict`` advice too), no plan
        for ``play``, nothing to go on with for ``resume``
3       the person stopped or said no: the notice declined, a question or list left, a session stopped by
        a key or Ctrl-C, an exercise in it ended because it hurt, an answer after which nothing is played
130     Ctrl-C outside a session; ``share``, which ends with it, has 0
128 + n the signal n, at any moment: 143 for SIGTERM, 129 for a closed terminal; a session is kept first
======= =====================================================================================================
"""

from __future__ import annotations

import errno
import functools
import gc
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from voicecoach import __version__, cli
from voicecoach.cli import help_page, notices, page, places, shells, streams, values
from voicecoach.clock import Clock, SystemClock
from voicecoach.control import signals
from voicecoach.errors import Declined, JournalError, RoutineError, VoicecoachError


def settle() -> None:
    """Begin to collect garbage, but not among what was loaded, when :func:`main` has put it off.

    Nothing that is loaded is garbage, and to look for some takes a tenth of a start.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class LazyEntry(NamedTuple):
    """One command in a table."""

    name: str
    help: str
    """The first sentence of the command's docstring, which the help of its group shows."""
    target: str = ""
    """``"module:name"`` in this package: a function or a typer app; both are named like the command when
    nothing is said.
    """

    def load(self) -> Any:  # noqa: ANN401 - a command of click, or of the copy that newer typers bring
        """Import the command, ready to run; what parses its words is made once, as it does not change."""
        command = _made(self)
        settle()
        return command

    def make(self) -> Any:  # noqa: ANN401 - see load
        """Import the command, and make what parses its words."""
        own = self.name.replace("-", "_")
        module, _, name = (self.target or f"{own}:{own}").partition(":")
        found = getattr(import_module(f"voicecoach.cli.{module}"), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            alone.command(self.name)(found)
            found = alone
        return help_page.with_page(values.none_empty(typer.main.get_command(found)))


_made: Final = functools.cache(LazyEntry.make)

Sections = Mapping[str, Sequence[LazyEntry]]
"""The commands of a group below the headings of its help."""


def group(sections: Sections) -> type[TyperGroup]:
    """A group of the commands in ``sections``, in their order.

    Its help and its completion know their names and sentences, and import nothing.
    """
    entries = {each.name: each for section in sections.values() for each in section}

    class LazyGroup(TyperGroup):
        def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - those of every group
            super().__init__(**attributes)
            self.commands = {name: TyperCommand(name, short_help=each.help) for name, each in entries.items()}

        def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - as click calls it
            longest = max(map(len, entries))
            for heading, section in sections.items():
                with formatter.section(heading):
                    formatter.write_dl([(each.name.ljust(longest), each.help) for each in section])

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - see LazyEntry.load
            name, command, rest = super().resolve_command(ctx, args)
            return name, entries[name].load() if name in entries else command, rest

        def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - see LazyEntry.load
            if ctx.parent is None and set(sys.argv).isdisjoint(_HELP):
                _look_after()
            try:
                return super().invoke(ctx)
            except typer.Abort as left:
                page.put(err=True)  # ends the line of the question
                if isinstance(left.__context__, KeyboardInterrupt):
                    raise left.__context__ from None
                raise Declined("You did not answer, so nothing is changed.") from None

    return LazyGroup


def _look_after() -> None:
    """Do what comes before a command. Raises JournalError, which those that work anyhow only tell."""
    from voicecoach.app import upkeep  # noqa: PLC0415 - help looks after nothing

    try:
        upkeep.look_after()
    except JournalError as error:
        if _ANYHOW.isdisjoint(sys.argv[1:2]):
            raise
        notices.to_stderr(str(error))


SECTIONS: Final[Sections] = {
    "Exercise": (
        LazyEntry("home", "Show what to do now, a key each: the same as 'voicecoach' alone."),
        LazyEntry("today", "Say what is due today."),
        LazyEntry("play", "Play a routine: the coach speaks and keeps time."),
        LazyEntry("resume", "Go on with the session that was interrupted."),
        LazyEntry("demo", "Show for forty seconds what the coach does: just watch and listen."),
        LazyEntry("list", "List the routines, with how long each takes today.", "list:list_routines"),
        LazyEntry("show", "Print a routine as a sheet to exercise from, at the doses of today."),
        LazyEntry("sheet", "Write a routine as a page to print, at the doses of today."),
        LazyEntry("share", "Serve a routine as a page that plays on your phone, until Ctrl-C."),
        LazyEntry("exercises", "List the exercises of the library, or print all about one."),
        LazyEntry("figure", "Show how an exercise moves, or write that to a file."),
    ),
    "Plan": (
        LazyEntry(
            "plan", "Show or change what you do, how much of it, and on how many days a week.", "plan:app"
        ),
        LazyEntry("profile", "Show or change what the coach knows about you.", "profile:app"),
    ),
    "Look back": (
        LazyEntry("history", "List what you did, or show one session in full."),
        LazyEntry("log", "Note a session that you did elsewhere, or correct one."),
        LazyEntry("undo-log", "Take back the last change made with 'log'."),
        LazyEntry("stats", "Show how often, how long and how it felt, week by week."),
        LazyEntry("report", "Write a page for your physiotherapist."),
    ),
    "Make your own": (
        LazyEntry("new", "Start a routine of your own."),
        LazyEntry("check", "Look for mistakes in routines, and give advice on what is in them."),
        LazyEntry("timeline", "Print what is said and sounded when."),
        LazyEntry("render", "Write a routine to a sound file or a page, to take along."),
        LazyEntry(
            "pack",
            "Make a folder for a patient: a page, a sound file and a sheet of each routine.",
            "pack:app",
        ),
        LazyEntry("schema", "Print the JSON Schema of routine files, for editors."),
    ),
    "Set up and get help": (
        LazyEntry("config", "Show the settings and what they mean, or change them.", "config:app"),
        LazyEntry("voices", "List the voices, and which one 'auto' takes."),
        LazyEntry("listen", "Try whether the coach hears you: the microphone, the echo and ten commands."),
        LazyEntry("say", "Say something, to hear the voice and its pace."),
        LazyEntry("doctor", "Look at everything that a session needs."),
        LazyEntry("backup", "Copy your journal, plan, profile, settings and own routines into one file."),
        LazyEntry("restore", "Bring a copy of your journal, plan, profile, settings and own routines back."),
        LazyEntry("safety", "Print emergency signs, when to ask first, when to stop, and what is normal."),
        LazyEntry("keys", "Show the keys that you can press while a session plays."),
        LazyEntry("help", "Explain a command, or show a page to read; without one, list both.", "help:help_"),
    ),
}
COMMANDS: Final = tuple(each for section in SECTIONS.values() for each in section)

_HELP: Final = ("-h", "--help")
_ANYHOW: Final = frozenset({"safety", "keys", "help", "doctor"})
"""The commands for which nothing has to be in order: in an emergency, and to find out what is wrong."""
_STATUSES: Final = """\b
Exit status, for scripts:
  0    done in full, or nothing was due
  1    a fault, also when a session could not be written down
  2    bad input, also mistakes that 'check' finds
  3    you stopped, or said no
  130  Ctrl-C outside a session; 128 + n for the signal n"""

app = typer.Typer(
    name="voicecoach",
    cls=group(SECTIONS),
    help="Hands-free exercise at home: a spoken coach that keeps you on the beat, offline.",
    epilog=f"First time? Try: voicecoach play quick\n\n{_STATUSES}",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich costs a tenth of a second at every start
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": [*_HELP]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - how typer calls it
    if wanted:
        page.put(f"voicecoach {__version__}")
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


def main(clock: Clock | None = None) -> None:
    """Run the ``voicecoach`` command by ``clock``, or by the computer's, and end the process."""
    gc.disable()  # until the command is loaded: settle
    streams.provide()
    cli.clock = clock or SystemClock()
    messages = streams.LibraryMessages(cli.clock)
    messages.divert()
    notices.begin()
    page.begin()
    try:
        with signals.ending():
            _run()
    finally:
        messages.end()
        if number := signals.received():
            sys.exit(128 + number)


@functools.cache
def _program() -> Any:  # noqa: ANN401 - see LazyEntry.load
    return help_page.with_page(typer.main.get_command(app))


def _run() -> None:
    """Run the command; raise SystemExit with its status, unless that is 0."""
    try:
        try:
            places.check_home()
            if not shells.OPTIONS.isdisjoint(sys.argv):
                shells.mend()
            status = _program().main(_arguments(), prog_name="voicecoach", standalone_mode=False)
        finally:
            sys.stdout.flush()
        if status:
            sys.exit(status)
    except help_page.MISUSE as error:
        help_page.show_misuse(error)
        sys.exit(error.exit_code)
    except VoicecoachError as error:
        if str(error):
            page.show(str(error), hang=4 * isinstance(error, RoutineError), err=True)
        sys.exit(error.status)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        notices.forget("stdout")
        why = "standard output is closed" if error.errno == errno.EBADF else error.strerror or error
        try:
            page.show(f"This could not be printed, or read: {why}.", err=True)
        except OSError:
            notices.forget("stderr")
        sys.exit(1)


def _arguments() -> list[str]:
    """Return what was asked for; at a terminal, with nothing asked, that is the home page."""
    alone = len(sys.argv) == 1 and page.at_terminal()
    return ["home"] if alone else sys.argv[1:]
