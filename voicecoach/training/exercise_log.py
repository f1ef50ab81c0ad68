"""One exercise in one session: what was planned and done of it, and whether it did good.

All functions are pure. A session's answers count for each exercise that has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from voicecoach.journal.records import Choice, Decision, Session, SetDone
from voicecoach.routine.model import Dose, Exercise, Sides
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.stats import leg_rose


def planned_in(sets: Sequence[SetDone], sides: Sides) -> Dose:
    """Return the planned dose of one exercise in one session, as far as it was begun.

    ``sets`` holds at least one. Sets that were never reached count as long as the last one that was.
    """
    planned: dict[int, dict[str, int]] = {}
    for each in sets:
        by_side = planned.setdefault(each.set_number, {})
        by_side[each.side] = max(each.reps_planned, by_side.get(each.side, 0))
    together = sum if sides is Sides.SWAP else max
    reps = {number: together(by_side.values()) for number, by_side in planned.items()}
    lengths = [each.seconds_planned for each in sets if each.seconds_planned is not None]
    first = sets[0]
    return Dose(
        reps=tuple(
            reps.get(number, reps[max(reps)]) for number in range(1, max(each.sets for each in sets) + 1)
        ),
        hold=first.hold,
        duration=max(lengths, default=None),
        lowering=first.lowering,
        load=first.load,
    )


class Zone(StrEnum):
    """The traffic light (rule 1)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNKNOWN = "unknown"
    """Nobody said how it was: nothing rises, and nothing comes down."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """One exercise of a routine in one session."""

    session: Session
    written: str
    """The key of the routine's exercise."""
    exercise: str
    """The key of the variation that was planned."""
    sets: tuple[SetDone, ...]
    """The sets of that variation; empty when the person changed to another one before the first."""
    others: tuple[SetDone, ...] = ()
    """The sets of variations that the person changed to."""
    decision: Decision | None = None
    """The decision that set the dose; None when it was done as written."""

    @property
    def day(self) -> date:
        return self.session.day

    @cached_property
    def effort(self) -> int | None:
        """The highest effort of a set, else that of the session."""
        said = [each.felt.effort for each in self.sets if each.felt.effort is not None]
        return max(said, default=self.session.after.effort)

    @cached_property
    def own_pain(self) -> int | None:
        """The worst pain reported for this exercise itself."""
        sets = (*self.sets, *self.others)
        return max((each.felt.worst_pain for each in sets if each.felt.worst_pain is not None), default=None)

    @cached_property
    def hurt(self) -> bool:
        """Whether the person ended it because it hurt."""
        return any(each.ending is Ending.HURT for each in (*self.sets, *self.others))

    def planned(self, exercise: Exercise) -> Dose:
        """Return the dose of that session; ``exercise`` is the one that was done, at any dose."""
        if self.decision and self.decision.dose:
            return self.decision.dose
        return planned_in(self.sets, exercise.sides)

    def level(self, exercise: Exercise) -> Dose:
        """Return the dose the person had reached, which in an easy week is more than the session's."""
        if self.decision and self.decision.level:
            return self.decision.level
        return self.planned(exercise)

    def reached(self, exercise: Exercise) -> bool:
        """Whether every set reached its target with good form, as far as is known (rule 2)."""
        form = [each.felt.form_ok for each in self.sets]
        if False in form or (self.session.after.form_ok is False and set(form) == {None}):
            return False
        blocks: dict[int, dict[tuple[int, str], list[SetDone]]] = {}
        for each in self.sets:
            blocks.setdefault(each.block, {}).setdefault((each.set_number, each.side), []).append(each)
        sides = 2 if exercise.sides is Sides.EACH else 1
        sets = len(self.planned(exercise).reps)
        return bool(blocks) and all(
            len({number for number, _ in pieces}) >= sets
            and len(pieces) >= sides * sets
            and all(map(_reached, pieces.values()))
            for pieces in blocks.values()
        )

    def zone(self) -> Zone:
        """Rule 1. The session's red is put down to the exercises that were ended because they hurt.

        Where it is known which ones hurt, the others of that session are amber. Pain that went further down
        a leg is red for all of them (UCSF; midwestbonejoint).
        """
        if self.hurt or self.leg_rose:
            return Zone.RED
        worst = self.own_pain
        if worst is None:
            worst = self.session.after.worst_pain
            if worst is not None and worst >= limits.RED_PAIN and _names_what_hurt(self.session):
                return Zone.AMBER
        if worst is not None and worst >= limits.RED_PAIN:
            return Zone.RED
        if self.sore_next_morning() or (worst is not None and worst >= limits.AMBER_PAIN):
            return Zone.AMBER
        return Zone.UNKNOWN if worst is None else Zone.GREEN

    def unsettled(self) -> bool:
        """Whether it was amber because pain lasted into the next morning (rule 6)."""
        said = self.own_pain if self.own_pain is not None else self.session.after.worst_pain
        return said is not None and said >= limits.AMBER_PAIN and self.sore_next_morning()

    def sore_next_morning(self) -> bool:
        """Whether the morning after was worse than the time before the session (rule 1)."""
        before, after = self.session.before.pain, self.session.next_morning
        return before is not None and after is not None and after > before + limits.MORNING_RISE

    @cached_property
    def leg_rose(self) -> bool:
        return leg_rose(self.session, (*self.sets, *self.others))


