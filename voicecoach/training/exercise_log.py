"""One exercise in one session: what was planned and done of it, and whether it did good.

All functions are pure. A session's answers count for each exercise that has none of its own.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from voicecoach.journal.records import (
    Agreed,
    Agreement,
    Choice,
    Decision,
    DoseChange,
    Lifted,
    Session,
    SetDone,
    Weakness,
    Wish,
)
from voicecoach.routine.doses import graded
from voicecoach.routine.instructions import AgreedPain
from voicecoach.routine.model import OTHER_SIDE, Dose, Exercise, Grade, Sides
from voicecoach.routine.one_side import SIDES_SAID
from voicecoach.routine.region import Region, of_region
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.by_side import by_side
from voicecoach.training.leg import LegCourse, leg_courses, moved_up_in, rose_in
from voicecoach.training.stats import assumed_pain, pain_by_day
from voicecoach.training.weakness import going_on, spells


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


_WORST: Final = (Zone.UNKNOWN, Zone.GREEN, Zone.AMBER, Zone.RED)


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
        asked = self.session.asked
        return asked is not None and bool(
            asked.start or asked.only or asked.sets is not None or asked.minutes is not None
        )

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
        if self.session.after.form_ok is False:
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
        return _names_what_hurt(self.session) and not self.hurt

    @property
    def is_over_agreed(self) -> bool:
        """Whether it hurt more in the session than a clinician agreed on as fine."""
        worst = self.session.after.worst_pain
        return worst is not None and self._agreed.is_much(worst)

    @property
    def is_agreed_stop(self) -> bool:
        """Whether it hurt so much that one stops, as was agreed, and nobody knows which exercise it was."""
        worst = self.session.after.worst_pain
        return worst is not None and self._agreed.is_too_much(worst) and not _names_what_hurt(self.session)

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
        much = self._rose(limits.SORE_RISE) and not _names_what_hurt(self.session)
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


@dataclass(frozen=True, kw_only=True)
class History:
    """The sessions and choices that the rules use."""

    sessions: tuple[Session, ...] = ()
    """Earliest first, without the one that is being planned."""
    choices: tuple[Choice, ...] = ()
    """Earliest first."""
    growing: frozenset[str] = frozenset()
    """The ids of the routines whose doses grow together."""
    agreements: tuple[Agreement, ...] = ()
    """What was said about an agreed pace, earliest first."""
    weakness: tuple[Weakness, ...] = ()
    """Whether a leg or foot was newly weak or numb, or there was a warning sign of another region, earliest
    first."""
    lifted: tuple[Lifted, ...] = ()
    """Whether precautions that ended have been lifted, earliest first."""
    seen: Mapping[str, tuple[Practice, ...]] = field(default_factory=dict)
    """The practices of exercises that are looked at otherwise than they were done, by their keys."""

    def of(self, region: Region) -> History:
        """Return what counts for ``region``: an answer about a knee never decides for a back."""
        return replace(
            self, sessions=of_region(self.sessions, region), weakness=of_region(self.weakness, region)
        )

    @property
    def weak(self) -> bool:
        """Whether it was so when that was said last."""
        return going_on(self.weakness) is not None

    def weak_since(self, moment: datetime) -> bool:
        """Tell whether it is so, or was so after a moment."""
        return any(until is None or until.at > moment for _, until in spells(self.weakness))

    @property
    def paced(self) -> bool:
        """Whether doses follow an agreed pace (rule 9)."""
        return is_paced(self.agreements)

    def practices(self, written: str) -> tuple[Practice, ...]:
        """Every session in which an exercise was done, by its key in the routine; earliest first."""
        return self.seen[written] if written in self.seen else self._by_key.get(written, ())

    def done(self, exercise: str, side: str | None = None) -> list[Practice]:
        """Every session with an exercise, by its own key, for whatever it was done; earliest first.

        With a ``side`` only those with that side apart, or with "" on both together.
        """
        found = (each for practices in self._by_key.values() for each in practices)
        own = (each for each in found if each.exercise == exercise and side in {None, each.side})
        return sorted(own, key=_started)

    def is_apart(self, written: str) -> bool:
        """Tell whether each side of an exercise has a dose of its own, as one was done or chosen alone."""
        chosen = any(each.side in OTHER_SIDE for each in self.choices_for(written, None))
        return chosen or any(each.side for each in self.practices(written))

    def side_of(self, written: str) -> str:
        """Return the side, or the order of sides, on which the person wants an exercise done for now, as in
        ``SIDES_SAID``; empty without a word of it.
        """
        said = (each.side for each in reversed(self._wished(written)) if each.wish is Wish.SIDE)
        return found if (found := next(said, "")) in SIDES_SAID else ""

    def order_of(self, written: str) -> tuple[str, ...]:
        """Return the sides on which the person wants an exercise done for now; empty without a word of it."""
        return SIDES_SAID.get(self.side_of(written), ())

    @cached_property
    def _by_key(self) -> dict[str, tuple[Practice, ...]]:
        found: dict[str, list[Practice]] = {}
        for session, leg in zip(self.sessions, leg_courses(self.sessions), strict=True):
            guessed = self._as_told(_guessed(session, found.values()), session, leg)
            for practice in (*self._practices_of(session, leg), *(each for each in guessed if each.warns)):
                found.setdefault(practice.written, []).append(practice)
        return {key: tuple(practices) for key, practices in found.items()}

    @cached_property
    def _pains(self) -> Mapping[Region, Mapping[date, int]]:
        """The pain before the sessions for each region, by its day."""
        regions = dict.fromkeys(each.region for each in self.sessions)
        return {region: pain_by_day(of_region(self.sessions, region)) for region in regions}

    def _practices_of(self, session: Session, leg: LegCourse) -> tuple[Practice, ...]:
        return self._as_told(practices_of(session), session, leg)

    def _as_told(
        self, practices: Iterable[Practice], session: Session, leg: LegCourse
    ) -> tuple[Practice, ...]:
        """Return the practices of a session with what the sessions before and after it tell."""
        usual = assumed_pain(self._pains[session.region], session.day)
        return tuple(replace(each, usual=usual, leg=leg) for each in practices)

    @cached_property
    def zones(self) -> tuple[tuple[date, Zone], ...]:
        """The day and the worst zone of each session; amber where a leg or the pain alone says so."""
        found: dict[int, tuple[date, Zone]] = {}
        for practice in (each for practices in self._by_key.values() for each in practices):
            key, zone = practice.session.id, practice.zone()
            known = found.get(key, (practice.day, Zone.UNKNOWN))[1]
            found[key] = (practice.day, max(known, zone, key=_WORST.index))
        return tuple(found.values())

    def choices_for(self, written: str, after: datetime | None) -> tuple[Choice, ...]:
        """Return the person's wishes for the dose of an exercise since a moment, or all of them."""
        own = (choice for choice in self._wished(written) if choice.is_of_dose)
        return tuple(choice for choice in own if after is None or choice.at > after)

    def permissions(self, written: str) -> tuple[Choice, ...]:
        """Return what was allowed of an exercise beyond its bounds, earliest first."""
        return tuple(each for each in self._wished(written) if each.wish is Wish.ALLOW)

    def wishes(self, written: str) -> tuple[Choice, ...]:
        """Return the person's wishes for the dose of an exercise since they last did it by the plan."""
        return self.choices_for(written, self._last_by_plan(written))

    def pending(self, written: str) -> tuple[Choice, ...]:
        """Return these wishes, and those for a side."""
        after = self._last_by_plan(written)
        return tuple(each for each in self._wished(written) if after is None or each.at > after)

    def _wished(self, written: str) -> tuple[Choice, ...]:
        return tuple(each for each in self.choices if each.written == written)

    def _last_by_plan(self, written: str) -> datetime | None:
        by_plan = (each for each in reversed(self.practices(written)) if not each.session.as_written)
        last = next(by_plan, None)
        return last.session.started if last else None


