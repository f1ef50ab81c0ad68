"""The end of a session in two sentences: what was achieved, how the week goes, and what comes next. All pure.

It says what the journal says, in its numbers, before anything is asked; :mod:`voicecoach.training.debrief`
answers the answers afterwards, and says none of this again. Nothing is praised because a session is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from voicecoach.journal.records import Session, SetDone
from voicecoach.language.phrases import Message
from voicecoach.session.listener import Ending
from voicecoach.training import limits, stats
from voicecoach.training.exercise_log import History
from voicecoach.training.practice import Practice, practices_of
from voicecoach.training.readiness import Condition, Stage
from voicecoach.training.week_goal import RoutineGoal, WeekGoal
from voicecoach.training.words import ahead
from voicecoach.units import whole_minutes

_NAMED = 2
"""The most exercises that are named; further ones are counted [own choice]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Achieved:
    """What was done of a session, in the numbers of the journal."""

    finished: bool
    seconds: float
    done: int
    """Sets that were done to their end, on all their sides."""
    sets: int
    """Sets that were planned; 0 where there are none."""
    worked: bool
    """Whether any of it counts as exercise."""

    @property
    def minutes(self) -> int:
        return whole_minutes(self.seconds)


def achieved(what: Achieved, better: Sequence[str]) -> Message:
    """Say how long it was, how much of it was done, and the names of exercises of which it was more."""
    ended = Message(f"closing.{'done' if what.finished else 'stopped'}", minutes=60 * what.minutes)
    if not what.done:
        said = ended
    elif what.done < what.sets:
        said = Message("closing.part", ended=ended, done=what.done, n=what.sets)
    else:
        said = Message("closing.both" if what.sets == 2 else "closing.whole", ended=ended, n=what.sets)
    if not better:
        return Message("closing.sentence", what=said)
    return Message("closing.better", what=said, more=more(better))


def more(names: Sequence[str]) -> Message:
    """Say of which exercises it was more than the last time."""
    if len(names) > _NAMED:
        return Message("closing.more_in_many", n=len(names))
    return Message("closing.more", names=Message.joined([Message.verbatim(name) for name in names]))


def better(session: Session, history: History) -> Iterator[str]:
    """Yield the keys of the exercises of which more was done than the last time, and nothing of them less.

    A last time that was cut short, or that hurt, is no measure.
    """
    pairs: dict[str, list[tuple[float, float]]] = {}
    unknown: set[str] = set()
    for now in practices_of(session):
        done = history.done(now.exercise, now.side)
        done = [each for each in done if each.session.id != session.id]
        last = done[-1] if done else None
        if last is None or not _is_measure(last) or now.hurt or now.others:
            unknown.add(now.written)
        else:
            amounts = zip(_amounts(now.sets), _amounts(last.sets), strict=True)
            pairs.setdefault(now.written, []).extend(amounts)
    for key, both in pairs.items():
        if key not in unknown and any(a > b for a, b in both) and all(a >= b for a, b in both):
            yield key


def _is_measure(last: Practice) -> bool:
    return last.known and last.session.finished and not (last.shortened or last.hurt)


def _amounts(sets: Iterable[SetDone]) -> tuple[float, ...]:
    """Return the reps and the seconds of timed work in all, the shortest hold, and the smallest load."""
    done = [each for each in sets if each.ending in {Ending.DONE, Ending.STOPPED}]
    timed = sum(each.seconds for each in done if each.seconds_planned is not None)
    holds = [each.hold or 0.0 for each in done]
    loads = [each.load for each in done]
    return sum(each.reps for each in done), round(timed), min(holds, default=0.0), min(loads, default=0.0)


class Told(NamedTuple):
    """How the week goes, as it is said."""

    goal: WeekGoal
    first: bool = False
    """Whether there was no session before this one."""
    first_full: bool = False
    """Whether no whole week reached its goal before."""
    counted: bool = False
    """Whether the day had counted before this session, or before it was interrupted."""
    begun: bool = False
    """Whether no set of it was done to its end, which counts all the same."""
    part: bool = False
    """Whether it was a part, by which the day does not count as a whole."""
    hurt: bool = False
    """Whether an exercise was ended because it hurt, which nobody is thanked for."""
    routine: RoutineGoal | None = None
    """How the week goes for its routine; None where the plan does not have it."""
    times: tuple[int, int] = (0, 0)
    """How often its routine was done today, and how often it is to be, while there is some left."""
    plain: bool = False
    """Whether it is only counted: a goal may be praised once it is known how the session was."""


def week(told: Told) -> Message:
    """Say how the week goes, and that a beginning and a part count too."""
    said = _week(told)
    if told.counted or told.hurt or not (told.begun or told.part):
        return said
    return Message("closing.counts" if told.begun else "closing.part_counts", what=said)


