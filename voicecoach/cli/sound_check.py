"""Asks once whether the coach is heard, and sets how loud and with which voice it speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.app import compose
from voicecoach.cli.introduction import placed
from voicecoach.cli.one_key import NEW_HERE, Asker
from voicecoach.cli.spoken_answers import Hearing, words
from voicecoach.clock import Clock
from voicecoach.language import phrases
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings
from voicecoach.training.next_question import QuestionNumber
from voicecoach.voices.engines import AUTO, chain

_AGAIN: Final = "r"
_VOICE: Final = "v"
_LOUDNESS: Final = {
    "+": Command.VOICE_UP,
    "=": Command.VOICE_UP,
    "-": Command.VOICE_DOWN,
}
"""The key for plus is that for the equals sign without Shift."""


def checked(
    chosen: SessionSettings, clock: Clock, at: QuestionNumber, hearing: Hearing | None = None
) -> tuple[SessionSettings, bool]:
    """Speak until the person hears it well; return the settings as they are then, and whether they left.

    What they changed is kept for later sessions. Raises KeyboardInterrupt for Ctrl-C, and FileError.
    """
    say, before = phrases.load(chosen.language), chosen
    voices = [each.name for each in chain(AUTO, chosen.language)]
    asked = "sound.voices" if len(voices) > 1 else "sound.ask"
    keys = (_AGAIN, *_LOUDNESS, *([_VOICE] if len(voices) > 1 else []))
    key = _AGAIN
    while key:
        sounding = compose.sounding(chosen, music=False)
        with Asker(sounding, clock, patience=NEW_HERE, hearing=hearing) as ask:
            key = ask.key(say(asked), keys, shown=placed(say(asked), at, say), words=words("sound", say))
        if key in _LOUDNESS:
            louder = Levels(voice=chosen.voice_volume).adjusted(_LOUDNESS[key])
            chosen = replace(chosen, voice_volume=louder.voice)
        elif key == _VOICE:
            chosen = replace(chosen, voice=_next(chosen.voice, voices))
        if ask.interrupted:
            raise KeyboardInterrupt
    _keep(before, chosen)
    return chosen, ask.left


def _next(voice: str, voices: list[str]) -> str:
    """Return the voice after ``voice``, the first one after the last."""
    now = voices.index(voice) if voice in voices else 0  # "auto" is the first
    return voices[(now + 1) % len(voices)]


def _keep(before: SessionSettings, chosen: SessionSettings) -> None:
    if chosen.voice_volume != before.voice_volume:
        file.change("voice-volume", str(chosen.voice_volume))
    if chosen.voice != before.voice:
        file.change("voice", chosen.voice)
