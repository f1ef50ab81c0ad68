"""The level that a person has reached in one exercise, by what happened last (rules 2 to 6 and 8).

The rules are asked in their order, and the first that answers counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from voicecoach.journal.records import DoseChange, Session
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of, grade_number, lower_of, raised
from voicecoach.routine.model import Exercise
from voicecoach.routine.region import Region
from voicecoach.training import limits, progress
from voicecoach.training.ladder import Ladder
from voicecoach.training.leg import place
from voicecoach.training.onward import Further, further, was_told
from voicecoach.training.practice import Practice, Zone
from voicecoach.training.readiness import Stage
from voicecoach.training.standing import REMOVABLE, Standing
from voicecoach.training.stats import days_between
from voicecoach.training.words import amount


class Verdict(NamedTuple):
    """The variation and the dose reached, before a flare or an easy week lowers it."""

    change: DoseChange
    reason: Message
    """A sentence; of a dose that stays, the part that says why."""
    exercise: Exercise
    level: Dose
    advice: str = ""


def reason(code: str, **values: str | int | Dose | Message) -> Message:
    """Return a reason by its name, with doses as routines have them."""
    told = {name: amount(each) if isinstance(each, Dose) else each for name, each in values.items()}
    return Message(f"reason.{code}", **told)


def verdict(case: Standing) -> Verdict:
    """Return the answer of the first rule that has one."""
    return next((found for rule in _RULES if (found := rule(case))), None) or _risen(case)


def from_person(case: Standing) -> Verdict | None:
    """Return what comes before how it went: a try, a wish, the first time, a professional's word."""
    return next((found for rule in _FIRST if (found := rule(case))), None)


def _tried(case: Standing) -> Verdict | None:
    """Offer an exercise that was left out again, at its least (rule 6)."""
    if not case.left_out:
        return None
    ladder = Ladder(case.written)
    least = ladder.bottom(ladder.start)
    least = replace(least, reps=(min(least.reps[0], limits.TRY_REPS),))
    return Verdict(DoseChange.OFFER, reason("tried", dose=least), case.written, least)


def _chosen(case: Standing) -> Verdict | None:
    """Follow the person's wish before the rules, unless it hurt or there was a gap since."""
    if case.wish is None or case.chosen is None:
        return None
    since = days_between(case.wish.day, case.today.day)
    if case.practices and min(case.away, since) >= limits.LAY_OFF_DAYS:
        return None
    return Verdict(DoseChange.CHOSEN, reason("chosen", dose=case.chosen), case.current, case.chosen)


def _begun(case: Standing) -> Verdict | None:
    """Begin with the dose of the routine, unless it hurt in another one.

    Who practised the exercise in another routine that grows, and is not that far yet, begins where they are.
    """
    if (case.planned and not case.is_first_here) or (case.practices and case.zone is Zone.RED):
        return None
    start = dose_of(case.written)
    if not case.planned:
        return Verdict(DoseChange.START, reason("new", dose=start), case.written, start)
    if case.away >= limits.LAY_OFF_DAYS or case.cleared or _too_much(case):
        return None
    as_written = case.current.key == case.written.key and case.level == start and not case.advice
    told = reason("new" if as_written else "new_here", dose=case.level)
    return Verdict(DoseChange.START, told, case.current, case.level, case.advice)


def _cleared(case: Standing) -> Verdict | None:
    """Bring back an exercise that was left out, easier or at its least, once a professional has agreed."""
    if not case.cleared:
        return None
    if found := _easier(case):
        exercise, level = found
        return Verdict(DoseChange.EASIER, reason("cleared_easier", name=exercise.name), exercise, level)
    level = case.ladder.bottom(case.level)
    told = reason("cleared", dose=level)
    return Verdict(DoseChange.REGRESS, told, case.current, level, _otherwise(case))


def _red(case: Standing) -> Verdict | None:
    if case.zone is not Zone.RED:
        return None
    if case.last.to_blame:
        return eased(case, _when(case, "hurt", case.last.session, case.practices[-1].session))
    if case.last.leg.rose:
        return eased(case, of_leg(case))
    return stopped_as_agreed(case)


