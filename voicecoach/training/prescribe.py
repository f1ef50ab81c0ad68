"""The next dose of one exercise (rules 2 to 8 and 10), with the reason.

What happened last is asked in this order, and the first answer counts: it was left out; the person chose; a
professional was asked; it hurt (red); there was a gap; it was too much; it was not yet enough to rise; it may
rise. A flare and an easy week lower the dose for a time, not the level that the person has reached. Whatever
the answer of the rules, a dose is never above the last one after red or amber, or after a gap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of, lower_of, raised
from voicecoach.routine.model import Dose, Exercise, Variation
from voicecoach.training import limits
from voicecoach.training.exercise_log import History, Practice, Zone, days_between
from voicecoach.training.ladder import Ladder
from voicecoach.training.readiness import Stage, Today
from voicecoach.training.standing import REMOVABLE, TRAINED, Around, Standing
from voicecoach.training.variation import FindVariation, no_variations, others
from voicecoach.training.words import amount, step

_ALONE: Final = Around()


def next_dose(
    exercise: Exercise,
    history: History,
    today: Today,
    *,
    find_variation: FindVariation = no_variations,
    around: Around = _ALONE,
) -> Decision:
    """Return the dose of ``exercise``, as the routine has it, for a day.

    ``find_variation`` finds the variations that suit the person.
    """
    return _decision(Standing(exercise, history, today, find_variation, around))


def _decision(case: Standing) -> Decision:
    """The decision, and what it is based on."""
    if case.left_out and not case.may_be_tried:
        return _replaced(case, "left_out")
    if case.suspended:
        return _replaced(case, "leg_suspended")
    questions: tuple[Callable[[Standing], Verdict | None], ...] = (
        _tried,
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
        written=case.key,
        exercise=verdict.exercise.key,
        dose=dose,
        level=verdict.level,
        change=change,
        reason=reason,
        advice=verdict.advice,
        based_on=case.based_on,
    )


def _replaced(case: Standing, why: str) -> Decision:
    """Put a substitute in the place of an exercise that is left out, or leave a hole where none suits.

    The substitute begins with no more work than the exercise that hurt, and then goes its own way.
    """
    keys = (Variation(exercise=key) for key in case.written.substitutes)
    found = next(others(keys, case.find_variation, avoid=[each.key for each in case.way]), None)
    if found is None:
        return _made(case, case.written, None, DoseChange.REMOVE, _reason(why))
    anywhere = replace(case.around, routine="")
    instead = replace(case, written=found, instead_of=case.key, around=anywhere)
    latest = next(reversed(case.history.practices(case.key)), None)
    if instead.practices and latest and latest.exercise == found.key:
        return replace(_decision(instead), substitute=True)
    dose = instead.level if instead.practices else dose_of(found)
    last = case.practices[-1].decision if case.practices else None
    if case.practices and not (last and last.change is DoseChange.OFFER):
        dose = Ladder(found).within(dose, min(map(case.work_of, case.practices[-2:])))
    if latest and latest.decision and latest.decision.substitute and _is_careful_after(case, latest):
        dose = Ladder(found).within(dose, case.work_of(latest))
    reason = _reason(f"{why}_instead", name=found.name)
    return replace(_made(case, found, dose, DoseChange.REPLACE, reason), substitute=True)


def _made(
    case: Standing, exercise: Exercise, dose: Dose | None, change: DoseChange, reason: Message
) -> Decision:
    return Decision(
        written=case.key,
        exercise=exercise.key,
        dose=dose,
        level=dose,
        change=change,
        reason=reason,
        based_on=case.based_on,
    )


def _tried(case: Standing) -> Verdict | None:
    """Offer an exercise that was left out again, at its least (rule 6)."""
    if not case.left_out:
        return None
    ladder = Ladder(case.written)
    least = ladder.bottom(ladder.start)
    least = replace(least, reps=(min(least.reps[0], _A_TRY),))
    return Verdict(DoseChange.OFFER, _reason("tried", dose=least), case.written, least)


def _chosen(case: Standing) -> Verdict | None:
    """Follow the person's wish before the rules, unless it hurt or there was a gap since."""
    if case.wish is None or case.chosen is None:
        return None
    since = days_between(case.wish.day, case.today.day)
    if case.practices and min(case.away, since) >= limits.LAY_OFF_DAYS:
        return None
    return Verdict(DoseChange.CHOSEN, _reason("chosen", dose=case.chosen), case.current, case.chosen)


def _begun(case: Standing) -> Verdict | None:
    """Begin with the dose of the routine, unless it hurt in another one."""
    if case.planned or (case.practices and case.zone is Zone.RED):
        return None
    start = dose_of(case.written)
    return Verdict(DoseChange.START, _reason("new", dose=start), case.written, start)


