"""Decides what is due on a day, from each week's goal and its planned days.

A day that was missed is made up for when the week has a day left for it, and forgiven when it has not: every
Monday begins anew. All functions are pure.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from voicecoach.journal.records import Session
from voicecoach.routine.files.programme import distances
from voicecoach.routine.programme import Activity, ProgrammePhase, Weekday
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.stats import trained

_DAY: Final = timedelta(days=1)
_AHEAD: Final = 15
"""Days in which everything is due again: the rest of this week, and all of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStanding:
    """One activity on a day."""

    activity: Activity
    on: tuple[Weekday, ...]
    """Its planned days of the week."""
    goal: int
    """Days this week; fewer in the week in which the phase begins."""
    done: int
    """Days this week, today included."""
    today: bool
    """Whether it was done today."""
    next: date
    """The day on which it is due: today, or a later one."""

    @property
    def reached(self) -> bool:
        """Whether this week's goal is reached."""
        return self.done >= self.goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The routines due on a day."""

    day: date
    standings: tuple[ActivityStanding, ...]
    """The standing of every activity of the phase, in its order."""
    sore: str = ""
    """The routine that replaces all others in a flare; empty without a flare."""
    sore_done: bool = False
    """Whether it was done on this day."""

    @property
    def now(self) -> tuple[ActivityStanding, ...]:
        """The activities due on this day; none in a flare, which has :attr:`sore`."""
        return () if self.sore else tuple(each for each in self.standings if each.next == self.day)

    @property
    def routines(self) -> tuple[str, ...]:
        """The routines due on this day, the most important one first."""
        if self.sore:
            return () if self.sore_done else (self.sore,)
        return tuple(each.activity.routine for each in self.now)

    @property
    def next(self) -> tuple[ActivityStanding, ...]:
        """The activities of the next day with any."""
        later = [each for each in self.standings if each.next > self.day]
        first = min((each.next for each in later), default=self.day)
        return tuple(each for each in later if each.next == first)


def due(phase: ProgrammePhase, since: date, sore: str, sessions: Sequence[Session], today: Today) -> Due:
    """Return what is due in a phase that began on the day ``since``.

    ``sessions`` come earliest first and begin, when there are any, some weeks before today. In the days of a
    flare ``sore`` is due, whatever the phase (rule 7).
    """
    day = today.day
    flared = condition(sessions, today).flare is Stage.CALM
    standings = tuple(
        _Course(activity, on, since, at_once=number == 0).standing(
            _days(activity.routine, sessions, day), day
        )
        for number, (activity, on) in enumerate(zip(phase.activities, spread(phase.activities), strict=True))
    )
    return Due(
        day=day,
        standings=standings,
        sore=sore if flared else "",
        sore_done=flared and day in _days(sore, sessions, day),
    )


def goal_days(phase: ProgrammePhase) -> int:
    """Days with exercise that a week of a phase aims at: those of its most frequent activity."""
    return max(activity.days for activity in phase.activities)


def spread(activities: Iterable[Activity]) -> tuple[tuple[Weekday, ...], ...]:
    """Return the days of the week for each activity: the chosen ones, else spread evenly.

    One that comes later keeps to the days that are free of the earlier ones, as long as there are enough.
    """
    taken = dict.fromkeys(Weekday, 0)
    found: list[tuple[Weekday, ...]] = []
    for activity in activities:
        on = activity.on or _evenly(activity, taken)
        for day in on:
            taken[day] += 1
        found.append(on)
    return tuple(found)


def _evenly(activity: Activity, taken: dict[Weekday, int]) -> tuple[Weekday, ...]:
    def worth(on: tuple[Weekday, ...]) -> tuple[int, list[int]]:
        return -sum(taken[day] for day in on), sorted(distances(on))

    ways = itertools.combinations(Weekday, activity.days)
    return max((on for on in ways if min(distances(on)) >= activity.apart), key=worth)


def _days(routine: str, sessions: Iterable[Session], until: date) -> frozenset[date]:
    """Return the days on which a routine was done."""
    return frozenset(
        each.day for each in sessions if each.routine == routine and each.day <= until and trained(each)
    )


@dataclass(frozen=True, slots=True)
class _Course:
    """One activity from the day on which its phase began."""

    activity: Activity
    on: tuple[Weekday, ...]
    since: date
    at_once: bool
    """Whether it begins on the first day, whatever the day of the week; others wait for theirs."""

    def standing(self, done: Collection[date], day: date) -> ActivityStanding:
        first = max(day, self.since)
        ahead = (first + number * _DAY for number in range(_AHEAD))
        return ActivityStanding(
            activity=self.activity,
            on=self.on,
            goal=self.goal(day),
            done=len(_this_week(done, self.since, day)),
            today=day in done,
            next=next(each for each in ahead if self.is_due(done, each)),
        )

    def is_due(self, done: Collection[date], day: date) -> bool:
        left = self.goal(day) - len(_this_week(done, self.since, day))
        last = max((each for each in done if each <= day), default=None)
        if left <= 0 or last == day or (last and (day - last).days < self.activity.apart):
            return False
        meant = [each for each in self.on if each > day.weekday()]
        return day.weekday() in self.on or left > len(meant)

    def goal(self, day: date) -> int:
        """Return the goal of the week; in the first one, only the remaining days count."""
        if _monday(day) != _monday(self.since):
            return self.activity.days
        first = self.since.weekday()
        left = {each for each in self.on if each >= first} | ({first} if self.at_once else set())
        return min(self.activity.days, len(left))


def _this_week(done: Iterable[date], since: date, day: date) -> list[date]:
    begin = max(_monday(day), since)
    return [each for each in done if begin <= each <= day]


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY
