"""What a person says they did of an exercise, such as ``good_morning_backpack: 2 x 8 with 2 kg``.

In a session that was noted by hand it becomes a practice like any other, with the dose that was due as its
target (see :mod:`voicecoach.app.by_hand`). In one that was played the sets are known, and only what was
lifted is corrected.
"""

from __future__ import annotations

import itertools
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from voicecoach import names
from voicecoach.app import by_hand
from voicecoach.app.journal import Notice
from voicecoach.app.wishes import at_written_dose
from voicecoach.errors import UnknownName, UsageError, VoicecoachError
from voicecoach.journal.records import Asked, Decision, Session, SetDone
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of, lower_of, raised
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files.dose_words import WrittenDose, sides_in
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.references import variation_with_load
from voicecoach.routine.model import OTHER_SIDE, Exercise, Routine, Sides
from voicecoach.routine.one_side import in_order, standing_in
from voicecoach.routine.region import Region
from voicecoach.routine.suit import readable
from voicecoach.session.listener import Ending
from voicecoach.training.exercise_log import History
from voicecoach.training.one_side import decision_of_one_side
from voicecoach.training.practice import planned_in
from voicecoach.training.variation import FindVariation
from voicecoach.training.words import amount
from voicecoach.units import format_duration

EXAMPLE: Final = "--dose 'good_morning_backpack: 2 x 8 with 2 kg'"
_SAID = re.compile(r"\s*(?:(?P<name>[^\W\d][^:]*?)\s*:)?\s*(?P<dose>.*?)\s*", re.DOTALL)


def with_doses(session: Session, said: Iterable[str], shelf: Library, notice: Notice) -> Session:
    """Return ``session`` with what was done of its exercises, each as ``EXERCISE: DOSE``.

    The name may be left out when there is only one exercise. Raises UsageError, and FileError for a profile
    that cannot be understood.
    """
    for each in said:
        found = _SAID.fullmatch(each)
        called, text = (found["name"] or "", found["dose"]) if found else ("", each)
        if session.by_hand:
            session = _noted(session, called, text, shelf, notice)
        else:
            session = _lifted(session, called, text, shelf)
    return session


def done_doses(session: Session) -> dict[str, str]:
    """Return what was done of each exercise, by its key: ``"2 x 8 with 2 kg"``, ``"8 left, 10 right"``.

    Timed work that took the whole session is left out, for its length says it.
    """
    told: dict[str, list[str]] = {}
    for key, dose in _doses(session):
        told.setdefault(key, []).append(dose)
    return {key: ", ".join(doses) for key, doses in told.items()}


