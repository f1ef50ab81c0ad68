"""Sessions as a journal holds them, written briefly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from voicecoach.journal.records import Before, Decision, Felt, Session, SetDone
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.model import Exercise, Sides
from voicecoach.session.listener import Ending

MONDAY = date(2026, 3, 2)


def sets_of(exercise: Exercise, *, written="", share=1.0, ending=Ending.DONE, felt=None, at=None):
    """All sets of an exercise at its dose, each done to a ``share`` of it."""
    sides = ("left", "right") if exercise.sides is Sides.EACH else ("",)
    dose = dose_of(exercise)
    done = [
        SetDone(
            exercise=exercise.key,
            written=written or exercise.key,
            set_number=number,
            sets=len(exercise.reps),
            side=side,
            sides=len(sides),
            reps=int(reps * share),
            reps_planned=reps,
            seconds=seconds * share,
            seconds_planned=exercise.duration,
            hold=dose.hold,
            lowering=dose.lowering,
            ending=Ending.DONE,
            at=at or datetime.combine(MONDAY, datetime.min.time(), UTC),
            felt=felt or Felt(),
        )
        for number, (reps, seconds) in enumerate(zip(exercise.reps, exercise.set_seconds, strict=True), 1)
        for side in sides
    ]
    return (*done[:-1], replace(done[-1], ending=ending))


def session_on(
    day: int | date, *sets: Iterable[SetDone], decisions: Iterable[Decision] = (), **said: Any
) -> Session:
    """A session so many days after Monday; ``said``: pain, leg, worst, effort, after_leg, form, morning."""
    when = MONDAY + timedelta(day) if isinstance(day, int) else day
    at = datetime.combine(when, datetime.min.time(), UTC) + timedelta(hours=8)
    return Session(
        id=when.toordinal(),
        routine="core",
        started=at,
        day=when,
        planned=600.0,
        ended=at + timedelta(minutes=10),
        seconds=600.0,
        finished=True,
        as_written=bool(said.get("as_written", False)),
        before=Before(pain=said.get("pain"), leg=said.get("leg")),
        after=Felt(
            worst_pain=said.get("worst", 1),
            effort=said.get("effort", 5),
            leg=said.get("after_leg"),
            form_ok=said.get("form"),
        ),
        next_morning=said.get("morning"),
        sets=tuple(each for some in sets for each in some),
        decisions=tuple(decisions),
    )


def done_by(exercise: Exercise, decision: Decision, **how: Any):
    """The sets of what was decided for ``exercise``, which is at any dose."""
    return sets_of(at_dose(exercise, decision.dose), written=decision.written, **how)
