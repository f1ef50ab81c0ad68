"""One exercise on one day: everything that its next dose depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile
from typing import Final

from voicecoach.journal.records import Choice, DoseChange, Wish
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import dose_of, raised, work_at
from voicecoach.routine.model import Exercise, Kind, Variation
from voicecoach.training import limits
from voicecoach.training.agreement import Waits, pace_on
from voicecoach.training.exercise_log import History
from voicecoach.training.ladder import Ladder
from voicecoach.training.left_out import is_out, left_out_since, may_be_tried
from voicecoach.training.leg import LegCourse, place, rose_since
from voicecoach.training.practice import Practice, Zone
from voicecoach.training.readiness import Condition, Stage, Today, condition
from voicecoach.training.stats import days_between
from voicecoach.training.track import at_most_as_written, in_routine, led_here
from voicecoach.training.variation import FindVariation, VariationReached, of_substitute, others, path
from voicecoach.training.words import looked_at, step
from voicecoach.training.work import work_done

SHOWN: Final = 3
"""Sessions that a decision lists as what it was based on [own choice]."""
TRAINED: Final = (Kind.STABILISATION, Kind.STRENGTH, Kind.BALANCE)
"""Kinds that have harder variations to go on to (rule 4)."""
REMOVABLE: Final = (*TRAINED, Kind.STRETCH, Kind.NERVE)
"""Kinds that are left out when they hurt again. Breathing, mobility and walking are only reduced: it is never
complete rest (NHS)."""
_EASED: Final = (*TRAINED, Kind.AEROBIC)
"""Kinds that an easy week is for (rule 10) [own choice]."""


def is_barred(exercise: Exercise, history: History, day: date) -> bool:
    """Tell whether an exercise may not be done for another one, as it hurt too often."""
    return exercise.kind in REMOVABLE and is_out(exercise.key, history, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """How a routine and its other exercises limit one of them."""

    grows: bool = True
    """Whether doses may rise in this routine; otherwise none exceeds its file."""
    routine: str = ""
    """The id of the routine; empty when sessions of every routine count alike."""
    calm: bool = False
    """Whether the routine is for flares, and so done in full during one."""
    may_rise: bool = True
    """Whether this exercise may rise now."""
    condition: Condition | None = None
    """The condition of the day; None to work it out."""
    rounds: int = 1
    """How often the exercise comes in rounds of the routine."""


@dataclass(frozen=True)
class Standing:
    """One exercise on one day."""

    written: Exercise
    """The exercise in the routine, or the substitute that is done for it."""
    history: History
    today: Today
    find_variation: FindVariation
    around: Around
    instead_of: str = ""
    """For a substitute, the key of the routine's exercise."""
    side: str = ""
    """The side that it is about, where each has its own dose; ``history`` is then seen from that side."""

    @property
    def key(self) -> str:
        """The key of the exercise in the routine."""
        return self.instead_of or self.written.key

    @cached_property
    def how(self) -> Condition:
        today = replace(self.today, paced=self.history.paced)
        return self.around.condition or condition(self.history.sessions, today)

    @cached_property
    def practices(self) -> tuple[Practice, ...]:
        """All sessions with it, whatever the routine, but no substitutes; of one, those of its way."""
        found = self.history.practices(self.key)
        if self.instead_of:
            return of_substitute(self.written.key, found)
        return tuple(each for each in found if not each.is_substitute)

    @cached_property
    def planned(self) -> tuple[Practice, ...]:
        """The sessions that say how far the person has come: those of this routine, else what led to it.

        A session as written does not, nor does a taste in another routine: three reps there lower nothing.
        """
        own, growing = self.around.routine, self.history.growing
        if (here := in_routine(self.practices, own)) or own not in growing:
            return here
        return led_here(self.practices, growing, self.work_of)

    @cached_property
    def way_here(self) -> tuple[Practice, ...]:
        """The sessions of :attr:`planned`, and before the first of them those that led to it."""
        own, growing = self.around.routine, self.history.growing
        if own not in growing or not self.planned or self.is_first_here:
            return self.planned
        begun = self.planned[0].session.started
        before = [each for each in self.practices if each.session.started < begun]
        return (*led_here(before, growing, self.work_of), *self.planned)

    @property
    def is_first_here(self) -> bool:
        """Whether the exercise was done by the plan, but not in this routine."""
        own = self.around.routine
        return bool(own and self.planned) and self.planned[-1].session.routine != own

    @cached_property
    def last(self) -> Practice:
        """The session that counts for today: the last one, or one after the last planned one that hurt.

        So a taste in another routine does not hide that it hurt.
        """
        return next(filter(was_too_much, reversed(self.lately)), self.lately[-1])

    @cached_property
    def lately(self) -> list[Practice]:
        """The last planned session, and all later ones of other routines."""
        own = {each.session.id for each in self.practices}
        return [each for each in self.since if each.session.id in own]

    @cached_property
    def since(self) -> list[Practice]:
        """The last planned session, and all later ones of other routines or with a substitute.

        A leg that is worse today counts against the last session.
        """
        found = self.history.practices(self.key)
        if not found:
            return []
        begun = (self.planned or self.practices or found)[-1].session.started
        *others, last = [each for each in found if each.session.started >= begun]
        felt = place(self.today.before, self.today.region)
        if rose_since(last.session, self.history.sessions, self.today.day, felt):
            last = replace(last, leg=LegCourse(rose_after=True))
        return [*others, last]

    @cached_property
    def way(self) -> list[VariationReached]:
        found = path(self.written, self.planned, self.find_variation)
        bound = self.is_first_here or not self._leads_on(found)
        return [*takewhile(lambda each: not each.harder, found)] if bound else found

    def _leads_on(self, way: list[VariationReached]) -> bool:
        """Tell whether the exercise of the routine still lets the harder variation come that was reached.

        Its file may have changed since: without a harder one, or with one that waits now or never comes.
        """
        if len(way) == 1 or not way[1].harder:
            return True
        return bool(self.written.harder) and self.written.bounds.lets(way[1].key)

    @cached_property
    def current(self) -> Exercise:
        """The present variation; the one in the routine when it no longer suits."""
        key = self.way[-1].key
        return self.written if key == self.written.key else self.find_variation(key) or self.written

    def variations(self, wanted: Iterable[Variation]) -> Iterator[Exercise]:
        """Yield the ``wanted`` variations, or substitutes, that suit the person and may be done for it."""
        found = others(wanted, self.find_variation, avoid=[each.key for each in self.way])
        return (each for each in found if not self.is_out(each))

    def is_out(self, exercise: Exercise) -> bool:
        """Whether an exercise may not be done for this one, as it hurt too often or pulls on a leg."""
        if exercise.pulls_on_leg and self.leg_stays:
            return True
        return is_barred(exercise, self.history, self.today.day)

    @property
    def is_elsewhere_out(self) -> bool:
        """Whether the variation that is done for it hurt too often, be it in another routine."""
        if self.instead_of or self.written.kind not in REMOVABLE or self.current.key == self.written.key:
            return False
        return self.is_out(self.current)

    @cached_property
    def ladder(self) -> Ladder:
        return Ladder(self.current)

    @cached_property
    def level(self) -> Dose:
        """The dose the person has reached, or chose since."""
        if self.chosen:
            return self.chosen
        level = self.ladder.bounded(self.level_at(self.current) or self.ladder.start)
        if not self.is_first_here or self.own:
            return level
        return at_most_as_written(level, self.ladder, self.written)

    def step_to(self, dose: Dose) -> Message | None:
        """Say what changes from the level to another dose of the present variation; None for nothing."""
        return step(self.level, dose, self.current.kind)

    @property
    def zone(self) -> Zone:
        return self.last.zone()

    @property
    def away(self) -> int:
        """Days without this exercise at its dose, wherever: a gap between two routines is no break."""
        last = (self.planned or self.practices)[-1]
        if self.planned:
            least = self.work_of(last)
            later = (each for each in reversed(self.lately) if not each.session.as_written)
            last = next((each for each in later if self.work_of(each) >= least), last)
        return days_between(last.day, self.today.day)

    @property
    def comes_back(self) -> bool:
        """Whether there was no session of any kind for so long, and not only none with this exercise."""
        return days_between(self.history.sessions[-1].day, self.today.day) >= limits.LAY_OFF_DAYS

    @property
    def advice(self) -> str:
        """How it is made easier at present; empty when it is done as usual."""
        decision = self.planned[-1].decision if self.planned else None
        return decision.advice if decision else ""

    @property
    def based_on(self) -> tuple[Message, ...]:
        latest = self.practices[: -SHOWN - 1 : -1]
        return tuple(looked_at(each, self.done(each)) for each in latest)

    @cached_property
    def wishes(self) -> tuple[Choice, ...]:
        """The person's wishes since the last session by the plan, in each routine that has it."""
        own = self.around.routine
        if own and (here := in_routine(self.practices, own)):
            return self.history.choices_for(self.key, here[-1].session.started)
        return self.history.wishes(self.key)

    @property
    def wish(self) -> Choice | None:
        """The person's last wish about the dose; asking a professional cancels earlier ones."""
        last = self.wishes[-1] if self.wishes else None
        return last if last and last.wish is not Wish.CLEARED else None

    @property
    def kept(self) -> bool:
        """Whether the person wants no change."""
        return self.wish is not None and self.wish.wish is Wish.KEEP

    @property
    def cleared(self) -> bool:
        """Whether it was left out, and a professional was asked since the last session by the plan."""
        if all(each.wish is not Wish.CLEARED for each in self.wishes):
            return False
        others = tuple(each for each in self.history.choices if each not in self.wishes)
        before = replace(self, history=replace(self.history, choices=others))
        return before.left_out is not None or before.suspended

    @cached_property
    def chosen(self) -> Dose | None:
        """The dose the person wished for, unless it hurt since or exceeds one that was amber since."""
        wish = self.wish
        if wish is None or wish.dose is None:
            return None
        if (wish.dose.duration is None) is not (self.current.duration is None):
            return None  # the exercise was counted otherwise when it was wished
        since = [each for each in self.practices if each.session.started > wish.at]
        if any(each.zone() is Zone.RED for each in since):
            return None
        amber = since and self.zone is Zone.AMBER and self.done(self.last).key == self.current.key
        chosen = self.ladder.bounded(wish.dose)
        return None if amber and raised(self.last.planned(self.current), chosen) else chosen

    @property
    def own(self) -> bool:
        """Whether the present dose is the person's own, as it is or as it came down since."""
        if self.chosen:
            return True
        changes = (each.decision.change if each.decision else None for each in reversed(self.planned))
        lower = {DoseChange.FLARE, DoseChange.DELOAD, DoseChange.REGRESS, DoseChange.LAY_OFF}
        passing = {
            DoseChange.HOLD,
            DoseChange.BACK,
            DoseChange.ADVANCE,
            DoseChange.RETURN,
            DoseChange.ASK,
            *lower,
        }
        return next((change for change in changes if change not in passing), None) is DoseChange.CHOSEN

    @cached_property
    def left_out(self) -> date | None:
        """The day since which it is left out because it hurt (rule 6); None when it is not."""
        if self.written.kind not in REMOVABLE or self.instead_of:
            return None
        return left_out_since(self.key, self.practices, self.history, self.side)

    @property
    def may_be_tried(self) -> bool:
        """Whether an exercise that is left out may be tried again: after a rest, on a day that is no bad one.

        An agreed pace changes nothing on a bad day, but a try is no part of what was agreed.
        """
        if self.left_out is None or not may_be_tried(self.left_out, self.history, self.today.day):
            return False
        felt = condition(self.history.sessions, replace(self.today, paced=False))
        bad = felt.flare is not Stage.NONE or felt.sore or felt.leg_worse or felt.suspended
        pace = pace_on(self.history, self.today)
        return not bad and (pace is None or pace.waits not in {Waits.LEG, Waits.WEAK})

    @property
    def suspended(self) -> bool:
        """Whether it pulls on the nerve of a leg, and pain stays in the calf or foot."""
        return self.leg_stays and self.current.pulls_on_leg

    @property
    def leg_stays(self) -> bool:
        """Whether pain stays in the calf or foot, and no professional agreed to go on all the same."""
        choices = self.history.choices_for(self.key, None)
        since = self.today.day - timedelta(limits.ANEW_DAYS)
        agreed = any(each.wish is Wish.CLEARED and each.day >= since for each in choices)
        return self.how.suspended and not (agreed or self.around.calm)

    @property
    def at_goal(self) -> bool:
        """Whether there is no step up in the present variation."""
        return self.ladder.up(self.level) is None

    @property
    def as_routine_has_it(self) -> bool:
        """Whether the dose and the variation are those of the routine, or more."""
        here = len(self.way) == 1 and not self.advice
        return here and not raised(self.level, dose_of(self.written))

    def work_of(self, practice: Practice) -> float:
        """Return the seconds of work that were planned in a session."""
        exercise = self.done(practice)
        return work_at(exercise, practice.planned(exercise))

    def most_after(self, practice: Practice) -> float:
        """Return the most seconds of work after a session, for what asks for no more than was done in it.

        After one that hurt it is what was done until then. Otherwise a session that was interrupted or chosen
        to be shorter, or in which nothing of it was done, does not hide what was done before it.
        """
        if practice.zone().is_bad:
            return work_done(practice, self.done(practice))
        own = self.planned if practice in self.planned else self.history.practices(self.key)
        same = (each for each in own if each.exercise == practice.exercise)
        before = [each for each in same if each.session.started < practice.session.started]
        planned, most = self.work_of(practice), 0.0
        for each in (practice, *reversed(before)):
            done = work_done(each, self.done(each))
            most = max(most, done)
            if done and not each.shortened and each.session.finished:
                return min(most, planned)
        return planned

    def in_all_rounds(self, practice: Practice) -> bool:
        """Tell whether it came in as many rounds as the routine has now, as far as that can be told."""
        if practice.session.routine != self.around.routine:
            return True
        noted = not all(each.block for each in practice.sets)  # by hand, which says nothing of rounds
        return noted or practice.times >= self.around.rounds

    def reached(self, practice: Practice) -> bool:
        """Tell whether all of a dose was done; fewer rounds by choice are not all of it."""
        left_out = practice.shortened and not self.in_all_rounds(practice)
        return not left_out and practice.reached(self.done(practice))

    @property
    def begins_anew(self) -> bool:
        """Whether this is the first session after a long break."""
        return bool(self.practices) and self.away >= limits.ANEW_DAYS

    @property
    def easy_week(self) -> bool:
        return self.how.easy_week and self.current.kind in _EASED

    def level_at(self, exercise: Exercise) -> Dose | None:
        """Return the dose reached in a variation of this exercise; None when it was never done."""
        done = (each for each in reversed(self.planned) if each.exercise == exercise.key)
        if self.history.paced:  # what was lowered for a time does not come back by itself
            return next((each.planned(exercise) for each in done), None)
        return next((each.level(exercise) for each in done), None)

    def variation(self, key: str) -> Exercise | None:
        return self.written if key == self.written.key else self.find_variation(key)

    def done(self, practice: Practice) -> Exercise:
        """Return the exercise that was done, or the one in the routine when it is gone."""
        return self.variation(practice.exercise) or replace(self.written, id=practice.exercise)


def was_too_much(practice: Practice) -> bool:
    """Tell whether a session asked for less the next time."""
    hard = practice.effort is not None and practice.effort >= limits.HARD_EFFORT
    return practice.zone() is Zone.RED or practice.sore or practice.unsettled() or hard
