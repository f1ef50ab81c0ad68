"""Opens what hears a person who speaks to the coach. A microphone is opened here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Final

from voicecoach.app import own_words
from voicecoach.clock import Clock
from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import models
from voicecoach.hearing.messages import Spec, Told
from voicecoach.hearing.spoken_commands import SpokenCommands
from voicecoach.hearing.vocabulary import Vocabulary
from voicecoach.hearing.worker import HearingWorker
from voicecoach.language import phrases
from voicecoach.session.commands import WARY, ByVoice, Doubt
from voicecoach.settings.table import SessionSettings

_OF_THE_EAR: Final = ("onnxruntime", "pywebrtc_audio")


def open_worker(chosen: SessionSettings, clock: Clock, tell: Callable[[Told], None]) -> HearingWorker:
    """Return what hears as the person has chosen, to be started, and ``tell`` is told what.

    Raises HearingUnavailable when something for it is not installed.
    """
    if missing := [name for name in _OF_THE_EAR if find_spec(name) is None]:
        raise HearingUnavailable(
            f"What hears you is not installed ({missing[0]} is missing). To install it:"
            ' pip install "voicecoach[listen]"'
        )
    models.chosen(chosen.listen_model)
    return HearingWorker(Spec(chosen.microphone, chosen.listen_model), tell, clock)


def vocabulary(language: str) -> Vocabulary[ByVoice]:
    """Return what may be said in a session. Raises FileError when the person's own words cannot be used."""
    phrases_of = own_words.understood(language).phrases
    meanings = {phrase: ByVoice(command) for phrase, command in phrases_of.items()}
    return Vocabulary(meanings, {*map(ByVoice, WARY)}, phrases.load(language).all_of("spoken.coach"))


def open_hearing(chosen: SessionSettings, clock: Clock) -> SpokenCommands:
    """Return what passes on spoken commands from when it is entered until it is left.

    Raises HearingUnavailable when something for it is not installed, and FileError when the person's own
    words cannot be used.
    """
    return SpokenCommands(
        lambda tell: open_worker(chosen, clock, tell),
        vocabulary(chosen.language),
        phrases.load(chosen.language),
        clock,
        doubtful=_doubtful,
    )


def _doubtful(meaning: object) -> Doubt | None:
    return Doubt(meaning.command) if isinstance(meaning, ByVoice) else None