def _cleared(case: Standing) -> Verdict | None:
    """Bring back an exercise that was left out, easier or at its least, once a professional has agreed."""
    if not case.cleared:
        return None
    if found := _easier(case):
        exercise, level = found
        return Verdict(DoseChange.EASIER, _reason("cleared_easier", name=exercise.name), exercise, level)
    level = case.ladder.bottom(case.level)
    reason = _reason("cleared", dose=level)
    return Verdict(DoseChange.REGRESS, reason, case.current, level, _otherwise(case))


def _red(case: Standing) -> Verdict | None:
    """Rule 6: an easier variation at once; without one, a step less, and the advice how to make it easier."""
    if case.zone is not Zone.RED:
        return None
    why = _reason("hurt" if case.last.to_blame else "leg")
    if found := _easier(case):
        exercise, level = found
        reason = _reason("red_easier", why=why, name=exercise.name)
        return Verdict(DoseChange.EASIER, reason, exercise, level)
    level = case.ladder.down(case.level)
    reason = _reason("red", why=why, less=step(case.level, level) or _reason("least"))
    return Verdict(DoseChange.REGRESS, reason, case.current, level, _otherwise(case))


def _easier(case: Standing) -> tuple[Exercise, Dose] | None:
    """Return the easier variation, at its first dose or less; None when there is none.

    It is never more work than the last time, and never with a heavier load.
    """
    before = [case.way[-2].key] if case.way[-1].harder else []
    candidates = [case.variation(key) for key in before] + list(
        others(case.current.easier, case.find_variation, avoid=[each.key for each in case.way])
    )
    found = next(filter(None, candidates), None)
    if found is None:
        return None
    reached = case.level_at(found)
    dose = lower_of(dose_of(found), reached) if reached else dose_of(found)
    return found, Ladder(found).within(_no_heavier(dose, case), case.work_of(case.last))


def _no_heavier(dose: Dose, case: Standing) -> Dose:
    """Return ``dose`` with a load that is no heavier than the last time."""
    return replace(dose, load=min(dose.load, case.last.planned(case.done(case.last)).load))


def _otherwise(case: Standing) -> str:
    """Return how to make the present variation easier; empty when unknown."""
    return next((variation.text for variation in case.current.easier if variation.text), "")


def _gap(case: Standing) -> Verdict | None:
    """Rule 8, without a word of blame; and what was too much before the gap is a step less at least."""
    if case.away < limits.LAY_OFF_DAYS:
        return None
    level = case.ladder.down(case.level) if _too_much(case) else case.level
    if case.away >= limits.ANEW_DAYS:
        return _anew(case, level)
    if case.away >= limits.LONG_LAY_OFF_DAYS:
        level = case.ladder.within(level, case.ladder.work(case.level) * limits.LONG_LAY_OFF_PERCENT / 100)
    elif level == case.level and raised(case.ladder.start, level):  # never below where it began
        level = case.ladder.down(level)
    reason = _reason("gap", less=step(case.level, level) or _reason("stays", dose=level))
    return Verdict(DoseChange.LAY_OFF, reason, case.current, level, case.advice)


def _anew(case: Standing, level: Dose) -> Verdict:
    """Begin again with the library's first dose, and with the variation of the routine or an easier one."""
    exercise = case.current
    if case.way[-1].harder:
        exercise, level = case.written, dose_of(case.written)
    first = case.find_variation(exercise.key) or exercise
    level = Ladder(first).anew(_no_heavier(level, case))
    return Verdict(DoseChange.LAY_OFF, _reason("gap_anew", dose=level), exercise, level, case.advice)


def _too_much(case: Standing) -> Verdict | None:
    """Rule 6: a step less."""
    if case.last.sore and case.current.kind in REMOVABLE:
        why = _reason("sore")
    elif case.last.unsettled():
        why = _reason("sore_morning")
    elif case.last.effort is not None and case.last.effort >= limits.HARD_EFFORT:
        why = _reason("hard", effort=case.last.effort)
    elif case.misses() >= limits.MISSES:
        why = _reason("missed", n=limits.MISSES)
    else:
        return None
    level = case.ladder.down(case.level)
    reason = _reason("too_much", why=why, less=step(case.level, level) or _reason("least"))
    return Verdict(DoseChange.REGRESS, reason, case.current, level, case.advice)