@dataclass(frozen=True, kw_only=True)
class History:
    """The sessions and choices that the rules use."""

    sessions: tuple[Session, ...] = ()
    """Earliest first, without the one that is being planned."""
    choices: tuple[Choice, ...] = ()
    """Earliest first."""

    def practices(self, written: str) -> tuple[Practice, ...]:
        """Every session in which an exercise was done, by its key in the routine; earliest first."""
        return self._by_key.get(written, ())

    @cached_property
    def _by_key(self) -> dict[str, tuple[Practice, ...]]:
        found: dict[str, list[Practice]] = {}
        for session in self.sessions:
            for practice in practices_of(session):
                found.setdefault(practice.written, []).append(practice)
        return {key: tuple(practices) for key, practices in found.items()}

    def choices_for(self, written: str, after: datetime | None) -> tuple[Choice, ...]:
        """Return the person's wishes for an exercise since a moment, or all of them."""
        own = (choice for choice in self.choices if choice.written == written)
        return tuple(choice for choice in own if after is None or choice.at > after)

    def wishes(self, written: str) -> tuple[Choice, ...]:
        """Return the person's wishes for an exercise since they last did it by the plan."""
        by_plan = (each for each in reversed(self.practices(written)) if not each.session.as_written)
        last = next(by_plan, None)
        return self.choices_for(written, last.session.started if last else None)


def days_between(earlier: date, later: date) -> int:
    """Return the number of days without exercise between two days with it."""
    return (later - earlier).days - 1


def practices_of(session: Session) -> Iterator[Practice]:
    """Return what was done of each exercise in one session."""
    by_key: dict[str, list[SetDone]] = {}
    for each in session.sets:
        by_key.setdefault(each.written or each.exercise, []).append(each)
    decisions = {each.written: each for each in session.decisions}
    for written, sets in by_key.items():
        decision = decisions.get(written)
        done = [each.exercise for each in sets]
        key = decision.exercise if decision else written if written in done else done[0]
        yield Practice(
            session=session,
            written=written,
            exercise=key,
            sets=tuple(each for each in sets if each.exercise == key),
            others=tuple(each for each in sets if each.exercise != key),
            decision=decision,
        )


def _names_what_hurt(session: Session) -> bool:
    return any(each.ending is Ending.HURT for each in session.sets)


def _reached(pieces: list[SetDone]) -> bool:
    """Tell whether the parts of a set, which an explanation may have split, add up to the whole."""
    if any(each.seconds_planned is not None for each in pieces):
        planned = max(each.seconds_planned or 0 for each in pieces)
        # What is left of timed work in the last seconds is not taken up again after an interruption.
        return sum(each.seconds for each in pieces) >= planned - min(_NEARLY, planned * _NEARLY_SHARE)
    return sum(each.reps for each in pieces) >= max(each.reps_planned for each in pieces)


_NEARLY: Final = 5.0
"""Seconds of timed work that may be missing, as in a session [own choice] …"""
_NEARLY_SHARE: Final = 0.1
"""… and at most this much of it [own choice]."""