def _doses(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the key of each exercise with what was done of it, or of each side that was done alone."""
    by_slot: dict[tuple[str, str], list[SetDone]] = {}
    for each in session.sets:
        timed = each.seconds_planned is not None
        by_slot.setdefault((each.exercise, each.alone), []).append(
            replace(each, seconds_planned=float(round(each.seconds))) if timed else each
        )
    for (key, side), sets in by_slot.items():
        if not _is_all_there_was(session, sets):
            yield key, " ".join(filter(None, (amount(_done(sets)), side)))


def log_command(session: Session, shelf: Library) -> str:
    """Return the command that notes ``session``, which was played, by hand: its length and what was done."""
    noted = replace(session, sets=(), decisions=(), asked=None, by_hand=True, sets_planned=0)
    said = [f"{key}: {dose}" for key, dose in _doses(session)]
    words = ["voicecoach", "log", session.routine, "--day", session.day.isoformat()]
    words += ["--minutes", format_duration(max(round(session.seconds), 1))]
    words += [] if session.region is Region.BACK else ["--region", session.region]
    if not _are_understood(noted, said, shelf):
        said = [each for each in said if _are_understood(noted, [each], shelf)]
    for each in said:
        words += ["--dose", each]
    return shlex.join(words)


def _are_understood(noted: Session, said: list[str], shelf: Library) -> bool:
    """Tell whether ``said`` can be noted; not so for an exercise that only its own file knows."""
    try:
        with_doses(noted, said, shelf, _unheard)
    except VoicecoachError:
        return False
    return True


def _unheard(_: str) -> None:
    """Leave out what is told elsewhere."""


def _is_all_there_was(session: Session, sets: Iterable[SetDone]) -> bool:
    """Tell whether ``sets`` are all of the session, timed, without a load, and as long as that."""
    only = len({each.exercise for each in session.sets}) == 1
    if not only or any(each.load or each.seconds_planned is None for each in sets):
        return False
    return session.by_hand and abs(sum(each.seconds for each in sets) - session.seconds) < 1


def more_than_due(session: Session) -> Iterator[tuple[str, Dose, Dose]]:
    """Yield each exercise of which more was done than was due, in any variable: its key in the routine, what
    was due and what was done.
    """
    for decision in session.decisions:
        if decision.side:  # a dose for one side would end the other one in the plan
            continue
        sets = [each for each in session.sets if each.exercise == decision.exercise]
        due = decision.dose
        if sets and due and raised(due, _done(sets)):
            yield decision.written, due, _done(sets)


def _done(sets: list[SetDone]) -> Dose:
    count = max(each.set_number for each in sets)
    return planned_in([replace(each, reps_planned=each.reps, sets=count) for each in sets], Sides.EACH)


def _lifted(session: Session, called: str, text: str, shelf: Library) -> Session:
    """Correct the load of the sets of one exercise in a session that was played."""
    keys = dict.fromkeys(each.exercise for each in session.sets)
    if not called and len(keys) != 1:
        first = next(iter(keys), "lift")
        raise UsageError(
            f"Say which exercise of session {session.id} it was, as in: --dose '{first}: {text}'"
        )
    known = {each: (each, _name(each, shelf)) for each in keys}
    key = names.meant("exercise in that session", called, known) if called else next(iter(keys))
    try:
        said = parts.dose(text)
    except Mistakes as error:
        raise UsageError(f"{_name(key, shelf)}: {error.mistakes[0].wrong}.") from error
    if said.load is None or said != WrittenDose(load=said.load):
        raise UsageError(
            f"Session {session.id} was played, so its sets are known. Say only what you lifted, as in:"
            f" --dose '{key}: with 2 kg'"
        )
    exercise = readable(shelf, key)
    if exercise and exercise.load is None:
        instead = variation_with_load(exercise, partial(readable, shelf))
        other = f"; {instead} takes one" if instead else ""
        raise UsageError(f"{exercise.name}: this exercise takes no load{other}.")
    load = said.load
    sets = (replace(each, load=load) if each.exercise == key else each for each in session.sets)
    return replace(session, sets=tuple(sets))


def _name(key: str, shelf: Library) -> str:
    return shelf.exercise(key).name if key in shelf.exercises() else key


def _noted(session: Session, called: str, text: str, shelf: Library, notice: Notice) -> Session:
    """Add what was done of one exercise to a session that was noted by hand."""
    history = by_hand.history_before(session, notice)
    place = _place(session, session.routine, shelf, notice, history)
    if called:
        known = {each.key: (each.key, each.name) for _, each, _ in place.doing()} if place else {}
        try:
            called = names.meant("exercise", called, known)
        except names.AmbiguousName:
            raise
        except UnknownName:
            called = shelf.exercise_meant(called)
            place = _place(session, called, shelf, notice, history)
            if place is None:
                raise UsageError(
                    f"By your profile {called} is not for you: 'voicecoach profile' shows what you said."
                ) from None
    if place is None:
        raise UsageError(f"Say of which exercise you did {text}, as in: {EXAMPLE}")
    for due in place.chosen(called, _only_side(text)):
        session = _with(session, due, text, place.find_variation)
    return session


def _only_side(text: str) -> str:
    """Return the only side that a dose names; empty when it names none, or both."""
    order = sides_in(text).order
    return order[0] if len(order) == 1 else ""


def _with(session: Session, due: _Due, text: str, find_variation: FindVariation) -> Session:
    """Add what was done of one exercise, or of one side of it, in place of what was noted of that before."""
    written, exercise, decision = due
    level = (decision and decision.dose) or dose_of(exercise)
    done = at_written_dose(exercise, level, text, find_variation)
    side = done.only_side
    if decision and decision.side not in {"", side}:
        decision = None  # it was for the other side
    elif side and decision and not decision.side:
        decision = replace(decision_of_one_side(decision, done.sides_of_both), side=side)
    target = (decision and decision.dose) or lower_of(dose_of(done), dose_of(exercise))

    def stays(key: str, of: str) -> bool:
        return key != written or bool(side and of == OTHER_SIDE[side])

    kept = [each for each in session.sets if stays(each.written or each.exercise, each.alone)]
    sets = (*kept, *_sets(written, done, target, session))
    decisions = [each for each in session.decisions if stays(each.written, each.side)]
    short = bool(raised(dose_of(done), target))
    return replace(
        session,
        asked=Asked(name=session.routine, minutes=session.seconds / 60) if short else session.asked,
        sets=sets,
        sets_planned=len({(each.exercise, each.set_number) for each in sets}),
        decisions=(*decisions, decision) if decision else tuple(decisions),
    )


class _Due(NamedTuple):
    """An exercise that may have been done."""

    written: str
    """The key in the routine."""
    exercise: Exercise
    decision: Decision | None
    """What was due of it; None when something else was."""


class _Place(NamedTuple):
    """The routine in which an exercise was done, and what was due in it."""

    routine: Routine
    find_variation: FindVariation
    decisions: tuple[Decision, ...]

    def doing(self) -> Iterator[_Due]:
        """Yield all that may have been done: what was due first, then the exercises of the routine where
        another variation was due; sides apart one after the other.
        """
        for written in self.routine.exercises:
            sides = {"", *written.side_order}
            made = [each for each in self.decisions if each.written == written.key and each.side in sides]
            own: list[Decision | None] = [*made] or [None]
            for decision in own:
                there = in_order(written, (decision.side,)) if decision and decision.side else written
                exercise = decision and decision.dose and self.find_variation(decision.exercise)
                if decision and exercise and decision.exercise != written.key:
                    yield _Due(written.key, standing_in(exercise, there), decision)
                here = decision if decision and decision.exercise == written.key and decision.dose else None
                yield _Due(written.key, there, here)

    def chosen(self, called: str, side: str = "") -> list[_Due]:
        """What has the key ``called``, or is the only one: of a ``side`` that alone; without it the sides
        that are apart, or else one. Raises UsageError.
        """
        found = [each for each in self.doing() if called in {"", each.exercise.key}]
        if len({each.written for each in found}) != 1:
            first = next(self.doing()).exercise.key
            raise UsageError(f"Say which exercise of {self.routine.name} it was, as in: --dose '{first}: 12'")
        by_side: dict[str, _Due] = {}
        for each in found:
            by_side.setdefault(each.decision.side if each.decision else each.exercise.only_side, each)
        if side or "" in by_side:
            return [by_side.get(side) or by_side.get("") or found[0]]
        return [*by_side.values()]


def _place(session: Session, name: str, shelf: Library, notice: Notice, history: History) -> _Place | None:
    found = by_hand.routine_called(replace(session, routine=name), shelf, notice)
    if found is None:
        return None
    routine, find_variation = found
    return _Place(routine, find_variation, by_hand.decided(routine, session, history, find_variation))


def _sets(written: str, done: Exercise, due: Dose, session: Session) -> Iterator[SetDone]:
    """The sets of an exercise at the dose at which it was done; what was due is their target."""
    dose = dose_of(done)
    targets = due.reps + due.reps[-1:] * (len(dose.reps) - len(due.reps))
    sides = done.side_order if done.sides is Sides.EACH else ("",)
    numbered = zip(itertools.count(1), dose.reps, targets, done.set_seconds, strict=False)
    for number, reps, target, seconds in numbered:
        for side in sides:
            yield SetDone(
                exercise=done.key,
                written=written,
                set_number=number,
                sets=max(len(due.reps), len(dose.reps)),
                side=side,
                sides=len(sides),
                alone=done.only_side,
                reps=reps,
                reps_planned=target,
                unit=dose.counted,
                seconds=seconds,
                seconds_planned=due.duration,
                hold=dose.hold,
                lowering=dose.lowering,
                load=dose.load,
                level=dose.grade.words if dose.grade else "",
                ending=Ending.DONE,
                at=session.ended or session.started,
            )
