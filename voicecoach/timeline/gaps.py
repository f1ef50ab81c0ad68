"""The times that are written between two sets, and how rest, explanation and count-in share each of them.

A written time runs from the end of a set to the next "go" and is exact to the frame: what is said in it is
chosen to fit. It grows only where a library exercise begins in another position, which a sore back needs time
for, or for a sentence that safety asks for.

What a step takes of a written time depends on its neighbours, so it stands beside the steps and not in them:
an edit of the plan leaves the steps that are over as they were.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import count, product
from typing import Final

from voicecoach.routine.model import Pace
from voicecoach.timeline.briefings import Depth, briefing_frames, depth_of, teaches
from voicecoach.timeline.changes import change_frames
from voicecoach.timeline.countdown import COUNTDOWN, closing_frames, count_in_frames
from voicecoach.timeline.own_pace import task_frames
from voicecoach.timeline.rests import rest_frames
from voicecoach.timeline.segment import Speech
from voicecoach.timeline.speech_track import Kit, Telling
from voicecoach.timeline.steps import AnyStep, Briefing, ChangeSides, RestStep, TalkLevel, Work
from voicecoach.timeline.travel import IN_PLACE
from voicecoach.units import frames, seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A written time, and the steps that share it."""

    seconds: float
    pause: RestStep | ChangeSides
    briefing: Briefing | None = None
    work: Work | None = None
    """The set whose "go" ends it; None where it ends with ``pause``."""
    after_set: bool = False
    """Whether it begins at the end of a set, whose closing tone is then part of it."""

    @property
    def grows(self) -> bool:
        """Whether it is a least time, which grows for what is said."""
        return isinstance(self.pause, RestStep) and not self.pause.exact

    @property
    def names_next(self) -> bool:
        """Whether the next exercise is named before it is explained, and so need not be again."""
        return isinstance(self.pause, RestStep) and self.pause.next_exercise is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsAround:
    """What a step needs to know of its neighbours."""

    gap: Gap | None = None
    """The written time that it is part of, or counts in at the end of."""
    following: Gap | None = None
    """The written time that begins when it ends; only a set has one."""
    work: Work | None = None
    """The set that comes right after a pause, as it is planned; None where none does."""


NAMES_NEXT: Final = 5.0
"""Seconds of the shortest written time in which what comes next is surely said; before a shorter one the set
before it may say so. [own choice]"""
ALONE: Final = GapsAround()
"""What is around a step that takes its own time."""


def gaps(steps: tuple[AnyStep, ...], entered: int | None = None) -> tuple[GapsAround, ...]:
    """Return what is around each of ``steps``.

    ``entered`` is the index of the step that a command led to: whoever comes in the middle of a written time
    has not heard its beginning, so what is left of it takes its own time.
    """
    around = [ALONE] * len(steps)
    for index in range(len(steps)):
        if isinstance(steps[index], RestStep | ChangeSides):
            _, work = _next_set(steps[index + 1 : index + 2])
            around[index] = replace(around[index], work=_as_planned(work))
        if (gap := _gap(steps, index)) is None:
            continue
        length = 1 + (gap.briefing is not None) + (gap.work is not None)
        heard_from = index if gap.seconds < NAMES_NEXT else index + 1
        if entered is not None and heard_from <= entered < index + length:
            gap, length = replace(gap, briefing=None, work=None), 1
        for each in range(index, index + length):
            around[each] = replace(around[each], gap=gap)
        if gap.after_set or (index and isinstance(steps[index - 1], Work)):
            around[index - 1] = replace(around[index - 1], following=gap)
    return tuple(around)


def _gap(steps: tuple[AnyStep, ...], index: int) -> Gap | None:
    """Return the written time that begins with step ``index``; None when none does."""
    pause, before = steps[index], steps[index - 1] if index else None
    briefing, work = _next_set(steps[index + 1 : index + 3])
    time: float | None = None
    if isinstance(pause, RestStep):
        time = pause.seconds
        if time is None and briefing and not (takes_its_time(briefing) or teaches(briefing)):
            time = pause.transition
    elif isinstance(pause, ChangeSides) and pause.exercise.exact_change:
        time = pause.exercise.change
    if time is None:
        return None
    assert isinstance(pause, RestStep | ChangeSides)
    return Gap(
        seconds=time,
        pause=replace(pause, talk=TalkLevel.ALL, added=0.0) if isinstance(pause, RestStep) else pause,
        briefing=replace(briefing, talk=TalkLevel.ALL) if briefing else None,
        work=_as_planned(work),
        after_set=isinstance(before, Work) and before.exercise.pace is Pace.BEAT,
    )


def _as_planned(work: Work | None) -> Work | None:
    """Return ``work`` without what may be changed while it is played: what is around must not change then."""
    if work is None:
        return None
    return replace(work, tempo=(), share=1.0, rung=None, clicks=False, marked=(), talk=TalkLevel.ALL)


def _next_set(steps: tuple[AnyStep, ...]) -> tuple[Briefing | None, Work | None]:
    """Return the explanation and the set that a pause leads to; neither where something else comes."""
    match steps:
        case (Briefing(asked=False) as briefing, Work() as work):
            return briefing, work
        case (Work() as work, *_):
            return None, work
        case _:
            return None, None


