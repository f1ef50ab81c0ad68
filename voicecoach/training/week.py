"""Decides what is due on a day, from the week's goal and the planned days.

The goal of a week is a number of days with exercise, those on which the plan has something, and it is
reached when each routine has had its days, too. A day counts when a routine was done as a whole on it, as
often as the plan says; what was done in part is told apart. It is counted here and nowhere else, for the
voice, the screen, ``today``, ``stats`` and the report.

A day asks for one training routine at most, and for no more than one thing beside it, first of all the walk.
Training that the plan does not have is training, too: nothing more of it on that day.
What was missed is made up for on a free day later in the week, and forgiven when there is none: every Monday
begins anew. Once the goal is reached the rest of the week is free. All functions are pure.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from voicecoach.journal.records import Session
from voicecoach.routine.files.programme import distances
from voicecoach.routine.model import Kind, Routine
from voicecoach.routine.programme import Activity, Weekday
from voicecoach.routine.region import of_region
from voicecoach.training import limits
from voicecoach.training.leg import is_worse_lately
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.stats import is_something, is_whole, length, monday_of, trained, was_hurt

_DAY: Final = timedelta(days=1)
_AHEAD: Final = 15
"""Days in which everything is due again: the rest of this week, and all of the next."""


class Load(StrEnum):
    """What a routine asks of a day, in order of importance."""

    TRAINING = "training"
    """Something in it stabilises, strengthens or trains balance."""
    WALK = "walk"
    """It is aerobic and nothing else."""
    EASY = "easy"
    """Breathing, mobility, stretches."""


def load_of(routine: Routine) -> Load:
    """Return the load of a routine, which follows from the kinds of its exercises."""
    kinds = {exercise.kind for exercise in routine.exercises}
    if kinds & {Kind.STABILISATION, Kind.STRENGTH, Kind.BALANCE}:
        return Load.TRAINING
    return Load.WALK if kinds == {Kind.AEROBIC} else Load.EASY


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity of a phase with its days of the week."""

    activity: Activity
    load: Load
    on: tuple[Weekday, ...]
    name: str = ""
    """The title of its routine; empty where nobody is told of it."""
    prescribed: bool = False
    """Whether it is due on its days, whatever else is due on them."""


Plan = tuple[Planned, ...]
"""The week of a phase, in the order of the programme."""
_NAMELESS: Final[Mapping[str, str]] = MappingProxyType({})


def planned(
    activities: Sequence[Activity],
    loads: Mapping[str, Load],
    names: Mapping[str, str] = _NAMELESS,
    *,
    prescribed: bool = False,
) -> Plan:
    """Return the days of the week for each activity: the chosen ones, else spread evenly.

    ``names`` has the titles of routines, ``loads`` each routine's load; one that is not there may be
    training. An activity asks for as much as the most demanding of its routines. Training routines keep to
    days of their own as long as there are enough. Walks and easy routines stay within ``limits.MOST_DAYS``,
    on the days that have least. What is ``prescribed`` is due on its days, whatever else is.
    """
    demanding = [*Load].index
    all_loads = [
        min((loads.get(name, Load.TRAINING) for name in each.routines), key=demanding) for each in activities
    ]
    order = sorted(
        range(len(activities)), key=lambda at: (not activities[at].on, list(Load).index(all_loads[at]))
    )
    most = max([limits.MOST_DAYS, *(each.days for each in activities)])
    found: dict[int, Planned] = {}
    for at in order:
        activity, load = activities[at], all_loads[at]
        on = activity.on or _evenly(activity, load, () if prescribed else found.values(), most)
        found[at] = Planned(activity, load, on, names.get(activity.routine, ""), prescribed)
    return tuple(found[at] for at in range(len(activities)))