def _not_yet(case: Standing) -> Verdict | None:
    """Rule 5, and all else for which a dose stays: no answer, or not yet two good sessions."""
    for holds, why in (
        (case.kept, "asked_to_keep"),
        (case.zone is Zone.AMBER, "amber"),
        (case.how.leg_worse, "leg_worse"),
        (case.how.flare is not Stage.NONE, "flare_lately"),
        (case.how.sore, "sore_today"),
        (case.easy_week, "easy_week"),
        (not case.around.grows and case.as_routine_has_it, "fixed"),
        (case.last.session.as_written, "as_written"),
        (case.last.shortened and not case.last.reached(case.done(case.last)), "shortened"),
        (not case.last.reached(case.done(case.last)), "target"),
        (case.zone is Zone.UNKNOWN, "pain_unknown"),
        (case.last.effort is None, "effort_unknown"),
        ((case.last.effort or 0) > limits.EASY_EFFORT, "effort_enough"),
        (len(case.run) < limits.SUCCESSES, "once_more"),
        (not case.rested, "night_first"),
        (case.flared_since, "flare_lately"),
        (not case.around.may_rise, "others_first"),
    ):
        if holds:
            return Verdict(DoseChange.HOLD, _reason(why), case.current, case.level, case.advice)
    return None


def _risen(case: Standing) -> Verdict:
    """Rules 3 and 4: one step up, in one variable; which of them is the ladder's business."""
    good = _reason("good", n=limits.SUCCESSES)
    if case.advice:
        return Verdict(DoseChange.RETURN, _reason("whole_again", good=good), case.current, case.level)
    if not case.way[-1].harder and len(case.way) > 1 and (back := case.variation(case.way[-2].key)):
        ladder = Ladder(back)
        level = ladder.down(case.level_at(back) or dose_of(back))
        if not case.around.grows:
            level = lower_of(level, dose_of(back))
        reason = _reason("back_to", good=good, name=back.name, dose=level)
        return Verdict(DoseChange.RETURN, reason, back, level)
    higher = _higher(case)
    if higher is None and case.at_goal and case.around.grows and case.current.kind in TRAINED:
        harder = others(case.current.harder, case.find_variation, avoid=[each.key for each in case.way])
        if (found := next(harder, None)) is not None:
            level = Ladder(found).within(dose_of(found), case.ladder.work(case.level))
            return Verdict(DoseChange.HARDER, _reason("on_to", good=good, name=found.name), found, level)
    if higher is None and case.at_goal and case.around.grows:
        higher = case.ladder.more_load(case.level)
    more = step(case.level, higher) if higher else None
    if higher is None or more is None:
        why = "goal" if case.at_goal else "enough_this_week"
        return Verdict(DoseChange.HOLD, _reason(why), case.current, case.level)
    return Verdict(DoseChange.ADVANCE, _reason("risen", good=good, more=more), case.current, higher)


def _higher(case: Standing) -> Dose | None:
    """Return the next dose of the present variation, or None.

    In a week it is at most a quarter more work, or one smallest step; back to what was reached before pain or
    a gap it goes in quarters of that. A routine that does not grow leads as far as it is written.
    """
    ladder, level = case.ladder, case.level
    now, most = ladder.work(level), case.week_ago * (1 + limits.MOST_GROWTH / 100)
    reached = case.reached if case.around.grows else ladder.start
    whole = ladder.work(reached)
    for quarters in range(1, 5) if whole > now or not case.around.grows else ():
        budget = min(whole, now + quarters * whole * limits.MOST_GROWTH / 100)
        if back := ladder.toward(level, reached, max(most, budget)):
            return back
    if not case.around.grows:
        return None
    light = all(each.effort is not None and each.effort < limits.TOO_LIGHT for each in case.run)
    higher = ladder.steps_up(level, big=light)
    if not higher and len(case.way) == 1 and (back := ladder.toward(level, dose_of(case.written), most)):
        return back  # a routine may have more than the goal of its exercise
    fits = next((each for each in higher if ladder.work(each) <= most), None)
    risen = now > case.week_ago
    return fits or (higher[-1] if higher and not risen else None)


_A_TRY: Final = 2
"""Reps with which an exercise that was left out is tried again [own choice]."""
_OVER: Final = {DoseChange.FLARE: "flare_over", DoseChange.DELOAD: "deload_over"}
"""The changes that lower a dose for a time."""


class Verdict(NamedTuple):
    """The variation and the dose reached, before a flare or an easy week lowers it."""

    change: DoseChange
    reason: Message
    """A sentence; of a dose that stays, the part that says why."""
    exercise: Exercise
    level: Dose
    advice: str = ""


def _reason(code: str, **values: str | int | Dose | Message) -> Message:
    """A reason by its name, with doses as routines have them."""
    told = {name: amount(each) if isinstance(each, Dose) else each for name, each in values.items()}
    return Message(f"reason.{code}", **told)


