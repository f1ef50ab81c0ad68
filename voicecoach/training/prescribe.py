"""The next dose of one exercise (rules 2 to 8 and 10), with the reason as a sentence.

What happened last is asked in this order, and the first answer counts: it was left out; the person chose; a
professional was asked; it hurt (red); there was a gap; it was too much; it was not yet enough to rise; it may
rise. A flare and an easy week lower the dose for a time, not the level that the person has reached. Whatever
the answer of the rules, a dose is never above the last one after red or amber, or after a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.routine.doses import dose_of, lower_of, raised
from voicecoach.routine.model import Dose, Exercise
from voicecoach.training import limits
from voicecoach.training.exercise_log import History, Zone, days_between
from voicecoach.training.ladder import Ladder
from voicecoach.training.readiness import Stage, Today
from voicecoach.training.standing import TRAINED, Around, Standing
from voicecoach.training.variation import FindVariation, no_variations, others
from voicecoach.training.words import amount, efforts, number, often, step

_ALONE: Final = Around()


def next_dose(
    exercise: Exercise,
    history: History,
    today: Today,
    *,
    find_variation: FindVariation = no_variations,
    around: Around = _ALONE,
) -> Decision:
    """What to do of ``exercise``, as it stands in the routine, on a day.

    ``find_variation`` finds the variations that suit the person.
    """
    return _decision(Standing(exercise, history, today, find_variation, around))


def _decision(case: Standing) -> Decision:
    """The decision, and what it is based on."""
    if case.removed:
        return Decision(
            written=case.written.key,
            exercise=case.written.key,
            dose=None,
            change=DoseChange.REMOVE,
            reason=f"It hurt {often(limits.REDS, limits.RED_DAYS)}, so it is left out. Ask a doctor"
            " or a physiotherapist whether it is right for you.",
            based_on=case.based_on,
        )
    questions: tuple[Callable[[Standing], Verdict | None], ...] = (
        _chosen,
        _begun,
        _cleared,
        _red,
        _gap,
        _too_much,
        _not_yet,
    )
    verdict = next((found for question in questions if (found := question(case))), None) or _risen(case)
    change, reason, dose = for_today(case, verdict)
    return Decision(
        written=case.written.key,
        exercise=verdict.exercise.key,
        dose=dose,
        level=verdict.level,
        change=change,
        reason=reason,
        advice=verdict.advice,
        based_on=case.based_on,
    )


def _chosen(case: Standing) -> Verdict | None:
    """The person's own word counts before the rules, unless it hurt or there was a gap since."""
    if case.wish is None or case.chosen is None:
        return None
    since = days_between(case.wish.day, case.today.day)
    if case.practices and min(case.away, since) >= limits.LAY_OFF_DAYS:
        return None
    return Verdict(DoseChange.CHOSEN, f"You chose {amount(case.chosen)}.", case.current, case.chosen)


def _begun(case: Standing) -> Verdict | None:
    if case.practices:
        return None
    start = dose_of(case.written)
    return Verdict(DoseChange.START, f"New: it begins at {amount(start)}.", case.written, start)


def _cleared(case: Standing) -> Verdict | None:
    """What was left out comes back in an easier variation, or at its least, once a professional was asked."""
    if not case.cleared:
        return None
    asked = "You asked a professional"
    if found := _easier(case):
        exercise, level = found
        return Verdict(DoseChange.EASIER, f"{asked}: {exercise.name} for a start.", exercise, level)
    level = case.ladder.bottom(case.level)
    reason = f"{asked}: it begins again at {amount(level)}."
    return Verdict(DoseChange.REGRESS, reason, case.current, level, _otherwise(case))


def _red(case: Standing) -> Verdict | None:
    """Rule 6: an easier variation at once; without one, a step less, and the advice how to make it easier."""
    if case.zone is not Zone.RED:
        return None
    why = "The pain went further down the leg" if not case.last.hurt and case.last.leg_rose else "It hurt"
    if found := _easier(case):
        exercise, level = found
        return Verdict(DoseChange.EASIER, f"{why} the last time: {exercise.name} instead.", exercise, level)
    level = case.ladder.down(case.level)
    less = step(case.level, level) or "it stays at its least"
    return Verdict(DoseChange.REGRESS, f"{why} the last time: {less}.", case.current, level, _otherwise(case))


