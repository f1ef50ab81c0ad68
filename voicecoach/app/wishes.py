"""The person's wishes about doses: where an exercise stands, a fitting dose, and the wish itself."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

from voicecoach import names
from voicecoach.app import agenda, plan, prepare
from voicecoach.app.journal import Notice
from voicecoach.app.person import person_now
from voicecoach.errors import NothingSuits, UsageError, VoicecoachError
from voicecoach.journal import store
from voicecoach.journal.records import Choice, Decision, DoseChange, Wish
from voicecoach.journal.store import Journal
from voicecoach.routine.bounds import UNBOUNDED
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, dose_of, raised
from voicecoach.routine.files import exercise_parts as parts
from voicecoach.routine.files.bound_words import level_in
from voicecoach.routine.files.dose_words import MAX_SECONDS, sides_in
from voicecoach.routine.files.exercise import changed_exercise
from voicecoach.routine.files.library import UNREADABLE, Library
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.shapes import ChangesShape
from voicecoach.routine.files.side_words import sides_at_end
from voicecoach.routine.model import LEFT, RIGHT, Exercise, Routine, Sides
from voicecoach.routine.one_side import dose_of_both_sides, has_sides, word_of
from voicecoach.routine.place import is_path
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import Swap
from voicecoach.settings import file
from voicecoach.training.dosed_routine import (
    Prescription,
    Slot,
    at_several_doses,
    prescription_for,
    standings,
)
from voicecoach.training.exercise_log import History
from voicecoach.training.one_side import seen_from
from voicecoach.training.onward import Further, further
from voicecoach.training.readiness import Stage, Today
from voicecoach.training.standing import Standing
from voicecoach.training.to_decide import NextTime
from voicecoach.training.variation import FindVariation
from voicecoach.training.words import amount
from voicecoach.units import format_load

_BOTH: Final = frozenset({"both", "both sides", "each side", "left and right"})
"""The words that end a wish for one side."""
_LATELY: Final = timedelta(weeks=4)
"""Routines done within this time are searched, besides those of the plan [own choice]."""


@dataclass(frozen=True, kw_only=True)
class Mine:
    """One of the routines of the person, as they do it, with what they did of it so far."""

    name: str
    routine: Routine
    swaps: tuple[Swap, ...]
    """What was replaced or left out of it to suit the person."""
    find_variation: FindVariation
    history: History
    today: Today
    knowing: Callable[[History], Mine]
    """Makes of another history the same routine as the person does it then."""

    @cached_property
    def made(self) -> Prescription:
        """What the rules decide for the next time."""
        return self._made(self.history)

    @property
    def decisions(self) -> Mapping[Slot, Decision]:
        """What is done of each exercise, or of each of its sides, the next time."""
        return self.made.by_slot

    def without_wishes(self, slot: Slot) -> Decision:
        """What the rules alone decide for an exercise, or for one side of it."""
        pending = self.history.wishes(slot.key)
        heard = [each for each in self.history.choices if each not in pending or each.wish is Wish.CLEARED]
        decisions = self._made(replace(self.history, choices=tuple(heard))).by_slot
        return decisions.get(slot) or decisions[Slot(slot.key)]

    def cases(self, key: str) -> tuple[Standing, ...]:
        """How far the person is with an exercise, or with each of its sides; nothing when it has no dose."""
        return standings(self.routine, key, self.history, self.today, find_variation=self.find_variation)

    @cached_property
    def names(self) -> Mapping[str, list[str]]:
        """The names of each exercise, by its key: its own, then those of the variation that is done."""
        called: dict[str, list[str]] = {}
        for each in self.routine.exercises:
            called.setdefault(each.key, [each.key]).append(each.name)
        for slot, decision in self.decisions.items():
            if found := self.find_variation(decision.exercise):
                called[slot.key] += (found.key, found.name)
        return called

    def _made(self, history: History) -> Prescription:
        return prescription_for(self.routine, history, self.today, find_variation=self.find_variation)


@dataclass(frozen=True)
class WishTarget:
    """An exercise in a routine of the person, or one side of it where each has a dose of its own."""

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
        return self.mine.decisions[self.slot]

    @property
    def slot(self) -> Slot:
        return Slot(self.key, self.case.side)

    @property
    def has_sides(self) -> bool:
        """Whether it is done on both sides, one after the other or in turn."""
        return any(has_sides(each) for each in self.mine.routine.exercises if each.key == self.key)

    @property
    def side(self) -> str:
        """The side or the order of sides that the person chose, as in ``SIDES_SAID``; empty for none."""
        return self.mine.history.side_of(self.key)

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
        return replace(dose_of(found), lowering=level.lowering)

    def beyond(self, dose: Dose) -> str:
        """What the bounds of the present variation say about a ``dose`` that is above them; empty when it is
        not. It names the bound and the way out.
        """
        within = self.case.ladder.bounded(dose)
        if within == dose:
            return ""
        return (
            f"{self.case.current.name}: {amount(dose)} is more than {self.mine.routine.name} allows."
            f" {self.prescriber} has set {amount(within)} as the most for now. Ask them; when they have said"
            f" yes: voicecoach plan allow {shlex.quote(self.key)} '{amount(dose)}'"
        )

    @property
    def prescriber(self) -> str:
        """Who prescribed it, by their name where the routine has it, at the beginning of a sentence."""
        return self.mine.routine.instructions.name or "Whoever prescribed it"

    @property
    def waits(self) -> Further | None:
        """The next step of it that waits for whoever prescribed it; None when none does."""
        found = further(self.case) if self.decision.change is DoseChange.ASK else None
        return None if found is None or found.allowed else found

    def said_for_both(self, dose: Dose) -> Dose:
        """The dose for both sides, when ``dose`` is what each of them is to have."""
        return dose_of_both_sides(dose, self.case.current.sides_of_both) if self.case.side else dose

    def not_at_hand(self, dose: Dose) -> str:
        """What to mind about a load that is none of the person's weights; empty when they have it."""
        weights = self.case.current.weights
        if not weights or dose.load in {0.0, *weights}:
            return ""
        known = ", ".join(map(format_load, weights))
        return f"{format_load(dose.load)} is none of the weights in your profile, to which it goes: {known}."

    def caution(self, dose: Dose) -> str:
        """What to mind about a ``dose`` that is more than the rules have; empty when it is not."""
        ruled = self.mine.without_wishes(self.slot)
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
    rest, grade = level_in(text, exercise.grades)
    if grade is not None:  # the dose stays where only a level is named
        exercise, level = replace(exercise, grade=grade), replace(level, grade=grade)
        text = rest or amount(replace(level, grade=None))
    try:
        said = parts.dose(text)
        values: dict[str, Any] = {"reps": said}
        given = ChangesShape(**values)  # as the reader of routines makes it
        base = replace(at_dose(exercise, level), bounds=UNBOUNDED)  # which a wish may exceed, to be refused
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
) -> tuple[WishTarget, ...]:
    """Return the exercise with that key or name in the routine ``where``; None: in those of the plan or done
    lately. Where each side has a dose of its own they come one after the other.

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
    cases = mine.cases(key)
    several = key in at_several_doses(mine.routine, mine.history.is_apart)
    is_done = any(not mine.decisions[Slot(key, each.side)].leaves_out for each in cases)
    if not cases or (several and not anyhow and is_done):
        raise UsageError(
            f"'{called}' comes at several doses in {mine.routine.name}, so it is done as its file has it:"
            f" {mine.routine.path}"
        )
    others = (each for each in routines if each is not mine)
    also = tuple(each.routine.name for each in others if each.cases(key))
    return tuple(WishTarget(mine, case, also) for case in cases)


def sides_said(text: str) -> tuple[str | None, str]:
    """Return the side that a wish names, as in ``SIDES_SAID`` and "" for both, and its dose, if it has one.

    None where it says nothing of sides.
    """
    plain = " ".join(text.casefold().split())
    if plain in _BOTH:
        return "", ""
    sides, (rest, _) = sides_in(text), sides_at_end(text)
    if sides.order:
        shared = f" {sides.shared}" if sides.shared and rest else ""
        return word_of(sides.order), f"{rest}{shared}"
    if sides.shared is Sides.EACH:
        return "", text if rest else ""
    return None, text


def written_for(places: tuple[WishTarget, ...], side: str) -> tuple[WishTarget, ...]:
    """Return the place of an exercise that its routine has for that side alone; nothing for another one."""
    mine, key = places[0].mine, places[0].key
    alone = all(each.only_side for each in mine.routine.exercises if each.key == key)
    if not alone or mine.history.order_of(key):
        return ()
    return tuple(each for each in places if each.case.side == side)


def on_side(places: Sequence[WishTarget], side: str) -> tuple[WishTarget, ...]:
    """Return the exercise as it would be done on another side, or on both. Raises UsageError if it cannot."""
    mine, key = places[0].mine, places[0].key
    exercise = next(each for each in mine.routine.exercises if each.key == key)
    if exercise.sides is Sides.BOTH:
        raise UsageError(f"{exercise.name} has no left and right side to choose from.")
    if exercise.only_side and not mine.history.order_of(key):
        raise UsageError(
            f"{exercise.name} is written for the {exercise.only_side} side alone in {mine.routine.name}. To"
            f" do it otherwise, change its file: {mine.routine.path}"
        )
    at = datetime.combine(mine.today.day, time.max, UTC)
    choice = Choice(at=at, written=key, wish=Wish.SIDE, side=side)
    then = mine.knowing(replace(mine.history, choices=(*mine.history.choices, choice)))
    return tuple(WishTarget(then, case, places[0].also) for case in then.cases(key))


@dataclass(frozen=True, slots=True)
class SideChosen:
    """An exercise that the person wants on one side only, or beginning with it, until they say otherwise."""

    key: str
    name: str
    side: str
    """As in ``SIDES_SAID``."""


def sides_chosen(history: History) -> tuple[SideChosen, ...]:
    """Return these exercises, in the order in which that was said first."""
    exercise = prepare.exercises_by_key()
    return tuple(
        SideChosen(key, found.name if (found := exercise(key)) else key, side)
        for key in dict.fromkeys(each.written for each in history.choices)
        if (side := history.side_of(key))
    )


@dataclass(frozen=True, slots=True)
class DoseChosen:
    """What the person said of a dose that no session has followed yet."""

    name: str
    choice: Choice
    """It is counted for one side where ``sides`` has any."""
    sides: tuple[str, ...]
    """The sides that it is for, where each has a dose of its own."""
    alone: bool
    """Whether only that side is done for now."""


def doses_chosen(history: History) -> Iterator[DoseChosen]:
    """Yield the last of these of each exercise, or of each of its sides."""
    find_variation = prepare.exercises_by_key()
    for key in dict.fromkeys(each.written for each in history.choices):
        exercise = find_variation(key)
        name, order = exercise.name if exercise else key, history.order_of(key)
        by_side: Mapping[str, Choice] = {}
        if exercise and has_sides(exercise) and history.is_apart(key):
            seen = {side: seen_from(side, exercise, history, find_variation) for side in (LEFT, RIGHT)}
            by_side = {side: known[-1] for side, own in seen.items() if (known := own.wishes(key))}
        else:
            yield from (DoseChosen(name, each, (), alone=False) for each in history.wishes(key)[-1:])
        for choice in sorted(dict.fromkeys(by_side.values()), key=lambda each: each.at):
            sides = tuple(side for side, known in by_side.items() if known == choice)
            yield DoseChosen(name, choice, sides, alone=order == sides)


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
    place: WishTarget,
    what: Wish,
    notice: Notice,
    now: datetime,
    dose: Dose | None = None,
    side: str = "",
    variation: str = "",
) -> tuple[WishTarget, ...]:
    """Write down what the person wants; return the exercise as it is then. Raises JournalError."""
    choice = Choice(
        at=now.astimezone(UTC), written=place.key, wish=what, dose=dose, side=side, variation=variation
    )
    with Journal.open(store.file(), notice) as journal:
        journal.choose(choice)
    return find(place.key, place.mine.name, notice, now, anyhow=True)


def waiting(notice: Notice, now: datetime) -> tuple[WishTarget, ...]:
    """Return all exercises of the person's routines of which a step up waits for whoever prescribed it."""
    return tuple(
        place
        for mine in _routines(None, notice, now)
        for key in dict.fromkeys(each.key for each in mine.routine.exercises)
        for case in mine.cases(key)
        if (place := WishTarget(mine, case, ())).waits
    )


