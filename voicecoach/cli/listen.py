"""``voicecoach listen``: tries whether the coach hears the person, and says what would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import compose, hearing_check, own_words
from voicecoach.app.hearing_check import Asked, Echo, Event, Heard, HearingCheck
from voicecoach.cli import options, page, table
from voicecoach.cli.meter import Meter
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import models
from voicecoach.hearing.advice import advice
from voicecoach.hearing.messages import Level, Ready
from voicecoach.hearing.microphone import MicrophoneDevice, MicrophoneFault, choose, list_microphones
from voicecoach.hearing.trial import Attempt, Outcome, counted, tried
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.session.commands import Command, spoken
from voicecoach.settings.table import SessionSettings
from voicecoach.text import quoted
from voicecoach.voices.engines import SILENT


@options.settings("language", "voice", "rate", "voice_volume", "output", "microphone", "listen_model", "view")
def listen(
    *,
    microphones: Annotated[
        bool, typer.Option("--microphones", help="Only list the microphones, without opening one.")
    ] = False,
    free: Annotated[
        bool,
        typer.Option(
            "--free", help="Show what is heard and what it means until Ctrl-C, and try no commands."
        ),
    ] = False,
    chosen: SessionSettings,
) -> None:
    """Try whether the coach hears you: the microphone, the echo and ten commands.

    It says what would help. Nothing that you say is stored or sent.
    """
    say = phrases.load(chosen.language)
    if not microphones:
        models.chosen(chosen.listen_model)  # before anything is opened
    taken = _shown(say, chosen.microphone)
    if microphones:
        return
    words = own_words.understood(chosen.language)
    for remark in words.remarks:
        page.show(str(remark))
    with hearing_check.opened(chosen, words.phrases, cli.clock, say, to_stderr) as check:
        page.show("The microphone is open until this ends. Loading what understands you ...")
        _show_model(check.ready(is_bluetooth=taken.is_bluetooth), chosen.listen_model)
        if free:
            _show_freely(check)
        _measure(check, chosen, say)
        _try(check, tried(spoken(say)))
        _advise(check, say)


def _shown(say: Phrases, wanted: str) -> MicrophoneDevice:
    """List the microphones; return the one to take. Raises HearingUnavailable when there is none."""
    found: tuple[MicrophoneDevice, ...] = ()
    try:
        found = list_microphones()
        taken = choose(found, wanted)
    except MicrophoneFault as error:
        _list(found)
        raise HearingUnavailable(say(f"hearing.{error.fault}", what=error.what)) from error
    _list(found, taken)
    return taken


def _list(found: Iterable[MicrophoneDevice], taken: MicrophoneDevice | None = None) -> None:
    rows = [_row(each, is_taken=each is taken) for each in found if each.hears_room or each is taken]
    if rows:
        page.show("Microphones:")
        table.show(rows)


def _row(microphone: MicrophoneDevice, *, is_taken: bool) -> Sequence[str]:
    kind = "Bluetooth: taken only when you name it" if microphone.is_bluetooth else ""
    return ("->" if is_taken else "", microphone.name, "taken" if is_taken else kind)


def _show_model(ready: Ready, choice: str) -> None:
    auto = "the best one here that this computer is fast enough for"
    why = auto if choice == models.AUTO else "as you chose"
    page.show(f"Model: {ready.model}, {why}.")


def _measure(check: HearingCheck, chosen: SessionSettings, say: Phrases) -> None:
    """Measure the noise and the echo."""
    page.show("Please be silent for three seconds.")
    with Meter() as meter:
        for level in check.quiet():
            meter.show(level.level)
    page.show(f"Noise: {_decibels(check.figures.noise)}.")
    if chosen.voice == SILENT:
        return
    sentence = say("listening.aloud")
    page.show(f"The coach says: {sentence}")
    sounding = compose.sounding(chosen, music=False)
    page.show(_echo(check.echo(partial(hearing_check.speak, sentence, sounding, to_stderr, cli.clock))))


def _echo(echo: Echo) -> str:
    if echo.delay is None:
        return "Echo: none was found, as with headphones. With a loudspeaker, look whether it plays."
    return (
        f"Echo: the coach reaches the microphone after {echo.delay:.2f} s, at {_decibels(echo.level)};"
        f" {echo.loss:.0f} dB of it are taken out."
    )


def _try(check: HearingCheck, asked: Mapping[str, Command]) -> None:
    """Ask for commands, and show how each went."""
    page.show(f"{len(asked)} commands in a minute: please say each as soon as you see it.")
    attempts = _show_events(check.trial(asked))
    count = counted(attempts)
    page.show(
        f"Right: {count[Outcome.RIGHT]} of {len(attempts)}. Missed: {count[Outcome.MISSED]}. Taken for"
        f" another: {count[Outcome.WRONG]}."
    )
    if check.figures.delay is not None:
        page.show(f"Time from the end of the words: usually {check.figures.delay:.1f} s.")
    if check.figures.voice is not None:
        page.show(f"Your voice: {_decibels(check.figures.voice)}.")


def _show_freely(check: HearingCheck) -> None:
    page.show("Say what you like; Ctrl-C ends it.")
    _show_events(check.listening())


def _show_events(events: Iterable[Event]) -> list[Attempt[Command]]:
    """Show what happens, with a bar below it where there is a terminal; return the attempts."""
    attempts = []
    with Meter() as meter:
        for event in events:
            if isinstance(event, Level):
                meter.show(event.level)
                continue
            meter.erase()
            match event:
                case Asked():
                    page.show(f"Say: {event.phrase}")
                case Heard():
                    page.show(_heard(event), indent=4)
                case Attempt():
                    attempts.append(event)
                    page.show(_outcome(event), indent=4)
    return attempts


def _heard(heard: Heard) -> str:
    if heard.match is None:
        return f"heard {quoted(heard.text)}: not understood"
    doubt = "" if heard.match.sure else ", in doubt: the coach would ask first"
    return f"heard {quoted(heard.text)}: {heard.match.meaning}{doubt}"


def _outcome(attempt: Attempt[Command]) -> str:
    match attempt.outcome:
        case Outcome.RIGHT:
            return f"right, {attempt.delay or 0:.1f} s after the words"
        case Outcome.WRONG:
            return f"wrong: taken for '{attempt.taken_for}'"
    return "missed" if attempt.heard else "missed: nothing was heard"


def _advise(check: HearingCheck, say: Phrases) -> None:
    """Say what would help. Raises Exit when nothing was heard at all."""
    if not (told := advice(check.figures)):
        page.show("All is well. To let the coach listen in every session: voicecoach config set listen on")
        return
    page.show("What would help:")
    for each in told:
        page.show(f"- {say.tell(each)}", hang=2)
    if check.figures.silent == check.figures.tried:
        raise typer.Exit(1)


def _decibels(level: float | None) -> str:
    return "unknown" if level is None else f"{level:.0f} dBFS"