def keys_that_hurt(session: Session) -> list[str]:
    """Return the keys of the exercises that were ended because they hurt, or named afterwards."""
    ended = [each.written or each.exercise for each in session.sets if each.ending is Ending.HURT]
    return list(dict.fromkeys([*ended, *([session.named] if session.named else [])]))


def sides_that_hurt(session: Session, key: str) -> frozenset[str]:
    """Return the sides on which an exercise of the routine was ended because it hurt, where it has any."""
    own = (each for each in session.sets if (each.written or each.exercise) == key)
    return frozenset(each.side for each in own if each.ending is Ending.HURT and each.side)


def _started(practice: Practice) -> datetime:
    return practice.session.started


def is_paced(agreements: Iterable[Agreement]) -> bool:
    """Tell whether a pace is agreed after all that was said, earliest first."""
    said = [each.said for each in agreements if each.said in {Agreed.BEGIN, Agreed.END}]
    return bool(said) and said[-1] is Agreed.BEGIN


def days_between(earlier: date, later: date) -> int:
    """Return the number of days without exercise between two days with it."""
    return (later - earlier).days - 1


def practices_of(session: Session) -> Iterator[Practice]:
    """Return what was done of each exercise in one session, as far as it tells itself.

    What was done on one side alone, or where each side has a dose of its own, is told by side.
    """
    by_key: dict[str, list[SetDone]] = {}
    for each in session.sets:
        by_key.setdefault(each.written or each.exercise, []).append(each)
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
                leg=LegCourse(rose_in(session), moved_up=moved_up_in(session)),
            )


def _guessed(session: Session, known: Iterable[Sequence[Practice]]) -> Iterator[Practice]:
    """Yield what was done in a session that was noted by hand with its routine and no more.

    It is taken for the last time by the plan in that routine, to have it count that it hurt or was hard. That
    it went well counts for nothing, as nobody said how much it was.
    """
    if session.sets or not session.by_hand:
        return
    for practices in known:
        own = [each for each in practices if each.session.routine == session.routine]
        by_plan = [each for each in own if each.known and not each.session.as_written]
        for last in (each for each in by_plan if each.session.id == by_plan[-1].session.id):
            sets, others = map(_as_left, last.sets), map(_as_left, last.others)
            yield replace(last, session=session, sets=tuple(sets), others=tuple(others), known=False)


def _as_left(done: SetDone) -> SetDone:
    """Return a set without the word that it hurt, which belongs to its own session."""
    return replace(done, ending=Ending.STOPPED) if done.ending is Ending.HURT else done


def _names_what_hurt(session: Session) -> bool:
    return bool(session.named) or any(each.ending is Ending.HURT for each in session.sets)


def _reached(pieces: list[SetDone]) -> bool:
    """Tell whether the parts of a set, which an explanation may have split, add up to the whole."""
    if any(each.seconds_planned is not None for each in pieces):
        planned = max(each.seconds_planned or 0 for each in pieces)
        # What is left of timed work in the last seconds is not taken up again after an interruption.
        missing = min(limits.NEARLY_SECONDS, planned * limits.NEARLY_PERCENT / 100)
        return sum(each.seconds for each in pieces) >= planned - missing
    return sum(each.reps for each in pieces) >= max(each.reps_planned for each in pieces)