def takes_its_time(briefing: Briefing) -> bool:
    """Tell whether a sore back needs time to get there, whatever time is written."""
    return bool(briefing.exercise.id) and briefing.travel > IN_PLACE


@dataclass(frozen=True, slots=True)
class Shares:
    """How the steps of a :class:`Gap` share its time, in frames."""

    pause: int
    briefing: int = 0
    count_in: int = 0
    told: Telling = Telling.NOTHING
    """How much is said in the pause."""
    depth: Depth = Depth.SAFETY
    """How much is explained."""
    seconds: float = 0.0
    """The seconds of the whole gap: more than written where it had to grow."""

    @property
    def to_go(self) -> int:
        """The frames from the end of the pause to the next "go"."""
        return self.briefing + self.count_in


def shares(gap: Gap, kit: Kit) -> Shares:
    """Share the time of ``gap`` as if everything were said, so that it is the same however much is said.

    As much is explained as fits, and rather with a shorter count-in than with fewer words.
    """
    kit = replace(kit, talk=TalkLevel.ALL)
    count_ins = _count_ins(gap, kit)
    closing = closing_frames(kit) if gap.after_set and gap.seconds else 0
    room = frames(gap.seconds) - closing
    explaining = cache(partial(_briefing_frames, gap, kit, max(room, 0)))
    whole = [(Telling.EVERYTHING, _depths(gap)[0], count_ins[0])]
    for told, depth, count_in in whole if gap.grows else _ways(_depths(gap), count_ins):
        pause, briefing = _pause_frames(gap.pause, told, kit), explaining(depth)
        if pause + briefing + count_in <= room:
            return Shares(room - briefing - count_in, briefing, count_in, told, depth, gap.seconds)
    return _grown(gap, kit, count_ins[0])


def _ways(depths: list[Depth], count_ins: list[int]) -> Iterator[tuple[Telling, Depth, int]]:
    """Yield how much may be said before, explained and counted in: first what is best, last what is least."""
    for depth, count_in in product(depths, count_ins[:2]):
        for told in (Telling.EVERYTHING, Telling.TASK, Telling.NEEDED):
            yield told, depth, count_in
    for told, count_in in product((Telling.NEXT, Telling.NOTHING), count_ins):
        yield told, depths[-1], count_in


def _depths(gap: Gap) -> list[Depth]:
    """Return how much may be explained, most first."""
    if gap.briefing is None:
        return [Depth.SAFETY]
    least = Depth.SHORT if takes_its_time(gap.briefing) else Depth.SAFETY
    return [depth for depth in Depth if depth_of(gap.briefing) <= depth <= least]


def _count_ins(gap: Gap, kit: Kit) -> list[int]:
    """Return the lengths that the count-in may have, in frames, longest first."""
    if gap.work is None:
        return [0]
    if gap.work.exercise.pace is Pace.SELF:
        return [task_frames(gap.work, kit), 0]
    return [count_in_frames(gap.work, kit), *map(frames, COUNTDOWN), 0]


def _pause_frames(pause: RestStep | ChangeSides, told: Telling, kit: Kit) -> int:
    return rest_frames(pause, told, kit) if isinstance(pause, RestStep) else change_frames(pause, told, kit)


def _briefing_frames(gap: Gap, kit: Kit, room: int, depth: Depth) -> int:
    """Return the frames of the explanation, or more than ``room``, so that no voice has to say the rest."""
    if gap.briefing is None:
        return 0
    try:
        bounded = replace(kit, speech=_Bounded(kit.speech, room))
        return briefing_frames(gap.briefing, bounded, depth, named=not gap.names_next)
    except _TooLong:
        return room + 1


class _TooLong(Exception):
    """More is said than there is time for."""


class _Bounded:
    """Measures at most ``room`` frames of speech, as it has to be rendered for that. Raises _TooLong."""

    def __init__(self, speech: Speech, room: int) -> None:
        self.audible = speech.audible
        self._speech, self._left = speech, room
        self._measured: dict[str, int] = {}

    def measure(self, text: str) -> int:
        if text not in self._measured:
            self._measured[text] = self._speech.measure(text)
            self._left -= self._measured[text]
            if self._left < 0:
                raise _TooLong
        return self._measured[text]


def _grown(gap: Gap, kit: Kit, count_in: int) -> Shares:
    """Share the least whole number of seconds, from those written on, in which what is needed is said."""
    depth, told = _depths(gap)[-1], Telling.EVERYTHING
    closing = closing_frames(kit) if gap.after_set else 0
    briefing = briefing_frames(gap.briefing, kit, depth, named=not gap.names_next) if gap.briefing else 0
    beside = closing + briefing + count_in
    # Without its length, which no voice has to say for each second that is too short.
    least = _pause_frames(gap.pause, Telling.TASK, kit) + beside
    for length in count(math.ceil(max(gap.seconds, seconds(least)))):
        pause = replace(gap.pause, seconds=float(length)) if isinstance(gap.pause, RestStep) else gap.pause
        room = frames(length) - beside
        if _pause_frames(pause, told, kit) <= room:
            break
    return Shares(room, briefing, count_in, told, depth, float(length))