def _evenly(activity: Activity, load: Load, others: Iterable[Planned], most: int) -> tuple[Weekday, ...]:
    taken = [(day, each.load) for each in others for day in each.on]
    busy = {day for day, _ in taken}

    def worth(on: tuple[Weekday, ...]) -> tuple[int, int, int, list[int]]:
        clashes = sum(day in on and other is load for day, other in taken)
        too_many = max(0, len(busy.union(on)) - most)
        return -clashes, -too_many, -sum(day in on for day, _ in taken), sorted(distances(on))

    ways = itertools.combinations(Weekday, activity.days)
    return max((on for on in ways if min(distances(on)) >= activity.apart), key=worth)


def goal_days(plan: Plan) -> int:
    """Days with exercise that a whole week aims at: those with something planned."""
    return len({day for each in plan for day in each.on})


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


def again(load: Load, sessions: Sequence[Session], today: Today) -> date | None:
    """Return the day on which a routine that was done today is done again without a plan.

    An easy one is for every day; training and walks are as far apart as strength at least, which makes the
    three days a week that are usual without a plan. None on a day for calming down.
    """
    if _is_calm(sessions, today):
        return None
    return today.day + (1 if load is Load.EASY else limits.STRENGTH_APART) * _DAY


def rests_tomorrow(day: date) -> bool:
    """Tell whether the day after belongs to the same week, so that whoever reached its goal may rest."""
    return day.weekday() < Weekday.SUN


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStanding:
    """One activity on a day."""

    activity: Activity
    load: Load
    done: int
    """Days this week on which it was done as a whole, today included."""
    today: bool
    """Whether it was done today, as often as it is planned."""
    next: date | None
    """The day on which it is due: today, or a later one; None when others take all its days."""
    moved: bool
    """Whether its day has passed without it, and :attr:`next` is a later free day of the week."""
    name: str = ""
    """The title of its routine."""
    times: int = 0
    """How often it was done today as a whole."""
    part: Session | None = None
    """The latest session of today, when that was a part."""
    hurt: bool = False
    """Whether an exercise of it was ended today because it hurt."""

    @property
    def begun(self) -> bool:
        """Whether some of it was done today, and some is left."""
        return not self.today and (self.times > 0 or self.part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The routines due on a day."""

    day: date
    standings: tuple[ActivityStanding, ...]
    """The standing of every activity of the phase, in its order."""
    goal: WeekGoal
    """How the week goes, today included."""
    exercised: bool
    """Whether anything was done on this day."""
    sore: str = ""
    """The routine that replaces all others in a flare, and while a leg is worse; empty otherwise."""
    sore_done: bool = False
    """Whether it was done on this day."""
    flared: bool = False
    """Whether it is for a flare, and not for a leg that got worse."""
    gently: str = ""
    """The routine for a day on which nothing else may be done; empty otherwise."""
    rests: bool = False
    """Whether nothing is done in a flare, or while a leg is worse, as the plan has no routine for that."""

    @property
    def now(self) -> tuple[ActivityStanding, ...]:
        """The activities due on this day; none in a flare, which has :attr:`sore` or rest."""
        return (
            () if self.sore or self.rests else tuple(each for each in self.standings if each.next == self.day)
        )

    @property
    def moved(self) -> tuple[ActivityStanding, ...]:
        """The training that moves from a day before this one to a later one, on a day for other things."""
        if not self.now or any(each.load is Load.TRAINING for each in self.now):
            return ()
        return tuple(each for each in self.standings if each.moved and each.load is Load.TRAINING)

    @property
    def routines(self) -> tuple[str, ...]:
        """The routines due on this day, the most important one first."""
        if self.sore:
            return () if self.sore_done else (self.sore,)
        gently = (self.gently,) if self.gently else ()
        return (*gently, *(each.activity.routine for each in self.now))

    @property
    def next(self) -> tuple[ActivityStanding, ...]:
        """The activities of the next day with any."""
        first = min(
            (each.next for each in self.standings if each.next and each.next > self.day), default=None
        )
        return tuple(each for each in self.standings if first and each.next == first)

    def without_training(self) -> Due:
        """Return what is due as long as training waits for a clinician."""
        waiting = (
            replace(each, next=None, moved=False) if each.load is Load.TRAINING else each
            for each in self.standings
        )
        return replace(self, standings=tuple(waiting))

    @property
    def next_day(self) -> date | None:
        """The next day with anything due; None when there is none."""
        return self.next[0].next if self.next else None


def due(
    plan: Plan,
    since: date,
    sore: str,
    sessions: Sequence[Session],
    today: Today,
    training: Collection[str] = (),
) -> Due:
    """Return what is due in a phase that began on the day ``since``.

    ``sessions`` come earliest first and begin, when there are any, some weeks before today; ``training`` are
    the routines among them that train, whether the plan has them or not. In the days of a flare, and after a
    leg got worse, ``sore`` is due, whatever the phase (rule 7).
    """
    day = today.day
    flared, calm = _is_flared(sessions, today), _is_calm(sessions, today)
    course = _Course(plan, since, sessions, day, training)
    return Due(
        day=day,
        standings=tuple(course.standings()),
        goal=course.goal(day),
        exercised=day in course.days,
        sore=sore if calm else "",
        sore_done=calm and day in exercise_days((each for each in sessions if each.routine == sore), day),
        flared=flared,
        rests=calm and not sore,
    )


def _is_flared(sessions: Sequence[Session], today: Today) -> bool:
    return condition(sessions, today).flare is Stage.CALM


def _is_calm(sessions: Sequence[Session], today: Today) -> bool:
    """Tell whether today is for calming a flare, or a leg that got worse."""
    sessions = of_region(sessions, today.region)
    before = [each for each in sessions if each.day < today.day]  # a day for a leg stays one to its end
    legs = (is_worse_lately(each, today.day) for each in (sessions, before))
    return _is_flared(sessions, today) or any(legs)


@dataclass(frozen=True)
class _Course:
    """The plan from the day on which its phase began, with what was done."""

    plan: Plan
    since: date
    sessions: Sequence[Session]
    today: date
    training: Collection[str]

    @cached_property
    def done(self) -> DoneDays:
        return done(self.plan, self.sessions, self.today)

    @cached_property
    def days(self) -> frozenset[date]:
        """All days with exercise."""
        return exercise_days(self.sessions, self.today)

    def goal(self, day: date) -> WeekGoal:
        """Return how the week of a day goes by then."""
        return week_goal(self.plan, self.since, self.done, day)

    @cached_property
    def other_training(self) -> frozenset[date]:
        """The days with training that has no days of its own in the plan, and that was more than a taste.

        What took the place of an activity counts like it, and is followed by as much rest as any other.
        """
        others = {*self.training} - {each.activity.idents[0] for each in self.plan}
        least = limits.TASTE_MINUTES * 60
        long = (each for each in self.sessions if each.routine in others and length(each) >= least)
        return exercise_days(long, self.today)

    def standings(self) -> Iterator[ActivityStanding]:
        first = max(self.today, self.since)
        ahead = [(day, self.due_on(day)) for day in (first + number * _DAY for number in range(_AHEAD))]
        for at, each in enumerate(self.plan):
            coming, so_far = (
                next((day for day, wanted in ahead if at in wanted), None),
                self.done.activities[at],
            )
            today = [one for one in self.sessions if self._is_today(one, each.activity)]
            yield ActivityStanding(
                activity=each.activity,
                load=each.load,
                done=_routine_goal(self.plan, at, self.since, self.done, self.today)[0],
                today=self.today in so_far.whole,
                next=coming,
                moved=coming is not None and self._has_moved(at, coming),
                name=each.name,
                times=so_far.times.get(self.today, 0),
                part=today[-1] if today and not is_whole(today[-1]) else None,
                hurt=self.today in so_far.hurt,
            )

    def _is_today(self, session: Session, activity: Activity) -> bool:
        return session.day == self.today and session.routine in activity.idents and is_something(session)

    def _has_moved(self, at: int, to: date) -> bool:
        """Tell whether an activity was missed, and moves to a free day of this week after today."""
        passed = self._is_missed(at, self.today) and not self._is_planned(at, self.today)
        later = self.today < to and monday_of(to) == monday_of(self.today)
        return passed and later and not self._is_planned(at, to)

    def due_on(self, day: date) -> list[int]:
        """Return the places in the plan of what is due on a day."""
        before = self.goal(day - _DAY) if day.weekday() else None
        if before and before.reached and day > self.since:
            return []
        wanted = [at for at in range(len(self.plan)) if self._may_be_due(at, day)]
        begun = {at for at, each in enumerate(self.done.activities) if day in each.all}
        loads = [self.plan[at].load for at in sorted(begun.difference(wanted))]
        found: list[int] = []
        for at in sorted((at for at in wanted if self._is_planned(at, day) or at in begun), key=self._rank):
            if self._fits(at, loads):
                found.append(at)
                loads.append(self.plan[at].load)
        for at in wanted:
            if self.goal(day).lacking and not self.plan[at].prescribed:
                continue
            missed = at not in begun and not self._is_planned(at, day) and self._is_missed(at, day)
            if missed and self._may_be_made_up(at, day) and self._fits(at, loads):
                found.append(at)
                loads.append(self.plan[at].load)
        return found

    def _may_be_made_up(self, at: int, day: date) -> bool:
        """Tell whether a day has room for what was missed: training on a free day, a walk on any.

        What is not training takes no free day from training that is planned on a later one: it is made up for
        there only when the goal of the week needs one more day.
        """
        load = self.plan[at].load
        if any(self._is_planned(other, day) for other in range(len(self.plan))):
            return load is Load.WALK
        goal = self.goal(day)
        later = {on for each in self.plan for on in each.on if on > day.weekday()}
        return load is Load.TRAINING or day in self.days or goal.done + len(later) < goal.of

    def _rank(self, at: int) -> tuple[int, int, int]:
        """Place what is rarer in the week before what has other days, among those of one load."""
        each = self.plan[at]
        return list(Load).index(each.load), each.activity.days, at

    def _fits(self, at: int, loads: Sequence[Load]) -> bool:
        fits = self.plan[at].load not in loads and len(loads) < limits.MOST_A_DAY
        return fits or self.plan[at].prescribed

    def _is_planned(self, at: int, day: date) -> bool:
        """Tell whether a day is one of an activity's own; the first begins at once, the others wait."""
        return day.weekday() in self.plan[at].on or (at == 0 and day == self.since)

    def _may_be_due(self, at: int, day: date) -> bool:
        """Tell whether an activity is not done yet on a day, and its last day is long enough ago.

        What was begun today may be ended today, unless it hurt.
        """
        others = self.other_training if self.plan[at].load is Load.TRAINING else frozenset()
        own = self.done.activities[at]
        last = max((each for each in own.all | others if each < day), default=None)
        rested = last is None or (day - last).days >= self.plan[at].activity.apart
        return rested and day not in own.whole | own.hurt | others and self._left(at, day) > 0

    def _is_missed(self, at: int, day: date) -> bool:
        """Tell whether the planned days that are left of the week are too few for its goal."""
        return self._left(at, day) > sum(on > day.weekday() for on in self.plan[at].on)

    def _left(self, at: int, day: date) -> int:
        """Return on how many days an activity is still to be done in the week; in the first one, what fits.

        A day on which it hurt is not made up for.
        """
        done, of, _ = _routine_goal(self.plan, at, self.since, self.done, day)
        begin = max(monday_of(day), self.since)
        return of - done - sum(begin <= each <= day for each in self.done.activities[at].hurt)
