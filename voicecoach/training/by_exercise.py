"""Each exercise in use: what is prescribed, what was done of it lately, what is next, and what hurt. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from voicecoach.journal.records import Decision, Session, SetDone, tally
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of
from voicecoach.routine.model import Exercise, Routine
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.dose_history import DoseCourse
from voicecoach.training.dosed_routine import Slot, places
from voicecoach.training.practice import keys_that_hurt, sides_that_hurt, times_planned
from voicecoach.training.to_decide import NextTime

LATELY: Final = timedelta(days=7)
"""What was done is told of so many days."""
_GONE: Final = timedelta(days=limits.ANEW_DAYS)
"""After so long without it, counted from the last session, an exercise of no routine in use is gone."""


class DoneOf(NamedTuple):
    """How much was done of an exercise in some sessions."""

    times: int = 0
    """Sessions with a part of it."""
    sets: int = 0
    """Sets that were done to their end, on all their sides."""
    of: int = 0
    """Sets that were planned in these sessions."""
    instead: int = 0
    """Sessions in which another exercise was done for it, as it was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseNow:
    """One exercise, or one side of it where each has a dose of its own."""

    key: str
    """Its key in the routine."""
    lately: DoneOf
    side: str = ""
    written: Exercise | None = None
    """At the dose that is written; None when it is in no routine in use."""
    next: Decision | None = None
    """What comes the next time; None when that is not known."""
    hurt: bool = False
    """Whether it was stopped because it hurt, or named afterwards."""
    pain: int | None = None
    """The worst pain of the sessions in which it was; None when nobody said."""
    stopped: Mapping[str, int] = field(default_factory=dict)
    """In how many sessions it was stopped because it hurt, by side; under "" where it has none."""
    course: DoseCourse | None = None
    """Its doses over time; None when it was not done."""

    @property
    def prescribed(self) -> Dose | None:
        return dose_of(self.written) if self.written else None


class RoutineNow(NamedTuple):
    """A routine in use with its exercises."""

    routine: Routine | None
    """None for exercises that are in no routine in use."""
    sessions: int
    """In the last days."""
    exercises: tuple[ExerciseNow, ...]


def by_routine(
    plans: Iterable[NextTime],
    sessions: Sequence[Session],
    courses: Sequence[DoseCourse],
    lately: Sequence[Session],
) -> tuple[RoutineNow, ...]:
    """Return each routine in use, and last what else was done lately.

    ``sessions`` are those of the time that is reported, ``courses`` the doses in them, and ``lately`` the
    sessions of the last days.
    """
    found: list[RoutineNow] = []
    known: set[str] = set()
    """The exercises of these routines, and what was done for one of them."""
    for routine, decisions, _ in plans:
        own = [each for each in lately if each.routine == routine.id]
        rows = tuple(_rows(routine, decisions, own, sessions, courses))
        known |= {each.key for each in rows}
        if rows:
            found.append(RoutineNow(routine, len(own), rows))
    known |= {one.exercise for each in sessions for one in each.sets if one.written in known}
    last = max((each.day for each in (*sessions, *lately)), default=date.min)
    others = (each for each in courses if each.key not in known and last - each.doings[-1].day < _GONE)
    rows = tuple(_other(each, sessions, lately) for each in others)
    return (*found, *([RoutineNow(None, 0, rows)] if rows else []))


def _other(course: DoseCourse, sessions: Iterable[Session], lately: Iterable[Session]) -> ExerciseNow:
    """Return an exercise that is in no routine in use; its doses by side are told apart by their days."""
    days = {each.day for each in course.doings}
    done = _done(course.key, course.side, lately)
    row = ExerciseNow(key=course.key, side=course.side, lately=done, course=course)
    return _with_pain(row, [each for each in sessions if each.day in days])


def _rows(
    routine: Routine,
    decisions: Sequence[Decision],
    lately: Sequence[Session],
    sessions: Sequence[Session],
    courses: Sequence[DoseCourse],
) -> Iterator[ExerciseNow]:
    there = places(routine, decisions)
    for made in decisions:
        slot = Slot(made.written, made.side)
        keys = (made.written,) if made.leaves_out else (made.exercise, made.written)
        wanted = [(key, side) for key in keys for side in (made.side, "")]
        course = next((each for pair in wanted for each in courses if (each.key, each.side) == pair), None)
        row = ExerciseNow(
            key=made.written,
            side=made.side,
            written=there.get(slot) or there.get(Slot(made.written)),
            next=made,
            lately=_done(made.written, made.side, lately),
            course=course,
        )
        yield _with_pain(row, sessions)


def _with_pain(row: ExerciseNow, sessions: Iterable[Session]) -> ExerciseNow:
    """Return ``row`` with what hurt, on its side if it has one."""
    own = [each for each in sessions if row.key in keys_that_hurt(each)]
    if row.side:
        sided = ((each, sides_that_hurt(each, row.key)) for each in own)
        own = [each for each, sides in sided if not sides or row.side in sides]
    stopped: Counter[str] = Counter()
    for each in own:
        sides = sides_that_hurt(each, row.key)
        stopped.update(sides & {row.side} if row.side else sides)
        if not sides and any(one.ending is Ending.HURT for one in _sets(row.key, each)):
            stopped[""] += 1
    said = [each.after.worst_pain for each in own if each.after.worst_pain is not None]
    return replace(row, hurt=bool(own), pain=max(said, default=None), stopped=dict(sorted(stopped.items())))


def _sets(key: str, session: Session) -> list[SetDone]:
    return [each for each in session.sets if (each.written or each.exercise) == key]


def _done(key: str, side: str, sessions: Iterable[Session]) -> DoneOf:
    times = sets = of = instead = 0
    for session in sessions:
        own = _sets(key, session)
        if side:
            own = [replace(each, sides=1) for each in own if each.side in {"", side}]
        if not any(each.reps or each.seconds for each in own):
            continue
        if any(
            each.substitute for each in session.decisions if each.written == key and each.side in {"", side}
        ):
            instead += 1
            continue
        times += 1
        sets += tally(own).done
        by_exercise: dict[str, list[SetDone]] = {}
        for each in own:
            by_exercise.setdefault(each.exercise, []).append(each)
        of += sum(max(each.sets for each in some) * times_planned(some) for some in by_exercise.values())
    return DoneOf(times, sets, of, instead)