def take_back(notice: Notice, day: date) -> Choice | None:
    """Forget the last wish that was not followed by a session yet; None when there is none.

    Raises JournalError.
    """
    history = prepare.known(notice, day)
    pending = [each for each in history.choices if each in history.pending(each.written)]
    if not pending:
        return None
    with Journal.open(store.file(), notice) as journal:
        journal.forget(pending[-1])
    return pending[-1]


class InUse(NamedTuple):
    """The routines of the plan and those done lately, with all that a report on them needs."""

    history: History
    plans: tuple[NextTime, ...]
    """What comes next in each of them, those that are due first."""
    find_variation: FindVariation
    """Knows the exercises of the library, and those beside these routines."""


def in_use(notice: Notice, now: datetime) -> InUse:
    """Return the routines in use, and what the rules decide for the next time.

    Those that cannot be read are left out. Raises FileError for a profile that cannot be understood.
    """
    found = list(_routines(None, notice, now))
    history = found[0].history if found else prepare.known(notice, now.date())
    return _all_in_use(history, found)


def in_use_of(history: History, day: date) -> InUse:
    """Return the routines in the ``history`` of somebody else as they are written, and what is decided.

    Those that are not here, or cannot be read, are left out.
    """
    shelf, found = prepare.library(), []
    for name in dict.fromkeys(each.routine for each in reversed(history.sessions)):
        with contextlib.suppress(NothingSuits, *UNREADABLE):
            if name in shelf.routines():
                found.append(_mine(shelf, Profile(), name, history, Today(day=day)))
    return _all_in_use(history, found)


def _all_in_use(history: History, found: Sequence[Mine]) -> InUse:
    finders = (prepare.exercises_by_key(), *(each.find_variation for each in found))

    def find(key: str) -> Exercise | None:
        return next(filter(None, (each(key) for each in finders)), None)

    plans = tuple(NextTime(each.routine, each.made.decisions, each.swaps) for each in found)
    return InUse(history, plans, find)


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
    own, find_variation = prepare.own_routine(shelf, person, name, history)
    return Mine(
        name=name,
        routine=own.routine,
        swaps=own.swaps,
        find_variation=find_variation,
        history=history,
        today=when,
        knowing=lambda other: _mine(shelf, person, name, other, when),
    )


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
