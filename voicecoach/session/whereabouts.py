"""How far a session has come, in words."""

from __future__ import annotations

from voicecoach.language.phrases import Phrases, sentence
from voicecoach.timeline.segment import Segment
from voicecoach.units import seconds


def time_left(segment: Segment, left: int, say: Phrases) -> tuple[str, ...]:
    """Return how long ``left`` frames take, and which set ``segment`` is, if it is one of several."""
    told = [sentence(about_left(left, say))]
    if segment.sets > 1 and segment.set_number:
        told.append(
            say("answer.set", n=say.number(segment.set_number), sets=say.number(segment.sets)),
        )
    return tuple(told)


def about_left(left: int, say: Phrases) -> str:
    """Return about how long ``left`` frames take: "about nine minutes left"."""
    return say.part("plain.about", time=say.time(roughly(seconds(left))))


def roughly(left: float) -> int:
    """Return whole minutes in seconds; of the last minute, whole tens of seconds."""
    step = 60 if left > 60 else 10
    return step * max(1, round(left / step))
