"""``voicecoach play``."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import plan
from voicecoach.app.prepare import Selection
from voicecoach.cli import options
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.resume import PlayRequest, offered
from voicecoach.cli.session_in_terminal import perform, session_today
from voicecoach.settings import file
from voicecoach.settings.table import Theme, View


def play(  # noqa: PLR0913 - one parameter an option
    routine: Annotated[
        str | None,
        typer.Argument(
            metavar="[ROUTINE]",
            help="A routine's name, as 'voicecoach list' shows it, or a file; without it, what your plan has "
            "for today.",
        ),
    ] = None,
    *,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    start: options.From = "",
    only: options.Only = None,
    sets: options.Sets = None,
    minutes: options.Minutes = None,
    delay: options.Delay = None,
    speed: options.Speed = None,
    language: options.Language = None,
    voice: options.Voice = None,
    rate: options.Rate = None,
    output: options.Output = None,
    voice_volume: options.VoiceVolume = None,
    sound_volume: options.SoundVolume = None,
    music: options.Music = None,
    music_volume: options.MusicVolume = None,
    pause_others: Annotated[
        bool | None,
        typer.Option(
            "--pause-others/--no-pause-others", help="Pause other music players until the session is over."
        ),
    ] = None,
    duck_others: Annotated[
        bool | None,
        typer.Option(
            "--duck-others/--no-duck-others", help="Lower other programs, where the sound server can do that."
        ),
    ] = None,
    lead_in: options.LeadIn = None,
    clicks: options.Clicks = None,
    media_keys: Annotated[
        bool | None,
        typer.Option("--media-keys/--no-media-keys", help="Obey media keys and headset buttons (Linux)."),
    ] = None,
    questions: options.Questions = None,
    journal: options.Journal = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, for screen readers, instead of the full screen.")
    ] = False,
    theme: Annotated[
        Theme | None,
        typer.Option(metavar="NAME", help="The colours of the full screen: dark, light or contrast."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Accept the safety notice, and ask nothing, for scripts.")
    ] = False,
) -> None:
    """Play a routine: the coach speaks and keeps time.

    While it plays space pauses and goes on, and ? shows all keys. What you set with 'voicecoach config' holds
    unless an option says otherwise.
    """
    chosen = file.load().overridden(
        language=language,
        voice=voice,
        rate=rate,
        output=output,
        voice_volume=voice_volume,
        sound_volume=sound_volume,
        music_volume=music_volume,
        music=music,
        lead_in=lead_in,
        delay=delay,
        speed=speed,
        clicks=clicks,
        pause_others=pause_others,
        duck_others=duck_others,
        media_keys=media_keys,
        questions=questions,
        view=View.PLAIN if plain else None,
        theme=theme,
    )
    selection = Selection(start=start, only=tuple(only or ()), sets=sets, minutes=minutes)
    asked = PlayRequest(routine or "", selection, coaching, as_written)
    left, known = offered(asked, chosen, ask=not yes)
    if left:
        perform(left, chosen, coaching=coaching, journal=journal, yes=yes, known=known)
    elif name := routine or _due():
        session = session_today(name, chosen, selection, coaching, as_written=as_written)
        perform(session, chosen, selection, coaching, journal=journal, yes=yes, known=known)


def _due() -> str:
    """What the plan has for today, which is told; empty when that is nothing."""
    agenda = plan.due_now(to_stderr, cli.clock.moment())
    for line in agenda.lines:
        typer.echo(line)
    return agenda.routine
