"""Changes how much is said in a segment that is already playing."""

from __future__ import annotations

from voicecoach.timeline.interjection import lane_of, with_words
from voicecoach.timeline.segment import Role, Segment, only_said, splice
from voicecoach.timeline.speech_track import SENTENCE_PAUSE, Kit
from voicecoach.timeline.steps import TalkLevel


def at_talk_level(old: Segment, new: Segment, frame: int, talk: TalkLevel, kit: Kit) -> Segment:
    """Join ``old`` before ``frame`` to what is said of it at the level ``talk``, which is named there.

    ``new`` is the same segment compiled at that level. Outside sets its sentences come at other times, so
    there ``old`` goes on without what is left out, and more is said from the next segment on.
    """
    joined = splice(old, new, frame) if new.beats else only_said(old, talk, since=frame)
    return _naming(joined, frame, kit.phrases(f"talk.{talk}"), kit)


def _naming(segment: Segment, frame: int, name: str, kit: Kit) -> Segment:
    """Say ``name`` in the first silence from ``frame`` on; where there is none, only outside a set."""
    lane = lane_of(segment, kit)
    if not lane.place([name], Role.NAME, since=frame, until=segment.frames) and not segment.beats:
        lane.follow(max(frame, lane.ends() + SENTENCE_PAUSE), name, Role.NAME)
    return with_words(segment, lane)
