"""What the coach says, as captions: WebVTT, which players show that find it beside the sound file."""

from __future__ import annotations

from html import escape

from voicecoach.timeline.segment import Score, Speak
from voicecoach.units import RATE


def captions(score: Score) -> str:
    """A cue for each sentence of ``score``, shown while it is said."""
    said = [(frame, event) for frame, _, event in score.events() if isinstance(event, Speak)]
    cues = (
        f"{_time(frame)} --> {_time(frame + event.frames)}\n{escape(event.text, quote=False)}\n"
        for frame, event in said
    )
    return "\n".join(["WEBVTT\n", *cues])


def _time(frame: int) -> str:
    """``00:01:02.345``."""
    whole, thousandths = divmod(frame * 1000 // RATE, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
