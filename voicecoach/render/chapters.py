"""The chapters of a session: each exercise, and each of its sets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from voicecoach.language.phrases import Phrases
from voicecoach.timeline.dump import heading
from voicecoach.timeline.segment import Score, Segment, SegmentKind


class Chapter(NamedTuple):
    """A stretch of a session that a player can jump to. Each ends where the next begins."""

    frame: int
    """The first frame, counted from the start of the session."""
    end: int
    """The first frame after it."""
    title: str


def exercises(score: Score) -> tuple[Chapter, ...]:
    """Return one for the beginning, one for each exercise with the rest after it, and one for the end."""
    return _chapters(score, _of_exercises(score))


def sets(score: Score, say: Phrases) -> tuple[Chapter, ...]:
    """Return those of :func:`exercises`, and one more for each set that is not all there is of its exercise.

    What comes before the first set of an exercise is a chapter with its name alone, so that it is found in a
    list, and that a set is repeated without its briefing.
    """
    starts = dict(_of_exercises(score))
    placed = ((start, segment) for start, segment in score.starts() if segment.kind is SegmentKind.WORK)
    for _, block in groupby(placed, key=lambda each: each[1].block):
        of_block = list(block)
        several = len({heading(segment, say) for _, segment in of_block}) > 1
        starts |= {start: heading(segment, say) for start, segment in of_block if several}
    return _chapters(score, sorted(starts.items()))


def _of_exercises(score: Score) -> list[tuple[int, str]]:
    return [(start, segment.title) for start, segment in _firsts(score)]


def _firsts(score: Score) -> Iterator[tuple[int, Segment]]:
    """Yield the first segment of each chapter of :func:`exercises`, with its start."""
    worked = {each.block for each in score.segments if each.kind is SegmentKind.WORK}
    last = None
    for start, segment in score.starts():
        begins = segment.block in worked or segment.kind is SegmentKind.OUTRO
        if last is None or (begins and segment.block != last):
            yield start, segment
            last = segment.block


def _chapters(score: Score, starts: list[tuple[int, str]]) -> tuple[Chapter, ...]:
    ends = [*starts, (score.frames, "")]
    return tuple(Chapter(start, end, title) for (start, title), (end, _) in pairwise(ends))
