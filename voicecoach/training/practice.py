"""One exercise in one session: what was planned and done of it, and whether it did good.

All functions are pure. A session's answers count for each exercise that has none of its own.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from voicecoach.journal.records import Decision, DoseChange, Session, SetDone
from voicecoach.routine.dose import Dose, Grade
from voicecoach.routine.doses import grade_number, graded
from voicecoach.routine.instructions import AgreedPain
from voicecoach.routine.model import Exercise, Sides
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.by_side import by_side
from voicecoach.training.leg import LegCourse, moved_up_in, rose_in
from voicecoach.training.stats import is_chosen_part, names_what_hurt


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
        counted=first.unit,
        grade=Grade(number=1, words=first.level) if first.level else None,
    )


def times_planned(sets: Collection[SetDone]) -> int:
    """Return how often an exercise with these ``sets`` was to come in a session, once in each of its rounds.

    Places outside rounds count as far as they were begun.
    """
    rounds = (math.prod(one.of for one in each.rounds) for each in sets)
    return max(len({each.block for each in sets}), max(rounds, default=0))


class Zone(StrEnum):
    """The traffic light (rule 1)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNKNOWN = "unknown"
    """Nobody said how it was: nothing rises, and nothing comes down."""

    @property
    def is_bad(self) -> bool:
        """Whether it is amber or red."""
        return self in {Zone.AMBER, Zone.RED}


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
    side: str = ""
    """The side whose own dose it shows, as that was done alone or had a dose of its own; empty for both."""
    elsewhere: tuple[SetDone, ...] = ()
    """The sets of the other side, when it is looked at from one: what hurt on both counts for each."""
    decision: Decision | None = None
    """The decision that set the dose; None when it was done as written."""
    usual: float = limits.UNSAID_PAIN
    """What the pain before the session is taken for when nobody said."""
    leg: LegCourse
    """What became of a leg in the session, and after it."""
    known: bool = True
    """Whether the journal has what was done; else that is taken for what was done the last time."""

    @property
    def day(self) -> date:
        return self.session.day

    @property
    def shortened(self) -> bool:
        """Whether the person chose a part of the routine, which is no miss."""
        return is_chosen_part(self.session)

    @cached_property
    def times(self) -> int:
        """How often it came in the session: in each of its rounds, done or not; 0 when nothing is known."""
        return times_planned(self.sets)

    @property
    def effort(self) -> int | None:
        """The effort of the session."""
        return self.session.after.effort

    @cached_property
    def hurt(self) -> bool:
        """Whether the person ended it because it hurt, or named it afterwards as the one that hurt."""
        return self._ended_as_it_hurt or self.session.named == self.written

    @cached_property
    def _ended_as_it_hurt(self) -> bool:
        done = (*self.sets, *self.others, *self.elsewhere)
        return any(each.ending is Ending.HURT for each in done)

    def planned(self, exercise: Exercise) -> Dose:
        """Return the dose of that session; ``exercise`` is the one that was done, at any dose."""
        if self.decision and self.decision.dose:
            return graded(exercise, self._as_lifted(self.decision.dose))
        return graded(exercise, planned_in(self.sets, exercise.sides))

    def level(self, exercise: Exercise) -> Dose:
        """Return the dose the person had reached, which in an easy week is more than the session's."""
        if self.decision and self.decision.level:
            return graded(exercise, self._as_lifted(self.decision.level))
        return self.planned(exercise)

    def _as_lifted(self, dose: Dose) -> Dose:
        """Return ``dose`` with what was really lifted where that was less; what was more raises nothing."""
        lifted = min((each.load for each in self.sets), default=dose.load)
        return replace(dose, load=lifted) if lifted < dose.load else dose

    def reached(self, exercise: Exercise) -> bool:
        """Whether every set reached its target with good form, as far as is known (rule 2)."""
        if self.session.after.form_ok is False or self._below_level(exercise):
            return False
        blocks: dict[int, dict[tuple[int, str], list[SetDone]]] = {}
        for each in self.sets:
            blocks.setdefault(each.block, {}).setdefault((each.set_number, each.side), []).append(each)
        most = max((each.sets for each in self.sets), default=0)
        return len(blocks) >= max(self.times, 1) and all(
            len({number for number, _ in pieces}) >= sets
            and len(pieces) >= exercise.sides_apart * sets
            and all(map(_reached, pieces.values()))
            for pieces in blocks.values()
            for sets in [self._sets_of(pieces, most, exercise)]
        )

    def _below_level(self, exercise: Exercise) -> bool:
        """Whether a set was done at a lower level of the exercise's own ladder than was planned."""
        numbers = {each.words: each.number for each in exercise.grades}
        planned = grade_number(self.planned(exercise))
        return any(numbers.get(each.level, planned) < planned for each in self.sets)

    def _sets_of(
        self, pieces: Mapping[tuple[int, str], Sequence[SetDone]], most: int, exercise: Exercise
    ) -> int:
        """Return how many sets one place of the exercise has; another dose may have fewer."""
        here = max(each.sets for piece in pieces.values() for each in piece)
        return len(self.planned(exercise).reps) if here == most else here

    @cached_property
    def rise(self) -> float | None:
        """How much the pain rose above what it was before the session; None when nobody said."""
        worst = self.session.after.worst_pain
        return None if worst is None else worst - self._before

    def zone(self) -> Zone:
        """Rule 1, the traffic light relative to the pain before the session (Smith 2017, BJSM 51:1679).

        Red is what the exercise did: the person ended it because it hurt, or named it. Pain that went further
        down a leg is red for all of them (UCSF; midwestbonejoint), and so is a warning sign of another
        region. Pain that was agreed with a clinician can only make it worse than that.
        """
        return self._zone

    @cached_property
    def _zone(self) -> Zone:
        if self.to_blame or self.leg.rose or self.is_agreed_stop:
            return Zone.RED
        if self.hurt or self.sore_next_morning() or self._rose(limits.AMBER_RISE) or self.is_over_agreed:
            return Zone.AMBER
        return Zone.UNKNOWN if self.rise is None else Zone.GREEN

    def is_above(self, pain: int) -> bool:
        """Whether the worst pain of the session was above that, as far as it may have been this exercise."""
        worst = self.session.after.worst_pain
        return worst is not None and worst > pain and not self._names_another

    @property
    def worse_morning(self) -> bool:
        """Whether the next morning was worse than the time before the session, however little."""
        morning = self._next_morning
        return morning is not None and morning > 0 and not self._names_another

    @property
    def _names_another(self) -> bool:
        """Whether the person named, or ended, another exercise because it hurt, and not this one."""
        return names_what_hurt(self.session) and not self.hurt

    @property
    def is_over_agreed(self) -> bool:
        """Whether it hurt more in the session than a clinician agreed on as fine."""
        worst = self.session.after.worst_pain
        return worst is not None and self._agreed.is_much(worst)

    @property
    def is_agreed_stop(self) -> bool:
        """Whether it hurt so much that one stops, as was agreed, and nobody knows which exercise it was."""
        worst = self.session.after.worst_pain
        return worst is not None and self._agreed.is_too_much(worst) and not names_what_hurt(self.session)

    @property
    def _agreed(self) -> AgreedPain:
        return self.session.instructions.pain

    @property
    def is_unsaid(self) -> bool:
        """Whether nobody said how it hurt, or how hard it was."""
        return self.zone() is Zone.UNKNOWN or self.effort is None

    @property
    def is_substitute(self) -> bool:
        """Whether another exercise was done for the routine's, which was left out."""
        return self.decision is not None and self.decision.substitute

    @property
    def is_chosen(self) -> bool:
        """Whether the dose was the person's wish."""
        return self.decision is not None and self.decision.change is DoseChange.CHOSEN

    @property
    def to_blame(self) -> bool:
        """Whether it was this exercise that hurt, as far as is known.

        Who names it although a leg is better for it is sore for a while, and no more.
        """
        return self.hurt and not self._is_better

    @cached_property
    def sore(self) -> bool:
        """Whether the session hurt much and nobody knows which exercise it was: then all are a step less.

        Pain that a clinician agreed on as fine, and that was gone by the next morning, was not much.
        """
        much = self._rose(limits.SORE_RISE) and not names_what_hurt(self.session)
        return much and not self._is_agreed_and_gone

    def unsettled(self) -> bool:
        """Whether pain that rose lasted into the next morning, or that morning was a bad one (rule 6)."""
        morning = self._next_morning
        if morning is not None and morning >= limits.SORE_RISE:
            return True
        worse = morning is not None and morning > limits.MORNING_RISE
        return self._rose(limits.AMBER_RISE) and worse and not self._is_better

    @property
    def warns(self) -> bool:
        """Whether it asks for no more, or for less, the next time."""
        hard = self.effort is not None and self.effort > limits.EASY_EFFORT
        return hard or self.zone().is_bad or self.sore or self.unsettled()

    def sore_next_morning(self) -> bool:
        """Whether the morning after was worse than the time before the session (rule 1).

        Where a clinician agreed that it is no worse, any more is worse.
        """
        morning = self._next_morning
        return morning is not None and morning > (0 if self._agreed.morning else limits.MORNING_RISE)

    @property
    def _is_agreed_and_gone(self) -> bool:
        worst, morning = self.session.after.worst_pain, self._next_morning
        return worst is not None and self._agreed.is_fine(worst) and morning is not None and morning <= 0

    @property
    def _next_morning(self) -> float | None:
        after = self.session.next_morning
        return None if after is None else after - self._before

    @property
    def _before(self) -> float:
        said = self.session.before.pain
        return self.usual if said is None else said

    @property
    def _is_better(self) -> bool:
        """Whether more pain is no bad sign yet, as what was felt in a leg moved up (Werneke 2001)."""
        return self.leg.moved_up and not self._ended_as_it_hurt and not self._rose(limits.SORE_RISE)

    def _rose(self, least: int) -> bool:
        return self.rise is not None and self.rise >= least


