"""Files beside a sound file: captions (WebVTT) of what the coach says, and a cue sheet with a chapter
for each exercise.
"""

from __future__ import annotations

from html import escape
from typing import Final

from voicecoach.render.chapters import exercises
from voicecoach.timeline.segment import Score, Speak
from voicecoach.units import RATE, frames, timestamp

_FRAMES: Final = 75
"""A second on a CD, in which a cue sheet counts."""


def captions(score: Score, late: float = 0.0) -> str:
    """Return WebVTT with a cue for each sentence of ``score``, shown while it is said.

    The sound is heard ``late`` by so many seconds.
    """
    said = [(frame + frames(late), event) for frame, _, event in score.events() if isinstance(event, Speak)]
    cues = (
        f"{timestamp(frame)} --> {timestamp(frame + event.frames)}\n{escape(event.text, quote=False)}\n"
        for frame, event in said
    )
    return "\n".join(["WEBVTT\n", *cues])


def cue_sheet(score: Score, name: str, late: float = 0.0) -> str:
    """Return the cue sheet of the sound file ``name`` in the same folder, with its exercises as tracks.

    The sound is heard ``late`` by so many seconds.
    """
    lines = [f"FILE {_quoted(name)} {'MP3' if name.lower().endswith('.mp3') else 'WAVE'}"]
    for number, chapter in enumerate(exercises(score), 1):
        start = chapter.frame + frames(late) if chapter.frame else 0
        whole, rest = divmod(start, RATE)
        at = f"{whole // 60:02}:{whole % 60:02}:{rest * _FRAMES // RATE:02}"
        lines += [f"  TRACK {number:02} AUDIO", f"    TITLE {_quoted(chapter.title)}", f"    INDEX 01 {at}"]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """Put ``text`` in quotation marks; the format cannot have any inside, so they become apostrophes."""
    return '"{}"'.format(text.replace('"', "'"))
