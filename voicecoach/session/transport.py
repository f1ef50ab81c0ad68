"""The session's state machine: pure functions from one state to the next.

::

                    command(PAUSE)
        ┌─────────┐ ─────────────▶ ┌────────┐
        │ PLAYING │                │ PAUSED │
        └─────────┘ ◀───────────── └────────┘
          ▲  │  ▲     RESUME, outside a set    │ RESUME, within a set
          │  │  │                              ▼
          │  │  └───── count-in over ─── ┌─────────────┐
          │  │                           │ COUNTING_IN │
          │  │ last segment over, STOP   └─────────────┘
          │  ▼
          │ ENDED            NEXT, BACK and REPEAT lead to PLAYING from every state but ENDED.

A wait is paused like everything else; READY ends it only while it is playing. "Within a set" is after its
start and before its last rep is over; a set at one's own pace needs no count-in.

UNDO leads back to the place where the last command was given that led elsewhere, and on from there as RESUME
does. LOST is as PAUSED, but nobody asked for it: the player leads there when the loudspeaker is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from voicecoach.session.commands import Command
from voicecoach.timeline.segment import Segment, SegmentKind
from voicecoach.units import frames


class State(StrEnum):
    """The states of the transport."""

    PLAYING = "playing"
    PAUSED = "paused"
    LOST = "lost"
    """Nothing goes on, as the loudspeaker was lost."""
    COUNTING_IN = "counting in"
    """Resuming within a set: "three, two, one" before the rep begins again."""
    ENDED = "ended"


MOVING = frozenset({State.PLAYING, State.COUNTING_IN})
"""The states in which the session goes on by itself."""
STILL = frozenset({State.PAUSED, State.LOST})
"""The states in which time stands still until somebody goes on."""

BACK_WITHIN = frames(3)
"""``back`` this soon after the start of a block goes to the one before it, as music players do."""


@dataclass(frozen=True, slots=True)
class Transport:
    """Where the session is: a segment, a frame within it, and what is happening there."""

    state: State = State.PLAYING
    segment: int = 0
    frame: int = 0
    finished: bool = False
    """Whether it ended by reaching its end."""


Outline = tuple[Segment, ...]
"""The session's segments. Only kind, block and whether they wait matter here, so estimated ones will do."""

TALK = frozenset(SegmentKind) - {SegmentKind.WORK, SegmentKind.OUTRO}
"""The segments that can be skipped without leaving out exercise: rests, explanations and remarks."""


def obey(at: Transport, command: Command, outline: Outline) -> Transport:  # noqa: C901, PLR0911 - a table
    """The state after ``command``. A command that means nothing here changes nothing."""
    if at.state is State.ENDED:
        return at
    segment = outline[at.segment]
    waiting = segment.waits and at.frame >= segment.begins
    match command:
        case Command.STOP:
            return replace(at, state=State.ENDED, finished=segment.kind is SegmentKind.OUTRO)
        case Command.READY if waiting and at.state is State.PLAYING:
            return segment_over(at, outline)
        case Command.TOGGLE:
            return obey(at, Command.RESUME if at.state in STILL else Command.PAUSE, outline)
        case Command.PAUSE if at.state is not State.PAUSED:
            return replace(at, state=State.PAUSED)
        case Command.RESUME if at.state in STILL:
            within_set = (
                segment.kind is SegmentKind.WORK and not segment.waits and 0 < at.frame < segment.ends
            )
            return replace(at, state=State.COUNTING_IN if within_set else State.PLAYING)
        case Command.NEXT:
            return _to_block(at, outline, _next_block(at, outline))
        case Command.BACK:
            return _to_block(at, outline, _back_block(at, outline))
        case Command.REPEAT:
            return _to_block(at, outline, segment.block)
        case Command.SKIP_REST if segment.kind in TALK:
            return segment_over(at, outline)
        case _:
            return at


def segment_over(at: Transport, outline: Outline) -> Transport:
    """The state when a segment was played to its end."""
    if at.segment + 1 < len(outline):
        return Transport(segment=at.segment + 1)
    return replace(at, state=State.ENDED, finished=True)


def count_in_over(at: Transport) -> Transport:
    """The state when the count-in of a resumed set was played to its end."""
    return replace(at, state=State.PLAYING)


def _next_block(at: Transport, outline: Outline) -> int | None:
    later = (segment.block for segment in outline[at.segment :] if segment.block > outline[at.segment].block)
    return next(later, None)


def _back_block(at: Transport, outline: Outline) -> int:
    block = outline[at.segment].block
    at_start = _first(outline, block) == at.segment and at.frame < BACK_WITHIN
    earlier = [segment.block for segment in outline if segment.block < block]
    return max(earlier, default=block) if at_start else block


def _to_block(at: Transport, outline: Outline, block: int | None) -> Transport:
    if block is None:  # what was to be done is done when the last words are spoken
        return replace(at, state=State.ENDED, finished=outline[at.segment].kind is SegmentKind.OUTRO)
    return Transport(segment=_first(outline, block))


def _first(outline: Outline, block: int) -> int:
    return next(index for index, segment in enumerate(outline) if segment.block == block)