def stopped_as_agreed(case: Standing) -> Verdict:
    """Take a step down after pain at which one stops, by what was agreed with a clinician."""
    return _a_step_less(case, reason("agreed_stop", n=case.last.session.after.worst_pain or 0))


def _a_step_less(case: Standing, why: Message) -> Verdict:
    level = case.ladder.down(case.level)
    told = reason("too_much", why=why, less=case.step_to(level) or reason("least"))
    return Verdict(DoseChange.REGRESS, told, case.current, level, case.advice)


def of_leg(case: Standing) -> Message:
    """Return the reason that it went further down a leg: today, in the session that counts, or after it.

    For another region that is a warning sign, or for the neck an arm.
    """
    told, sessions, region = case.last.session, case.history.sessions, case.today.region
    if not case.last.leg.rose_in:
        later = (each for each in sessions if each.started > told.started)
        told = next((each for each in later if place(each.before, each.region) is not None), told)
    ago = 0 if case.how.leg_worse else _ago(case, told, sessions[-1])
    if region is Region.BACK:
        return reason("leg_ago", n=ago) if ago else reason("leg")
    limb = case.how.leg_worse or not case.last.session.after.sign
    what = f"region.{region}.{'arm_worse' if limb else 'worse'}"
    return Message(f"{what}_ago", n=ago) if ago else Message(what)


def _when(case: Standing, code: str, session: Session, latest: Session) -> Message:
    """Return a reason in a session: that it was the last time, or how long ago when others followed it."""
    ago = _ago(case, session, latest)
    return reason(f"{code}_ago", n=ago) if ago else reason(code)


def _ago(case: Standing, session: Session, latest: Session) -> int:
    """Return how many days ago a session was; 0 when no others followed it."""
    return (case.today.day - session.day).days if latest.started > session.started else 0


_OF_PART: Final = {
    "sore_today": "reason.part_sore_today",
    "very_sore_today": "reason.part_very_sore_today",
}
"""The reasons that name a back, and those that name another part of the body."""


def _kept_because(case: Standing, code: str) -> Message:
    """Return the reason that a dose stays, in the words of the region."""
    region = case.today.region
    if region is Region.BACK:
        return reason(code)
    if code in _OF_PART:
        return Message(_OF_PART[code], part=Message(f"region.{region}.part"))
    own = {"weak": "said", "leg_worse": "arm_worse"}
    return Message(f"region.{region}.{own[code]}") if code in own else reason(code)


def eased(case: Standing, why: Message) -> Verdict:
    """Rule 6: an easier variation at once; without one, a step less, and the advice how to make it easier.

    Today it is never more than was done until it hurt (see day_dose); where that was little, half of what was
    reached comes next, and from there it goes on in steps.
    """
    lower_level = grade_number(case.level) > 1  # of its own ladder, which comes first
    if not lower_level and (found := _easier(case)):
        exercise, level = found
        told = reason("red_easier", why=why, name=exercise.name)
        return Verdict(DoseChange.EASIER, told, exercise, level)
    half = case.ladder.work(case.level) * limits.RETURN_PERCENT / 100
    level = case.ladder.within(case.ladder.down(case.level), max(case.most_after(case.last), half))
    told = reason("red", why=why, less=case.step_to(level) or reason("least"))
    return Verdict(DoseChange.REGRESS, told, case.current, level, _otherwise(case))


def _easier(case: Standing) -> tuple[Exercise, Dose] | None:
    """Return the easier variation, at its first dose or less; None when there is none.

    It is never more work than the last time, and never with a heavier load.
    """
    before = [case.way[-2].key] if case.way[-1].harder else []
    candidates = [case.variation(key) for key in before] + list(case.variations(case.current.easier))
    found = next(filter(None, candidates), None)
    if found is None:
        return None
    reached = case.level_at(found)
    dose = lower_of(dose_of(found), reached) if reached else dose_of(found)
    return found, Ladder(found).within(_no_heavier(dose, case), case.most_after(case.last))


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
        return anew(case, level)
    if case.away >= limits.LONG_LAY_OFF_DAYS:
        level = case.ladder.within(level, case.ladder.work(case.level) * limits.LONG_LAY_OFF_PERCENT / 100)
    elif level == case.level and raised(case.ladder.start, level):  # never below where it began
        level = case.ladder.down(level)
    told = reason(
        "gap" if case.comes_back else "pause",
        less=case.step_to(level) or reason("stays", dose=level),
    )
    return Verdict(DoseChange.LAY_OFF, told, case.current, level, case.advice)


