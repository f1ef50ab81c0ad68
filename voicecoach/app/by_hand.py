"""A session that was done without the coach: what the journal keeps of a walk or other timed exercise.

It becomes a practice like any other, so that it counts for the next dose. Its target is the dose that was
due. Whoever does more reaches that, and whoever does so each time gets the least of it as their dose, by the
rule that doses rise by; whoever does less chose a shorter session, as with ``--minutes``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from voicecoach.app import director, prepare
from voicecoach.app.journal import Notice
from voicecoach.app.person import person_now
from voicecoach.errors import NothingSuits, RoutineError, UnknownName
from voicecoach.journal.records import Asked, Decision, Session, SetDone
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Dose, Exercise, Routine, Sides
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Today
from voicecoach.training.variation import FindVariation


def practised(session: Session, shelf: Library, notice: Notice) -> Session:
    """Return ``session``, which was noted by hand, with the practice that it was of one timed exercise.

    Anything else has no sets. An unreadable journal is told and taken for empty. Raises FileError
    for a profile that cannot be understood.
    """
    found = _timed(session, shelf, notice)
    if found is None:
        return replace(session, sets=(), decisions=(), asked=None)
    routine, exercise, find_variation = found
    history = history_before(session, notice)
    decisions = decided(routine, session, history, find_variation)
    decision = next((each for each in decisions if _is_for(exercise, each)), None)
    dose = (decision and decision.dose) or _usual(exercise, history, session.seconds)
    planned = (dose.duration or 0) * len(dose.reps)
    short = session.seconds < planned
    return replace(
        session,
        asked=Asked(name=session.routine, minutes=session.seconds / 60) if short else None,
        sets_planned=len(dose.reps),
        sets=_sets(exercise, dose, session),
        decisions=(decision,) if decision else (),
    )


def history_before(session: Session, notice: Notice) -> History:
    """Return what the rules knew before ``session``; an unreadable journal is told and taken for empty."""
    everything = prepare.known(notice, session.day)
    before = (
        each for each in everything.sessions if each.started < session.started and each.id != session.id
    )
    agreed = tuple(each for each in everything.agreements if each.at < session.started)
    weakness = tuple(each for each in everything.weakness if each.at < session.started)
    return replace(everything, sessions=tuple(before), agreements=agreed, weakness=weakness)


def decided(
    routine: Routine, session: Session, history: History, find_variation: FindVariation
) -> tuple[Decision, ...]:
    """Return the decisions that were due for ``routine`` on the day of ``session``."""
    today = Today(day=session.day, before=session.before)
    return prescription_for(routine, history, today, find_variation=find_variation).decisions


def due(name: str, shelf: Library, session: Session, notice: Notice) -> float | None:
    """Return the seconds that are due of a timed exercise; None for anything else. Raises FileError."""
    sets = practised(replace(session, routine=name), shelf, notice).sets
    return sum(each.seconds_planned or 0 for each in sets) or None


def routine_called(session: Session, shelf: Library, notice: Notice) -> tuple[Routine, FindVariation] | None:
    """Return the routine of ``session`` as the person does it, and what finds variations; None without one.

    An exercise of the library is a routine by itself. Raises FileError for a profile that cannot be
    understood.
    """
    name = session.routine
    try:
        person = person_now(notice, session.started.astimezone(), session.before)
        if name in shelf.routines():
            routine, find_variation = prepare.own_routine(shelf, person, name)
        else:
            find_variation = director.variations_for(shelf, person)
            alone = find_variation(_id(name, shelf))
            if alone is None:
                return None
            step = Do(exercise=alone)
            routine = Routine(id=alone.key, name=alone.name, steps=(step,), path=Path())
    except (NothingSuits, RoutineError, UnknownName):
        return None
    return routine, find_variation


def _timed(
    session: Session, shelf: Library, notice: Notice
) -> tuple[Routine, Exercise, FindVariation] | None:
    """The routine of ``session``, when all of it is one timed exercise."""
    found = routine_called(session, shelf, notice)
    if found is None:
        return None
    routine, find_variation = found
    exercises = routine.exercises
    if len(exercises) != 1 or exercises[0].duration is None or exercises[0].sides is not Sides.BOTH:
        return None
    return routine, exercises[0], find_variation


def _id(name: str, shelf: Library) -> str:
    """Return the id of the exercise that is called so, by its id or its name; else ``name``."""
    if name in shelf.exercises():
        return name
    called = (each.id for each in shelf.browse() if each.name.casefold() == name.casefold())
    return next(called, name)


def _is_for(exercise: Exercise, decision: Decision) -> bool:
    """Whether a decision is for ``exercise`` itself: the person did not note another variation."""
    return decision.exercise == exercise.key and bool(decision.dose and decision.dose.duration)


def _usual(exercise: Exercise, history: History, seconds: float) -> Dose:
    """The dose of an exercise that the rules would not give today: the last or written one, at most what was
    done.
    """
    last = next((each for each in reversed(history.practices(exercise.key)) if each.sets), None)
    planned = last.planned(exercise).duration if last and last.exercise == exercise.key else None
    return Dose(duration=min(seconds, planned or exercise.duration or seconds))


def _sets(exercise: Exercise, dose: Dose, session: Session) -> tuple[SetDone, ...]:
    count = len(dose.reps)
    return tuple(
        SetDone(
            exercise=exercise.key,
            set_number=number,
            sets=count,
            reps=1,
            reps_planned=1,
            seconds=session.seconds / count,
            seconds_planned=dose.duration,
            load=dose.load,
            ending=Ending.DONE,
            at=session.ended or session.started,
        )
        for number in range(1, count + 1)
    )
