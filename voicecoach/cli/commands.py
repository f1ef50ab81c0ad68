"""Every command. Nothing here decides anything: it asks the app and prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from voicecoach import __version__
from voicecoach.cli import options
from voicecoach.cli.printing import to_stderr
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Explaining
from voicecoach.timeline.estimate import DEFAULT_WPM

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


@app.command()
def play(  # noqa: PLR0913 - one parameter an option
    routine: options.RoutineName,
    *,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    voice: options.Voice = "auto",
    rate: options.Rate = DEFAULT_WPM,
    output: options.Output = "auto",
    voice_volume: options.VoiceVolume = 100,
    sound_volume: options.SoundVolume = 100,
    lead_in: options.LeadIn = 0.7,
    clicks: options.Clicks = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Accept the safety notice without being asked, for scripts.")
    ] = False,
) -> None:
    """Play a routine: the coach speaks and keeps time.

    Keys while it plays: space pauses and goes on, n next, b back, r repeat, q stop.
    """
    from voicecoach import app as coach  # noqa: PLC0415 - loaded when needed, here and below
    from voicecoach.cli.notice import accept_notice  # noqa: PLC0415
    from voicecoach.cli.playing import play_session  # noqa: PLC0415

    person = coach.profile(as_written=as_written)
    settings = coach.settings_for(coaching or person.coaching, to_stderr, lead_in=lead_in, clicks=clicks)
    steps = coach.steps_for(person, routine, settings, rate)
    sounding = coach.Sounding(voice, rate, output, voice_volume, sound_volume)
    accept_notice(sounding, unasked=yes)
    coach.remember(steps, play_session(steps, sounding), to_stderr)


@app.command("list")
def list_routines() -> None:
    """List the routines, with how long each takes."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.errors import FileError, NothingSuits, RoutineError, UnknownName  # noqa: PLC0415

    library, person = coach.library(), coach.profile()
    settings = coach.settings_for(person.coaching, to_stderr)
    names = library.routines()
    width = max(map(len, names))
    for name in names:
        try:
            found = coach.tailored(library, name, person)
        except NothingSuits:
            typer.echo(f"{name:<{width}}   -       has nothing for your profile")
            continue
        except FileError as error:
            typer.echo(f"{name:<{width}}   ?       {error}")
            continue
        except UnknownName as error:
            typer.echo(f"{name:<{width}}   ?       cannot be made to suit your profile: {error}")
            continue
        except RoutineError as error:
            count = len(error.problems)
            typer.echo(f"{name:<{width}}   ?       has {count} problem(s): voicecoach check {name}")
            continue
        minutes = coach.minutes(found.routine, settings, found.swaps)
        typer.echo(f"{name:<{width}}  {minutes:>2} min  {found.routine.about}".rstrip())


@app.command()
def show(routine: options.RoutineName, *, as_written: options.AsWritten = False) -> None:
    """Print a routine as a sheet to exercise from."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.routine.sheet import sheet  # noqa: PLC0415
    from voicecoach.timeline import phrases  # noqa: PLC0415
    from voicecoach.timeline.say_swaps import every_swap  # noqa: PLC0415

    person = coach.profile(as_written=as_written)
    library = coach.library()
    found = coach.tailored(library, routine, person)
    minutes = coach.minutes(found.routine, coach.settings_for(person.coaching, to_stderr), found.swaps)
    names = {entry.id: entry.name for entry in library.browse()}
    changes = every_swap(found.swaps, phrases.load())
    typer.echo(sheet(found.routine, minutes, names, changes=changes), nl=False)


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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
    from voicecoach.routine.schema import exercise_schema, routine_schema  # noqa: PLC0415

    chosen = exercise_schema() if exercise else routine_schema(coach.library().exercises())
    typer.echo(json.dumps(chosen, indent=2))


@app.command()
def timeline(  # noqa: PLR0913 - one parameter an option
    routine: options.RoutineName,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: frames at 48 kHz.")] = False,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    voice: options.Voice = "auto",
    rate: options.Rate = DEFAULT_WPM,
    lead_in: options.LeadIn = 0.7,
    clicks: options.Clicks = False,
) -> None:
    """Print what is said and sounded when.

    These are the times at which 'play' does it, to the frame.
    """
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.timeline import text  # noqa: PLC0415

    person = coach.profile(as_written=as_written)
    settings = coach.settings_for(coaching or person.coaching, to_stderr, lead_in=lead_in, clicks=clicks)
    steps = coach.steps_for(person, routine, settings, rate)
    with coach.Studio(coach.Sounding(voice, rate), to_stderr) as studio:
        score = studio.compile(steps)
    typer.echo(json.dumps(text.as_json(score), indent=1) if as_json else text.as_text(score), nl=as_json)


@app.command()
def render(  # noqa: PLR0913 - one parameter an option
    routine: options.RoutineName,
    *,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.wav", help="The sound file to write.")],
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    voice: options.Voice = "auto",
    rate: options.Rate = DEFAULT_WPM,
    voice_volume: options.VoiceVolume = 100,
    sound_volume: options.SoundVolume = 100,
    lead_in: options.LeadIn = 0.7,
    clicks: options.Clicks = False,
) -> None:
    """Write a routine to a WAV file, to play anywhere."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.rendering import render_session  # noqa: PLC0415

    person = coach.profile(as_written=as_written)
    settings = coach.settings_for(coaching or person.coaching, to_stderr, lead_in=lead_in, clicks=clicks)
    steps = coach.steps_for(person, routine, settings, rate)
    sounding = coach.Sounding(voice, rate, voice_volume=voice_volume, sound_volume=sound_volume)
    render_session(steps, sounding, out)


@app.command()
def voices() -> None:
    """List the voices, and which one 'auto' takes."""
    from voicecoach.voices.engine import describe  # noqa: PLC0415

    for voice in describe():
        state = (
            f"installed ({voice.version})" if voice.version else "" if voice.installed else "not installed"
        )
        typer.echo(f"{voice.name:<8}  {state:<16}  {voice.note}")


@app.command()
def say(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to say.")],
    *,
    voice: options.Voice = "auto",
    rate: options.Rate = DEFAULT_WPM,
    output: options.Output = "auto",
    voice_volume: options.VoiceVolume = 100,
) -> None:
    """Say something, to hear the voice and its pace."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.playing import play_session  # noqa: PLC0415
    from voicecoach.errors import UsageError  # noqa: PLC0415
    from voicecoach.routine.fields import clean  # noqa: PLC0415

    sentence = clean(text)
    if not sentence:
        raise UsageError("There is nothing to say. Give a sentence, as in: voicecoach say 'Good morning.'")
    play_session(coach.remark(sentence), coach.Sounding(voice, rate, output, voice_volume))


@app.command()
def doctor(
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Leave out the test tone and sentence.")] = False,
) -> None:
    """Look at everything that a session needs.

    Says what to do about each fault, and plays a test tone and a sentence.
    """
    from voicecoach.cli.examination import examine  # noqa: PLC0415

    if not examine(sound=not quiet):
        raise typer.Exit(1)


@app.command(epilog=options.what_cautions_mean())
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
    from voicecoach.cli.profiling import Wanted, show_or_change  # noqa: PLC0415

    wanted = Wanted(tuple(caution or ()), no_caution, tuple(equipment or ()), coaching)
    show_or_change(wanted, ask=ask, clear=clear)


@app.command()
def safety() -> None:
    """Print emergency signs, when to ask first, when to stop, and what is normal."""
    from voicecoach.cli.notice import all_of_it  # noqa: PLC0415

    typer.echo(all_of_it())
