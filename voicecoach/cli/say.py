"""``voicecoach say``."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.app import compose, prepare
from voicecoach.cli import options
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.session_in_terminal import must_be_whole, play_session
from voicecoach.errors import UsageError
from voicecoach.settings.table import SessionSettings
from voicecoach.text import clean
from voicecoach.voices.narrator import has_words


@options.settings("voice", "rate", "output", "voice_volume")
def say(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to say.")], *, chosen: SessionSettings
) -> None:
    """Say something, to hear the voice and its pace."""
    sentence = clean(text)
    if not has_words(sentence):
        raise UsageError("There is nothing to say. Give a sentence, as in: voicecoach say 'Good morning.'")
    sounding = compose.rehearsed(sentence, compose.sounding(chosen, music=False), to_stderr)
    must_be_whole(play_session(prepare.remark(sentence), sounding))