def anew(case: Standing, level: Dose) -> Verdict:
    """Begin again with the library's first dose, and with the variation of the routine or an easier one."""
    exercise = case.current
    if case.way[-1].harder:
        exercise, level = case.written, dose_of(case.written)
    first = case.find_variation(exercise.key) or exercise
    level = Ladder(first).anew(_no_heavier(level, case))
    told = reason("gap_anew" if case.comes_back else "pause_anew", dose=level)
    return Verdict(DoseChange.LAY_OFF, told, exercise, level, case.advice)


def _too_much(case: Standing) -> Verdict | None:
    """Rule 6: a step less."""
    if case.last.sore and case.current.kind in REMOVABLE:
        why = _when(case, "sore", case.last.session, case.history.sessions[-1])
    elif case.last.unsettled():
        why = reason("sore_morning")
    elif case.last.effort is not None and case.last.effort >= limits.HARD_EFFORT:
        why = _when(case, "hard", case.last.session, case.practices[-1].session)
    elif progress.misses(case) >= limits.MISSES:
        why = reason("missed", n=limits.MISSES)
    else:
        return None
    return _a_step_less(case, why)


def prescribed_less(case: Standing) -> Verdict | None:
    """Take a step down where whoever prescribed the exercise says so, also where the rules would not."""
    down = case.current.bounds.down
    if down is None:
        return None
    if down.pain_above is not None and any(each.is_above(down.pain_above) for each in case.lately):
        why = reason("above", n=down.pain_above)
    elif down.worse_morning and any(each.worse_morning for each in case.lately):
        why = reason("worse_morning")
    else:
        return None
    return _a_step_less(case, why)


def _not_all(last: Practice) -> str:
    """Return the name of the reason that a session is no success: its form, or that less was done."""
    if last.session.after.form_ok is False:
        return "form"
    if not last.shortened:
        return "target"
    return "less_by_hand" if last.session.by_hand else "shortened"


def _not_yet(case: Standing) -> Verdict | None:
    """Rule 5, and all else for which a dose stays: no answer, or not yet two good sessions."""
    why = next((why for holds, why in _reasons_to_stay(case) if holds), None)
    if why is None:
        return None
    if why in _BEFORE_MORE and (asks := _risen(case)).change is DoseChange.ASK:
        return asks
    return Verdict(DoseChange.HOLD, _kept_because(case, why), case.current, case.level, case.advice)


def _reasons_to_stay(case: Standing) -> Iterator[tuple[bool, str]]:
    """Yield whether each reason holds for which a dose stays, with its name; the first that does counts."""
    yield case.kept, "asked_to_keep"
    yield case.zone is Zone.AMBER, "agreed" if case.last.is_over_agreed else "amber"
    yield progress.is_above_limit(case, case.last), "above_limit"
    yield case.history.weak_since(case.last.session.started), "weak"
    yield case.how.leg_worse, "leg_worse"
    yield case.leg_stays, "leg_stays"
    yield case.how.flare is not Stage.NONE, "flare_lately"
    yield case.how.sore, "very_sore_today" if case.how.usual is None else "sore_today"
    yield case.easy_week, "easy_week"
    yield not case.around.grows and case.as_routine_has_it, "own" if case.own else "fixed"
    yield case.last.session.as_written, "as_written"
    yield not case.reached(case.last), _not_all(case.last)
    yield case.zone is Zone.UNKNOWN, "pain_unknown"
    yield case.last.effort is None, "effort_unknown"
    yield (case.last.effort or 0) > limits.EASY_EFFORT, "effort_enough"
    yield len(progress.successes(case)) < progress.needed(case), "once_more"
    yield progress.flared_since(case), "flare_lately"
    yield not progress.is_rested(case), "night_first"
    yield not case.around.may_rise, "others_first"


_BEFORE_MORE: Final = frozenset({"night_first", "others_first"})
"""For what more work waits. A question adds none: it stands on the evening of a session, too."""


