"""Statistics by week: how often, how long, and how it felt. All functions are pure.

There are no streaks here: a week counts by itself, and one that was missed takes nothing from the others.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final, NamedTuple

from voicecoach.journal.records import Session, SetDone, tally
from voicecoach.session.listener import Ending
from voicecoach.training import limits

WEEK: Final = timedelta(days=7)
_PARTS: Final = 3
"""A trend compares the first with the last of so many parts of the time [own choice]."""
_ENOUGH: Final = 3
"""The fewest answers in each of these parts, as one session says little [own choice]."""


def trained(session: Session) -> bool:
    """Tell whether it was exercise: there was work in it, or it was noted by hand.

    What has no sets at all, such as a talk, counts when it came to its end.
    """
    talked = session.finished and not session.sets and not session.sets_planned
    return session.by_hand or talked or are_work(session.sets)


def is_rest(session: Session) -> bool:
    """Tell whether a session was left out on a red day, so that the answers before it are all there is."""
    return not (session.by_hand or session.finished or session.sets or session.asked or session.ended is None)


def are_work(sets: Collection[SetDone]) -> bool:
    """Tell whether some of these sets was done in part, or there was ``limits.LEAST_WORK`` in all."""
    return any(map(_is_work, sets)) or sum(each.seconds for each in sets) >= limits.LEAST_WORK


def _is_work(each: SetDone) -> bool:
    """Tell whether a set is exercise by itself.

    One that was left by going on to the next is not. With one that was left with the session a rep has to
    have come to its end, or a part of timed work. What hurt has to be asked about, however short it was.
    """
    if each.ending is not Ending.STOPPED:
        return each.ending is not Ending.SKIPPED and bool(each.reps or each.seconds)
    least = math.inf if each.seconds_planned is None else each.seconds_planned * limits.LEAST_PART / 100
    return each.reps > 0 or each.seconds >= least


def is_whole(session: Session) -> bool:
    """Tell whether a session settles what was due: the whole routine was played, and most of it was done.

    A part that was chosen does not, nor does one in which an exercise was ended because it hurt; they count
    as a part. What was noted by hand is taken for whole.
    """
    if session.by_hand or not trained(session):
        return session.by_hand
    if was_hurt(session) or is_chosen_part(session):
        return False
    if not session.sets_planned:
        return session.finished
    return 100 * _sets_done(session.sets) >= limits.WHOLE_PERCENT * session.sets_planned


def _sets_done(sets: Iterable[SetDone]) -> float:
    """Return how many sets were done, of one that was left the part that was done, both sides as one set."""
    parts: dict[tuple[int, str, int, str], float] = {}
    for each in sets:
        key = (each.block, each.written or each.exercise, each.set_number, each.side)
        parts[key] = max(parts.get(key, 0.0), _share(each) / max(1, each.sides))
    return math.fsum(parts.values())


def _share(each: SetDone) -> float:
    """Return how much of a set was done, from 0 to 1; of one that was skipped nothing counts."""
    if each.ending is Ending.DONE:
        return 1.0
    if each.ending is Ending.SKIPPED:
        return 0.0
    if each.seconds_planned:
        return min(1.0, each.seconds / each.seconds_planned)
    return min(1.0, each.reps / each.reps_planned) if each.reps_planned else 0.0


def is_something(session: Session) -> bool:
    """Tell whether a session is at least a part: one that pain ended before any set was done is not."""
    without = [each for each in session.sets if each.ending is not Ending.HURT]
    return trained(session) and (not was_hurt(session) or are_work(without))


def is_chosen_part(session: Session) -> bool:
    """Tell whether less than the routine was asked for: some of its steps, or fewer sets or minutes."""
    asked = session.asked
    return asked is not None and bool(
        asked.start or asked.only or asked.sets is not None or asked.minutes is not None
    )


class Extent(Enum):
    """How much of a session was done."""

    FULL = "full"
    PART = "part"
    HURT = "hurt"
    """An exercise was ended because it hurt."""


def extent(session: Session) -> Extent:
    """Return how much of a routine was done in a session; a part may have been chosen."""
    if was_hurt(session):
        return Extent.HURT
    if is_chosen_part(session):
        return Extent.PART
    begun = {(each.block, each.written or each.exercise, each.set_number) for each in session.sets}
    all_sets = tally(session.sets).done >= (session.sets_planned or len(begun))
    return Extent.FULL if session.finished and (all_sets or session.by_hand) else Extent.PART


def length(session: Session) -> float:
    """Seconds that a session lasted; where an old version was killed, those until its last set."""
    return session.seconds or tally(session.sets).length(session.started)


def was_hurt(session: Session) -> bool:
    """Tell whether an exercise was ended because it hurt."""
    return any(each.ending is Ending.HURT for each in session.sets)


def names_what_hurt(session: Session) -> bool:
    """Tell whether an exercise was ended because it hurt, or named afterwards as the one that did."""
    return bool(session.named) or was_hurt(session)


def pain_by_day(sessions: Iterable[Session]) -> dict[date, int]:
    """Return the most pain that was said before a session of each day, for the days with an answer."""
    found: dict[date, int] = {}
    for each in sessions:
        if each.before.pain is not None:
            found[each.day] = max(each.before.pain, found.get(each.day, 0))
    return found


def usual_pain(by_day: Mapping[date, int], day: date) -> float | None:
    """Return the median of the weeks before a day; None when it was said on too few of their days.

    ``by_day`` is what :func:`pain_by_day` returns. Somebody who trains twice a day has said it on one day.
    """
    before = (day - timedelta(number) for number in range(1, limits.USUAL_DAYS + 1))
    return _usual(sorted(by_day[each] for each in before if each in by_day))


def assumed_pain(by_day: Mapping[date, int], day: date) -> float:
    """Return what pain before a session is taken for when nobody said: the usual, where it is known."""
    usual = usual_pain(by_day, day)
    return limits.UNSAID_PAIN if usual is None else usual


def usual_pains(by_day: Mapping[date, int], others: Iterable[date] = ()) -> dict[date, float | None]:
    """Return :func:`usual_pain` of each day of ``by_day``, and of ``others``, in one go."""
    found: dict[date, float | None] = {}
    before: deque[date] = deque()
    said: list[int] = []
    for day in sorted({*by_day, *others}):
        while before and (day - before[0]).days > limits.USUAL_DAYS:
            said.remove(by_day[before.popleft()])
        found[day] = _usual(said)
        if day in by_day:
            before.append(day)
            insort(said, by_day[day])
    return found


def assumed_pains(by_day: Mapping[date, int], others: Iterable[date]) -> dict[date, float]:
    """Return :func:`assumed_pain` of each day of ``by_day``, and of ``others``, in one go."""
    usual = usual_pains(by_day, others).items()
    return {day: limits.UNSAID_PAIN if pain is None else pain for day, pain in usual}


def _usual(said: Sequence[int]) -> float | None:
    """Return the median of sorted answers; None when there are too few."""
    if len(said) < limits.USUAL_ANSWERS:
        return None
    return (said[(len(said) - 1) // 2] + said[len(said) // 2]) / 2  # importing statistics takes long


class WeekCount(NamedTuple):
    """What of a week counts for its goal."""

    days: frozenset[date]
    lacking: bool = False
    """Whether a routine of the plan lacks some of its days, however many days these are."""


Count = Callable[[Sequence[Session], date], WeekCount]
"""Returns what counts of the sessions of a week, which began on a Monday."""


def every_day(sessions: Sequence[Session], monday: date) -> WeekCount:  # noqa: ARG001 - a Count
    """Count each day with exercise, as is done without a plan."""
    return WeekCount(frozenset(each.day for each in sessions))


def whole_days(sessions: Sequence[Session], monday: date) -> WeekCount:  # noqa: ARG001 - a Count
    """Count each day on which something was done as a whole, as is done for a plan of then."""
    return WeekCount(frozenset(each.day for each in sessions if is_whole(each)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of exercise, from Monday to Sunday."""

    monday: date
    goal: int
    """Days with exercise that are aimed at."""
    sessions: tuple[Session, ...]
    """The sessions in which something was done, earliest first."""
    whole: bool = True
    """False for the week that is going on, and for the one in which everything began on a later day."""
    counted: WeekCount
    """Its days that count for the goal."""

    @property
    def days(self) -> int:
        """Days that count; two sessions on a day do not stand for another day."""
        return len(self.counted.days)

    @property
    def parts(self) -> int:
        """Further days with exercise, in part."""
        return len({each.day for each in self.sessions} - self.counted.days)

    @property
    def reached(self) -> bool:
        return self.days >= self.goal and not self.counted.lacking

    @property
    def minutes(self) -> float:
        return sum(map(length, self.sessions)) / 60

    @property
    def before(self) -> tuple[int, ...]:
        """The pain before each session."""
        return _said(each.before.pain for each in self.sessions)

    @property
    def worst(self) -> tuple[int, ...]:
        """The worst pain of each session."""
        return _said(each.after.worst_pain for each in self.sessions)

    @property
    def morning(self) -> tuple[int, ...]:
        """The pain on the morning after each session."""
        return _said(each.next_morning for each in self.sessions)

    @property
    def effort(self) -> tuple[int, ...]:
        return _said(each.after.effort for each in self.sessions)