def _easier(case: Standing) -> tuple[Exercise, Dose] | None:
    """The easier variation, at the dose it begins with or less; None when there is none."""
    before = [case.way[-2].key] if case.way[-1].harder else []
    candidates = [case.variation(key) for key in before] + list(
        others(case.current.easier, case.find_variation, avoid=[each.key for each in case.way])
    )
    found = next(filter(None, candidates), None)
    if found is None:
        return None
    reached = case.level_at(found)
    return found, lower_of(dose_of(found), reached) if reached else dose_of(found)


def _otherwise(case: Standing) -> str:
    """How the present variation is made easier; empty when nothing is known."""
    return next((variation.text for variation in case.current.easier if variation.text), "")


def _gap(case: Standing) -> Verdict | None:
    """Rule 8, without a word of blame; and what was too much before the gap is a step less at least."""
    if case.away < limits.LAY_OFF_DAYS:
        return None
    exercise, level = case.current, case.level
    steps = 1 if case.away < limits.LONG_LAY_OFF_DAYS else 2
    if _too_much(case):
        level, steps = case.ladder.down(level), steps - 1
    if case.away >= limits.ANEW_DAYS:
        level = case.ladder.anew(level)
        if case.way[-1].harder:
            exercise, level = case.written, dose_of(case.written)
        reason = f"Good to have you back: it begins again at {amount(level)}."
        return Verdict(DoseChange.LAY_OFF, reason, exercise, level, case.advice)
    for _ in range(steps):
        if raised(case.ladder.start, level):  # never below where it began
            level = case.ladder.down(level)
    less = step(case.level, level) or f"it stays at {amount(level)}"
    return Verdict(DoseChange.LAY_OFF, f"Good to have you back: {less}.", exercise, level, case.advice)


def _too_much(case: Standing) -> Verdict | None:
    """Rule 6: a step less."""
    if case.last.unsettled():
        why = "It was still sore the next morning"
    elif case.last.effort is not None and case.last.effort >= limits.HARD_EFFORT:
        why = f"It took effort {case.last.effort}"
    elif case.misses() >= limits.MISSES:
        why = f"It was not reached in {number(limits.MISSES)} sessions"
    else:
        return None
    level = case.ladder.down(case.level)
    less = step(case.level, level) or "it stays at its least"
    return Verdict(DoseChange.REGRESS, f"{why}: {less}.", case.current, level, case.advice)


def _not_yet(case: Standing) -> Verdict | None:
    """Rule 5, and all else for which a dose stays: no answer, or not yet two good sessions."""
    for holds, why in (
        (case.kept, "You asked for no change"),
        (case.zone is Zone.AMBER, "The last time was amber"),
        (case.how.leg_worse, "Your leg feels worse than the last time"),
        (case.how.flare is not Stage.NONE, "After a flare nothing rises yet"),
        (case.easy_week, "An easy week"),
        (not case.around.grows, "This routine stays as it is"),
        (case.last.session.as_written, "The last time was as written, without this plan"),
        (not case.last.reached(case.done(case.last)), "The target was not reached"),
        (case.zone is Zone.UNKNOWN, "How much it hurt was not said"),
        (case.last.effort is None, "How hard it was was not said"),
        ((case.last.effort or 0) > limits.EASY_EFFORT, f"Effort {case.last.effort} is enough"),
        (len(case.run) < limits.SUCCESSES, "It went well; once more like this"),
        (not case.around.may_rise, "It is ready to rise, and so are others, whose turn it is today"),
    ):
        if holds:
            return Verdict(DoseChange.HOLD, why, case.current, case.level, case.advice)
    return None


