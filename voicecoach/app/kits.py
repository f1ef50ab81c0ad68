"""What sessions are compiled with when no voice is at hand."""

from __future__ import annotations

from voicecoach.language import phrases
from voicecoach.language.speech_length import EstimatedSpeech
from voicecoach.timeline.segment import Sound
from voicecoach.timeline.speech_track import Kit


def estimating(rate: int) -> Kit:
    """A kit that guesses how long words last."""
    return Kit(EstimatedSpeech(rate), sound_lengths(), phrases.load())


def sound_lengths() -> dict[Sound, int]:
    """The length of each earcon in frames."""
    from voicecoach.audio.earcons import lengths  # noqa: PLC0415 - audio is for those who need sound

    return lengths()
