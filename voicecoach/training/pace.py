"""The dose by an agreed pace (rule 9): graded activity, for somebody whose pain is always there.

An exercise begins below what three sessions of it showed, and then changes by the calendar alone
(:mod:`~voicecoach.training.agreement`): on good and bad days the person does what was agreed. An exercise
that they ended or named because it hurt takes no step up that week; twice within a week leaves it out. The
limits of a clinician hold beside it: more pain than they agreed on takes no step up, and where they agreed to
stop there is a step less.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from voicecoach.journal.records import Agreed, DoseChange
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of, raised
from voicecoach.routine.model import Kind
from voicecoach.routine.region import Region
from voicecoach.training import limits
from voicecoach.training.agreement import Pace, Waits, is_measure, pace_on
from voicecoach.training.ladder import Ladder
from voicecoach.training.practice import Practice
from voicecoach.training.rules import (
    Verdict,
    anew,
    eased,
    from_person,
    of_leg,
    prescribed_less,
    reason,
    stopped_as_agreed,
)
from voicecoach.training.standing import Standing
from voicecoach.training.stats import days_between
from voicecoach.training.work import share_done

_QUARTER_MORE: Final = 1 + limits.MOST_GROWTH / 100
_STEPS: Final = ("begins", "more", "less", "least", "same", "here", "hurt", "written", "back", "whole")
_BEGUN: Final = frozenset(f"reason.pace_{each}" for each in _STEPS)
"""The reasons of an exercise whose pace has begun."""
_TINY: Final = 1e-9


def paced(case: Standing) -> Verdict | None:
    """Return the dose by the agreed pace; None without one, and where the person's own word comes first."""
    pace = pace_on(case.history, case.today)
    if pace is None or not case.planned:
        return None
    if first := from_person(case):
        return _elsewhere(case, first)
    found = next(found for rule in _RULES if (found := rule(case, pace)))
    hurt = [case.most_after(each) for each in case.lately if each.hurt or each.leg.rose]
    level = Ladder(found.exercise).within(found.level, min(hurt, default=math.inf))
    if level == found.level:
        return found
    return found._replace(level=level, reason=reason("capped", why=found.reason, dose=level))


def _elsewhere(case: Standing, first: Verdict) -> Verdict | None:
    """Go on in another routine with a pace that has begun; None when it has not."""
    if first.change is not DoseChange.START or not _is_begun(case.planned[-1]):
        return None
    return first._replace(reason=reason("pace_here", dose=first.level))


def _leg(case: Standing, _: Pace) -> Verdict | None:
    if any(each.leg.rose for each in case.lately):
        return eased(case, of_leg(case))
    return None


def _agreed_stop(case: Standing, _: Pace) -> Verdict | None:
    return stopped_as_agreed(case) if case.last.is_agreed_stop else None


def _gap(case: Standing, _: Pace) -> Verdict | None:
    """Rule 8: less after a break, whatever was felt before it."""
    level, ladder = case.level, case.ladder
    if case.away >= limits.ANEW_DAYS:
        found = anew(case, level)
        return found._replace(reason=reason("pace_anew", dose=found.level))
    if case.away >= limits.LONG_LAY_OFF_DAYS:
        less = ladder.within(level, ladder.work(level) * limits.LONG_LAY_OFF_PERCENT / 100)
    elif case.away >= limits.LAY_OFF_DAYS:
        less = ladder.down(level)
    else:
        return None
    told = reason("pace_gap", less=case.step_to(less) or reason("stays", dose=less))
    return Verdict(DoseChange.LAY_OFF, told, case.current, less, case.advice)


def _less_as_prescribed(case: Standing, _: Pace) -> Verdict | None:
    return prescribed_less(case)


def _waiting(case: Standing, pace: Pace) -> Verdict | None:
    if pace.waits in {Waits.LEG, Waits.WEAK}:
        if pace.waits is Waits.WEAK and (region := case.today.region) is not Region.BACK:
            return _stays(case, "pace_waits_part", part=Message(f"region.{region}.part"))
        return _stays(case, f"pace_waits_{pace.waits}")
    return _stays(case, "pace_same") if case.current.kind is Kind.BREATHING else None


def _measured(case: Standing, _: Pace) -> Verdict | None:
    """Look at the first sessions, then begin with less than the mean of what was done in them."""
    own = _own(case)
    if any(map(_is_begun, own)):
        return None
    measured = list({each.day: each for each in own if is_measure(each)}.values())  # one of each day
    if len(measured) < limits.PACE_SESSIONS:
        told = reason("pace_baseline", n=len(measured) + 1, of=limits.PACE_SESSIONS, dose=case.level)
        return Verdict(DoseChange.HOLD, told, case.current, case.level, case.advice)
    return _begins(case, measured[-limits.PACE_SESSIONS :])


def _own(case: Standing) -> list[Practice]:
    """Return the sessions with an exercise since the pace was agreed, or since it began anew."""
    begun = max(each.at for each in case.history.agreements if each.said is Agreed.BEGIN)
    own: list[Practice] = []
    for each in case.planned:
        if own and days_between(own[-1].day, each.day) >= limits.ANEW_DAYS:
            own = []
        if each.session.started >= begun:
            own.append(each)
    return own


def _is_begun(practice: Practice) -> bool:
    """Tell whether a session followed the pace, with its beginning behind it."""
    code = practice.decision.reason.code if practice.decision else ""
    return code in _BEGUN


