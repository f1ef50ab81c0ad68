"""How an exercise went lately, as far as its next step up depends on it (rules 2 and 3).

All functions are pure.
"""

from __future__ import annotations

from datetime import timedelta

from voicecoach.journal.records import DoseChange, Wish
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import lower_of
from voicecoach.routine.model import Exercise, Kind
from voicecoach.training import limits
from voicecoach.training.ladder import Ladder
from voicecoach.training.practice import Practice, Zone
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.standing import Standing, was_too_much
from voicecoach.training.stats import days_between


def successes(case: Standing) -> list[Practice]:
    """Return the successes in a row at the present dose, latest first, with no gap between (rules 2, 3).

    Several on a day count once.
    """
    run: list[Practice] = []
    for each in reversed(case.planned):
        if each.shortened and not case.reached(each):
            continue
        gap = days_between(each.day, run[-1].day) if run else 0
        if gap >= limits.LAY_OFF_DAYS or not _succeeded(case, each):
            break
        if not run or (run[-1].day - each.day).days >= _apart(case):
            run.append(each)
    return run


def needed(case: Standing) -> int:
    """Return how many good sessions in a row it takes before the dose rises."""
    up = case.current.bounds.up
    return max(limits.SUCCESSES, up.times if up else 0)


def is_above_limit(case: Standing, practice: Practice) -> bool:
    """Tell whether a session had more pain than whoever prescribed the exercise takes for a rise."""
    up = case.current.bounds.up
    return up is not None and up.pain is not None and practice.is_above(up.pain)


def _succeeded(case: Standing, practice: Practice) -> bool:
    return (
        _at_level(case, practice)
        and case.reached(practice)
        and practice.zone() is Zone.GREEN
        and not is_above_limit(case, practice)
        and practice.effort is not None
        and practice.effort <= limits.EASY_EFFORT
    )


def _at_level(case: Standing, practice: Practice) -> bool:
    same_variation = practice.exercise == case.current.key
    same_advice = (practice.decision.advice if practice.decision else "") == case.advice
    same_dose = practice.planned(case.current) == case.level and case.in_all_rounds(practice)
    return same_variation and same_advice and same_dose


def is_light(case: Standing) -> bool:
    """Tell whether the successes took so little effort that reps may rise by two."""
    return all(each.effort is not None and each.effort < limits.TOO_LIGHT for each in successes(case))


def misses(case: Standing) -> int:
    """Return the sessions in a row in which the present dose was not reached."""
    count = 0
    for each in reversed(case.planned):
        if each.shortened:
            continue
        if not _at_level(case, each) or case.reached(each):
            break
        count += 1
    return count


def lasted(case: Standing) -> Dose:
    """Return the level, as long as the last successes all lasted: longer only when noted by hand."""
    last = successes(case)[: needed(case)]
    shortest = min((each.seconds for practice in last for each in practice.sets), default=0.0)
    return case.ladder.lasting(case.level, shortest)


def is_rested(case: Standing) -> bool:
    """Tell whether a night, or two after strength, has passed since the last session.

    Where somebody prescribed the routine, and with it how often, a night is enough: strength every day would
    never rise otherwise. The good sessions that count lie as far apart as ever.
    """
    apart = 1 if case.planned[-1].session.instructions.by else _apart(case)
    return (case.today.day - case.last.day).days >= apart


def _apart(case: Standing) -> int:
    """Days from one session that counts to the next: strength takes 48 hours (catalogue section 11)."""
    return limits.STRENGTH_APART if case.current.kind is Kind.STRENGTH else 1


def flared_since(case: Standing) -> bool:
    """Tell whether there was a flare after the last session with it, so that the good ones are long ago."""
    sessions, last = case.history.sessions, case.last.session.started
    return any(
        condition(sessions[:number], Today.of(each)).flare is not Stage.NONE
        for number, each in enumerate(sessions)
        if each.started > last
    )


def least_of_week(case: Standing) -> float:
    """Return the least seconds of work of the level in the last week, the one at its beginning included."""
    since = case.today.day - timedelta(7)
    here = [each for each in case.way_here if each.exercise == case.current.key]
    first = next((number for number, each in enumerate(here) if each.day > since), len(here))
    levels = [each.level(case.current) for each in here[max(0, first - 1) :]]
    return min(map(case.ladder.work, [*levels, case.level]))


def best_lately(case: Standing) -> Dose:
    """Return the level of the last weeks that the person may return to: a step less where it was too much."""
    choices = case.history.choices_for(case.key, None)
    said = [each.at for each in choices if each.wish is not Wish.KEEP]
    since = case.today.day - timedelta(limits.ANEW_DAYS)
    best = case.level
    for each in case.planned:
        if each.decision and each.decision.change is DoseChange.OFFER:
            best = case.level  # what hurt twice is not gone back to in quarters
        if each.exercise != case.current.key or each.day < since:
            continue
        if said and each.session.started <= said[-1]:
            continue
        level = each.level(case.current)
        if was_too_much(each):
            level = case.ladder.down(level)
        best = max(best, level, key=case.ladder.work)
    return best


def before_wish(case: Standing, exercise: Exercise) -> Dose | None:
    """Return the dose reached before one that the person wished for, where that was at once too much."""
    mine = [each for each in case.planned if each.exercise == exercise.key]
    if len(mine) < 2 or not (mine[-1].is_chosen and was_too_much(mine[-1])):
        return None
    before, wished = (each.level(exercise) for each in mine[-2:])
    return lower_of(before, Ladder(exercise).down(wished))