def _risen(case: Standing) -> Verdict:
    """Rules 3 and 4: one step up, in one variable; which of them is the ladder's business."""
    good = reason("good", n=progress.needed(case))
    if case.advice:
        return Verdict(DoseChange.RETURN, reason("whole_again", good=good), case.current, case.level)
    if not case.way[-1].harder and len(case.way) > 1 and (back := case.variation(case.way[-2].key)):
        ladder = Ladder(back)
        level = progress.before_wish(case, back) or ladder.down(case.level_at(back) or dose_of(back))
        if not case.around.grows:
            level = lower_of(level, dose_of(back))
        quarter = ladder.work(level) * limits.MOST_GROWTH / 100
        level = ladder.within(level, case.ladder.work(case.level) + quarter)
        told = reason("back_to", good=good, name=back.name, dose=level)
        return Verdict(DoseChange.RETURN, told, back, level)
    higher = _higher(case)
    if higher is None and case.at_goal and case.around.grows and (found := further(case)):
        if other := _onward(case, found, good):
            return other
        higher = found.dose
    if case.around.grows and (longer := _as_long(case, higher)):
        return longer
    more = case.step_to(higher) if higher else None
    if higher is None or more is None:
        why = "goal" if case.at_goal else "enough_this_week"
        return Verdict(DoseChange.HOLD, reason(why), case.current, case.level)
    return Verdict(DoseChange.ADVANCE, reason("risen", good=good, more=more), case.current, higher)


def _onward(case: Standing, found: Further, good: Message) -> Verdict | None:
    """Go on to a harder variation, or stay where that waits for whoever prescribed the exercise, which the
    person hears once; None for a step of the same exercise.
    """
    if not found.allowed:
        told = reason("ask_waits" if was_told(case) else "ask", what=found.what, dose=case.level)
        return Verdict(DoseChange.ASK, told, case.current, case.level)
    if found.exercise.key == case.current.key:
        return None
    told = reason("on_to", good=good, name=found.exercise.name)
    return Verdict(DoseChange.HARDER, told, found.exercise, found.dose)


def _as_long(case: Standing, higher: Dose | None) -> Verdict | None:
    """Make a walk as long as it was anyway, where that is more than a step up."""
    lasted = progress.lasted(case)
    more = case.step_to(lasted)
    if more is None or case.ladder.work(lasted) <= case.ladder.work(higher or case.level):
        return None
    told = reason("lasted", more=more, n=progress.needed(case))
    return Verdict(DoseChange.ADVANCE, told, case.current, lasted)


def _higher(case: Standing) -> Dose | None:
    """Return the next dose of the present variation, or None.

    In a week it is at most a quarter more work, or one smallest step; back to what was reached before pain or
    a gap it goes in quarters of that. A routine that does not grow leads as far as it is written.
    """
    ladder, level = case.ladder, case.level
    now, week_ago = ladder.work(level), progress.least_of_week(case)
    most = week_ago * (1 + limits.MOST_GROWTH / 100)
    reached = progress.best_lately(case) if case.around.grows else ladder.start
    whole = ladder.work(reached)
    for quarters in range(1, 5) if whole > now or not case.around.grows else ():
        budget = min(whole, now + quarters * whole * limits.MOST_GROWTH / 100)
        if back := ladder.toward(level, reached, max(most, budget)):
            return back
    if not case.around.grows:
        return None
    higher = ladder.steps_up(level, big=progress.is_light(case))
    if not higher and len(case.way) == 1 and (back := ladder.toward(level, dose_of(case.written), most)):
        return back  # a routine may have more than the goal of its exercise
    fits = next((each for each in higher if ladder.work(each) <= most), None)
    risen = now > week_ago
    return fits or (higher[-1] if higher and not risen else None)


_FIRST: Final[tuple[Callable[[Standing], Verdict | None], ...]] = (_tried, _chosen, _begun, _cleared)
_RULES: Final[tuple[Callable[[Standing], Verdict | None], ...]] = (
    *_FIRST,
    _red,
    _gap,
    _too_much,
    prescribed_less,
    _not_yet,
)
"""The rules in their order, before the one that a dose rises."""