Answers = Callable[[Week], tuple[int, ...]]
"""Returns the answers to one question in a week."""


def weeks_until(  # noqa: PLR0913 - all that weeks depend on
    today: date,
    count: int,
    sessions: Iterable[Session],
    goal: int,
    *,
    begun: tuple[date, int] | None = None,
    earlier: bool = False,
    count_days: Count = every_day,
    start: date | None = None,
) -> tuple[Week, ...]:
    """Return the last ``count`` weeks including the present one, earliest first.

    ``sessions`` are those of at least these weeks, in any order; ``earlier`` says that there are older ones.
    When there are not, the weeks begin with the first session; none when there is no session either. The
    Monday in ``begun`` is that of a week with a goal of its own. ``count_days`` finds the days that count.
    From the week of ``start`` on, sessions count since that day.
    """
    by_week: dict[date, list[Session]] = {}
    here = (each for each in sessions if trained(each) and (start or date.min) <= each.day <= today)
    done = sorted(here, key=lambda each: (each.day, each.started))
    for each in done:
        by_week.setdefault(monday_of(each.day), []).append(each)
    last = monday_of(today)
    first = last - (count - 1) * WEEK
    began = done[0].day if done else None
    if not earlier:
        if began is None:
            return ()
        first = max(monday_of(began), first)
    since = max(start or first, first) if earlier or began is None else began
    mondays = (first + number * WEEK for number in range((last - first) // WEEK + 1))
    return tuple(
        Week(
            monday=monday,
            goal=begun[1] if begun and monday == begun[0] else goal,
            sessions=tuple(by_week.get(monday, ())),
            whole=since <= monday < last,
            counted=count_days(by_week.get(monday, ()), monday),
        )
        for monday in mondays
    )


class Adherence(NamedTuple):
    """Weeks on target."""

    reached: int
    of: int


def adherence(weeks: Iterable[Week]) -> Adherence:
    """Count the weeks that reached their goal; one that is not whole counts only if it did."""
    counted = [each.reached for each in weeks if each.whole or each.reached]
    return Adherence(sum(counted), len(counted))


class Trend(NamedTuple):
    """The means of the first and the last weeks."""

    first: float
    last: float


def trend(weeks: Sequence[Week], answers: Answers) -> Trend | None:
    """Compare the answers in the first third of the weeks with those in the last third.

    None when less than three weeks are known, or there are fewer than three answers in one of those thirds.
    """
    weeks, part = _compared(weeks), trend_weeks(weeks)
    parts = (weeks[:part], weeks[len(weeks) - part :])
    if any(sum(len(answers(week)) for week in each) < _ENOUGH for each in parts):
        return None
    first, last = (mean(each, answers) for each in parts)
    return None if first is None or last is None else Trend(first, last)


def trend_weeks(weeks: Sequence[Week]) -> int:
    """How many weeks each side of a :func:`trend` has."""
    return len(_compared(weeks)) // _PARTS


def _compared(weeks: Sequence[Week]) -> Sequence[Week]:
    """Leave out the week that is going on while it has few sessions."""
    begun = bool(weeks) and not weeks[-1].whole and len(weeks[-1].sessions) < _ENOUGH
    return weeks[:-1] if begun else weeks


def mean(weeks: Iterable[Week], answers: Answers) -> float | None:
    """Return the mean of all answers in some weeks; None without answers."""
    said = [answer for week in weeks for answer in answers(week)]
    return math.fsum(said) / len(said) if said else None


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def days_between(earlier: date, later: date) -> int:
    """Return the number of days without exercise between two days with it."""
    return (later - earlier).days - 1


def _said(answers: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(answer for answer in answers if answer is not None)