def for_today(case: Standing, verdict: Verdict) -> tuple[DoseChange, Message, Dose]:
    """Return the day's dose for a level (rules 7 and 10), not above a last one that was too much."""
    change, reason, dose = verdict.change, verdict.reason, verdict.level
    flare = case.how.flare is not Stage.NONE and not case.around.calm
    if change is DoseChange.CHOSEN and not (flare and _flared_after_wish(case)):
        return change, reason, dose
    ladder = Ladder(verdict.exercise)
    if not (case.around.grows or case.own):
        dose = lower_of(dose, ladder.start)
    if flare:
        dose = ladder.part(dose, case.how.share)
        change, reason = _told(verdict, DoseChange.FLARE, _reason(_flare_step(case), dose=dose))
    elif case.easy_week:
        dose = ladder.easy(dose, limits.DELOAD_PERCENT)
        change, reason = _told(verdict, DoseChange.DELOAD, _reason("deload", dose=dose))
    capped = _capped(case, verdict.exercise, dose)
    if capped != dose:
        dose = capped
        if change is not DoseChange.HOLD:
            reason = _reason("capped", why=reason, dose=dose)
    if change is DoseChange.HOLD:
        change, reason = _held(case, verdict, dose)
    return change, reason, dose


def _flare_step(case: Standing) -> str:
    """Return which step of a flare it is, as the name of its reason."""
    if case.how.flare is Stage.CALM:
        return "flare"
    return "flare_half" if case.how.share == limits.RETURN_PERCENT else "flare_more"


def _flared_after_wish(case: Standing) -> bool:
    """Tell whether the flare came after the person's wish."""
    return not (case.wish and case.how.since and case.wish.day > case.how.since)


def _capped(case: Standing, exercise: Exercise, dose: Dose) -> Dose:
    """Return ``dose`` with no more work than the last time after pain, a gap or a missing answer.

    What hurt counts in whatever routine it was; a missing answer, or a gap, counts in its own.
    """
    last = [case.planned[-1]] if case.planned else []
    how = case.how
    pained = bool(case.practices) and (case.zone in {Zone.AMBER, Zone.RED} or how.leg_worse or how.sore)
    if pained:
        sore = [each for each in case.lately if each.zone() in {Zone.AMBER, Zone.RED}]
        last += sore if sore or last else case.lately[-1:]
    if pained or (case.planned and _is_careful(case)):
        for each in last:
            done = case.done(each)
            if done.key == exercise.key and each in case.planned:
                dose = lower_of(each.planned(done), dose)
            dose = replace(dose, load=min(dose.load, each.planned(done).load))
            dose = Ladder(exercise).within(dose, case.work_of(each))
    if case.kept and case.planned and case.planned[-1].exercise == exercise.key:
        dose = lower_of(case.planned[-1].planned(exercise), dose)
    return dose


def _is_careful(case: Standing) -> bool:
    """Tell whether nothing may be more than the last time, for another reason than pain."""
    unknown = case.zone is Zone.UNKNOWN or case.last.effort is None
    return unknown or case.away >= limits.LAY_OFF_DAYS


def _is_careful_after(case: Standing, practice: Practice) -> bool:
    """Tell whether nothing may be more than in a session with another variation or substitute."""
    gap = days_between(practice.day, case.today.day) >= limits.LAY_OFF_DAYS
    return gap or practice.zone() is not Zone.GREEN or practice.effort is None


def _held(case: Standing, verdict: Verdict, dose: Dose) -> tuple[DoseChange, Message]:
    """A level that stays is told as a change all the same when the last session was different."""
    stays = DoseChange.HOLD, _reason("held", why=verdict.reason, dose=dose)
    if not case.planned:
        return stays
    last = case.planned[-1]
    less = _OVER.get(last.decision.change if last.decision else DoseChange.HOLD)
    if not (less or case.around.grows or case.own):
        return stays
    if last.exercise != verdict.exercise.key:
        reason = _reason("instead", why=verdict.reason, name=verdict.exercise.name, dose=dose)
        return DoseChange.BACK, reason
    before = last.planned(verdict.exercise)
    if dose == before:
        return stays
    if not raised(before, dose):
        return DoseChange.BACK, _reason("now", why=verdict.reason, dose=dose)
    return DoseChange.BACK, _reason("again", why=_reason(less or "less_over"), dose=dose)


def _told(verdict: Verdict, change: DoseChange, reason: Message) -> tuple[DoseChange, Message]:
    if verdict.change in {DoseChange.HOLD, DoseChange.START}:
        return change, reason
    return verdict.change, _reason("both", first=verdict.reason, last=reason)
