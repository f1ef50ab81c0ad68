"""Commands that play, write or print a session."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli import options
from voicecoach.cli.printing import to_stderr
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
    tempo: options.Tempo = None,
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
    from voicecoach import app as coach  # noqa: PLC0415 - loaded when needed, here and below
    from voicecoach.cli.performing import perform, session_today  # noqa: PLC0415
    from voicecoach.cli.resuming import Wish, wanted  # noqa: PLC0415
    from voicecoach.settings import file  # noqa: PLC0415

    chosen = file.load().overridden(
        voice=voice,
        rate=rate,
        output=output,
        voice_volume=voice_volume,
        sound_volume=sound_volume,
        music_volume=music_volume,
        music=music,
        lead_in=lead_in,
        delay=delay,
        tempo=tempo,
        clicks=clicks,
        pause_others=pause_others,
        duck_others=duck_others,
        media_keys=media_keys,
        questions=questions,
        view=View.PLAIN if plain else None,
        theme=theme,
    )
    selection = coach.Selection(start=start, only=tuple(only or ()), sets=sets, minutes=minutes)
    asked = Wish(routine or "", selection, coaching, as_written)
    if left := wanted(asked, chosen, ask=not yes):
        perform(left, chosen, coaching=coaching, yes=yes)
    elif name := routine or _due():
        session = session_today(name, chosen, selection, coaching, as_written=as_written)
        perform(session, chosen, selection, coaching, yes=yes)


def timeline(  # noqa: PLR0913 - one parameter an option
    routine: options.RoutineName,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: frames at 48 kHz.")] = False,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    start: options.From = "",
    only: options.Only = None,
    sets: options.Sets = None,
    minutes: options.Minutes = None,
    delay: options.Delay = None,
    tempo: options.Tempo = None,
    voice: options.Voice = None,
    rate: options.Rate = None,
    lead_in: options.LeadIn = None,
    clicks: options.Clicks = None,
) -> None:
    """Print what is said and sounded when.

    These are the times at which 'play' does it, to the frame.
    """
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.performing import session_today  # noqa: PLC0415
    from voicecoach.settings import file  # noqa: PLC0415
    from voicecoach.timeline import dump  # noqa: PLC0415

    chosen = file.load().overridden(
        voice=voice, rate=rate, lead_in=lead_in, delay=delay, tempo=tempo, clicks=clicks
    )
    selection = coach.Selection(start=start, only=tuple(only or ()), sets=sets, minutes=minutes)
    session = session_today(routine, chosen, selection, coaching, as_written=as_written)
    with coach.Studio(coach.sounding(chosen), to_stderr) as studio:
        score = studio.compile(session.steps)
    typer.echo(json.dumps(dump.as_json(score), indent=1) if as_json else dump.as_text(score), nl=as_json)


def render(  # noqa: PLR0913 - one parameter an option
    routine: options.RoutineName,
    *,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.wav", help="The sound file to write.")],
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    start: options.From = "",
    only: options.Only = None,
    sets: options.Sets = None,
    minutes: options.Minutes = None,
    tempo: options.Tempo = None,
    voice: options.Voice = None,
    rate: options.Rate = None,
    voice_volume: options.VoiceVolume = None,
    sound_volume: options.SoundVolume = None,
    music: options.Music = None,
    music_volume: options.MusicVolume = None,
    lead_in: options.LeadIn = None,
    clicks: options.Clicks = None,
) -> None:
    """Write a routine to a WAV file, to play anywhere."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.performing import session_today  # noqa: PLC0415
    from voicecoach.cli.rendering import render_session  # noqa: PLC0415
    from voicecoach.settings import file  # noqa: PLC0415

    chosen = file.load().overridden(
        voice=voice,
        rate=rate,
        voice_volume=voice_volume,
        sound_volume=sound_volume,
        music_volume=music_volume,
        music=music,
        lead_in=lead_in,
        delay=0.0,  # a file is started when one is on the mat
        tempo=tempo,
        clicks=clicks,
    )
    selection = coach.Selection(start=start, only=tuple(only or ()), sets=sets, minutes=minutes)
    session = session_today(routine, chosen, selection, coaching, as_written=as_written)
    render_session(session.steps, coach.sounding(chosen), out)


def say(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to say.")],
    *,
    voice: options.Voice = None,
    rate: options.Rate = None,
    output: options.Output = None,
    voice_volume: options.VoiceVolume = None,
) -> None:
    """Say something, to hear the voice and its pace."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.cli.playing import play_session  # noqa: PLC0415
    from voicecoach.errors import UsageError  # noqa: PLC0415
    from voicecoach.routine.files.values import clean  # noqa: PLC0415
    from voicecoach.settings import file  # noqa: PLC0415

    sentence = clean(text)
    if not sentence:
        raise UsageError("There is nothing to say. Give a sentence, as in: voicecoach say 'Good morning.'")
    chosen = file.load().overridden(voice=voice, rate=rate, output=output, voice_volume=voice_volume)
    play_session(coach.remark(sentence), coach.sounding(chosen, music=False))


def _due() -> str:
    """What the plan has for today, which is told; empty when that is nothing."""
    from voicecoach.app import plan  # noqa: PLC0415

    agenda = plan.due_now(to_stderr)
    for line in agenda.lines:
        typer.echo(line)
    return agenda.routine
