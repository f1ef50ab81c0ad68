"""A session that was done without the coach: what the journal keeps of a walk or other timed exercise.

It becomes a practice like any other, so that it counts for the next dose. Its target is the dose that was
due. Whoever does more reaches that, and whoever does so each time gets the least of it as their dose, by the
rule that doses rise by; whoever does less chose a shorter session, as with ``--minutes``. Several timed
exercises share the minutes by what was due of each.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from voicecoach import names
from voicecoach.app import director, plan, prepare, region
from voicecoach.app.journal import Notice
from voicecoach.app.person import person_now
from voicecoach.errors import NothingSuits
from voicecoach.journal.records import Asked, Decision, Session, SetDone
from voicecoach.routine import place
from voicecoach.routine.dose import Dose
from voicecoach.routine.files.library import UNREADABLE, Library
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.model import Do, Exercise, Routine, Sides
from voicecoach.routine.profile import Profile
from voicecoach.routine.region import Region
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Today
from voicecoach.training.variation import FindVariation
from voicecoach.training.words import amount


def practised(session: Session, shelf: Library, notice: Notice) -> Session:
    """Return ``session``, which was noted by hand, with the practice that it was of timed exercises.

    It keeps what the clinician asks for who wrote its routine, as the pain agreed there counts for it, too.
    Anything else has no sets. An unreadable journal is told and taken for empty. Raises FileError
    for a profile that cannot be understood.
    """
    session = replace(session, instructions=instructions_of(session.routine, shelf))
    found = _timed(session, shelf, notice)
    if found is None:
        return replace(session, sets=(), decisions=(), asked=None)
    routine, find_variation = found
    history = history_before(session, notice)
    decisions = decided(routine, session, history, find_variation)
    made = {
        each.key: next((one for one in decisions if _is_for(each, one)), None) for each in routine.exercises
    }
    doses = [
        (each, ((decision := made[each.key]) and decision.dose) or _usual(each, history, session.seconds))
        for each in routine.exercises
    ]
    planned = sum((dose.duration or 0) * len(dose.reps) for _, dose in doses)
    share = session.seconds / planned
    sets = [done for each, dose in doses for done in _sets(each, dose, session, share)]
    return replace(
        session,
        asked=Asked(name=session.routine, minutes=session.seconds / 60) if share < 1 else None,
        sets_planned=len(sets),
        sets=tuple(sets),
        decisions=tuple(filter(None, made.values())),
    )


def instructions_of(routine: str, shelf: Library) -> Instructions:
    """Return what a clinician asks for in a routine, or in its programme; nothing if unreadable."""
    with contextlib.suppress(*UNREADABLE):
        return shelf.load(place_of(routine)).instructions or plan.prescribed(plan.followed(), routine)
    return NO_INSTRUCTIONS


def place_of(routine: str) -> str:
    """Return the file of a routine that only the plan has, by the id that the journal knows it by; else the
    id itself.
    """
    return next((each for each in plan.files_called() if place.ident(each) == routine), routine)


def meant(name: str, shelf: Library, planned: Sequence[str] = ()) -> str:
    """Return the id of the routine that a person means by ``name``; else that of an exercise, or their words.

    Its spelling does not matter. A file of the plan, also by its title, has the id by which the journal knows
    it; any other file stays as it was typed. An exercise stands for a routine that has nothing else.
    ``planned`` are the routines in the phase of the person's plan: they come first, and a walk stands for the
    one among them of which it is an easier or harder variation.
    """
    files = plan.files_called()
    if place.ident(name) in map(place.ident, files) and name.lower().endswith(place.ENDINGS):
        return place.ident(name)
    if file := next(iter(names.equal(name, files)), None):
        return place.ident(file)
    routine = _routine_named(name, shelf)
    if routine is None:
        name = _id(name, shelf)
        single = _single(shelf, shelf.routines())
        found = [each for each, exercise in single.items() if exercise.key == name]
        routine = next((each for each in found if each in planned), next(iter(found), None))
    if routine is None or routine in planned:
        return routine or name
    single = _single(shelf, {routine, *planned}.intersection(shelf.routines()))
    if routine not in single:
        return routine
    related = (each for each in planned if each in single and _is_variation(single[each], single[routine]))
    return next(related, routine)


def _routine_named(name: str, shelf: Library) -> str | None:
    """Return the id of the routine with that id or name; None when there is none."""
    return next(iter(names.equal(name, shelf.routine_names())), None)


def _single(shelf: Library, routines: Iterable[str]) -> dict[str, Exercise]:
    """Map each of ``routines`` that is of a single exercise to that."""
    readable = _readable(shelf, routines)
    return {name: routine.exercises[0] for name, routine in readable if len(routine.exercises) == 1}


def _readable(shelf: Library, routines: Iterable[str]) -> Iterator[tuple[str, Routine]]:
    """Yield the id of each of ``routines``, and what it is; one that cannot be read is left out."""
    for name in routines:
        with contextlib.suppress(*UNREADABLE):
            yield name, shelf.load(name)


def _is_variation(one: Exercise, other: Exercise) -> bool:
    """Tell whether one of two timed exercises names the other as easier or harder."""
    if one.duration is None or other.duration is None:
        return False
    return any(
        variation.exercise == second.key
        for first, second in ((one, other), (other, one))
        for variation in (*first.easier, *first.harder)
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
    today = Today.of(session)
    return prescription_for(routine, history, today, find_variation=find_variation).decisions


def due(name: str, shelf: Library, session: Session, notice: Notice) -> float | None:
    """Return the seconds that are due of timed exercises; None for anything else. Raises FileError."""
    sets = practised(replace(session, routine=name), shelf, notice).sets
    return sum(each.seconds_planned or 0 for each in sets) or None


def example(session: Session, shelf: Library, notice: Notice) -> str:
    """Return what a person could say they did in ``session``: an exercise of its routine with its dose.

    Empty when it is no routine with doses. Raises FileError for a profile that cannot be understood.
    """
    found = routine_called(session, shelf, notice)
    if found is None:
        return ""
    decisions = decided(found[0], session, history_before(session, notice), found[1])
    return next((f"{each.exercise}: {amount(each.dose)}" for each in decisions if each.dose), "")


def routine_called(session: Session, shelf: Library, notice: Notice) -> tuple[Routine, FindVariation] | None:
    """Return the routine of ``session`` as the person does it, and what finds variations; None without one.

    An exercise of the library is a routine by itself. Raises FileError for a profile that cannot be
    understood.
    """
    name = place_of(session.routine)
    try:
        person = person_now(notice, session.local(session.started), session.before)
        if place.is_path(name) or name in shelf.routines():
            history = history_before(session, notice)
            own, find_variation = prepare.own_routine(shelf, person, name, history)
            routine = own.routine
        else:
            find_variation = director.variations_for(shelf, person)
            alone = find_variation(_id(name, shelf))
            if alone is None:
                return None
            step = Do(exercise=alone)
            routine = Routine(id=alone.key, name=alone.name, steps=(step,), path=Path())
    except (NothingSuits, *UNREADABLE):
        return None
    return routine, find_variation


def region_of(session: Session, shelf: Library) -> Region:
    """Return the region that the routine of ``session`` is for, also when nothing of that suits the person.

    For what is no routine it is the person's.
    """
    name, own = place_of(session.routine), region.own()
    with contextlib.suppress(*UNREADABLE):
        if place.is_path(name) or name in shelf.routines():
            return region.placed(shelf.load(name), Profile(region=own), shelf).for_region
    return own or Region.BACK


def _timed(session: Session, shelf: Library, notice: Notice) -> tuple[Routine, FindVariation] | None:
    """The routine of ``session`` and what finds variations, when everything in it is timed and comes once."""
    found = routine_called(session, shelf, notice)
    if found is None or not found[0].exercises:
        return None
    exercises = found[0].exercises
    timed = all(each.duration is not None and each.sides is Sides.BOTH for each in exercises)
    return found if timed and len({each.key for each in exercises}) == len(exercises) else None


def _id(name: str, shelf: Library) -> str:
    """Return the id of the exercise that is called so, by its id or its name; else ``name``."""
    if name in shelf.exercises():
        return name
    return next(iter(names.equal(name, shelf.exercise_names())), name)


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


def _sets(exercise: Exercise, dose: Dose, session: Session, share: float) -> Iterator[SetDone]:
    """Yield the sets of an exercise, each done to a ``share`` of the ``dose`` that was due."""
    count = len(dose.reps)
    for number in range(1, count + 1):
        yield SetDone(
            exercise=exercise.key,
            set_number=number,
            sets=count,
            reps=1,
            reps_planned=1,
            seconds=(dose.duration or 0) * share,
            seconds_planned=dose.duration,
            load=dose.load,
            level=dose.grade.words if dose.grade else "",
            ending=Ending.DONE,
            at=session.ended or session.started,
        )