def _week(told: Told) -> Message:
    """Say how the week goes; of the first session, that it was the first. Only weeks count, not streaks."""
    goal, (times, planned) = told.goal, told.times
    done, of = goal.done, goal.of
    if told.first:
        return Message("closing.first")
    if times and not told.part:
        return Message("closing.times", n=times, of=planned)
    if told.counted:
        return Message("closing.week_still" if of else "closing.week_free_still", n=done, of=of)
    if not of:
        return Message("closing.week_free", n=done)
    if goal.reached and not told.part and not told.plain:
        return _reached(told)
    return _so_far(told)


def held_back(told: Told) -> Message | None:
    """Return the word on the week that waits until it is known how the session was; None without one."""
    code = _week(told._replace(plain=False)).code if told.plain else ""
    if code == "closing.week_first_full":
        return Message("debrief.full_week")
    reached = {"closing.week_only", "closing.week_reached", "closing.week_more"}
    return Message("debrief.goal_reached") if code in reached else None


def _reached(told: Told) -> Message:
    done, of = told.goal.done, told.goal.of
    if done == of == 1:
        return Message("closing.week_only")
    how = "more" if done > of else "first_full" if told.first_full else "reached"
    return Message(f"closing.week_{how}", n=done, of=of)


def _so_far(told: Told) -> Message:
    """Say how far the week is, by routine where the days alone would not say it, and the parts."""
    goal, routine = told.goal, told.routine
    more = goal.done > goal.of or goal.of == 1
    if goal.by_routine and routine is not None:
        how, parts = "routine" if routine.done else "routine_none", routine.parts
        name = Message.verbatim(routine.name)
        said = Message(f"closing.{how}", name=name, n=routine.done, of=routine.of)
    elif goal.lacking or (goal.reached and more):
        said, parts = Message("closing.week_free", n=goal.done), goal.parts
    else:
        said = Message(f"closing.week_{'goal' if goal.done else 'none'}", n=goal.done, of=goal.of)
        parts = goal.parts
    return Message("closing.in_part", said=said, n=parts) if parts else said


def first_full_week(days: Iterable[date], today: date, goal: int) -> bool:
    """Tell whether today reached the goal of a whole week, and none reached it on the ``days`` before."""
    if not goal:
        return False
    weeks: dict[date, set[date]] = {}
    for day in days:
        weeks.setdefault(stats.monday_of(day), set()).add(day)
    this = weeks.pop(stats.monday_of(today), set())
    reached = len(this) < goal <= len({*this, today})
    return reached and not any(len(each) >= goal for each in weeks.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What comes next: what the plan has, or without one what was just done."""

    day: date
    routine: str
    name: str
    minutes: int = 0
    """0 when unknown."""
    again: bool = False
    """Whether it is what was just done, as no plan has anything else."""
    stopped: str = ""
    """The name of what was stopped today and may go on; empty when nothing was."""
    also: tuple[str, ...] = ()
    """The names of what else the plan has on that day."""
    times: int = 0
    """How many more times it is due on that day, after it was done on it before; 0 for what was not."""

    @property
    def whole_day(self) -> list[Message]:
        """All that may be done on that day, the rest of what was stopped first."""
        rest = [Message("closing.rest_of", what=self.stopped)] if self.stopped else []
        others = (each for each in (self.name, *self.also) if each != self.stopped)
        return [*rest, *map(Message.verbatim, others)]


def coming(found: Coming | None, today: date, *, rest: bool, prescribed: bool = False) -> Message | None:
    """Say what comes next, and when, as a part of a sentence; ``rest`` is whether tomorrow is free.

    A walk is offered then, unless the plan is of ``prescribed`` routines alone.
    """
    free = "free" if prescribed else "rest"
    if found is None:
        return Message(f"closing.{free}") if rest else None
    what, day = Message.verbatim(found.name), ahead(found.day, today)
    if found.times:
        return Message("closing.times_left", what=what, n=found.times)
    if found.day == today:
        whole = found.whole_day
        return Message("closing.today", what=Message.joined(whole), n=len(whole))
    if rest:
        return Message(f"closing.{free}_then", what=what, day=day)
    return Message("closing.again" if found.again else "closing.next", what=what, day=day)


def sore_days(now: Condition, today: date) -> Message | None:
    """Say how far a flare is, and what follows; None without one."""
    if now.flare is Stage.CALM and now.since is not None:
        up = now.since + timedelta(limits.CALM_DAYS)
        number = (today - now.since).days + 1
        return Message("debrief.calm", n=number, days=limits.CALM_DAYS, day=ahead(up, today))
    if now.until is not None:
        return Message("debrief.return", day=ahead(now.until + timedelta(1), today))
    return None
