"""The next dose of one exercise, with the reason.

What happened last decides the level that the person has reached (:mod:`~voicecoach.training.rules`), and the
condition of the day how much of it is done (:mod:`~voicecoach.training.day_dose`); with an agreed pace
(:mod:`~voicecoach.training.pace`) the calendar decides both. An exercise that is left
out gets a substitute, which then has a dose of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.model import Exercise, Variation
from voicecoach.training import limits
from voicecoach.training.day_dose import for_today
from voicecoach.training.ladder import Ladder
from voicecoach.training.pace import paced
from voicecoach.training.practice import Practice, Zone
from voicecoach.training.rules import reason, verdict
from voicecoach.training.standing import Standing
from voicecoach.training.stats import days_between


def decided(case: Standing) -> Decision:
    """Return the decision for ``case``, and what it is based on."""
    if case.left_out and not case.may_be_tried:
        return _replaced(case, "left_out")
    if case.is_elsewhere_out:
        return _replaced(case, "left_out")
    if case.suspended:
        return _replaced(case, "leg_suspended")
    one_round = False
    if (found := paced(case)) is not None:
        change, why, dose = found.change, found.reason, found.level
    else:
        found = verdict(case)
        change, why, dose = for_today(case, found)
        anew = case.begins_anew and change is not DoseChange.CHOSEN
        one_round = case.around.rounds > 1 and (anew or change is DoseChange.OFFER)
    ladder = Ladder(found.exercise)
    return Decision(
        written=case.key,
        exercise=found.exercise.key,
        dose=ladder.bounded(dose),
        level=ladder.bounded(found.level),
        change=change,
        reason=why,
        advice=found.advice,
        based_on=case.based_on,
        side=case.side,
        one_round=one_round,
    )


def _replaced(case: Standing, why: str) -> Decision:
    """Put a substitute in the place of an exercise that is left out, or leave a hole where none suits.

    The substitute begins with no more work than the exercise that hurt, and then goes its own way, in an
    easier or a harder variation too. After another one it goes on where it was.
    """
    instead = next(_substitutes(case), None)
    if instead is None:
        return _made(case, case.written, None, DoseChange.REMOVE, reason(why))
    if any(each.session.id == case.since[-1].session.id for each in instead.practices[-1:]):
        return replace(decided(instead), substitute=True)
    told = reason(f"{why}_instead", name=instead.current.name)
    made = _made(case, instead.current, _begun(case, instead), DoseChange.REPLACE, told)
    return replace(made, substitute=True, advice=instead.advice)


def _begun(case: Standing, instead: Standing) -> Dose:
    """Return the dose with which a substitute begins, or begins again; a step less where it hurt."""
    ladder = instead.ladder
    dose = instead.level_at(instead.current) or ladder.start
    last = case.practices[-1].decision if case.practices else None
    tried = last is not None and last.change is DoseChange.OFFER and bool(instead.practices)
    no_more = [] if tried else [*case.practices[-2:]]
    latest = [each for each in case.since[-1:] if each.is_substitute]
    no_more += [each for each in latest if _is_careful_after(case, each)]
    if instead.practices and (own := instead.practices[-1]).zone().is_bad:
        no_more.append(own)
        dose = ladder.down(dose) if own.zone() is Zone.RED else dose
    return ladder.within(dose, min(map(case.most_after, no_more), default=math.inf))


def _substitutes(case: Standing) -> Iterator[Standing]:
    """Yield what may be done for an exercise that is left out, as far as the person has come with each."""
    anywhere = replace(case.around, routine="")
    for found in case.variations(Variation(exercise=key) for key in case.written.substitutes):
        instead = replace(case, written=found, instead_of=case.key, around=anywhere)
        if not instead.is_out(instead.current):
            yield instead


def _made(
    case: Standing, exercise: Exercise, dose: Dose | None, change: DoseChange, why: Message
) -> Decision:
    dose = dose and Ladder(exercise).bounded(dose)
    return Decision(
        written=case.key,
        exercise=exercise.key,
        dose=dose,
        level=dose,
        change=change,
        reason=why,
        based_on=case.based_on,
        side=case.side,
    )


def _is_careful_after(case: Standing, practice: Practice) -> bool:
    """Tell whether nothing may be more than in a session with another variation or substitute."""
    gap = days_between(practice.day, case.today.day) >= limits.LAY_OFF_DAYS
    return gap or practice.zone().is_bad or practice.is_unsaid
