"""Prints a compiled session as text, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voicecoach.language.phrases import Phrases
from voicecoach.timeline.segment import Event, Score, Segment, Speak
from voicecoach.timeline.words import which_rounds
from voicecoach.units import RATE, format_load, seconds


def as_text(score: Score, say: Phrases) -> str:
    """Print one line per event: its time, its length, what is said or sounded, and its role.

    ::

        0:52.300  work      Bird dog, set 1 of 3, left (45.250 s)
          0:56.800   0.612  Reach long.  [phase]
    """
    return "\n".join(_lines(score, say)) + "\n"


def _lines(score: Score, say: Phrases) -> Iterator[str]:
    for start, segment in score.starts():
        yield f"{_time(start)}  {segment.kind:<9} {heading(segment, say)} ({seconds(segment.frames):.3f} s)"
        for event in segment.events:
            what = event.text if isinstance(event, Speak) else f"({event.sound})"
            yield f"  {_time(start + event.frame)} {seconds(event.frames):7.3f}  {what}  [{event.role}]"
        for dropped in segment.dropped:
            yield f"  {'':9} dropped  {dropped.text}  [{dropped.role}]"
    yield f"{_time(score.frames)}  end"


def heading(segment: Segment, say: Phrases) -> str:
    """Return the segment's title with its round, set, side and load, as a person would say it."""
    parts = [segment.title, *([which_rounds(segment.work.rounds, say)] if segment.work else [])]
    if segment.sets > 1 and segment.set_number:
        parts.append(say.part("title.set", n=str(segment.set_number), sets=str(segment.sets)))
    if segment.beats and segment.beats[-1].side:
        sides = dict.fromkeys(beat.side for beat in segment.beats)
        parts.append(say.join([say.side(side) for side in sides]))
    if segment.work and segment.work.exercise.load:
        parts.append(format_load(segment.work.exercise.load))
    if segment.work and segment.work.exercise.grade:
        parts.append(segment.work.exercise.grade.words)
    return ", ".join(filter(None, parts))


def as_json(score: Score) -> dict[str, Any]:
    """Return the session for programs, with the beats of its sets; ``docs/timeline-format.md`` has the keys.

    Every ``frame``, ``start`` and restart counts from the start of the session.
    """
    return {
        "rate": RATE,
        "frames": score.frames,
        "segments": [_segment(start, segment) for start, segment in score.starts()],
        "events": [
            {"frame": frame, "frames": event.frames, **_what(event), "role": str(event.role)}
            | {"segment": segment.index}
            for frame, segment, event in score.events()
        ],
        "beats": [
            {"frame": start + beat.frame, "frames": beat.frames, "kind": str(beat.kind), "phase": beat.phase}
            | {"rep": beat.rep, "reps": beat.reps, "side": beat.side, "segment": segment.index}
            for start, segment in score.starts()
            for beat in segment.beats
        ],
    }


def _segment(start: int, segment: Segment) -> dict[str, Any]:
    return {
        "index": segment.index,
        "kind": str(segment.kind),
        "title": segment.title,
        "start": start,
        "frames": segment.frames,
        "restarts": [start + point for point in segment.restarts],
    }


def _what(event: Event) -> dict[str, str]:
    if isinstance(event, Speak):
        return {"kind": "say", "text": event.text}
    return {"kind": "sound", "sound": str(event.sound)}


def _time(frame: int) -> str:
    minutes, milliseconds = divmod(round(seconds(frame) * 1000), 60_000)
    return f"{minutes:2d}:{milliseconds / 1000:06.3f}"