def _risen(case: Standing) -> Verdict:
    """Rules 3 and 4: one step up, in one variable; which of them is the ladder's business."""
    said = efforts(case.run)
    good = f"{number(len(case.run)).capitalize()} green sessions at {said}"
    if case.advice:
        reason = f"{good}: the whole movement again, at the same dose."
        return Verdict(DoseChange.RETURN, reason, case.current, case.level)
    if not case.way[-1].harder and len(case.way) > 1 and (back := case.variation(case.way[-2].key)):
        level = Ladder(back).down(case.level_at(back) or dose_of(back))
        return Verdict(DoseChange.RETURN, f"{good}: back to {back.name}, {amount(level)}.", back, level)
    light = all(each.effort is not None and each.effort < limits.TOO_LIGHT for each in case.run)
    higher = case.ladder.up(case.level, big=light)
    if higher is None and case.current.kind in TRAINED:
        harder = others(case.current.harder, case.find_variation, avoid=[each.key for each in case.way])
        if (found := next(harder, None)) is not None:
            reason = f"{good}, and the goal is reached: on to {found.name}."
            return Verdict(DoseChange.HARDER, reason, found, dose_of(found))
    higher = higher or case.ladder.more_load(case.level)
    if higher is None:
        return Verdict(DoseChange.HOLD, "The goal is reached", case.current, case.level)
    return Verdict(DoseChange.ADVANCE, f"{good}: {step(case.level, higher)}.", case.current, higher)


_OVER: Final = {DoseChange.FLARE: "The flare is over", DoseChange.DELOAD: "The easy week is over"}
"""What made the last dose less."""


class Verdict(NamedTuple):
    """The variation and the level from now on, before a flare or an easy week lower the dose."""

    change: DoseChange
    reason: str
    exercise: Exercise
    level: Dose
    advice: str = ""


def for_today(case: Standing, verdict: Verdict) -> tuple[DoseChange, str, Dose]:
    """The dose of the day for a level (rules 7 and 10), not above the last one where that was too much."""
    change, reason, dose = verdict.change, verdict.reason, verdict.level
    flare = case.how.flare is not Stage.NONE and not case.around.calm
    if change is DoseChange.CHOSEN and not (flare and _flared_since(case)):
        return change, reason, dose
    ladder = Ladder(verdict.exercise)
    if not (case.around.grows or case.own):
        dose = replace(lower_of(dose, ladder.start), load=dose.load)
    if flare:
        dose = ladder.part(dose, limits.RETURN_PERCENT)
        change, reason = _told(verdict, DoseChange.FLARE, f"After a flare less is enough: {amount(dose)}.")
    elif case.easy_week:
        dose = ladder.easy(dose, limits.DELOAD_PERCENT)
        change, reason = _told(verdict, DoseChange.DELOAD, f"An easy week: {amount(dose)}.")
    for before in _most(case, verdict.exercise):
        if raised(before, dose):
            dose = lower_of(before, dose)
            if change is not DoseChange.HOLD:
                reason = f"{reason.removesuffix('.')}; today {amount(dose)}."
    if change is DoseChange.HOLD:
        change, reason = _held(case, verdict, dose)
    return change, reason, dose


def _flared_since(case: Standing) -> bool:
    """Whether the flare came after the wish of the person."""
    return not (case.wish and case.how.flared and case.wish.day > case.how.flared)


def _most(case: Standing, exercise: Exercise) -> Iterator[Dose]:
    """The doses of ``exercise`` that must not be gone above."""
    cautious = case.practices and (case.zone in {Zone.AMBER, Zone.RED} or case.away >= limits.LAY_OFF_DAYS)
    if cautious and case.done(case.last).key == exercise.key:
        yield case.last.planned(exercise)
    if case.kept and case.planned and case.planned[-1].exercise == exercise.key:
        yield case.planned[-1].planned(exercise)


def _held(case: Standing, verdict: Verdict, dose: Dose) -> tuple[DoseChange, str]:
    """A level that stays is told as a change all the same when the last session was different."""
    stays = DoseChange.HOLD, f"{verdict.reason}: it stays at {amount(dose)}."
    if not case.planned:
        return stays
    last = case.planned[-1]
    less = _OVER.get(last.decision.change if last.decision else DoseChange.HOLD)
    if not (less or case.around.grows or case.own):
        return stays
    if last.exercise != verdict.exercise.key:
        return DoseChange.BACK, f"{verdict.reason}: {verdict.exercise.name} now, {amount(dose)}."
    before = last.planned(verdict.exercise)
    if dose == before:
        return stays
    if not raised(before, dose):
        return DoseChange.BACK, f"{verdict.reason}: {amount(dose)} now."
    return DoseChange.BACK, f"{less or 'It was less for a time'}: {amount(dose)} again."


def _told(verdict: Verdict, change: DoseChange, reason: str) -> tuple[DoseChange, str]:
    if verdict.change in {DoseChange.HOLD, DoseChange.START}:
        return change, reason
    return verdict.change, f"{verdict.reason} {reason}"
