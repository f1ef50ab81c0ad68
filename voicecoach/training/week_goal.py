"""The goal of a week, and how far it is reached.

It is a number of days with exercise, those on which the plan has something, and it is reached when each
routine has had its days, too. A day counts when a routine was done as a whole on it, as often as the plan
says; what was done in part is told apart. It is counted here and nowhere else, for the voice, the screen,
``today``, ``stats`` and the report. All functions are pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from voicecoach.journal.records import Session
from voicecoach.routine.programme import Activity
from voicecoach.training.stats import is_something, is_whole, monday_of, trained, was_hurt
from voicecoach.training.week_plan import Plan, goal_days


class RoutineGoal(NamedTuple):
    """How a week goes for one routine of the plan."""

    name: str
    """Its title."""
    done: int
    """Days so far on which it was done as a whole, as often as it is planned for a day."""
    of: int
    """Days that are aimed at."""
    parts: int = 0
    """Further days on which a part of it was done."""


class WeekGoal(NamedTuple):
    """How a week goes."""

    done: int
    """Days so far on which something was done as a whole."""
    of: int
    """Days that it aims at; 0 without a plan."""
    parts: int = 0
    """Further days with exercise, in part."""
    routines: tuple[RoutineGoal, ...] = ()
    """Each routine of the plan, in its order."""
    prescribed: bool = False
    """Whether it is the goal of a plan of routines alone."""

    @property
    def reached(self) -> bool:
        return 0 < self.of <= self.done and all(each.done >= each.of for each in self.routines)

    @property
    def asked(self) -> tuple[RoutineGoal, ...]:
        """The routines of which something is aimed at in this week, or was done."""
        return tuple(each for each in self.routines if each.of or each.done or each.parts)

    @property
    def lacking(self) -> bool:
        """Whether the days are done, and a routine still lacks some of its own."""
        return 0 < self.of <= self.done and not self.reached

    @property
    def by_routine(self) -> bool:
        """Whether it is told by routine, as the days alone would not say how it goes."""
        return self.lacking or (self.prescribed and bool(self.routines))


def exercise_days(sessions: Iterable[Session], until: date) -> frozenset[date]:
    """Return the days with exercise, none of them after ``until``."""
    return frozenset(each.day for each in sessions if each.day <= until and trained(each))


@dataclass(frozen=True, slots=True)
class ActivityDays:
    """The days on which an activity was done."""

    times: Mapping[date, int]
    """How often it was done as a whole on a day."""
    whole: frozenset[date]
    """The days on which that was as often as it is planned for one."""
    part: frozenset[date]
    """Further days with some of it."""
    hurt: frozenset[date]
    """Other days than whole ones on which an exercise was ended because it hurt: they are not made up for."""

    @property
    def all(self) -> frozenset[date]:
        return self.whole | self.part


@dataclass(frozen=True, slots=True)
class DoneDays:
    """What was done until a day."""

    whole: frozenset[date]
    """The days on which something was done as a whole."""
    part: frozenset[date]
    """Further days with exercise."""
    activities: tuple[ActivityDays, ...]
    """By the place of each activity in the plan."""


def done(plan: Plan, sessions: Iterable[Session], until: date) -> DoneDays:
    """Return what was done of ``plan``, and beside it, until a day, which is included."""
    by_name: dict[str, list[Session]] = {}
    played = [each for each in sessions if each.day <= until]
    for each in played:
        by_name.setdefault(each.routine, []).append(each)
    counted = [each for each in played if is_something(each)]
    found = tuple(
        _activity_days(each.activity, [one for name in each.activity.idents for one in by_name.get(name, ())])
        for each in plan
    )
    several = {name for each in plan if each.activity.times > 1 for name in each.activity.idents}
    once = (each for each in counted if each.routine not in several and is_whole(each))
    whole = frozenset(each.day for each in once).union(*(each.whole for each in found))
    return DoneDays(whole, frozenset(each.day for each in counted) - whole, found)


def _activity_days(activity: Activity, sessions: Sequence[Session]) -> ActivityDays:
    times = Counter(each.day for each in sessions if is_whole(each))
    whole = frozenset(day for day, count in times.items() if count >= activity.times)
    part = frozenset(each.day for each in sessions if is_something(each)) - whole
    hurt = frozenset(each.day for each in sessions if was_hurt(each)) - whole
    return ActivityDays(times, whole, part, hurt)


def week_goal(plan: Plan, since: date, so_far: DoneDays, day: date) -> WeekGoal:
    """Return how the week of ``day`` goes by then.

    In the week in which the phase begins, on the day ``since``, only the remaining days are aimed at, beside
    those that had exercise before.
    """
    monday = monday_of(day)
    whole, part = ({each for each in days if monday <= each <= day} for days in (so_far.whole, so_far.part))
    routines = tuple(
        RoutineGoal(each.name or each.activity.routine, *_routine_goal(plan, at, since, so_far, day))
        for at, each in enumerate(plan)
    )
    prescribed = all(each.prescribed for each in plan)
    if monday_of(since) != monday:
        return WeekGoal(len(whole), goal_days(plan), len(part), routines, prescribed)
    left = {on for at in range(len(plan)) for on in _left_of_first_week(plan, at, since)}
    aim = len({each for each in whole if each < since}) + len(left)
    return WeekGoal(len(whole), aim, len(part), routines, prescribed)


def _routine_goal(plan: Plan, at: int, since: date, so_far: DoneDays, day: date) -> tuple[int, int, int]:
    """Return the whole days of an activity in the week of ``day``, those aimed at, and those in part."""
    begin, found = max(monday_of(day), since), so_far.activities[at]
    whole, part = (sum(begin <= each <= day for each in days) for days in (found.whole, found.part))
    first_week = monday_of(day) == monday_of(since)
    of = len(_left_of_first_week(plan, at, since)) if first_week else plan[at].activity.days
    return whole, of, part


def _left_of_first_week(plan: Plan, at: int, since: date) -> list[int]:
    """Return the days of the week on which an activity is done in the week in which the phase begins.

    The first activity begins at once, whatever the day; the others wait for theirs.
    """
    first = since.weekday()
    left = {int(on) for on in plan[at].on if on >= first} | ({first} if at == 0 else set())
    return sorted(left)[: plan[at].activity.days]
