"""The gate to the next phase of a programme: what it takes, how far that is, and why it is open (rule 11).

A phase never changes by itself: an open gate is proposed, and the person decides. Pain that somebody lives
with, and that exercise does not raise, keeps no gate closed; pain that rises does. All functions are pure.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, reduce
from math import ceil
from typing import Final, NamedTuple

from voicecoach.journal.records import Session
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of, raised
from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.one_side import in_order
from voicecoach.routine.programme import Gate
from voicecoach.routine.region import of_region
from voicecoach.training import limits, stats
from voicecoach.training.leg import LegCourse, leg_courses
from voicecoach.training.practice import Practice, practices_of
from voicecoach.training.readiness import Stage, Today, condition, is_sore
from voicecoach.training.stats import days_between
from voicecoach.training.week_goal import exercise_days
from voicecoach.training.week_plan import Load, Plan, goal_days

_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Opening:
    """A gate and what there is to know for it."""

    gate: Gate
    since: date
    """When the phase began."""
    plan: Plan
    """The week of the phase."""
    routine: Routine | None = None
    """The routine that the gate names, as the person does it; None when there is none."""


class Requirement(NamedTuple):
    """One condition of a gate."""

    met: bool
    why: Message
    """The reason that it gives to go on, once it is met."""
    so_far: Message
    """How far it is."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the next phase."""

    requirements: tuple[Requirement, ...]

    @property
    def is_open(self) -> bool:
        """Whether the next phase may be proposed."""
        return bool(self.requirements) and all(each.met for each in self.requirements)

    @property
    def why(self) -> Message:
        """Why the next phase may begin, as part of a sentence."""
        return Message.joined([each.why for each in self.requirements])

    @property
    def so_far(self) -> Message:
        """How far each condition is, as part of a sentence."""
        steps = [each.so_far for each in self.requirements]
        return reduce(lambda first, last: Message("gate.and", first=first, last=last), steps)


def way(opening: Opening, sessions: Sequence[Session], today: Today) -> Way | None:
    """Return the way to the next phase; None while nothing can be said of it.

    That is so in a flare and the days after it, when a leg is worse, and after a lay-off. ``sessions`` come
    earliest first; those before the phase show what pain is usual.
    """
    how = condition(sessions, today)
    done = _since_break(
        [each for each in sessions if opening.since <= each.day <= today.day and stats.trained(each)]
    )
    last = done[-1].day if done else opening.since
    away = days_between(last, today.day) >= limits.LAY_OFF_DAYS
    if away or how.flare is not Stage.NONE or how.leg_worse:
        return None
    return Way(tuple(_Phase(opening, sessions, done, today).requirements()))


def _since_break(sessions: Sequence[Session]) -> Sequence[Session]:
    """Return the sessions since the last lay-off."""
    pairs = enumerate(itertools.pairwise(sessions), 1)
    breaks = [at for at, (one, later) in pairs if days_between(one.day, later.day) >= limits.LAY_OFF_DAYS]
    return sessions[breaks[-1] :] if breaks else sessions


