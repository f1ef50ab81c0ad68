"""The ladder of an exercise: its easier and harder variations, one rung after the other.

Rung 0 is the exercise of the routine. Below it come the lower levels of its own ladder, what makes it easier
in words, the nearest easier exercise that suits the person, what makes that one easier, and so on; above it
the same with harder, but no level: the rules raise that, and whoever prescribed it. So one rung up after one
rung down leads back. Each is done on the same sides as rung 0, as far as it has any.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from voicecoach.routine.dose import Grade
from voicecoach.routine.model import Exercise, Posture
from voicecoach.routine.one_side import standing_in
from voicecoach.session.revision import Steps
from voicecoach.timeline.expand import NONE_DONE, Done
from voicecoach.timeline.steps import Rung, Work


class Variations(Protocol):
    """Finds and plans the exercises that suit the person."""

    @property
    def hurt(self) -> Collection[str]:
        """The keys of the exercises that hurt before; none of them is another one's variation."""
        ...

    def variation(self, key: str) -> Exercise | None:
        """The exercise with that key; None when it does not suit the person."""
        ...

    def plan(self, block: int, exercise: Exercise, posture: Posture | None, done: Done = NONE_DONE) -> Steps:
        """The steps of ``exercise`` without the sets ``done``, for somebody who is in ``posture`` now."""
        ...


@dataclass(frozen=True, slots=True)
class Varied:
    """What is done on a rung."""

    rung: Rung
    exercise: Exercise
    """The exercise, with the words for its phases that are said there."""
    text: str = ""
    """What to do differently in it; empty when it is done as it is."""

    @property
    def is_level(self) -> bool:
        """Whether only the level of the exercise's own ladder is another, which its explanation tells."""
        return self.exercise.grade is not None and self.text == _told(self.exercise.grade)


def rung_of(work: Work) -> Rung:
    """Return the place of a set on the ladder of the routine's exercise."""
    return work.rung or Rung(written=work.exercise)


def varied(rung: Rung, variations: Variations) -> Varied | None:
    """Return what is done on ``rung``; None beyond the ends of the ladder."""
    if not rung.number:
        return Varied(rung, rung.written)
    way = _rungs(rung.written, variations, harder=rung.number > 0)
    found = next(itertools.islice(way, abs(rung.number) - 1, None), None)
    return Varied(rung, *found) if found else None


def next_rung(rung: Rung, variations: Variations, hurt: Collection[str], *, harder: bool) -> Varied | None:
    """Return what is done on the nearest easier or harder rung; None when there is none.

    An exercise that ``hurt`` is passed over on the way down, and nothing beyond it is reached on the way up.
    """
    way = 1 if harder else -1
    for number in itertools.count(rung.number + way, way):
        found = varied(replace(rung, number=number), variations)
        if found is None or found.exercise.key not in hurt:
            return found
        if harder:
            break
    return None


def _rungs(written: Exercise, variations: Variations, *, harder: bool) -> Iterator[tuple[Exercise, str]]:
    """Yield the exercise and the text of each rung, from the one next to ``written`` on."""
    exercise: Exercise | None = written
    seen = {written.key}
    lower = written.grades[: written.grade.number - 1] if written.grade and not harder else ()
    for grade in reversed(lower):
        written = exercise = replace(written, grade=grade)
        yield exercise, _told(grade)
    while exercise is not None:
        wanted = exercise.harder if harder else exercise.easier
        for each in wanted:
            if each.text:
                words, figure = exercise.words | each.words, each.drawn(exercise.figure)
                yield replace(exercise, words=words, figure=figure), each.text
        keys = (each.exercise for each in wanted if each.exercise and each.exercise not in seen)
        exercise = next(filter(None, map(variations.variation, keys)), None)
        if exercise is not None:
            exercise = standing_in(exercise, written)
            seen.add(exercise.key)
            yield exercise, ""


def _told(grade: Grade) -> str:
    return f"{grade.words.rstrip('.')}."
