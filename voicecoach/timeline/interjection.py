"""Interjections: sentences that nobody planned, said in the silences of a segment that is already playing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.timeline.segment import Play, Role, Segment, Speak
from voicecoach.timeline.speech_track import SENTENCE_PAUSE, Kit, Lane


def interjected(
    segment: Segment, texts: Sequence[str], window: tuple[int, int], kit: Kit
) -> tuple[Segment, int] | None:
    """Return ``segment`` with ``texts`` in its silences, and the frame at which the first of them begins.

    That is the first silence within ``window``, a frame and the one after its last; the others follow where
    there is room. None where the first has none. All else stays on its frame.
    """
    lane = lane_of(segment, kit)
    first, *others = texts
    said = lane.place_in([window], [first], Role.NAME, missed=False)
    if said is None:
        return None
    since = said.end + SENTENCE_PAUSE
    for text in others:
        said_next = lane.place([text], Role.NAME, since=since, until=segment.frames, missed=False)
        since = said_next.end + SENTENCE_PAUSE if said_next else since
    return with_words(segment, lane), said.frame


def lane_of(segment: Segment, kit: Kit) -> Lane:
    """Return the words and tones of ``segment``, so that more can be said clear of those that mark a beat."""
    tones = [event for event in segment.events if isinstance(event, Play)]
    beats = [(tone.frame, tone.end) for tone in tones if tone.role is not Role.PACE]
    says = [event for event in segment.events if isinstance(event, Speak)]
    return Lane(kit, said=says, tones=tones, kept=beats)


def with_words(segment: Segment, lane: Lane) -> Segment:
    """Return ``segment`` with the words and tones of ``lane``."""
    return replace(
        segment,
        frames=max(segment.frames, lane.ends()),
        events=lane.events(),
        restarts=tuple(point for point in segment.restarts if not lane.is_speaking(point)),
    )