def _begins(case: Standing, measured: Sequence[Practice]) -> Verdict:
    """Begin below the mean of what was done, and below the last time."""
    ladder = case.ladder
    level = ladder.lasting(case.level, min(done.seconds for each in measured for done in each.sets))
    mean = sum(_work_done(case, each) for each in measured) / len(measured)
    most = min(mean, ladder.work(level)) * limits.PACE_PERCENT / 100
    percent = math.floor(100 * most / ladder.work(level) + _TINY)
    fewer = ladder.part(level, percent)
    shorter = (ladder.shorter(level, share) for share in range(percent, 0, -1))
    options = [each for each in (*shorter, fewer) if ladder.work(each) <= most + _TINY]
    dose = max(options, key=ladder.work, default=fewer)
    if dose.duration is not None:
        whole = dose.duration // limits.DURATION_STEP * limits.DURATION_STEP
        dose = replace(dose, duration=whole or dose.duration)
    return Verdict(DoseChange.PACE_BEGIN, reason("pace_begins", dose=dose), case.current, dose, case.advice)


def _work_done(case: Standing, practice: Practice) -> float:
    """Return the seconds of work that were done; a walk that was noted by hand may be longer than planned."""
    done = case.done(practice)
    planned, sides = practice.planned(done), done.sides_apart
    work = case.work_of(practice) * share_done(planned, practice.sets, sides)
    return work if planned.duration is None else max(work, sum(each.seconds for each in practice.sets))


def _agreed(case: Standing, pace: Pace) -> Agreed | None:
    """Return the last answer since the exercise was done, which no stop has made void; None without one."""
    last = next(each for each in reversed(case.planned) if each.known)
    since = max(filter(None, [last.session.started, pace.stopped]))
    said = [each.said for each in case.history.agreements if each.said.answers and each.at > since]
    return said[-1] if said else None


def _by_calendar(case: Standing, pace: Pace) -> Verdict:
    """Take the step of the week: one variable, and at most a quarter more work or one smallest step."""
    agreed = _agreed(case, pace)
    if agreed is Agreed.LESS:
        return _less(case)
    if agreed in {Agreed.MORE, Agreed.BEYOND}:
        if case.kept:
            return _stays(case, "held", why=reason("asked_to_keep"))
        if case.last.is_over_agreed:
            return _stays(case, "held", why=reason("agreed"))
        if not _hurt_lately(case):
            return _more(case, beyond=agreed is Agreed.BEYOND)
    return _stays(case, "pace_hurt" if _hurt_lately(case) else "pace_same")


def _hurt_lately(case: Standing) -> bool:
    """Tell whether the person ended or named the exercise in the last week because it hurt.

    That is their word and no measure of pain, so the exercise takes no step up; hurting again within this
    time leaves it out (rule 6).
    """
    return any(each.hurt and (case.today.day - each.day).days <= limits.RED_DAYS for each in case.practices)


def _less(case: Standing) -> Verdict:
    """Take a step down; below the least of the rules as long as there is less."""
    ladder, level = case.ladder, case.level
    lower = ladder.down(level)
    if lower == level:
        lower = ladder.within(level, ladder.work(level) * (1 - limits.MOST_GROWTH / 100))
    if (less := case.step_to(lower)) is None:
        return _stays(case, "pace_least")
    return Verdict(DoseChange.PACE_LESS, reason("pace_less", less=less), case.current, lower, case.advice)


def _more(case: Standing, *, beyond: bool) -> Verdict:
    """Go back to the whole movement or the harder variation first, then a step up in dose."""
    if case.advice:
        told = reason("pace_whole", dose=case.level)
        return Verdict(DoseChange.PACE_MORE, told, case.current, case.level)
    if not case.way[-1].harder and len(case.way) > 1 and (back := case.variation(case.way[-2].key)):
        ladder = Ladder(back)
        reached = case.level_at(back) or dose_of(back)
        dose = ladder.within(reached, case.ladder.work(case.level) * _QUARTER_MORE)
        return Verdict(DoseChange.PACE_MORE, reason("pace_back", name=back.name, dose=dose), back, dose)
    below = bool(raised(case.level, case.ladder.start))
    higher = next(_steps(case.ladder, case.level, below=below), None) if below or beyond else None
    more = case.step_to(higher) if higher else None
    if higher is None or more is None:
        goal = below or beyond or case.at_goal
        return _stays(case, "held", why=reason("goal")) if goal else _stays(case, "pace_written")
    return Verdict(DoseChange.PACE_MORE, reason("pace_more", more=more), case.current, higher)


def _steps(ladder: Ladder, level: Dose, *, below: bool) -> Iterator[Dose]:
    """Yield the steps up from a dose, the best first; ``below`` what is written they do not pass it."""
    now, written = ladder.work(level), ladder.start
    higher = [each for each in ladder.steps_up(level) if not (below and raised(written, each))]
    yield from (each for each in higher if ladder.work(each) <= now * _QUARTER_MORE + _TINY)
    whole = ladder.work(written)
    back = (ladder.toward(level, written, now + whole * percent / 100) for percent in range(1, 101))
    if below and (found := ladder.toward(level, written, now * _QUARTER_MORE)):
        yield found
    yield from reversed(higher)
    if below:
        yield from filter(None, back)


def _stays(case: Standing, code: str, **values: Message) -> Verdict:
    told = reason(code, **values, dose=case.level)
    return Verdict(DoseChange.HOLD, told, case.current, case.level, case.advice)


_RULES: Final[tuple[Callable[[Standing, Pace], Verdict | None], ...]] = (
    _leg,
    _agreed_stop,
    _gap,
    _less_as_prescribed,
    _waiting,
    _measured,
    _by_calendar,
)
"""The rules in their order; the last one always answers."""