def keys_that_hurt(session: Session) -> list[str]:
    """Return the keys of the exercises that were ended because they hurt, or named afterwards."""
    ended = [each.written or each.exercise for each in session.sets if each.ending is Ending.HURT]
    return list(dict.fromkeys([*ended, *([session.named] if session.named else [])]))


def sides_that_hurt(session: Session, key: str) -> frozenset[str]:
    """Return the sides on which an exercise of the routine was ended because it hurt, where it has any."""
    own = (each for each in session.sets if (each.written or each.exercise) == key)
    return frozenset(each.side for each in own if each.ending is Ending.HURT and each.side)


def practices_of(session: Session) -> Iterator[Practice]:
    """Return what was done of each exercise in one session, as far as it tells itself.

    What was done on one side alone, or where each side has a dose of its own, is told by side.
    """
    by_key: dict[str, list[SetDone]] = {}
    for each in session.sets:
        by_key.setdefault(each.written or each.exercise, []).append(each)
    leg = LegCourse(rose_in(session), moved_up=moved_up_in(session))
    for written, sets in by_key.items():
        decisions = {each.side: each for each in session.decisions if each.written == written}
        for side, some in by_side(sets, decisions).items():
            decision = decisions.get(side) or decisions.get("")
            done = [each.exercise for each in some]
            key = decision.exercise if decision else written if written in done else done[0]
            yield Practice(
                session=session,
                written=written,
                exercise=key,
                sets=tuple(each for each in some if each.exercise == key),
                others=tuple(each for each in some if each.exercise != key),
                side=side,
                decision=decision,
                leg=leg,
            )


def _reached(pieces: list[SetDone]) -> bool:
    """Tell whether the parts of a set, which an explanation may have split, add up to the whole."""
    if any(each.seconds_planned is not None for each in pieces):
        planned = max(each.seconds_planned or 0 for each in pieces)
        # What is left of timed work in the last seconds is not taken up again after an interruption.
        missing = min(limits.NEARLY_SECONDS, planned * limits.NEARLY_PERCENT / 100)
        return sum(each.seconds for each in pieces) >= planned - missing
    return sum(each.reps for each in pieces) >= max(each.reps_planned for each in pieces)
