"""One exercise on one day: everything that its next dose depends on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from voicecoach.journal.records import Choice, DoseChange, Session, Wish
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import raised
from voicecoach.routine.model import Dose, Exercise, Kind
from voicecoach.training import limits
from voicecoach.training.exercise_log import History, Practice, Zone, days_between
from voicecoach.training.ladder import Ladder
from voicecoach.training.readiness import Condition, Today, condition
from voicecoach.training.variation import FindVariation, VariationReached, path
from voicecoach.training.words import looked_at

SHOWN: Final = 3
"""Sessions that a decision lists as what it was based on [own choice]."""
TRAINED: Final = (Kind.STABILISATION, Kind.STRENGTH)
"""Kinds that have harder variations to go on to (rule 4)."""
_EASED: Final = (*TRAINED, Kind.AEROBIC)
"""Kinds that an easy week is for (rule 10) [own choice]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """How a routine and its other exercises limit one of them."""

    grows: bool = True
    """Whether doses may rise in this routine; otherwise none exceeds its file."""
    calm: bool = False
    """Whether the routine is for flares, and so done in full during one."""
    may_rise: bool = True
    """Whether this exercise may rise now."""
    condition: Condition | None = None
    """The condition of the day; None to work it out."""


@dataclass(frozen=True)
class Standing:
    """One exercise on one day."""

    written: Exercise
    history: History
    today: Today
    find_variation: FindVariation
    around: Around

    @cached_property
    def how(self) -> Condition:
        return self.around.condition or condition(self.history.sessions, self.today)

    @cached_property
    def practices(self) -> tuple[Practice, ...]:
        return self.history.practices(self.written.key)

    @property
    def last(self) -> Practice:
        return self.practices[-1]

    @cached_property
    def planned(self) -> tuple[Practice, ...]:
        """Sessions by the plan, which say how far the person has come; a routine as written does not."""
        return tuple(each for each in self.practices if not each.session.as_written)

    @cached_property
    def way(self) -> list[VariationReached]:
        return path(self.written, self.planned, self.find_variation)

    @cached_property
    def current(self) -> Exercise:
        """The present variation; the one in the routine when it no longer suits."""
        key = self.way[-1].key
        return self.written if key == self.written.key else self.find_variation(key) or self.written

    @cached_property
    def ladder(self) -> Ladder:
        return Ladder(self.current)

    @cached_property
    def level(self) -> Dose:
        """The dose the person has reached, or chose since."""
        return self.chosen or self.level_at(self.current) or self.ladder.start

    @property
    def zone(self) -> Zone:
        return self.last.zone()

    @property
    def away(self) -> int:
        """Days without this exercise."""
        return days_between(self.last.day, self.today.day)

    @property
    def advice(self) -> str:
        """How it is made easier at present; empty when it is done as usual."""
        decision = self.planned[-1].decision if self.planned else None
        return decision.advice if decision else ""

    @property
    def based_on(self) -> tuple[Message, ...]:
        latest = self.practices[: -SHOWN - 1 : -1]
        return tuple(looked_at(each, each.planned(self.done(each))) for each in latest)

    @cached_property
    def wishes(self) -> tuple[Choice, ...]:
        """The person's wishes since the last session by the plan."""
        return self.history.wishes(self.written.key)

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
        """Whether a professional was asked since the last session by the plan."""
        return any(each.wish is Wish.CLEARED for each in self.wishes)

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
        return None if amber and raised(self.last.planned(self.current), wish.dose) else wish.dose

    @property
    def own(self) -> bool:
        """Whether the present dose was set by the person, and not by the rules since."""
        if self.chosen:
            return True
        changes = (each.decision.change if each.decision else None for each in reversed(self.planned))
        passing = {DoseChange.HOLD, DoseChange.BACK, DoseChange.FLARE, DoseChange.DELOAD}
        return next((change for change in changes if change not in passing), None) is DoseChange.CHOSEN

    @property
    def removed(self) -> bool:
        """Rule 6: reds close together, until a professional was asked."""
        key = self.written.key
        asked = [each.at for each in self.history.choices_for(key, None) if each.wish is Wish.CLEARED]
        decided = next((each for each in reversed(self.history.sessions) if _removes(each, key)), None)
        if decided and not (asked and asked[-1] > decided.started):
            return True
        reds = [
            each.day
            for each in self.practices
            if each.zone() is Zone.RED and not (asked and asked[-1] > each.session.started)
        ]
        first_and_last = zip(reds, reds[limits.REDS - 1 :], strict=False)
        return any((last - first).days <= limits.RED_DAYS for first, last in first_and_last)

    @property
    def easy_week(self) -> bool:
        return self.how.easy_week and self.current.kind in _EASED

    @cached_property
    def run(self) -> list[Practice]:
        """The successes in a row at the present dose, latest first, with no gap between (rules 2, 3)."""
        run: list[Practice] = []
        for each in reversed(self.practices):
            gap = days_between(each.day, run[-1].day) if run else 0
            if gap >= limits.LAY_OFF_DAYS or not self._succeeded(each):
                break
            run.append(each)
        return run

    def _succeeded(self, practice: Practice) -> bool:
        return (
            not practice.session.as_written
            and self._at_level(practice)
            and practice.reached(self.current)
            and practice.zone() is Zone.GREEN
            and practice.effort is not None
            and practice.effort <= limits.EASY_EFFORT
        )

    def misses(self) -> int:
        """Sessions in a row in which the present dose was not reached."""
        count = 0
        for each in reversed(self.planned):
            if not self._at_level(each) or each.reached(self.current):
                break
            count += 1
        return count

    def _at_level(self, practice: Practice) -> bool:
        same_variation = practice.exercise == self.current.key
        same_advice = (practice.decision.advice if practice.decision else "") == self.advice
        return same_variation and same_advice and practice.planned(self.current) == self.level

    def level_at(self, exercise: Exercise) -> Dose | None:
        """Return the dose reached in a variation of this exercise; None when it was never done."""
        done = (each for each in reversed(self.planned) if each.exercise == exercise.key)
        return next((each.level(exercise) for each in done), None)

    def variation(self, key: str) -> Exercise | None:
        return self.written if key == self.written.key else self.find_variation(key)

    def done(self, practice: Practice) -> Exercise:
        """Return the exercise that was done, or the one in the routine when it is gone."""
        return self.variation(practice.exercise) or replace(self.written, id=practice.exercise)


def _removes(session: Session, key: str) -> bool:
    return any(each.written == key and each.change is DoseChange.REMOVE for each in session.decisions)
