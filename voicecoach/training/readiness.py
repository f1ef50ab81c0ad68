"""The person's condition on a day, from all sessions: flare (rule 7), easy week (10), and the leg."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from voicecoach.journal.records import Before, DoseChange, Leg, Session
from voicecoach.routine.region import Region, of_region
from voicecoach.training import limits
from voicecoach.training.leg import Place, is_further, last_of, last_said, place, rose_in
from voicecoach.training.stats import days_between, names_what_hurt, usual_pain, usual_pains

_NOTHING: Final = Before()
ALL: Final = 100
"""Percent of a dose that is done in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day to plan, and the answers before its session."""

    day: date
    before: Before = _NOTHING
    region: Region = Region.BACK
    """The region that its session is for: only the sessions for that one tell how it is."""
    paced: bool = False
    """Whether an agreed pace holds: then no day is a flare or an easy one, and a leg alone changes it."""

    @classmethod
    def of(cls, session: Session, *, paced: bool = False) -> Today:
        """Return the day of ``session``, with the answers before it."""
        return cls(day=session.day, before=session.before, region=session.region, paced=paced)


class Stage(StrEnum):
    """The stages of a flare."""

    NONE = "none"
    CALM = "calm"
    """Calm routines only; never complete rest."""
    RETURN = "return"
    """Less than usual, in steps."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What applies to every exercise of a day."""

    flare: Stage = Stage.NONE
    share: int = ALL
    """How much of a dose is done today, in percent."""
    since: date | None = None
    """The first day of the flare; None when there is none."""
    until: date | None = None
    """The last day of doing less, when nothing ends the flare earlier; None when there is none."""
    sore: bool = False
    """Whether pain is well above the usual today without a flare, or much without a usual: nothing rises."""
    usual: float | None = None
    """The usual pain until today; None when too little was said."""
    easy_week: bool = False
    leg: Place | None = None
    """How far down a leg, or for the neck an arm, it is felt today; None when that was not said."""
    leg_worse: bool = False
    """Whether a leg feels worse today than in the last session: then nothing rises."""
    suspended: bool = False
    """Whether it was felt in the calf or the foot on two days running, and still is as far as is known."""


def condition(sessions: Sequence[Session], today: Today) -> Condition:
    """Return the condition of the day; ``sessions`` are all of them, earliest first.

    Those for another region than today's say nothing.
    """
    sessions = of_region(sessions, today.region)
    felt = place(today.before, today.region)
    days = _days(sessions, today)
    stage, share, since, until = Stage.NONE, ALL, None, None
    flare = _last_flare(days, sessions)
    if flare is not None and not today.paced and flare.lasts(today.day):
        gone = (today.day - flare.since).days
        stage = Stage.CALM if gone < limits.CALM_DAYS else Stage.RETURN
        later = gone >= limits.CALM_DAYS + limits.RETURN_DAYS // 2
        share = limits.RETURN_LATER_PERCENT if later else limits.RETURN_PERCENT
        since, until = flare.since, flare.since + timedelta(flare.days - 1)
    return Condition(
        flare=stage,
        share=share,
        since=since,
        until=until,
        sore=stage is Stage.NONE
        and not today.paced
        and bool(days)
        and days[-1].day == today.day
        and days[-1].is_sore,
        usual=usual_pain({each.day: each.pain for each in days}, today.day),
        easy_week=not today.paced and _easy_week(sessions, today.day),
        leg=felt,
        leg_worse=is_further(felt, last_said(reversed(sessions))),
        suspended=today.region is Region.BACK and _suspended(sessions, today),
    )


def worse_than_usual(sessions: Sequence[Session], today: Today) -> bool:
    """Rule 7: tell whether today's pain begins a flare, if it is hard to bear and in the way too."""
    as_yet = Today(day=today.day, region=today.region)
    if today.before.pain is None or condition(sessions, as_yet).flare is Stage.CALM:
        return False
    sessions = of_region(sessions, today.region)
    days = _days(sessions, today)
    return _stands_out(days, len(days) - 1)


@dataclass(slots=True)
class _Day:
    """A day on which somebody said how much it hurt before a session."""

    day: date
    pain: int
    """The most that was said on this day."""
    flare: bool | None = None
    """Whether they called it a flare; None when they were not asked or did not answer."""
    sessions: list[Session] = field(default_factory=list)
    usual: float | None = None
    """The usual pain before it; None when too little was said."""

    def add(self, before: Before) -> None:
        self.pain = max(self.pain, before.pain or 0)
        if before.flare is not None:
            self.flare = before.flare or bool(self.flare)

    @property
    def is_sore(self) -> bool:
        return is_sore(self.pain, self.usual)


