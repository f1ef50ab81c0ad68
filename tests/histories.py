"""Histories of any kind, made from a seed, and what was really asked for in each of them.

What an exercise asked for is kept here in a ledger of its own, as seconds of work on all sides, so that a
property of the rules is not proved with the rules' own words for it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from fakes.journal import MONDAY, done_by, session_on, sets_of

from voicecoach.journal.records import Asked, Before, Choice, Felt, Leg, Session, SetDone, Weakness, Wish
from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Exercise, Kind, Routine, Sides
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import alone
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import Prescription, prescription_for, standings
from voicecoach.training.exercise_log import History
from voicecoach.training.leg import LegCourse
from voicecoach.training.practice import Practice
from voicecoach.training.prescribe import decided
from voicecoach.training.readiness import Today
from voicecoach.training.standing import Around, Standing
from voicecoach.training.variation import no_variations

_ALONE = Around()


def next_dose(exercise, history, today, *, find_variation=no_variations, around=_ALONE):
    """The decision for one exercise alone, as a routine has it."""
    return decided(Standing(exercise, history, today, find_variation, around))


LIBRARY = Library.default()
PATH = LIBRARY.locate("core")
SHIPPED = tuple(LIBRARY.load(name) for name in LIBRARY.routines())
EXERCISES = tuple(LIBRARY.exercises())
BALL = frozenset(key for key in EXERCISES if "ball" in LIBRARY.exercise(key).equipment)
PERSON = Profile(weights=(1.0, 2.0, 4.0))
WISHES = (Wish.DOSE, Wish.KEEP, Wish.CLEARED, Wish.SIDE)
"""Those of somebody whose exercises have no bounds."""
GAPS = (0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 7, 8, 10, 11, 13, 14, 15, 16, 28, 29, 60)


@cache
def find_variation(key: str) -> Exercise | None:
    """Any exercise of the library: somebody who has everything, three weights too."""
    return alone(LIBRARY.exercise(key), PERSON, LIBRARY) if key in EXERCISES else None


def without_a_ball(key: str) -> Exercise | None:
    """What there is for somebody without a ball."""
    return None if key in BALL else find_variation(key)


Apart = dict[int, tuple[Session, LegCourse, tuple[Practice, ...]]]
"""For the id of each session: it, what became of a leg, and its practices."""


@dataclass(frozen=True, kw_only=True)
class Known(History):
    """A history that takes each session apart only once, for a made-up life has many plans."""

    apart: Apart

    def _practices_of(self, session, leg):
        was, then, practices = self.apart.get(session.id, (None, None, ()))
        if was is not session or then != leg:
            practices = super()._practices_of(session, leg)
            self.apart[session.id] = session, leg, practices
        return practices


WELL = Before(pain=1, leg=Leg.NONE)
WENT_WELL = Felt(worst_pain=1, effort=5, leg=Leg.NONE)


@dataclass(frozen=True, kw_only=True)
class Evening:
    """One session of a history: when, how it was, and how much of the plan was done."""

    gap: int = 2
    """Days since the one before; 0 is the same day."""
    before: Before = WELL
    after: Felt = WENT_WELL
    morning: int | None = None
    named: int | None = None
    """The exercise that was named as the one that hurt; -1 for none in particular."""
    hurt: int | None = None
    """The exercise that the person ended because it hurt."""
    share: float = 1.0
    early: tuple[int, Ending, bool] | None = None
    """Which exercise was left early and why: in its first rep, or else after its first set.

    With the session, when that was stopped; then nothing after it was done."""
    how: str = "plan"
    """By the ``plan``, as ``written``, only its first ``sets``, or a ``taste`` of it in another routine."""
    wish: tuple[int, Wish, int] | None = None
    """Of which exercise, what, and a dose so many steps from the present one."""


GREEN = Evening(morning=1)


@dataclass(frozen=True)
class Line:
    """What one exercise asked for in one session."""

    evening: Evening
    session: Session
    exercise: str
    dose: Dose
    work: float
    """Seconds on all sides."""
    done: float
    """The seconds of it that were done."""
    tried: bool = False
    """Whether a little was tried again of what had been left out."""


@dataclass(frozen=True)
class Made:
    """One plan with everything that was known before it."""

    evening: Evening
    routine: Routine
    history: Known
    today: Today
    prescription: Prescription
    ledger: Mapping[str, list[Line]] = field(default_factory=dict)
    """For each exercise of the routine, what was asked before, earliest first."""


def work_of(exercise: Exercise, dose: Dose) -> float:
    """Seconds of work at a dose, on all sides."""
    return sum(at_dose(exercise, dose).set_seconds) * (2 if exercise.sides is Sides.EACH else 1)


def any_routine(chance: random.Random) -> Routine:
    """One of the library, or any few exercises at the dose of the library in any phase, with two kilos."""
    if chance.random() < 0.6:
        return chance.choice(SHIPPED)
    keys = chance.sample(EXERCISES, chance.randint(1, 4))
    phases = chance.choice(((), (2,), (3,), (2, 3), (1,), (4,)))
    found = map(find_variation, keys)
    steps = tuple(Do(exercise=at_dose(each, replace(dose_of(each), load=2.0))) for each in found)
    return Routine(id="core", name="Core", phases=phases, steps=steps, path=PATH)


def taste_of(routine: Routine) -> Routine:
    """A routine with the same exercises at a fraction of their doses."""

    def less(exercise: Exercise) -> Exercise:
        dose = dose_of(exercise)
        if dose.duration is not None:
            return at_dose(
                exercise, replace(dose, reps=dose.reps[:1], duration=max(10.0, dose.duration // 3))
            )
        return replace(exercise, reps=(max(1, exercise.reps[0] // 3),))

    steps = tuple(
        replace(each, exercise=less(each.exercise)) for each in routine.steps if isinstance(each, Do)
    )
    return replace(routine, id="taste", name="Taste", steps=steps)


def any_past(chance: random.Random, early: random.Random | None = None) -> list[Evening]:
    """Up to thirty evenings, most of them good; with ``early`` some exercises are left before their end."""
    past = [any_evening(chance) for _ in range(chance.randint(0, 30))]
    return past if early is None else [left_early(each, early) for each in past]


def left_early(evening: Evening, chance: random.Random) -> Evening:
    """The same evening; often an exercise that hurt was ended early, and now and then another is left."""
    if evening.hurt is not None and chance.random() < 0.7:
        return replace(evening, early=(evening.hurt, Ending.HURT, chance.random() < 0.5))
    if chance.random() < 0.1:
        ending = chance.choice((Ending.HURT, Ending.SKIPPED, Ending.STOPPED))
        return replace(evening, early=(chance.randint(0, 3), ending, chance.random() < 0.5))
    return evening


def any_evening(chance: random.Random) -> Evening:
    """A good evening twice of three times, else one of any kind."""
    how = chance.choices(("plan", "taste", "sets", "written"), (90, 4, 3, 3))[0]
    if chance.random() < 0.65:
        pain = chance.choice((0, 0, 1, 1, 2, 4, 6))
        return Evening(
            gap=chance.choice((1, 1, 2, 2, 3)),
            before=Before(pain=pain, leg=Leg.NONE),
            after=Felt(worst_pain=min(10, pain + chance.choice((0, 0, 1))), effort=chance.randint(2, 7)),
            morning=chance.choice((None, pain, pain)),
            how=how,
        )
    pain = chance.choice((None, *range(8), *range(4)))
    rise = chance.choice((None, 0, 0, 0, 1, 2, 2, 3, 5, -1))
    worst = rise if rise is None else min(10, max(0, (pain or 0) + rise))
    named = chance.choice((None, -1, 0, 1, 2)) if rise is not None and rise >= 2 else None
    leg, after_leg = (chance.choices((None, *Leg), (4, 8, 3, 1, 1, 1, 1))[0] for _ in ("before", "after"))
    return Evening(
        gap=chance.choice(GAPS),
        before=Before(
            pain=pain,
            leg=leg,
            flare=chance.choice((None, None, True, False)),
            weak=chance.random() < 0.05 or None,
        ),
        after=Felt(
            worst_pain=worst,
            effort=chance.choice((None, 3, 4, 5, 6, 7, 8, 9, 10)),
            leg=after_leg,
            form_ok=chance.choice((None, None, True, False)),
        ),
        morning=chance.choice((None, None, pain, *range(6))),
        named=named,
        hurt=chance.choice((*[None] * 12, 0, 1, 2)),
        share=chance.choice((1.0, 1.0, 1.0, 0.5)),
        how=how,
        wish=(chance.randint(0, 3), chance.choice(WISHES), chance.randint(-6, 6))
        if chance.random() < 0.1
        else None,
    )


class Life:
    """Somebody's evenings with one routine."""

    def __init__(self, routine: Routine, find=find_variation) -> None:
        self.routine, self.find = routine, find
        self.taste = taste_of(routine)
        self.day = 0
        self.sessions: list[Session] = []
        self.choices: list[Choice] = []
        self.weakness: list[Weakness] = []
        self.ledger: dict[str, list[Line]] = {}
        self._apart: Apart = {}

    @property
    def history(self) -> Known:
        """Everything so far."""
        return Known(
            sessions=tuple(self.sessions),
            choices=tuple(self.choices),
            weakness=tuple(self.weakness),
            apart=self._apart,
        )

    def lives(self, evenings: Iterable[Evening]) -> Iterator[Made]:
        """Yield the plan of each evening, then let it be done."""
        for evening in evenings:
            self.day += evening.gap
            today = Today(day=MONDAY + timedelta(self.day), before=evening.before)
            if evening.before.weak and evening.gap:  # said and looked at since the last session
                at = datetime.combine(today.day, datetime.min.time(), UTC)
                self.weakness += [Weakness(at=at, present=True), Weakness(at=at, present=False)]
            if evening.wish and evening.gap:
                self.choices.append(self._wished(evening.wish, today))
            history = self.history
            routine = self.due(self.taste if evening.how == "taste" else self.routine, history)
            made = prescription_for(routine, history, today, find_variation=self.find)
            yield Made(evening, routine, history, today, made, self.ledger)
            self._does(evening, routine, made)

    def due(self, routine: Routine, history: History) -> Routine:
        """The routine as it is planned after a history."""
        return routine

    def _wished(self, wish: tuple[int, Wish, int], today: Today) -> Choice:
        """A wish an hour before the session; for a dose that may be far from the present one."""
        which, what, steps = wish
        exercises = self.routine.exercises
        key = exercises[which % len(exercises)].key
        at = datetime.combine(today.day, datetime.min.time(), UTC) + timedelta(hours=7)
        cases = standings(self.routine, key, self.history, today, find_variation=self.find)
        here = next(iter(cases), None)
        if what is not Wish.DOSE or here is None:
            return Choice(at=at, written=key, wish=Wish.KEEP if what is Wish.DOSE else what)
        dose = here.level
        for _ in range(abs(steps)):
            dose = (here.ladder.up(dose) or dose) if steps > 0 else here.ladder.down(dose)
        return Choice(at=at, written=key, wish=what, dose=dose)

    def _does(self, evening: Evening, routine: Routine, made: Prescription) -> None:
        by_key = {each.key: each for each in routine.exercises}
        sets, lines, tried = [], [], set()
        which, why, at_once = evening.early or (-1, Ending.DONE, False)
        for index, decision in enumerate(made.decisions):
            if why is Ending.STOPPED and index > which:
                break
            ending = Ending.HURT if evening.hurt == index else Ending.DONE
            written = by_key[decision.written]
            if evening.how == "written":
                done = sets_of(written, share=evening.share, ending=ending)
                sets.append(_left(done, why, at_once=at_once) if index == which else done)
                lines.append((decision.written, written, dose_of(written), sets[-1]))
            elif decision.dose:
                exercise = self.exercise(decision.exercise, routine)
                done = done_by(exercise, decision, share=evening.share, ending=ending)
                done = _left(done, why, at_once=at_once) if index == which else done
                sets.append(
                    [each for each in done if each.set_number == 1] if evening.how == "sets" else done
                )
                lines.append((decision.written, exercise, decision.dose, sets[-1]))
                if decision.change == "offer":
                    tried.add(decision.written)
        session = session_on(
            self.day,
            *sets,
            decisions=() if evening.how == "written" else made.decisions,
            as_written=evening.how == "written",
        )
        named = None
        if evening.named is not None:
            keys = [each.written for each in made.decisions]
            named = keys[evening.named] if 0 <= evening.named < len(keys) else ""
        session = replace(
            session,
            id=len(self.sessions),
            routine=routine.id,
            started=session.started + timedelta(minutes=20 * len(self.sessions)),
            before=evening.before,
            after=evening.after,
            next_morning=evening.morning,
            asked=Asked(name=routine.id, sets=1) if evening.how == "sets" else None,
            finished=why is not Ending.STOPPED,
            named=named,
        )
        self.sessions.append(session)
        for key, exercise, dose, done in lines:
            work, heard = work_of(exercise, dose), sum(each.seconds for each in done)
            line = Line(evening, session, exercise.key, dose, work, heard, key in tried)
            self.ledger.setdefault(key, []).append(line)

    def exercise(self, key: str, routine: Routine | None = None) -> Exercise:
        """An exercise of the routine as it is written there, or a variation of it."""
        own = {each.key: each for each in (routine or self.routine).exercises}
        return own.get(key) or find_variation(key)


def _left(done: Sequence[SetDone], why: Ending, *, at_once: bool) -> list[SetDone]:
    """What was done of an exercise that was left in its first rep, or after its first set on one side."""
    first = done[0]
    if at_once:
        part = first.seconds / (max(1, first.reps_planned) * 2)
        first = replace(first, reps=0, seconds=part)
    return [replace(first, ending=why)]


REDUCED_ONLY = (Kind.BREATHING, Kind.MOBILITY, Kind.AEROBIC)
"""Kinds that are never left out."""
