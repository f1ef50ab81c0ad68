"""The person's wishes about doses: where an exercise stands, a fitting dose, and the wish itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from voicecoach import names
from voicecoach.app import agenda, plan, prepare
from voicecoach.app.journal import Notice
from voicecoach.app.person import person_now
from voicecoach.errors import NothingSuits, UsageError, VoicecoachError
from voicecoach.journal import store
from voicecoach.journal.records import Choice, Decision, DoseChange, Wish
from voicecoach.journal.store import Journal
from voicecoach.routine.doses import at_dose, dose_of, raised
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files.dose_words import MAX_SECONDS
from voicecoach.routine.files.exercise import changed_exercise
from voicecoach.routine.files.library import UNREADABLE, Library, is_path
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.shapes import ChangesShape
from voicecoach.routine.model import Dose, Exercise, Routine, Sides
from voicecoach.routine.profile import Profile
from voicecoach.settings import file
from voicecoach.training.dosed_routine import at_several_doses, prescription_for, standing
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Stage, Today
from voicecoach.training.standing import Standing
from voicecoach.training.variation import FindVariation
from voicecoach.training.words import amount
from voicecoach.units import format_load

_LATELY: Final = timedelta(weeks=4)
"""Routines done within this time are searched, besides those of the plan [own choice]."""


@dataclass(frozen=True, kw_only=True)
class Mine:
    """One of the routines of the person, as they do it, with what they did of it so far."""

    name: str
    routine: Routine
    find_variation: FindVariation
    history: History
    today: Today

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        """What is done of each exercise the next time."""
        return self._decide(self.history)

    def without_wishes(self, key: str) -> Decision:
        """What the rules alone decide for an exercise."""
        pending = self.history.wishes(key)
        heard = [each for each in self.history.choices if each not in pending or each.wish is Wish.CLEARED]
        return self._decide(replace(self.history, choices=tuple(heard)))[key]

    def case(self, key: str) -> Standing | None:
        return standing(self.routine, key, self.history, self.today, find_variation=self.find_variation)

    @cached_property
    def names(self) -> Mapping[str, list[str]]:
        """The names of each exercise, by its key: its own, then those of the variation that is done."""
        called: dict[str, list[str]] = {}
        for each in self.routine.exercises:
            called.setdefault(each.key, [each.key]).append(each.name)
        for key, decision in self.decisions.items():
            if found := self.find_variation(decision.exercise):
                called[key] += (found.key, found.name)
        return called

    def _decide(self, history: History) -> Mapping[str, Decision]:
        made = prescription_for(self.routine, history, self.today, find_variation=self.find_variation)
        return {each.written: each for each in made.decisions}


@dataclass(frozen=True)
class WishTarget:
    """An exercise in a routine of the person."""

    mine: Mine
    case: Standing
    also: tuple[str, ...]
    """The names of their other routines in which it is."""

    @property
    def key(self) -> str:
        return self.case.written.key

    @property
    def decision(self) -> Decision:
        """What is done of it the next time."""
        return self.mine.decisions[self.key]

    @property
    def doing(self) -> Exercise:
        """The variation of it that is done the next time."""
        return self.variation(self.decision)

    def variation(self, decision: Decision) -> Exercise:
        return self.case.variation(decision.exercise) or self.case.written

    @property
    def changes_variation(self) -> bool:
        """Whether another variation of it is done the next time."""
        return self.decision.exercise != self.case.current.key

    @property
    def last(self) -> Dose | None:
        """The dose of the last session by the plan; None when there was none."""
        planned = self.case.planned
        return planned[-1].planned(self.case.done(planned[-1])) if planned else None

    def is_coming(self, called: str) -> bool:
        """Whether that is the name of a variation that is done the next time, and was not the last time."""
        before = [name for each in (self.case.written, self.case.current) for name in (each.key, each.name)]
        known = {"now": before, "next": [self.doing.key, self.doing.name]}
        return self.changes_variation and names.candidates(called, known) == ["next"]

    def dose(self, text: str) -> Dose:
        """The dose in ``text``, written as in a routine, for the present variation. Raises UsageError."""
        exercise, level = self.case.current, self.case.level
        found = at_written_dose(exercise, level, text, self.mine.find_variation)
        if found.order != exercise.order:
            raise UsageError(f"{exercise.name}: the dose in the plan is for both sides. Leave the side out.")
        return replace(dose_of(found), lowering=level.lowering)

    def not_at_hand(self, dose: Dose) -> str:
        """What to mind about a load that is none of the person's weights; empty when they have it."""
        weights = self.case.current.weights
        if not weights or dose.load in {0.0, *weights}:
            return ""
        known = ", ".join(map(format_load, weights))
        return f"{format_load(dose.load)} is none of the weights in your profile, to which it goes: {known}."

    def caution(self, dose: Dose) -> str:
        """What to mind about a ``dose`` that is more than the rules have; empty when it is not."""
        ruled = self.mine.without_wishes(self.key)
        if ruled.exercise == self.case.current.key:
            more = ruled.dose is not None and bool(raised(ruled.dose, dose))
        else:
            more = ruled.change in {DoseChange.EASIER, DoseChange.LAY_OFF}
        if not more:
            return ""
        name = "" if ruled.exercise == self.case.current.key else f"{self.variation(ruled).name}, "
        caution = f"Careful: by the rules it would be {name}{amount(ruled.dose or ruled.level or dose)}."
        sore = bool(self.case.practices) and self.case.zone.is_bad
        if ruled.change not in {DoseChange.START, DoseChange.HOLD, DoseChange.ADVANCE} or sore:
            caution += f" {file.own_phrases().tell(ruled.reason)}"
        if sore or self.case.how.flare is not Stage.NONE:
            caution += " Begin only without pain, and stop at once if it hurts."
        return caution


