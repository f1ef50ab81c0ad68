"""The exercises as chapters: a cue sheet, from which a player jumps from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from voicecoach.timeline.segment import Score, SegmentKind
from voicecoach.units import RATE

_FRAMES: Final = 75
"""A second on a CD, in which a cue sheet counts."""


class Chapter(NamedTuple):
    """From here to the next one."""

    frame: int
    """The first, in the session."""
    title: str


def chapters(score: Score) -> tuple[Chapter, ...]:
    """One for the beginning, one for each exercise with the rest after it, and one for the end."""
    return tuple(_chapters(score))


def _chapters(score: Score) -> Iterator[Chapter]:
    exercises = {each.block for each in score.segments if each.kind is SegmentKind.WORK}
    last = None
    for start, segment in score.starts():
        begins = segment.block in exercises or segment.kind is SegmentKind.OUTRO
        if last is None or (begins and segment.block != last):
            yield Chapter(start, segment.title)
            last = segment.block


def cue_sheet(score: Score, name: str) -> str:
    """The chapters of the sound file ``name``, which stands beside the sheet."""
    lines = [f"FILE {_quoted(name)} WAVE"]
    for number, chapter in enumerate(chapters(score), 1):
        whole, rest = divmod(chapter.frame, RATE)
        at = f"{whole // 60:02}:{whole % 60:02}:{rest * _FRAMES // RATE:02}"
        lines += [f"  TRACK {number:02} AUDIO", f"    TITLE {_quoted(chapter.title)}", f"    INDEX 01 {at}"]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """``text`` in quotation marks, of which the format knows no others within."""
    return '"{}"'.format(text.replace('"', "'"))
