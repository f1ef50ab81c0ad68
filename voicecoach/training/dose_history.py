"""Each exercise over time: its dose, what was done of it, what hurt, and what was changed and why.

All functions are pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from voicecoach.journal.records import Decision, DoseChange, Session, SetDone
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.model import Sides
from voicecoach.session.listener import Ending
from voicecoach.training.by_side import by_side
from voicecoach.training.practice import planned_in
from voicecoach.training.variation import FindVariation
from voicecoach.training.words import amount
from voicecoach.training.work import share_done


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One exercise in one session."""

    day: date
    planned: Dose
    level: Dose
    """What the person had reached: more than was planned on sore days and in an easy week."""
    for_a_time: DoseChange | None
    """Why less than that was planned; None when it was not."""
    share: float
    """The share of it that was done, from 0 to 1."""
    hurt: bool
    """Whether it was ended because it hurt."""

    @property
    def size(self) -> float:
        """The planned dose as one number."""
        return _size(self.planned)

    @property
    def reached(self) -> float:
        """What the person had reached, as one number."""
        return _size(self.level)


def _size(dose: Dose) -> float:
    """Return a dose as one number, on each side: seconds of work or of holding, else reps."""
    return sum(dose.reps) * (dose.duration or dose.hold or 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseCourse:
    """One exercise over time."""

    key: str
    name: str
    each_side: bool
    """Whether the dose counts for each side."""
    side: str = ""
    """The only side that it is of, where each has a dose of its own."""
    doings: tuple[Doing, ...]
    """Earliest first; at least one."""

    @property
    def first(self) -> str:
        """What was reached at first, in words."""
        return amount(self.doings[0].level)

    @property
    def last(self) -> str:
        """What was reached last, in words."""
        return amount(self.doings[-1].level)

    @property
    def as_planned(self) -> int:
        """How often the whole dose was done without ending because it hurt."""
        return sum(each.share >= 1 and not each.hurt for each in self.doings)

    @property
    def hurts(self) -> tuple[Doing, ...]:
        """The sessions in which it ended because it hurt."""
        return tuple(each for each in self.doings if each.hurt)


def courses(sessions: Iterable[Session], find_variation: FindVariation) -> tuple[DoseCourse, ...]:
    """Every exercise that was done, the most frequent first; ``sessions`` come earliest first.

    ``find_variation`` knows names and sides. An exercise that it does not know goes by its key.
    """
    found: dict[tuple[str, str], list[Doing]] = {}
    each_side: dict[tuple[str, str], bool] = {}
    for session in sessions:
        by_key: dict[str, list[SetDone]] = {}
        for done in session.sets:
            by_key.setdefault(done.exercise, []).append(done)
        for key, done_of_it in by_key.items():
            exercise = find_variation(key)
            decisions = {each.side: each for each in session.decisions if each.exercise == key and each.dose}
            for side, sets in by_side(done_of_it, decisions).items():
                sides = exercise.sides if exercise else _guessed(sets)
                apart = 1 if side else _sides_apart(sets, sides)
                each_side[key, side] = apart > 1
                decision = decisions.get(side) or decisions.get("")
                found.setdefault((key, side), []).append(_doing(session, decision, sets, sides, apart))
    often = sorted(found.items(), key=lambda item: -len(item[1]))
    return tuple(
        DoseCourse(
            key=key,
            name=name_of(key, find_variation),
            each_side=each_side[key, side],
            side=side,
            doings=tuple(doings),
        )
        for (key, side), doings in often
    )


def name_of(key: str, find_variation: FindVariation) -> str:
    """Return the name of an exercise, or its key in readable form when it is gone."""
    exercise = find_variation(key)
    if exercise is not None:
        return exercise.name
    return key if " " in key or not key.islower() else key.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that was changed in the plan."""

    day: date
    exercises: tuple[str, ...]
    """The keys of the exercises in the routine."""
    side: str = ""
    """The side that it is about, where each has a dose of its own."""
    change: DoseChange
    reason: Message | None
    """The reason; None when several changed together, as the kind of change then explains it."""


_FOR_ALL: Final = frozenset(
    {DoseChange.LAY_OFF, DoseChange.FLARE, DoseChange.DELOAD, DoseChange.BACK, DoseChange.START}
)
"""Changes with a reason outside the single exercise, told once when there are several on a day."""
_FOR_A_TIME: Final = frozenset({DoseChange.FLARE, DoseChange.DELOAD})
"""Changes that lower a dose for some days, but not what the person has reached."""
_SEVERAL: Final = 3


def changes(sessions: Sequence[Session]) -> tuple[Changed, ...]:
    """Return the changes in ``sessions`` (earliest first) with their reasons, latest first.

    A dose that stays is no change, and a reason that goes on holding is told once, as are the steps back out
    of sore days. What all began with is not told either.
    """
    found: list[Changed] = []
    last: dict[tuple[str, str], tuple[DoseChange, Message]] = {}
    for session in sessions:
        news: list[Changed] = []
        for each in session.decisions:
            said = (each.change, each.reason)
            before = last.get((each.written, each.side)) or last.get((each.written, ""))
            goes_on = before == said or (before and before[0] is each.change in _FOR_A_TIME)
            if each.change is not DoseChange.HOLD and not goes_on and not _waits_on(each, before):
                news.append(
                    Changed(
                        day=session.day,
                        exercises=(each.written,),
                        side=each.side,
                        change=each.change,
                        reason=each.reason,
                    )
                )
        if not last:
            news = [each for each in news if each.change is not DoseChange.START]
        last |= {(each.written, each.side): (each.change, each.reason) for each in session.decisions}
        found.extend(_together(news))
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def _waits_on(decision: Decision, before: tuple[DoseChange, Message] | None) -> bool:
    """Tell whether a step up waits as it did the last time, in other words."""
    return decision.change is DoseChange.ASK and before is not None and before[0] is DoseChange.ASK


class Direction(StrEnum):
    """Where a change leads, in the order in which they are told."""

    LESS = "less"
    LEFT_OUT = "left_out"
    MORE = "more"
    WAITS = "waits"
    """A step up that waits for whoever prescribed the exercise."""
    NEW = "new"
    CHOSEN = "chosen"
    """By the person."""


_DIRECTIONS: Final = {
    **dict.fromkeys(
        (DoseChange.ADVANCE, DoseChange.HARDER, DoseChange.RETURN, DoseChange.BACK, DoseChange.PACE_MORE),
        Direction.MORE,
    ),
    **dict.fromkeys(
        (DoseChange.REGRESS, DoseChange.EASIER, DoseChange.LAY_OFF, *_FOR_A_TIME), Direction.LESS
    ),
    **dict.fromkeys((DoseChange.PACE_BEGIN, DoseChange.PACE_LESS), Direction.LESS),
    **dict.fromkeys((DoseChange.REMOVE, DoseChange.REPLACE), Direction.LEFT_OUT),
    **dict.fromkeys((DoseChange.OFFER, DoseChange.START), Direction.NEW),
    DoseChange.CHOSEN: Direction.CHOSEN,
    DoseChange.ASK: Direction.WAITS,
}


def direction(change: DoseChange) -> Direction | None:
    """Return where ``change`` leads; None where a dose stays."""
    return _DIRECTIONS.get(change)


def directions(changed: Iterable[Changed]) -> Counter[Direction]:
    """Count where changes lead, by exercise."""
    return Counter(found for each in changed if (found := direction(each.change)) for _ in each.exercises)


def _together(news: Sequence[Changed]) -> Iterable[Changed]:
    """Several changes of one kind on a day as one, where their reason is the same."""
    by_change = sorted(news, key=lambda each: list(DoseChange).index(each.change))
    for change, some in groupby(by_change, key=lambda each: each.change):
        group = list(some)
        if change in _FOR_ALL and len(group) >= _SEVERAL:
            keys = tuple(dict.fromkeys(key for each in group for key in each.exercises))
            yield Changed(day=group[0].day, exercises=keys, change=change, reason=None)
        else:
            yield from group


def _guessed(sets: Sequence[SetDone]) -> Sides:
    return Sides.EACH if {each.side for each in sets} >= {"left", "right"} else Sides.BOTH


def _sides_apart(sets: Sequence[SetDone], sides: Sides) -> int:
    """Return how many sides each set was to be done on, one after the other."""
    return max(each.sides for each in sets) if sides is Sides.EACH else 1


def _doing(
    session: Session, decision: Decision | None, sets: Sequence[SetDone], sides: Sides, apart: int
) -> Doing:
    planned = decision.dose if decision and decision.dose else planned_in(sets, sides)
    level = decision.level if decision and decision.level else planned
    lowered = decision is not None and decision.change in _FOR_A_TIME and level != planned
    return Doing(
        day=session.day,
        planned=planned,
        level=level,
        for_a_time=decision.change if decision and lowered else None,
        share=share_done(planned, sets, apart),
        hurt=any(each.ending is Ending.HURT for each in sets),
    )
