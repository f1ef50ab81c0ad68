"""The dose of the day for a level that the person has reached (rules 7 and 10).

A flare and an easy week lower the dose for a time, not the level, and the first session after a long break
has one set. Whatever the rules say, a dose is never above the last one after red or amber, after a gap, or on
the same day.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.journal.records import DoseChange
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import lower_of, no_heavier, raised
from voicecoach.routine.model import Exercise
from voicecoach.training import limits
from voicecoach.training.ladder import Ladder
from voicecoach.training.practice import Practice
from voicecoach.training.readiness import Stage
from voicecoach.training.rules import Verdict, reason
from voicecoach.training.standing import Standing

_OVER: Final = {DoseChange.FLARE: "flare_over", DoseChange.DELOAD: "deload_over"}
"""The changes that lower a dose for a time."""


def for_today(case: Standing, verdict: Verdict) -> tuple[DoseChange, Message, Dose]:
    """Return the day's dose for a level (rules 7 and 10), not above a last one that was too much."""
    change, why, dose = verdict.change, verdict.reason, verdict.level
    flare = case.how.flare is not Stage.NONE and not case.around.calm
    if change is DoseChange.CHOSEN and not (flare and _flared_after_wish(case)):
        return change, why, dose
    ladder = Ladder(verdict.exercise)
    if not (case.around.grows or case.own):
        dose = lower_of(dose, ladder.start)
    if flare:
        dose = ladder.part(dose, case.how.share)
        change, why = _told(verdict, DoseChange.FLARE, reason(_flare_step(case), dose=dose))
    elif case.easy_week:
        dose = ladder.easy(dose, limits.DELOAD_PERCENT)
        change, why = _told(verdict, DoseChange.DELOAD, reason("deload", dose=dose))
    capped = _one_at_a_time(case, verdict.exercise, _capped(case, verdict.exercise, dose))
    if case.begins_anew and change is not DoseChange.CHOSEN:
        capped = replace(capped, reps=capped.reps[:1])
    if capped != dose:
        dose = capped
        if change is DoseChange.START:
            why = reason("new_less", dose=dose)
        elif change is not DoseChange.HOLD:
            why = reason("capped", why=why, dose=dose)
    if change is DoseChange.HOLD:
        change, why = _held(case, verdict, dose)
    return change, why, dose


def _flare_step(case: Standing) -> str:
    """Return which step of a flare it is, as the name of its reason."""
    if case.how.flare is Stage.CALM:
        return "flare"
    return "flare_half" if case.how.share == limits.RETURN_PERCENT else "flare_more"


def _flared_after_wish(case: Standing) -> bool:
    """Tell whether the flare came after the person's wish."""
    return not (case.wish and case.how.since and case.wish.day > case.how.since)


def _capped(case: Standing, exercise: Exercise, dose: Dose) -> Dose:
    """Return ``dose`` with no more work than was done the last time after pain, a gap or a missing answer.

    What hurt counts in whatever routine it was; a gap counts in its own, and after a missing answer in
    another one the more of both may be done. A substitute counts like the exercise.
    """
    substitutes = [each for each in case.since if each.is_substitute]
    last = [*case.planned[-1:], *substitutes[-1:]]
    how = case.how
    sore = [each for each in case.since if each.zone().is_bad]
    pained = bool(case.since) and (bool(sore) or how.leg_worse or how.sore)
    if pained:
        last += sore if sore or last else case.since[-1:]
    if pained or (case.planned and _is_careful(case)):
        for each in last:
            dose = _within(case, exercise, dose, each)
    elif case.planned and case.since[-1].is_unsaid:
        most = max((case.since[-1], case.planned[-1]), key=case.most_after)
        dose = _within(case, exercise, dose, most)
    if case.kept and case.planned and case.planned[-1].exercise == exercise.key:
        dose = lower_of(case.planned[-1].planned(exercise), dose)
    return dose


def _within(case: Standing, exercise: Exercise, dose: Dose, practice: Practice) -> Dose:
    """Return ``dose`` with no more work, and no more load, than was done in a session."""
    done = practice.planned(case.done(practice))
    same = practice.exercise == exercise.key
    if same and practice in case.planned:
        dose = lower_of(done, dose)
    ladder, most = Ladder(exercise), case.most_after(practice)
    lighter = no_heavier(dose, done) if same else replace(dose, load=min(dose.load, done.load))
    dose = ladder.within(lighter, most)
    return lower_of(done, dose) if same and ladder.work(dose) > most else dose


def _one_at_a_time(case: Standing, exercise: Exercise, dose: Dose) -> Dose:
    """Return ``dose`` with more of one thing than the last time, where it has more of several.

    So it also goes back to what was reached by one variable after the other; sets and reps are one.
    """
    if not case.planned or case.planned[-1].exercise != exercise.key:
        return dose
    last = case.planned[-1].planned(exercise)
    more = raised(last, dose)
    others = [each for each in more if each not in {"sets", "reps"}]
    kept = others if len(others) < len(more) else others[1:]
    return replace(dose, **{each: getattr(last, each) for each in kept})


def _is_careful(case: Standing) -> bool:
    """Tell whether nothing may be more than the last time, for another reason than pain.

    What was little today stays so in a further session of the same day.
    """
    today = case.planned[-1].day == case.today.day
    return today or case.last.is_unsaid or case.away >= limits.LAY_OFF_DAYS


def _held(case: Standing, verdict: Verdict, dose: Dose) -> tuple[DoseChange, Message]:
    """A level that stays is told as a change all the same when the last session was different."""
    stays = DoseChange.HOLD, reason("held", why=verdict.reason, dose=dose)
    if not case.planned:
        return stays
    last = case.planned[-1]
    less = _OVER.get(last.decision.change if last.decision else DoseChange.HOLD)
    if not (less or case.around.grows or case.own):
        return stays
    if last.exercise != verdict.exercise.key:
        told = reason("instead", why=verdict.reason, name=verdict.exercise.name, dose=dose)
        return DoseChange.BACK, told
    before = last.planned(verdict.exercise)
    if dose == before:
        return stays
    if not raised(before, dose):
        return DoseChange.BACK, reason("now", why=verdict.reason, dose=dose)
    return DoseChange.BACK, reason("again", why=reason(less or "less_over"), dose=dose)


def _told(verdict: Verdict, change: DoseChange, why: Message) -> tuple[DoseChange, Message]:
    if verdict.change in {DoseChange.HOLD, DoseChange.START}:
        return change, why
    return verdict.change, reason("both", first=verdict.reason, last=why)