def _days(sessions: Sequence[Session], today: Today) -> list[_Day]:
    """Return the days with an answer about pain, today's included, as far back as they matter."""
    days = [*_answered(sessions, today)]
    usual = usual_pains({each.day: each.pain for each in days})
    for day in days:
        day.usual = usual[day.day]
    return days


def _answered(sessions: Sequence[Session], today: Today) -> Iterator[_Day]:
    last: _Day | None = None
    said = [(each.day, each.before, each) for each in sessions if today.day - each.day <= limits.FLARE_MEMORY]
    for day, before, session in (*said, (today.day, today.before, None)):
        if before.pain is None or day > today.day:
            continue
        if last is None or last.day != day:
            if last is not None:
                yield last
            last = _Day(day, before.pain)
        last.add(before)
        if session is not None:
            last.sessions.append(session)
    if last is not None:
        yield last


def is_sore(pain: int, usual: float | None) -> bool:
    """Tell whether pain is well above the usual, or much where no usual is known."""
    least = limits.FLARE_PAIN if usual is None else usual + limits.FLARE_RISE
    return pain >= max(least, limits.FLARE_LEAST)


def _stands_out(days: Sequence[_Day], index: int) -> bool:
    """Rule 7: far above the usual once, well above it on two answers running, or much without a usual."""
    day = days[index]
    if not day.is_sore:
        return False
    if day.usual is None or day.pain >= day.usual + limits.FLARE_JUMP:
        return True
    before = days[index - 1]
    return day.day - before.day <= timedelta(limits.FLARE_APART) and before.is_sore


@dataclass(slots=True)
class _Flare:
    since: date
    usual: float | None
    days: int = limits.CALM_DAYS + limits.RETURN_DAYS
    """Its length; 0 when it ended early."""
    good: int = 0
    """Good days in a row."""

    def lasts(self, day: date) -> bool:
        """Tell whether a day is one of it, as far as is known by then."""
        return (day - self.since).days < self.days


def _last_flare(days: Sequence[_Day], sessions: Sequence[Session]) -> _Flare | None:
    """Return the last flare of all days. One that is no better after its calm days begins again."""
    flare: _Flare | None = None
    for index, day in enumerate(days):
        called = day.flare or (day.flare is None and _stands_out(days, index))
        if called and (flare is None or (day.day - flare.since).days >= min(limits.CALM_DAYS, flare.days)):
            flare = _Flare(day.day, day.usual)
        elif flare is not None and flare.lasts(day.day) and day.day > flare.since and day.sessions:
            usual = day.usual if flare.usual is None else flare.usual
            flare.good = flare.good + 1 if not called and _went_well(day, usual, sessions) else 0
            if flare.good >= limits.RETURN_GOOD:
                flare.days = 0
    return flare


def _went_well(day: _Day, usual: float | None, sessions: Sequence[Session]) -> bool:
    """Tell whether pain was as usual before the sessions of a day, and none of them raised it."""
    if usual is None or day.pain > usual + limits.AT_USUAL:
        return False
    return all(_did_no_harm(each, sessions) for each in day.sessions)


def _did_no_harm(session: Session, sessions: Sequence[Session]) -> bool:
    before, worst = session.before.pain, session.after.worst_pain
    if before is None or worst is None or names_what_hurt(session):
        return False
    if session.instructions.pain.is_much(worst):
        return False
    return worst < before + limits.AMBER_RISE and not rose_in(session, last_said(reversed(sessions), session))


def _easy_week(sessions: Sequence[Session], today: date) -> bool:
    """Rule 10. Weeks count from the last easy one, or the first session after a lay-off, a rest in itself."""
    easy: date | None = None
    begun = last = None
    for session in sessions:
        if last is None or days_between(last, session.day) >= limits.LAY_OFF_DAYS:
            begun, easy = session.day, None
        is_due = easy is None or (session.day - easy).days >= 7 * limits.DELOAD_WEEK
        if is_due and any(decision.change is DoseChange.DELOAD for decision in session.decisions):
            easy = session.day
        last = session.day
    if begun is None or last is None or days_between(last, today) >= limits.LAY_OFF_DAYS:
        return False
    if easy is None:
        return (today - begun).days >= 7 * (limits.DELOAD_WEEK - 1)
    weeks = (today - easy).days // 7
    return weeks == 0 or weeks >= limits.DELOAD_WEEK


def _suspended(sessions: Sequence[Session], today: Today) -> bool:
    felt = (*((each.day, last_of(each)) for each in sessions), (today.day, today.before.leg))
    said = {day: leg for day, leg in felt if leg is not None}
    last = [*said.values()][-limits.SUSPEND_DAYS :]
    return len(last) == limits.SUSPEND_DAYS and min(last) >= Leg.CALF