@dataclass(frozen=True)
class _Phase:
    """What was done in a phase until a day, measured by its gate."""

    opening: Opening
    sessions: Sequence[Session]
    """All of them, also from before the phase."""
    done: Sequence[Session]
    """Those of the phase, and since the last lay-off, in which something was done."""
    when: Today

    @property
    def today(self) -> date:
        return self.when.day

    @property
    def felt(self) -> Sequence[Session]:
        """Those of :attr:`done` for the region of the plan, which tell how that is."""
        return of_region(self.done, self.when.region)

    @property
    def gate(self) -> Gate:
        return self.opening.gate

    @cached_property
    def pains(self) -> dict[date, int]:
        """The pain before exercise, by its day."""
        return stats.pain_by_day(of_region(self.sessions, self.when.region))

    @cached_property
    def legs(self) -> dict[int, LegCourse]:
        """What became of a leg, by the identity of each session: two of a day may be alike."""
        return dict(zip(map(id, self.sessions), leg_courses(self.sessions), strict=True))

    def requirements(self) -> Iterator[Requirement]:
        if self.gate.weeks:
            yield self._weeks()
        if self.gate.pain is not None or self.gate.leg_steady:
            yield self._calm_days()
        if self.gate.weeks or self.gate.successes:
            yield self._good_days()

    def _weeks(self) -> Requirement:
        """The weeks behind, until today or, while nothing is done today, until yesterday.

        So many of them count as had exercise on enough of their days together. They may have ended some days
        ago, less than a week: an open gate does not close from one day to the next.
        """
        days, since = exercise_days(self.done, self.today), self.opening.since
        until = self.today if self.today in days else self.today - timedelta(1)
        goal, wanted = goal_days(self.opening.plan), int(self.gate.weeks)
        over = min(wanted, ((until - since).days + 1) // _WEEK)

        def were_enough(weeks: int) -> bool:
            lasts = (until - timedelta(ago) for ago in range(_WEEK))
            spans = ((last - timedelta(_WEEK * weeks - 1), last) for last in lasts)
            most = max(sum(first <= day <= last for day in days) for first, last in spans if first >= since)
            return most * 100 >= limits.GATE_PERCENT * goal * weeks

        n = max(filter(were_enough, range(1, over + 1)), default=0)
        so_far = Message("gate.weeks_done", n=n, of=wanted) if n else Message("gate.weeks_wanted", n=wanted)
        if n < over:
            so_far = Message("gate.weeks_of", n=ceil(limits.GATE_PERCENT * goal / 100), what=so_far)
        return Requirement(n >= wanted, Message("gate.weeks", n=wanted), so_far)

    def _calm_days(self) -> Requirement:
        """Days in a row on which pain was low or as usual, and went no further down a leg.

        Where the gate asks for no weeks, they are to have come on enough of the planned days themselves.
        """
        gate, wanted = self.gate, self.gate.pain_days
        days = [_Day(tuple(each)) for _, each in itertools.groupby(self.felt, key=lambda one: one.day)]
        answered = [day for day in days if day.pain is not None]
        run = [*itertools.takewhile(self._is_calm, reversed(answered))]
        if gate.leg_steady:
            run = [*itertools.takewhile(self._is_leg_steady, run)]
        often = bool(gate.weeks) or self._came_often(run)
        if gate.pain is None:
            why, what = Message("gate.leg", n=wanted), Message("gate.leg_days", n=wanted)
        else:
            low = all((day.pain or 0) <= gate.pain for day in run[:wanted])
            why = Message("gate.pain", n=wanted, pain=gate.pain) if low else Message("gate.usual", n=wanted)
            what = Message("gate.pain_days", n=wanted, pain=gate.pain)
        if len(run) >= wanted and not often:
            n = ceil(limits.GATE_PERCENT * goal_days(self.opening.plan) / 100)
            return Requirement(met=False, why=why, so_far=Message("gate.often", n=n, what=what))
        return Requirement(len(run) >= wanted, why, _so_far(what, len(run), wanted))

    def _came_often(self, run: Sequence[_Day]) -> bool:
        """Tell whether as many of these days as the gate asks for, or more, lie close enough together.

        Only they count and not all since the phase began, so that a bad week is soon forgotten.
        """
        days, goal = exercise_days(self.done, self.today), goal_days(self.opening.plan)

        def were_enough(first: date) -> bool:
            span = (run[0].day - first).days + 1
            done = sum(first <= day <= run[0].day for day in days)
            return done * _WEEK * 100 >= limits.GATE_PERCENT * goal * span

        return any(were_enough(each.day) for each in run[self.gate.pain_days - 1 :])

    def _is_calm(self, day: _Day) -> bool:
        """Tell whether pain was low or as usual on a day, and none of its sessions asked too much."""
        if any((each.after.effort or 0) > limits.EASY_EFFORT for each in day.sessions):
            return False
        if self.gate.pain is None or (day.pain or 0) <= self.gate.pain:
            return not any(self._rose(each, limits.SORE_RISE) for each in day.sessions)
        return self._is_known(day.day) and all(
            each.after.worst_pain is not None and not self._rose(each, limits.AMBER_RISE)
            for each in day.sessions
        )

    def _is_leg_steady(self, day: _Day) -> bool:
        """Tell whether it went no further down a leg on a day, and from it to the next one that says."""
        return not any(self.legs[id(each)].rose for each in day.sessions)

    def _is_known(self, day: date) -> bool:
        """Tell whether it is known for long enough by then what pain is usual."""
        return bool(self.pains) and day - min(self.pains) >= timedelta(limits.STEADY_DAYS)

    def _good_days(self) -> Requirement:
        """Days in a row on which what counts for the gate went well."""
        gate, routine = self.gate, self.opening.routine
        wanted = gate.successes or limits.SUCCESSES
        days = itertools.groupby(self._counted(), key=lambda each: each.day)
        good = itertools.takewhile(lambda day: all(map(self._went_well, day[1])), days)
        n = len([*itertools.islice(good, wanted)])
        if gate.routine:
            name = routine.name if routine else gate.routine
            why = Message("gate.reached", n=wanted, routine=name)
            what = Message("gate.reached_days", n=wanted, routine=name)
        else:
            why, what = Message("gate.good", n=wanted), Message("gate.good_days", n=wanted)
        return Requirement(n >= wanted, why, _so_far(what, n, wanted))

    def _counted(self) -> Iterator[Session]:
        """Yield the sessions of the gate's routine, else of what trains in the plan, else all; latest first.

        One that the person chose to shorten is no success for what it left out, and no miss either.
        """
        if self.gate.routine:
            own = (each for each in reversed(self.done) if each.routine == self.gate.routine)
            return (each for each in own if self._did_all(each) or not _was_shortened(each))
        by_load = {
            each.load: {
                name for one in self.opening.plan if one.load is each.load for name in one.activity.idents
            }
            for each in self.opening.plan
        }
        named = by_load.get(Load.TRAINING) or by_load.get(Load.EASY)
        return (each for each in reversed(self.felt) if named is None or each.routine in named)

    def _went_well(self, session: Session) -> bool:
        """Tell whether a session did no harm, with effort to spare, and all of what the gate asks for."""
        effort = session.after.effort
        if effort is None or effort > limits.EASY_EFFORT or session.after.worst_pain is None:
            return False
        return not self._rose(session, limits.AMBER_RISE) and (
            not self.gate.routine or self._did_all(session)
        )

    def _rose(self, session: Session, least: int) -> bool:
        """Tell whether pain rose: in or after a session by ``least``, above the usual, or down a leg."""
        usual, before = stats.usual_pain(self.pains, session.day), session.before.pain
        if before is not None and is_sore(before, usual):
            return True
        if stats.names_what_hurt(session) or self.legs[id(session)].rose:
            return True
        known = stats.assumed_pain(self.pains, session.day) if before is None else before
        later = (session.after.worst_pain, session.next_morning)
        return any(pain is not None and pain - known >= least for pain in later)

    def _did_all(self, session: Session) -> bool:
        routine = self.opening.routine
        practices: dict[str, list[Practice]] = {}
        for each in practices_of(session):
            practices.setdefault(each.written, []).append(each)
        return routine is not None and all(
            each.key in practices and all(_did(each, done) for done in practices[each.key])
            for each in routine.exercises
        )


class _Day(NamedTuple):
    sessions: tuple[Session, ...]

    @property
    def day(self) -> date:
        return self.sessions[0].day

    @property
    def pain(self) -> int | None:
        """The worst pain of the day."""
        said = [(each.before.pain, each.after.worst_pain, each.next_morning) for each in self.sessions]
        return max((pain for pain in itertools.chain(*said) if pain is not None), default=None)


def _so_far(what: Message, n: int, wanted: int) -> Message:
    """Say how much of ``what`` there is; nothing more while there is none of it."""
    if n >= wanted:
        return Message("gate.met", what=what)
    return Message("gate.so_far", n=n, what=what) if n else what


def _was_shortened(session: Session) -> bool:
    return any(each.shortened for each in practices_of(session))


def _did(written: Exercise, practice: Practice) -> bool:
    """Tell whether an exercise was done at its written dose or more, or in a harder variation.

    Of what is done on one side alone, that side is all.
    """
    if practice.side:
        written = in_order(written, (practice.side,))
    if practice.exercise != written.key:
        return practice.exercise in {variation.exercise for variation in written.harder}
    return practice.reached(written) and not raised(practice.planned(written), dose_of(written))
