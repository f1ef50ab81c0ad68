"""People who follow the included programme for a year, one day after another, by the rules alone.

They do what is due (``training.week``), as the rules dose it, answer the questions, and go on to the next
phase when it is proposed, some at once and some not. Their pain is their own; only doing more than they are
able to adds to it. Pain varies from day to day as in ``training/test_flares.py``.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from fakes.journal import MONDAY, done_by, session_on
from habits import HABITS
from histories import Apart, Evening, Known, Line, Made, work_of

from voicecoach.app.director import variations_for
from voicecoach.app.plan import DEFAULT, planned
from voicecoach.journal.records import (
    Agreed,
    Agreement,
    Asked,
    Before,
    Decision,
    DoseChange,
    Felt,
    Leg,
    Remark,
    Session,
)
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import at_dose, dose_of
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution, Exercise, Routine
from voicecoach.routine.profile import Profile
from voicecoach.routine.programme import OwnPlan, PhaseName
from voicecoach.routine.suit import HOUSEHOLD, owning, tailor
from voicecoach.session.listener import Ending
from voicecoach.training import gates, limits, remarks, stats, week, week_goal, week_plan
from voicecoach.training.agreement import pace_on
from voicecoach.training.debrief import Aftermath, debrief
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.news import news
from voicecoach.training.readiness import Stage, Today, condition, worse_than_usual
from voicecoach.training.variation import FindVariation

LIBRARY = Library.default()
PROGRAMME = LIBRARY.programme(DEFAULT)
GROWING = LIBRARY.growing()
YEAR = 365
WALK = "walk"
SPREAD = 1.2
"""Of pain from day to day (Pagé 2022, J Pain 23:1151)."""
FLARE, FLARE_DAYS = 4, 5
"""How far above the usual a flare is, and for how long."""
WORSE = 3
"""So far above their usual a person says that it is a flare."""


@cache
def _routine(name: str, cautions: frozenset[Caution]):
    """A routine as somebody with these cautions does it, and what finds variations."""
    person = Profile(cautions=cautions, equipment=HOUSEHOLD, guessed=True)
    routine = tailor(LIBRARY.load(name), person, LIBRARY).routine
    return routine, cache(variations_for(LIBRARY, owning(person, routine.equipment)))


@cache
def _week(phase: PhaseName) -> week_plan.Plan:
    return planned(LIBRARY, PROGRAMME.phase(phase))


@cache
def _trains(name: str) -> bool:
    return week_plan.load_of(LIBRARY.load(name)) is week_plan.Load.TRAINING


@dataclass(frozen=True)
class Day:
    """What happened on one day."""

    day: int
    """Since the first Monday."""
    phase: PhaseName
    told: tuple[Message, ...]
    """What ``today`` says of the phases: a proposal or a review."""
    done: tuple[Done, ...]


@dataclass(frozen=True)
class Done:
    """One session, and what there is to judge it by."""

    here: Here
    made: Made
    session: Session
    work: float
    """Seconds on all sides."""
    said: tuple[Message, ...]
    """News before it, and what the coach answers after it."""


@dataclass(frozen=True)
class Here:
    """A routine as it is today: what ``promises`` asks of a life."""

    routine: Routine
    find: FindVariation

    def exercise(self, key: str, routine: Routine | None = None) -> Exercise:
        own = {each.key: each for each in (routine or self.routine).exercises}
        return own.get(key) or self.find(key)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


@dataclass
class Body:
    """What somebody is able to, which grows with training and fades without it."""

    chance: random.Random
    able: dict[str, float] = field(default_factory=dict)
    """By exercise, as a multiple of the work of the library's dose."""

    def __post_init__(self):
        self.talent = self.chance.uniform(2, 8)

    def load(self, exercise: Exercise, done: Exercise) -> float:
        """How much ``done`` is of all they have; ``exercise`` is at the library's dose."""
        able = self.able.setdefault(exercise.key, self.chance.uniform(1.0, 2.0))
        return sum(done.set_seconds) / sum(exercise.set_seconds) / able

    def train(self, key: str, load: float) -> None:
        grown = self.able[key] * (1.02 if 0.4 < load < 1.2 else 1.002)
        self.able[key] = min(max(self.talent, self.able[key]), grown)

    def rest(self) -> None:
        """A day goes by."""
        for key, able in self.able.items():
            self.able[key] = max(0.8, able * 0.9985)


