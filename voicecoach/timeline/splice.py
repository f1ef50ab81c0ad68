"""Going over from one compiled form of a segment to another while it plays."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.timeline.segment import Dropped, Event, Play, Say, Segment


def splice(old: Segment, new: Segment, frame: int) -> Segment:
    """What began in ``old`` before ``frame``, and ``new`` from there on. No word is cut and none overlap.

    A word of ``new`` that would begin within the last one of ``old`` is dropped, and a tone within a tone.
    """
    begun = [event for event in old.events if event.frame < frame]
    speaking_until = max((event.end for event in begun if isinstance(event, Say)), default=0)
    sounding_until = max((event.end for event in begun if isinstance(event, Play)), default=0)
    events: list[Event] = list(begun)
    dropped = list(new.dropped)
    for event in new.events:
        if event.frame < frame:
            continue
        if isinstance(event, Say) and event.frame <= speaking_until:
            dropped.append(Dropped(event.text, event.role))
        elif isinstance(event, Say) or event.frame >= sounding_until:
            events.append(event)
    beats = (
        *(beat for beat in old.beats if beat.frame < frame),
        *(beat for beat in new.beats if beat.frame >= frame),
    )
    ends = (event.end for event in events)
    return replace(
        new,
        frames=max(new.frames, *ends) if events else new.frames,
        events=tuple(events),
        beats=beats,
        dropped=tuple(dropped),
        restarts=_restarts(old, new, frame, speaking_until),
    )


def _restarts(old: Segment, new: Segment, frame: int, speaking_until: int) -> tuple[int, ...]:
    before = (point for point in old.restarts if point < frame)
    after = (point for point in new.restarts if point >= max(frame, speaking_until))
    return (*before, *after)
