"""The calendar of an agreed pace (rule 9): when it began, what stops it, and when the next question is due.

Sessions show where it begins; from then on the person says once a week whether it is a little more, the same
or a little less. How much it hurts and how hard it is change nothing. A leg, new weakness and a break stop
the calendar, and it goes on a week after they are over. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from voicecoach.journal.records import Agreed, Agreement, Leg, Session
from voicecoach.routine.region import Region
from voicecoach.training import limits, stats
from voicecoach.training.exercise_log import History
from voicecoach.training.leg import Place, furthest, is_further, spread_in
from voicecoach.training.practice import Practice, practices_of
from voicecoach.training.readiness import Today
from voicecoach.training.stats import days_between
from voicecoach.training.weakness import spells

AS_WRITTEN: Final = "reason.pace_written"
"""The reason of an exercise that has reached what its routine has."""
_WEEK: Final = timedelta(limits.PACE_WEEK)


class Waits(StrEnum):
    """Why the calendar stands still."""

    LEG = "leg"
    """Something is felt further down a leg than it was."""
    WEAK = "weak"
    """A leg or foot was newly weak or numb."""
    GAP = "gap"
    """Ten days without exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """An agreed pace as it is on a day."""

    since: date
    sessions: int
    """Sessions so far of those that show where it begins."""
    began: date | None = None
    """The day of the last of them; None before it."""
    waits: Waits | None = None
    next: date | None = None
    """The day from which the question of the week is due; None before the pace begins and while it waits."""
    stopped: datetime | None = None
    """When it last began to wait or went on after that; what was agreed before counts no more."""
    beyond: bool = False
    """Whether something has reached what is written, so that going beyond it can be agreed."""

    def week(self, day: date) -> int:
        """Return which week of the pace it is, from 1; 0 before it begins."""
        return 0 if self.began is None else (day - self.began).days // _WEEK.days + 1

    def is_due(self, day: date) -> bool:
        """Tell whether the question of the week is due."""
        return self.next is not None and self.next <= day


def pace_on(history: History, today: Today) -> Pace | None:
    """Return the agreed pace on a day, with the answers before its session; None when none is agreed."""
    if not history.paced:
        return None
    said = history.agreements
    begun = max(index for index, each in enumerate(said) if each.said is Agreed.BEGIN)
    course = _Course(said[begun], said[begun + 1 :], history)
    for session in history.sessions:
        if session.started >= said[begun].at and stats.trained(session):
            course.takes(session)
    return course.on(today)


class _Course:
    """A pace on its way through the sessions since it was agreed."""

    def __init__(self, begun: Agreement, said: Sequence[Agreement], history: History) -> None:
        self._begun, self._said = begun, said
        self._weak = history.weak
        ends = [each.until for each in spells(history.weakness) if each.until]
        self._seen = next((each for each in reversed(ends) if each.at >= begun.at), None)
        """The last answer that a weakness is over; None without one."""
        self._done: dict[str, set[date]] = {}
        """The days on which each exercise was done since it began, or began anew."""
        self._began: date | None = None
        self._anew = begun.day
        self._resumed: Session | None = None
        """The last session at which it stopped, or went on after that."""
        self._leg: Place | None = None
        """How far down a leg it was before that leg stopped the calendar; None when it did not."""
        self._last: Session | None = None
        self._felt: Place | None = None
        """How far down a leg it was felt in the last session that says."""
        self._beyond = False

    def takes(self, session: Session) -> None:
        """Go on to the next session."""
        last = self._last
        self._last = session
        away = days_between(last.day, session.day) if last else 0
        if away >= limits.ANEW_DAYS:
            self._done.clear()
            self._began, self._anew = None, session.day
        if away >= limits.LAY_OFF_DAYS:
            self._resumed = session
        self._feels(session)
        for each in () if session.as_written else practices_of(session):
            if is_measure(each):
                self._done.setdefault(each.written, set()).add(session.day)
        self._beyond |= any(each.reason.code == AS_WRITTEN for each in session.decisions)
        if self._began is None and self._sessions >= limits.PACE_SESSIONS:
            self._began = session.day

    def on(self, today: Today) -> Pace:
        """Return how it stands on a day."""
        began = self._began
        answers = [each.day for each in self._said if each.said.answers and each.day >= self._anew]
        if began and answers:  # the sessions before them may be too long ago to be known
            began = min(began, answers[0] - _WEEK)
        waits = self._waits(today)
        resumed = today.day if self._is_over(today) else self._resumed.day if self._resumed else None
        seen = self._seen.day if self._seen else None
        anchor = max(filter(None, [*answers, resumed, seen, began]), default=today.day)
        stops = [self._resumed.started if self._resumed else None, self._seen.at if self._seen else None]
        return Pace(
            since=self._begun.day,
            sessions=min(self._sessions, limits.PACE_SESSIONS),
            began=began,
            waits=waits,
            next=anchor + _WEEK if began and not waits else None,
            stopped=max(filter(None, stops), default=None),
            beyond=self._beyond,
        )

    @property
    def _sessions(self) -> int:
        return max(map(len, self._done.values()), default=0)

    def _feels(self, session: Session) -> None:
        """Stop when a leg feels worse, and go on when it is as it was before."""
        if session.region is not Region.BACK:
            return
        before = session.before.leg
        if self._is_over(Today(day=session.day, before=session.before)):
            self._leg, self._resumed = None, session
        rose = is_further(before, self._felt)
        if rose or spread_in(session, self._felt):
            if self._leg is None:
                was = self._felt if rose or before is None else before
                self._leg = max(was or Leg.NONE, Leg.BACK)
            self._resumed = session
        if (now := furthest(session)) is not None:
            self._felt = now

    def _is_over(self, today: Today) -> bool:
        """Tell whether a leg that stopped the calendar is as it was before."""
        leg = today.before.leg
        return self._leg is not None and leg is not None and leg <= self._leg

    def _waits(self, today: Today) -> Waits | None:
        last, before = self._last, today.before
        if self._weak or before.weak or before.sign:
            return Waits.WEAK
        if (self._leg is not None and not self._is_over(today)) or is_further(before.leg, self._felt):
            return Waits.LEG
        if last and days_between(last.day, today.day) >= limits.LAY_OFF_DAYS:
            return Waits.GAP
        return None


def is_measure(practice: Practice) -> bool:
    """Tell whether a session shows how much of an exercise can be done; a walk noted by hand always does."""
    return practice.known and bool(practice.sets) and (practice.session.by_hand or not practice.shortened)
