"""Sessions as a journal holds them, written briefly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from voicecoach.app import prepare
from voicecoach.journal import store
from voicecoach.journal.records import Before, Decision, Felt, Session, SetDone
from voicecoach.journal.store import Journal
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.model import Exercise, Sides
from voicecoach.routine.profile import Profile
from voicecoach.routine.region import Region
from voicecoach.session.listener import Ending
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.timeline.steps import works

MONDAY = date(2026, 3, 2)


def sets_of(exercise: Exercise, *, written="", share=1.0, ending=Ending.DONE, felt=None, at=None):
    """All sets of an exercise at its dose, each done to a ``share`` of it."""
    sides = exercise.side_order if exercise.sides is Sides.EACH else ("",)
    dose = dose_of(exercise)
    done = [
        SetDone(
            exercise=exercise.key,
            written=written or exercise.key,
            set_number=number,
            sets=len(exercise.reps),
            side=side,
            sides=len(sides),
            alone=exercise.only_side,
            reps=int(reps * share),
            reps_planned=reps,
            seconds=seconds * share,
            seconds_planned=exercise.duration,
            hold=dose.hold,
            lowering=dose.lowering,
            load=dose.load,
            level=dose.grade.words if dose.grade else "",
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
    """A session so many days after Monday.

    ``said``: pain, leg, flare, worst, effort, after_leg, form, morning; region, and of others than the
    back arm, sign, after_arm, after_sign.
    """
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
        region=said.get("region", Region.BACK),
        before=Before(
            pain=said.get("pain"),
            leg=said.get("leg"),
            flare=said.get("flare"),
            arm=said.get("arm"),
            sign=said.get("sign"),
        ),
        after=Felt(
            worst_pain=said.get("worst", 1),
            effort=said.get("effort", 5),
            leg=said.get("after_leg"),
            form_ok=said.get("form"),
            arm=said.get("after_arm"),
            sign=said.get("after_sign"),
        ),
        next_morning=said.get("morning"),
        sets=tuple(each for some in sets for each in some),
        decisions=tuple(decisions),
    )


def done_by(exercise: Exercise, decision: Decision, **how: Any):
    """The sets of what was decided for ``exercise``, which is at any dose."""
    return sets_of(at_dose(exercise, decision.dose), written=decision.written, **how)


def broken_off(name, sets: int | None = 1) -> Session:
    """The session of the routine ``name`` that was played last, as if only so many of its sets had been done;
    with None only its end was left.
    """
    steps = prepare.session_for(Profile(), str(name), Settings(), DEFAULT_WPM).steps
    with Journal.open(store.file(), print) as journal:
        whole = journal.latest()
        assert whole is not None
        session = replace(whole, ended=None, seconds=0.0, finished=False, sets=whole.sets[:sets])
        journal.replace_sets(session.id, session.sets)
        journal.end(session)
        at = steps.index(works(steps)[len(session.sets) - 1]) + 1
        journal.keep_plan(session, SavedPlan(steps=steps, at=at))
        return session
