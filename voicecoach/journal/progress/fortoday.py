"""The dose of a day for the level that somebody has reached (rules 7 and 10), and whether that is a change.

A flare and an easy week lower a dose for a time. Whatever the level, nothing is above the last dose where
that was too much, or after a gap; but the person may choose so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from voicecoach.journal.doses import lower_of, raised
from voicecoach.journal.progress.case import Case
from voicecoach.journal.progress.condition import Stage
from voicecoach.journal.progress.ladder import Ladder
from voicecoach.journal.progress.practice import Zone
from voicecoach.journal.progress.sentences import amount
from voicecoach.journal.records import Change, Dose
from voicecoach.routine.model import Exercise

_OVER: Final = {Change.FLARE: "The flare is over", Change.DELOAD: "The easy week is over"}
"""What made the last dose less."""


class Verdict(NamedTuple):
    """The form and the level from now on, before a flare or an easy week lower the dose."""

    change: Change
    reason: str
    exercise: Exercise
    level: Dose
    advice: str = ""


def for_today(case: Case, verdict: Verdict) -> tuple[Change, str, Dose]:
    """The dose of the day for a level (rules 7 and 10), not above the last one where that was too much."""
    change, reason, dose = verdict.change, verdict.reason, verdict.level
    flare = case.how.flare is not Stage.NONE and not case.around.calm
    if change is Change.CHOSEN and not (flare and _flared_since(case)):
        return change, reason, dose
    ladder = Ladder(verdict.exercise, case.rules)
    if not (case.around.grows or case.own):
        dose = replace(lower_of(dose, ladder.start), load=dose.load)
    if flare:
        dose = ladder.part(dose, case.rules.return_percent)
        change, reason = _told(verdict, Change.FLARE, f"After a flare less is enough: {amount(dose)}.")
    elif case.easy_week:
        dose = ladder.easy(dose, case.rules.deload_percent)
        change, reason = _told(verdict, Change.DELOAD, f"An easy week: {amount(dose)}.")
    for before in _most(case, verdict.exercise):
        if raised(before, dose):
            dose = lower_of(before, dose)
            if change is not Change.HOLD:
                reason = f"{reason.removesuffix('.')}; today {amount(dose)}."
    if change is Change.HOLD:
        change, reason = _held(case, verdict, dose)
    return change, reason, dose


def _flared_since(case: Case) -> bool:
    """Whether the flare came after the wish of the person."""
    return not (case.wish and case.how.flared and case.wish.day > case.how.flared)


def _most(case: Case, exercise: Exercise) -> Iterator[Dose]:
    """The doses of ``exercise`` that must not be gone above."""
    cautious = case.practices and (
        case.zone in {Zone.AMBER, Zone.RED} or case.away >= case.rules.lay_off_days
    )
    if cautious and case.done(case.last).key == exercise.key:
        yield case.last.planned(exercise)
    if case.kept and case.planned and case.planned[-1].exercise == exercise.key:
        yield case.planned[-1].planned(exercise)


def _held(case: Case, verdict: Verdict, dose: Dose) -> tuple[Change, str]:
    """A level that stays is told as a change all the same when the last session had another dose or form."""
    stays = Change.HOLD, f"{verdict.reason}: it stays at {amount(dose)}."
    if not case.planned:
        return stays
    last = case.planned[-1]
    less = _OVER.get(last.decision.change if last.decision else Change.HOLD)
    if not (less or case.around.grows or case.own):
        return stays
    if last.exercise != verdict.exercise.key:
        return Change.BACK, f"{verdict.reason}: {verdict.exercise.name} now, {amount(dose)}."
    before = last.planned(verdict.exercise)
    if dose == before:
        return stays
    if not raised(before, dose):
        return Change.BACK, f"{verdict.reason}: {amount(dose)} now."
    return Change.BACK, f"{less or 'It was less for a time'}: {amount(dose)} again."


def _told(verdict: Verdict, change: Change, reason: str) -> tuple[Change, str]:
    if verdict.change in {Change.HOLD, Change.START}:
        return change, reason
    return verdict.change, f"{verdict.reason} {reason}"
