"""Commands that play, write or print a session."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli import options
from voicecoach.cli.printing import to_stderr
from voicecoach.session.levels import Levels
from voicecoach.timeline.estimate import DEFAULT_WPM


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
    session = coach.session_for(person, routine, settings, rate)
    sounding = coach.Sounding(voice, rate, output, Levels(voice=voice_volume, sounds=sound_volume))
    accept_notice(sounding, unasked=yes)
    coach.remember(play_session(session, sounding), to_stderr)


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
    session = coach.session_for(person, routine, settings, rate)
    with coach.Studio(coach.Sounding(voice, rate), to_stderr) as studio:
        score = studio.compile(session.steps)
    typer.echo(json.dumps(text.as_json(score), indent=1) if as_json else text.as_text(score), nl=as_json)


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
    session = coach.session_for(person, routine, settings, rate)
    sounding = coach.Sounding(voice, rate, levels=Levels(voice=voice_volume, sounds=sound_volume))
    render_session(session.steps, sounding, out)


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
    play_session(coach.remark(sentence), coach.Sounding(voice, rate, output, Levels(voice=voice_volume)))
