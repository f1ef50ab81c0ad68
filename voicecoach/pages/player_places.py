"""The places of a session on a page: where to jump to, to go on, to wait and to leave, and its sets. Pure.

Each set has the row of the journal that the page fills in when it was done or begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from voicecoach.journal import export
from voicecoach.journal.recorder import set_done
from voicecoach.language.phrases import Phrases
from voicecoach.pages.player_scenes import Clock, Json
from voicecoach.routine.exercise_words import dose_in_words
from voicecoach.session.listener import Ending
from voicecoach.session.revision import end_of_exercise
from voicecoach.timeline.segment import LEAST_LEFT, Score, Segment, SegmentKind
from voicecoach.timeline.steps import AnyStep, Briefing, RestStep, works
from voicecoach.units import seconds

_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in a row until the page knows the moment."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in the second sound, and the quiet after it, in frames."""

    start: int
    end: int
    pause: int
    text: str


@dataclass(frozen=True, slots=True)
class LeftStep:
    """How a step is left when it hurts."""

    exercise: str
    """The key of the exercise that is left out from there on."""
    reply: tuple[Sentence, ...]
    onward: int
    """The index of the step with which it goes on."""


def blocks(score: Score, at: Clock) -> list[float]:
    """Return where each block begins, to which "back" and "next" lead."""
    first: dict[int, float] = {}
    for start, segment in score.starts():
        first.setdefault(segment.block, at(start))
    return list(first.values())


def restarts(score: Score, at: Clock) -> list[float]:
    """Return where one goes on after a pause: in a set at the start of a rep, else with a sentence."""
    found: set[float] = set()
    for start, segment in score.starts():
        within = segment.restarts or (0, *(event.frame for event in segment.events))
        found.update(at(start + frame) for frame in within)
    return sorted(found)


def kept_on(score: Score, at: Clock) -> list[list[float]]:
    """Return the stretches of long holds and timed work, in which one goes on where one was."""
    return [
        [at(start + beat.frame), at(start + beat.end - LEAST_LEFT)]
        for start, segment in score.starts()
        for beat in segment.beats
        if beat.goes_on and not segment.waits
    ]


def exercises(steps: Sequence[AnyStep], score: Score, at: Clock) -> list[Json]:
    """Return what can be jumped to: each exercise with its dose, from the briefing to the end of its sets.

    ``skip`` is where to leave out an exercise that hurt earlier: with the rest that announces it.
    """
    starts = [start for start, _ in score.starts()]
    starts.append(score.frames)
    found: list[Json] = []
    for index, step in enumerate(steps):
        if not isinstance(step, Briefing) or step.going_on:
            continue
        before = steps[index - 1] if index else None
        announced = isinstance(before, RestStep) and before.next_exercise is not None
        found.append(
            {
                "at": at(starts[index]),
                "to": at(starts[end_of_exercise(tuple(steps), index)]),
                "skip": at(starts[index - 1 if announced else index]),
                "key": step.exercise.key,
                "title": step.title,
                "dose": dose_in_words(step.exercise),
            }
        )
    return found


def holds(score: Score, say: Phrases, at: Clock) -> list[Json]:
    """Return where the page waits for a tap, and what it shows there."""
    found: list[Json] = []
    for start, segment in score.starts():
        kind = "own_pace" if segment.kind is SegmentKind.WORK else "wait"
        found += (
            {
                "at": at(start + hold.at),
                "to": at(start + hold.to),
                "kind": kind,
                "button": say.part(f"page.hold.{kind}.button"),
                "reminder": say(f"page.hold.{kind}.reminder"),
            }
            for hold in segment.holds
        )
    return found


def rests(score: Score, at: Clock) -> list[Json]:
    """Return the rests, each with the longest stretch in it in which nothing is heard."""
    return [
        {
            "at": at(start),
            "to": at(start + segment.frames),
            "quiet": [at(start + frame) for frame in _quiet(segment)],
        }
        for start, segment in score.starts()
        if segment.kind is SegmentKind.REST and segment.frames
    ]


def _quiet(segment: Segment) -> tuple[int, int]:
    edges = [(0, 0), *((each.frame, each.end) for each in segment.events), (segment.frames, segment.frames)]
    gaps = [(end, start) for (_, end), (start, _) in pairwise(edges)]
    return max(gaps, key=lambda gap: gap[1] - gap[0])


def hurts(
    score: Score, left: Sequence[LeftStep | None], replies: Sequence[tuple[Sentence, ...]], at: Clock
) -> list[Json]:
    """Return what "this hurts" does where: the exercise, which of the ``replies``, and where it goes on."""
    found: list[Json] = []
    starts = [start for start, _ in score.starts()]
    for (start, segment), each in zip(score.starts(), left, strict=True):
        if each is None or not segment.frames:
            continue
        leads = {
            "exercise": each.exercise,
            "reply": replies.index(each.reply),
            "goes_on": at(starts[each.onward]),
        }
        if found and found[-1]["to"] == at(start) and found[-1].items() >= leads.items():
            found[-1]["to"] = at(start + segment.frames)
        else:
            found.append({"at": at(start), "to": at(start + segment.frames), **leads})
    return found


def sets(steps: Sequence[AnyStep], score: Score, written: Mapping[str, str], at: Clock) -> list[Json]:
    """Return each set from its count-in on, with the ends of its reps, and its row before anything is done.

    ``written`` has the routine's exercise for each that is done instead.
    """
    sides: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for each in works(steps):
        sides[each.block, each.set_number].add(each.side)
    found = []
    for start, segment in score.starts():
        if (work := segment.work) is None:
            continue
        row = export.set_as_plain(
            set_done(
                work,
                written=written.get(work.exercise.key, work.exercise.key),
                sides=len(sides[work.block, work.set_number]),
                reps=0,
                heard=0.0,
                ending=Ending.SKIPPED,
                at=_NEVER,
            )
        )
        del row["left_at"]
        found.append(
            {
                "from": at(start),
                "at": at(start + segment.begins),
                "to": at(start + segment.ends),
                "reps": [at(start + end) for end in _rep_ends(segment)],
                "length": seconds(segment.ends - segment.begins),
                "row": row,
            }
        )
    return found


def _rep_ends(segment: Segment) -> Iterator[int]:
    """Yield where each rep is over; in a set at one's own pace only the person knows."""
    last = {beat.rep: beat.end for beat in segment.beats if beat.rep}
    yield from () if segment.waits else last.values()
