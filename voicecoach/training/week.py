"""Decides what is due on a day, from the week's goal and the planned days.

A day asks for one training routine at most, and for no more than one thing beside it, first of all the walk.
Training that the plan does not have is training, too: nothing more of it on that day.
What was missed is made up for on a free day later in the week, and forgiven when there is none: every Monday
begins anew. Once the goal is reached the rest of the week is free. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from voicecoach.journal.records import Session
from voicecoach.routine.programme import Activity, Weekday
from voicecoach.routine.region import of_region
from voicecoach.training import limits
from voicecoach.training.leg import is_worse_lately
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.stats import is_something, is_whole, length, monday_of
from voicecoach.training.week_goal import DoneDays, WeekGoal, done, exercise_days, week_goal
from voicecoach.training.week_plan import Load, Plan

_DAY: Final = timedelta(days=1)
_AHEAD: Final = 15
"""Days in which everything is due again: the rest of this week, and all of the next."""


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
    waits: bool = False
    """Whether training waits for a clinician, so that a day without any is no day off."""

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

    def without_training(self, routines: Collection[str]) -> Due:
        """Return what is due as long as training with these ``routines`` waits for a clinician."""
        waiting = [
            each
            for each in self.standings
            if each.load is Load.TRAINING and each.activity.routine in routines
        ]
        standings = (
            replace(each, next=None, moved=False) if each in waiting else each for each in self.standings
        )
        return replace(self, standings=tuple(standings), waits=any(each.next for each in waiting))

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
        if day not in self._goals:
            self._goals[day] = week_goal(self.plan, self.since, self.done, day)
        return self._goals[day]

    @cached_property
    def _goals(self) -> dict[date, WeekGoal]:
        """What :meth:`goal` returned so far."""
        return {}

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
            coming = next((day for day, wanted in ahead if at in wanted), None)
            so_far = self.done.activities[at]
            today = [one for one in self.sessions if self._is_today(one, each.activity)]
            yield ActivityStanding(
                activity=each.activity,
                load=each.load,
                done=self.goal(self.today).routines[at].done,
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
        goal, begin = self.goal(day).routines[at], max(monday_of(day), self.since)
        return goal.of - goal.done - sum(begin <= each <= day for each in self.done.activities[at].hurt)