class Person:
    """One of them: the same number, the same year."""

    def __init__(self, number: int) -> None:
        self.habit = HABITS[number % len(HABITS)]
        self.chance = random.Random(f"year {number}")
        self.body = Body(self.chance)
        self.accepts = self.chance.choice((0.1, 0.5, 0.8, 1.0))
        """How likely they go on when the next phase is proposed."""
        self.walks = self.chance.choice((0, 0, 12, 20, 30))
        """Minutes of the walks that they note themselves; 0 for somebody who plays them."""
        self.legs = self._episodes(self.habit.legs, 21)
        self.flares = self._episodes(self.habit.flares, FLARE_DAYS)
        gap = self.habit.gaps[number // len(HABITS) % 4] if self.habit.gaps else 0
        self.away = self._episodes(1 if gap > YEAR / 2 else 2 if gap else 0, gap)
        self.pains = tuple(self._pains())
        self.sore = 0.0
        """Pain from having done too much, which goes within days."""
        calm = self.pains[0] >= limits.FLARE_LEAST
        self.plan = OwnPlan(
            id="year",
            programme=PROGRAMME.id,
            phase=PhaseName.CALM if calm else PhaseName.RESTORE,
            since=MONDAY,
        )
        self.sessions: list[Session] = []
        self.remarks: list[Remark] = []
        begun = Agreement(at=_moment(MONDAY, 7), said=Agreed.BEGIN)
        self.agreements = [begun] if self.habit.paced else []
        self.ledger: dict[str, list[Line]] = {}
        self._apart: Apart = {}

    def _episodes(self, count: int, days: int) -> tuple[range, ...]:
        """Spread over the year, none in its first five weeks."""
        part = (YEAR - 35) // max(1, count)
        begins = (35 + part * at + self.chance.randrange(max(1, part - days)) for at in range(count))
        return tuple(range(begin, begin + days) for begin in begins)

    def _pains(self) -> Iterator[float]:
        noise, alike = self.chance.gauss(0, SPREAD), self.habit.alike
        goes = self.chance.randint(28, 182)
        for day in range(YEAR + 1):
            mean = self.usual_on(day, goes)
            yield mean + noise + FLARE * any(day in each for each in self.flares)
            noise = alike * noise + self.chance.gauss(0, SPREAD * (1 - alike**2) ** 0.5)

    def usual_on(self, day: int, goes: int) -> float:
        return self.habit.mean * max(0.0, 1 - day / goes) if self.habit.gone else self.habit.mean

    def pain(self, day: int) -> int:
        return min(10, max(0, round(self.pains[day] + self.sore)))

    def leg(self, day: int) -> Leg:
        """Down to the knee or the foot in an episode, and up again."""
        for number, each in enumerate(self.legs):
            if day in each:
                far = (day - each.start) / len(each)
                deep = Leg.FOOT if number % 2 else Leg.KNEE
                return Leg(min(deep, round(Leg.BACK + (deep - Leg.BACK) * (1 - abs(2 * far - 1)) * 1.3)))
        return Leg.NONE

    def year(self) -> Iterator[Day]:
        """Every day of a year."""
        for day in range(YEAR):
            self.body.rest()
            self.sore *= 0.5
            phase = self.plan.phase
            if any(day in each for each in self.away):
                yield Day(day, phase, (), ())
                continue
            today = MONDAY + timedelta(day)
            told, done = tuple(self._phases(today)), tuple(self._trains(day))
            yield Day(day, phase, (*told, *self._remarks(today)) if done else told, done)

    def _phases(self, today: date) -> Iterator[Message]:
        """What is said of the phase; who is asked to go on does so, or stays for a time."""
        plan, phase = self.plan, self.plan.now(PROGRAMME)
        coming = PROGRAMME.after(plan.phase)
        if coming is None or phase.gate is None or (plan.stay_until and today < plan.stay_until):
            return
        named = _routine(phase.gate.routine, frozenset())[0] if phase.gate.routine else None
        opening = gates.Opening(phase.gate, plan.since, _week(plan.phase), named)
        way = gates.way(opening, self.sessions, self._on(today))
        if way is None or not way.is_open:
            return
        yield Message("gate.proposal", why=way.why)
        goes = self.chance.random() < self.accepts
        self.plan = plan.go_to(coming.name if goes else plan.phase, today)

    def _remarks(self, today: date) -> Iterator[Message]:
        """What is said once after a session: a review of the phase, or the offer of an earlier one."""
        if condition(self._lately(today), self._on(today)).flare is not Stage.NONE:
            return
        pains = stats.pain_by_day(each for each in self.sessions if each.day >= self.plan.since)
        days = week_goal.exercise_days((each for each in self.sessions if _trains(each.routine)), today)
        offer = remarks.begin_again(PROGRAMME, self.plan, days, today)
        for each in filter(None, (offer, remarks.review(self.plan.since, pains, today))):
            if each.day_said(self.remarks) is None:
                self.remarks.append(Remark(at=_moment(today, 20), about=each.about, since=each.since))
                yield each.said
                if each is offer and self.chance.random() < self.accepts:
                    self.plan = self.plan.go_to(PhaseName(str(each.said.values["coming"])), today)

    def _trains(self, day: int) -> Iterator[Done]:
        today = MONDAY + timedelta(day)
        plan, lately = self.plan, self._lately(today)
        due = week.due(_week(plan.phase), plan.since, PROGRAMME.sore, lately, self._on(today))
        for name in due.routines:
            if self.chance.random() < self.habit.keeps:
                times = 1 if name == WALK else self.habit.times
                for _ in range(times):
                    yield self._does(day, name, sore=bool(due.sore))

    def _on(self, day: date, before: Before = Before()) -> Today:  # noqa: B008 - frozen
        return Today(day=day, before=before, paced=self.habit.paced)

    def _before(self, day: int) -> Before:
        if not self.habit.answers:
            return Before()
        said = Before(pain=self.pain(day), leg=self.leg(day))
        today = MONDAY + timedelta(day)
        if worse_than_usual(self._lately(today), self._on(today, said)) and not self.habit.paced:
            return replace(said, flare=self.pains[day] - WORSE >= self._usual(day))
        return said

    def _usual(self, day: int) -> float:
        return sum(self.pains[max(0, day - 28) : day + 1]) / min(29, day + 1)

    def _mornings(self, day: int) -> None:
        """Answer how the morning after the last day of exercise was."""
        last = self.sessions[-1].day if self.sessions else MONDAY
        gone = (MONDAY + timedelta(day) - last).days
        if not self.habit.answers or not 1 <= gone <= limits.MORNING_DAYS:
            return
        pain = self.pain(day)
        for number, each in enumerate(self.sessions):
            if each.day == last and each.next_morning is None:
                self.sessions[number] = known = replace(each, next_morning=pain)
                for lines in self.ledger.values():
                    if lines[-1].session is each:
                        evening = replace(lines[-1].evening, morning=pain)
                        lines[-1] = replace(lines[-1], session=known, evening=evening)

    def _does(self, day: int, name: str, *, sore: bool) -> Done:
        self._mornings(day)
        before = self._before(day)
        today = self._on(MONDAY + timedelta(day), before)
        cautions = frozenset({Caution.LEG} if (before.leg or Leg.NONE) >= Leg.THIGH else ())
        routine, find = _routine(name, cautions)
        history = self._history(today.day)
        pace = pace_on(history, today)
        asked = [Message("ask.pace")] if pace and pace.is_due(today.day) else []
        if asked:
            said = self.chance.choices((Agreed.MORE, Agreed.BEYOND, Agreed.SAME, Agreed.LESS), (5, 1, 3, 1))
            self.agreements.append(Agreement(at=_moment(today.day, 7), said=said[0]))
            history = self._history(today.day)
        made = prescription_for(routine, history, today, find_variation=find)
        calm = made.condition.flare is Stage.CALM or made.condition.leg_worse
        if calm and not sore and name != WALK:  # a red day: the coach offers the calm routine
            routine, find = _routine(PROGRAMME.sore, cautions)
            made = prescription_for(routine, history, today, find_variation=find)
        here = Here(routine, find)
        evening, session, lines = self._lives(day, here, made.decisions, before, by_hand=name == WALK)
        plan = Made(
            evening, routine, history, today, made, {key: [*past] for key, past in self.ledger.items()}
        )
        names = {each.key: each.name for each in routine.exercises}
        after = debrief(Aftermath(session=session, past=self._lately(today.day), names=names))
        self.sessions.append(session)
        for key, line in lines.items():
            self.ledger.setdefault(key, []).append(line)
        work = sum(each.seconds for each in session.sets)
        return Done(here, plan, session, work, (*asked, *news(made.decisions, names), *after))

    def _lately(self, today: date) -> list[Session]:
        """As many of the last sessions as a week, a flare and the answer after a session need."""
        first = bisect_left(self.sessions, today - limits.FLARE_MEMORY, key=lambda each: each.day)
        return self.sessions[first:]

    def _history(self, today: date) -> Known:
        """What the journal gives the rules: half a year, and the last session with each exercise."""
        last = {each.written: session for session in self.sessions for each in session.decisions}
        kept = {session.id for session in last.values()}
        since = today - timedelta(limits.MEMORY_DAYS)
        sessions = (each for each in self.sessions if each.day >= since or each.id in kept)
        return Known(
            sessions=tuple(sessions),
            agreements=tuple(self.agreements),
            growing=GROWING,
            apart=self._apart,
        )

    def _noted(self, here: Here, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
        """What is due when they note a walk themselves: the walk, whatever else the coach would have."""
        (walk,) = here.routine.exercises
        if decisions[0].exercise == walk.key and decisions[0].dose:
            return decisions
        dose = replace(dose_of(walk), duration=min(self.walks * 60.0, walk.duration))
        return (replace(decisions[0], exercise=walk.key, dose=dose, level=dose, change=DoseChange.CHOSEN),)

    def _lives(
        self, day: int, here: Here, decisions: tuple[Decision, ...], before: Before, *, by_hand: bool
    ) -> tuple[Evening, Session, dict[str, Line]]:
        """Do the session: how it was, what the journal keeps of it, and what it asked for."""
        by_hand = by_hand and self.walks > 0
        if by_hand:
            decisions = self._noted(here, decisions)
        sets, asked_for, loads, ended = [], {}, {}, None
        for index, decision in enumerate(decisions):
            if decision.dose is None:
                continue
            exercise = here.exercise(decision.exercise)
            done = at_dose(exercise, decision.dose)
            load = self.body.load(here.find(exercise.key) or exercise, done)
            twinge = not by_hand and self.chance.random() < 0.002
            ended = index if twinge and self.chance.random() < 0.5 else ended
            ending = Ending.HURT if ended == index else Ending.DONE
            share = self.walks * 60 / sum(done.set_seconds) if by_hand else 1.0 if load < 1.3 else 0.7
            sets.append(done_by(exercise, decision, share=share, ending=ending))
            self.body.train(exercise.key, load * min(share, 1.0))
            loads[index] = load + 2 * twinge
            asked_for[decision.written] = (exercise, decision)
        most = max(loads.values(), default=0.0)
        rise = 3 if most > 2 else 2 * (most > 1.25) + 1 * (most > 1.6)
        self.sore = max(self.sore, 2.0 * (most > 1.6))
        named, after = None, Felt()
        if self.habit.answers:
            effort = min(10, max(1, round(6 * min(most, 1.6) + self.chance.gauss(0, 0.7))))
            worst = min(10, before.pain + rise + self.chance.choice((0, 0, 0, 1)))
            after = Felt(worst_pain=worst, effort=effort, leg=before.leg, form_ok=most < 1.5)
            if worst >= before.pain + limits.AMBER_RISE and ended is None:
                named = max(loads, key=loads.get) if self.chance.random() < 0.7 else -1
        short = by_hand and sets and sets[0][0].seconds < sets[0][0].seconds_planned
        evening = Evening(
            before=before,
            after=after,
            named=named,
            hurt=ended,
            share=0.5 if short else 1.0,
        )
        at = len(self.sessions)
        made = session_on(day, *sets, decisions=decisions)
        session = replace(
            made,
            id=at,
            routine=here.routine.id,
            started=made.started
            + timedelta(minutes=40 * sum(each.day == made.day for each in self.sessions[-5:])),
            before=before,
            after=after,
            asked=Asked(name=here.routine.id, minutes=float(self.walks) if short else None),
            named=None if named is None else "" if named < 0 else decisions[named].written,
            by_hand=by_hand,
        )
        lines = {
            key: self._line(evening, session, exercise, decision)
            for key, (exercise, decision) in asked_for.items()
        }
        return evening, session, lines

    def _line(self, evening: Evening, session: Session, exercise: Exercise, decision: Decision) -> Line:
        """What was asked for; of a walk that they noted themselves, what was done where that was more."""
        dose = decision.dose
        if session.by_hand:
            done = sum(each.seconds for each in session.sets) / len(dose.reps)
            dose = replace(dose, duration=max(dose.duration, done))
        work, tried = work_of(exercise, dose), decision.change is DoseChange.OFFER
        mine = (each.seconds for each in session.sets if each.written == decision.written)
        done = sum(mine)
        if dose.duration is not None and work - done <= limits.NEARLY_SECONDS:
            done = work
        return Line(evening, session, exercise.key, dose, work, min(work, done), tried)
