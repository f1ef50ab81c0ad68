"""Commands that play, write or print a session."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.cli import options
from voicecoach.cli.printing import to_stderr
from voicecoach.person.settings import Theme, View

if TYPE_CHECKING:
    from voicecoach import app as coach
    from voicecoach.journal.records import Before
    from voicecoach.person.settings import SessionSettings


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
    questions: Annotated[
        bool | None,
        typer.Option("--questions/--no-questions", help="Ask how you are before and after, one key each."),
    ] = None,
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
    from voicecoach.cli.notice import accept_notice  # noqa: PLC0415
    from voicecoach.cli.playing import Room, play_session  # noqa: PLC0415
    from voicecoach.cli.questions import Questions  # noqa: PLC0415
    from voicecoach.cli.resuming import go_on, wanted  # noqa: PLC0415
    from voicecoach.person import settings_file  # noqa: PLC0415

    chosen = settings_file.load().overridden(
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
    name = routine or _due()
    if not name:
        return
    selection = coach.Selection(start=start, only=tuple(only or ()), sets=sets, minutes=minutes)
    if selection == coach.Selection() and not as_written and (kept_on := wanted(name, ask=not yes)):
        go_on(kept_on, chosen, coaching, yes=yes)
        return
    session = _session(name, chosen, selection, coaching, as_written=as_written)
    sounding = coach.sounding(chosen)
    accept_notice(sounding, unasked=yes)
    asking = Questions(chosen, asked=chosen.questions and not yes)
    begin = asking.before(session, as_written=as_written)
    if begin.leaves:
        return
    if begin.calm:
        name, selection = begin.calm, coach.Selection()
    if begin.said:
        session = _session(name, chosen, selection, coaching, as_written=as_written, before=begin.before)
    room = Room(
        chosen.view,
        chosen.theme,
        chosen.media_keys,
        chosen.pause_others,
        chosen.duck_others,
        asking.signalled,
    )
    with coach.recording(session, to_stderr, rate=chosen.rate, before=begin.before) as kept:
        summary = play_session(session, sounding, room, kept.listener)
        kept.close(summary)
        coach.remember(summary, to_stderr, name)
        asking.after(kept, summary)


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
    from voicecoach.person import settings_file  # noqa: PLC0415
    from voicecoach.timeline import text  # noqa: PLC0415

    chosen = settings_file.load().overridden(
        voice=voice, rate=rate, lead_in=lead_in, delay=delay, tempo=tempo, clicks=clicks
    )
    selection = coach.Selection(start=start, only=tuple(only or ()), sets=sets, minutes=minutes)
    session = _session(routine, chosen, selection, coaching, as_written=as_written)
    with coach.Studio(coach.sounding(chosen), to_stderr) as studio:
        score = studio.compile(session.steps)
    typer.echo(json.dumps(text.as_json(score), indent=1) if as_json else text.as_text(score), nl=as_json)


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
    from voicecoach.cli.rendering import render_session  # noqa: PLC0415
    from voicecoach.person import settings_file  # noqa: PLC0415

    chosen = settings_file.load().overridden(
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
    session = _session(routine, chosen, selection, coaching, as_written=as_written)
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
    from voicecoach.person import settings_file  # noqa: PLC0415
    from voicecoach.routine.fields import clean  # noqa: PLC0415

    sentence = clean(text)
    if not sentence:
        raise UsageError("There is nothing to say. Give a sentence, as in: voicecoach say 'Good morning.'")
    chosen = settings_file.load().overridden(voice=voice, rate=rate, output=output, voice_volume=voice_volume)
    play_session(coach.remark(sentence), coach.sounding(chosen, music=False))


def _session(
    routine: str,
    chosen: SessionSettings,
    selection: coach.Selection,
    coaching: options.HowMuch,
    *,
    as_written: bool,
    before: Before | None = None,
) -> coach.Session:
    """The session as the person would do it, with what they said ``before`` it."""
    from voicecoach import app as coach  # noqa: PLC0415
    from voicecoach.app import dosing, planning  # noqa: PLC0415
    from voicecoach.clock import today  # noqa: PLC0415
    from voicecoach.journal.records import Before  # noqa: PLC0415

    person, day = coach.profile(as_written=as_written), today().date()
    settings = coach.settings_for(coaching or person.coaching, to_stderr, coach.coached(chosen))
    return coach.session_for(
        person,
        routine,
        settings,
        chosen.rate,
        selection,
        decide=None if as_written else dosing.deciding(person, to_stderr, day, before or Before()),
        week=planning.week_with(day, to_stderr),
    )


def _due() -> str:
    """What the plan has for today, which is told; empty when that is nothing."""
    from voicecoach.app import planning  # noqa: PLC0415

    agenda = planning.due_now(to_stderr)
    for line in agenda.lines:
        typer.echo(line)
    return agenda.routine