def at_written_dose(exercise: Exercise, level: Dose, text: str, find_variation: FindVariation) -> Exercise:
    """Return ``exercise`` at the dose in ``text``, written as in a routine; what that leaves out is as in
    ``level``. Raises UsageError, which may name a variation.
    """
    try:
        said = parts.dose(text)
        values: dict[str, Any] = {"reps": said}
        given = ChangesShape(**values)  # as the reader of routines makes it
        base = at_dose(exercise, level)
        found, mistakes = changed_exercise(base, given, set(), {"reps": text}, find_variation)
    except Mistakes as error:
        mistakes = list(error.mistakes)
    if mistakes:
        wrong, expected = mistakes[0].wrong, mistakes[0].expected.partition(";")[0]
        raise UsageError(f"{exercise.name}: {wrong}. Expected: {expected}.")
    if said.range:
        raise UsageError(f"{exercise.name}: {said.range} is a range. Say one dose, as in '{amount(level)}'.")
    if said.reps is None and said.seconds is not None and exercise.duration is None:
        raise UsageError(f"{exercise.name}: say how many of them as well, as in '{amount(level)}'.")
    if found.sides is not exercise.sides:
        raise UsageError(f"{exercise.name}: left and right are counted together. Leave the side out.")
    if exercise.sides is Sides.ALTERNATE and any(reps % 2 for reps in found.reps):
        raise UsageError(f"{exercise.name}: left and right take turns, so take an even number of reps.")
    if found.total_seconds > MAX_SECONDS:
        raise UsageError(f"{exercise.name}: {text} takes more than an hour with its rests. Take less.")
    return found


def find(
    called: str, where: str | None, notice: Notice, now: datetime, *, anyhow: bool = False
) -> WishTarget:
    """Return the exercise with that key or name in the routine ``where``; None: in those of the plan or done
    lately.

    Raises UnknownName, which suggests the nearest one; UsageError for one that has no dose of its own and is
    not left out, unless it is wanted ``anyhow``; and
    as :func:`voicecoach.app.prepare.tailored`.
    """
    routines = list(_routines(where, notice, now))
    if not routines:
        raise UsageError(
            "You have no plan and did nothing lately. Name the routine with it, as in: --routine quick"
        )
    mine, key = _place_of(called, routines)
    case, several = mine.case(key), key in at_several_doses(mine.routine)
    if case is None or (several and not anyhow and not mine.decisions[key].leaves_out):
        raise UsageError(
            f"'{called}' comes at several doses in {mine.routine.name}, so it is done as its file has it:"
            f" {mine.routine.path}"
        )
    others = (each for each in routines if each is not mine)
    return WishTarget(mine, case, tuple(each.routine.name for each in others if each.case(key)))


def _place_of(called: str, routines: Sequence[Mine]) -> tuple[Mine, str]:
    """Return the first of ``routines`` with an exercise that is ``called`` so, and its key there.

    Raises UnknownName.
    """
    for mine in routines:
        if found := names.equal(called, mine.names):
            return mine, found[0]
    known: dict[str, list[str]] = {}
    for mine in routines:
        for key, called_here in mine.names.items():
            known.setdefault(key, []).extend(called_here)
    looked = ", ".join(each.name for each in routines)
    hint = f"Looked into: {looked}. --routine names another one."
    key = names.meant("exercise", called, known, hint=hint)
    return next(each for each in routines if key in each.names), key


def wish(
    place: WishTarget, what: Wish, notice: Notice, now: datetime, dose: Dose | None = None
) -> WishTarget:
    """Write down what the person wants; return the exercise as it is then. Raises JournalError."""
    choice = Choice(at=now.astimezone(UTC), written=place.key, wish=what, dose=dose)
    with Journal.open(store.file(), notice) as journal:
        journal.choose(choice)
    return find(place.key, place.mine.name, notice, now, anyhow=True)


def take_back(notice: Notice, day: date) -> Choice | None:
    """Forget the last wish that was not followed by a session yet; None when there is none.

    Raises JournalError.
    """
    history = prepare.known(notice, day)
    pending = [each for each in history.choices if each in history.wishes(each.written)]
    if not pending:
        return None
    with Journal.open(store.file(), notice) as journal:
        journal.forget(pending[-1])
    return pending[-1]


def _routines(where: str | None, notice: Notice, now: datetime) -> Iterator[Mine]:
    shelf, person, day = prepare.library(), person_now(notice, now), now.date()
    history = prepare.known(notice, day)
    for name in [where] if where else _usual(shelf, history, notice, now):
        try:
            yield _mine(shelf, person, name, history, Today(day=day))
        except (NothingSuits, *UNREADABLE):
            if where:
                raise


def _mine(shelf: Library, person: Profile, name: str, history: History, when: Today) -> Mine:
    routine, find_variation = prepare.own_routine(shelf, person, name)
    return Mine(name=name, routine=routine, find_variation=find_variation, history=history, today=when)


def _usual(shelf: Library, history: History, notice: Notice, now: datetime) -> list[str]:
    """The routines of the plan, those first that are due, and those done lately; each once."""
    usual: list[str] = []
    if following := plan.followed(notice):  # without a plan, recent sessions decide
        with contextlib.suppress(VoicecoachError):
            usual += agenda.at(following, notice, now).due.routines
        usual += [each.routine for each in following.phase.activities]
    known = shelf.routines()
    for session in reversed(history.sessions):
        name = session.asked.name if session.asked else session.routine
        if session.day >= now.date() - _LATELY and (name in known or is_path(name)):
            usual.append(name)
    return list(dict.fromkeys(usual))
