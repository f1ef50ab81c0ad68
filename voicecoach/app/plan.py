"""Puts the person's plan together from the programme, their own changes and the journal."""

from __future__ import annotations

import contextlib
import functools
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from voicecoach.app import prepare
from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.person import person_always, person_now
from voicecoach.errors import FileError, NothingSuits, RoutineError, UnknownName, UsageError, VoicecoachError
from voicecoach.journal.records import Session
from voicecoach.journal.store import Journal
from voicecoach.language.phrases import Message, Phrases
from voicecoach.routine.files import programme as programmefields
from voicecoach.routine.files.library import Library
from voicecoach.routine.profile import Profile
from voicecoach.routine.programme import OwnPlan, PhaseName, Programme, ProgrammePhase, Weekday
from voicecoach.settings import file, schedule_file
from voicecoach.training import gates, limits, week, words
from voicecoach.training.calendar import Item, Reminders
from voicecoach.training.debrief import Coming
from voicecoach.training.exercise_log import History, is_paced
from voicecoach.training.readiness import Today, condition
from voicecoach.training.weakness import going_on

DEFAULT: Final = "back"
"""The default programme."""
_RECENT: Final = timedelta(weeks=3)
"""How far back sessions are read for the week."""
_LONGEST: Final = timedelta(weeks=programmefields.MAX_WEEKS + 1)
"""How far back sessions are read for a gate: more than any gate needs."""


@dataclass(frozen=True)
class Following:
    """A plan with its programme."""

    shelf: Library
    programme: Programme
    own: OwnPlan
    phase: ProgrammePhase
    """The present one, as the person does it."""

    @property
    def following_phase(self) -> ProgrammePhase | None:
        """The phase after this one; None in the last."""
        return self.programme.after(self.own.phase)

    @functools.cached_property
    def week(self) -> week.Plan:
        """The days of the week of each routine of the phase that has something for the person."""
        kept = (each for each in self.phase.activities if each.routine not in self.unsuited)
        return planned(self.shelf, replace(self.phase, activities=tuple(kept)))

    @functools.cached_property
    def unsuited(self) -> tuple[str, ...]:
        """The routines of the phase of which nothing suits the person: not due, and not counted."""
        person = person_always()
        names = (each.routine for each in self.phase.activities)
        return tuple(name for name in names if prepare.is_empty(self.shelf, name, person))

    @functools.cached_property
    def calm(self) -> str:
        """The routine for a sore day: the programme's, or another calm one when nothing of that suits."""
        person, phases = person_always(), self.programme.phases
        others = (each for phase in phases if phase.name is PhaseName.CALM for each in phase.activities)
        names = (self.programme.sore, *(each.routine for each in others))
        suited = (name for name in names if not prepare.is_empty(self.shelf, name, person))
        return next(suited, self.programme.sore)


def planned(shelf: Library, phase: ProgrammePhase) -> week.Plan:
    """Return the days of the week for each routine of a phase."""
    loads = {each.routine: _load(shelf, each.routine) for each in phase.activities}
    return week.planned(phase.activities, {name: load for name, load in loads.items() if load})


def _load(shelf: Library, name: str) -> week.Load | None:
    """Return the load of a routine; None when it cannot be read."""
    with contextlib.suppress(UnknownName, RoutineError, FileError):
        return week.load_of(shelf.load(name))
    return None


def training_days(plan: Following, sessions: Iterable[Session], day: date) -> frozenset[date]:
    """Return the days with training until ``day``, as the doses of the phase count them.

    That is a training routine of the phase, or one whose doses grow with the others; in a phase without
    training, any exercise.
    """
    named = {each.activity.routine for each in plan.week if each.load is week.Load.TRAINING}
    growing = plan.shelf.growing()

    @functools.cache
    def trains(name: str) -> bool:
        return name in named or (name in growing and _load(plan.shelf, name) is week.Load.TRAINING)

    return week.exercise_days((each for each in sessions if not named or trains(each.routine)), day)


class Told(NamedTuple):
    """What is due, in words."""

    lines: tuple[str, ...]
    by_hand: str = ""
    """How to note a walk that is done without the coach."""


@dataclass(frozen=True)
class Agenda:
    """The routines due on a day."""

    due: week.Due
    tell: Callable[[], Told]
    """Puts them into words, which takes time because it computes the length of each routine."""

    @functools.cached_property
    def _told(self) -> Told:
        return self.tell()

    @property
    def lines(self) -> tuple[str, ...]:
        """The routines in words, how the week goes, and the way to the next phase."""
        return self._told.lines

    @property
    def by_hand(self) -> str:
        """The way to note a walk that is due and done without the coach; empty when none is due."""
        return self._told.by_hand


def following() -> Following:
    """Return the person's plan.

    Raises UsageError when they have none, or it no longer fits its programme, UnknownName, RoutineError and
    FileError.
    """
    shelf = prepare.library()
    own = schedule_file.load(shelf.routines())
    if own is None:
        raise UsageError("You have no plan yet. 'voicecoach plan new' makes one, with a question or two.")
    programme = shelf.programme(own.programme)
    phase = own.now(programme)
    if phase is None:
        has = ", ".join(each.name for each in programme.phases)
        raise UsageError(
            f"The programme '{programme.name}' has no phase '{own.phase}' any more. Choose one with"
            f" 'voicecoach plan phase NAME': {has}."
        )
    return Following(shelf, programme, own, phase)


def routines_now() -> tuple[str, ...]:
    """Return the ids of the routines in the present phase; none without a plan that can be read."""
    with contextlib.suppress(UsageError, UnknownName, RoutineError, FileError):
        return tuple(each.routine for each in following().phase.activities)
    return ()


def begin(programme: Programme, phase: PhaseName, notice: Notice, day: date) -> OwnPlan:
    """Begin a plan, keeping the changes of the last plan for the same programme. Raises FileError."""
    routines = prepare.library().routines()
    try:
        last = schedule_file.load(routines)
    except FileError:
        last = None
    if last is None:
        last = OwnPlan(id=f"v{os.urandom(6).hex()}", programme=programme.id, phase=phase, since=day)
    same = last.programme == programme.id
    made = replace(
        last, programme=programme.id, phase=phase, since=day, stay_until=None, own=last.own if same else {}
    )
    schedule_file.save(made, notice, routines)
    return made


def due_now(notice: Notice, now: datetime) -> Agenda:
    """Return the routines due today in the person's plan. Raises as :func:`following`."""
    return agenda(following(), notice, now)


def agenda(plan: Following, notice: Notice, now: datetime) -> Agenda:
    """Return the routines due today; an unreadable journal gives a notice and counts as empty."""
    when = on_day(now.date())
    sessions = sessions_for(plan, when, notice)
    done = {each.routine for each in sessions}
    training = {name for name in done if _load(plan.shelf, name) is week.Load.TRAINING}
    due = week.due(plan.week, plan.own.since, plan.calm, sessions, when, training)
    weak = _is_weak()
    if weak:
        due = due.without_training()
    idle = not (due.routines or due.exercised or due.sore)
    if idle and (weak or not plan.week) and not prepare.is_empty(plan.shelf, plan.calm, person_always()):
        due = replace(due, gently=plan.calm)

    def told() -> Told:
        mentioned = [due.sore] if due.sore else due.routines
        say, person = file.own_phrases(), person_now(_unheard, now)
        history = functools.cache(lambda: prepare.known(_unheard, when.day))
        looks = _looks(plan.shelf, mentioned, now, history)
        if due.next_day and not due.sore:
            coming = [each.activity.routine for each in (*due.next, *due.moved)]
            looks |= _looks(plan.shelf, coming, _then(due.next_day, now), history)
        lines = (
            *words.agenda(due, {name: look.described for name, look in looks.items()}, say),
            *unsuited(plan, say),
        )
        ahead = None if due.sore or weak else _onward(plan, person, sessions, when)
        walks = (each.activity.routine for each in due.now if each.load is week.Load.WALK)
        by_hand = next((_by_hand(name, looks[name], say) for name in walks if looks[name].timed), "")
        return Told((*lines, say.tell(ahead)) if ahead else tuple(lines), by_hand)

    return Agenda(due, told)


def unsuited(plan: Following, say: Phrases) -> Iterator[str]:
    """Yield which routines of the phase have nothing for the person, and what decides that."""
    if not plan.unsuited:
        return
    names = [Message.verbatim(plan.shelf.load(name).name) for name in plan.unsuited]
    yield say(
        "agenda.unsuited" if plan.week else "agenda.all_unsuited", routines=say.words(Message.joined(names))
    )
    yield say.part("agenda.unsuited_why")


def on_day(day: date) -> Today:
    """Return a day to plan, as long as nothing was answered on it."""
    return Today(day=day, paced=is_paced(ask_journal(Journal.agreements, (), _unheard)))


def _by_hand(name: str, look: Look, say: Phrases) -> str:
    return say("agenda.by_hand", command=f"voicecoach log {name} --minutes {math.ceil(look.timed / 60)}")


def week_with(day: date, notice: Notice) -> prepare.WeekTold:
    """Return how this week goes once there was exercise on ``day``; its goal is 0 without a plan."""
    monday = day - timedelta(day.weekday())
    nothing: tuple[Session, ...] = ()
    sessions = ask_journal(lambda journal: journal.sessions(monday), nothing, notice)
    days = week.exercise_days(sessions, day) | {day}
    try:
        plan = following()
    except VoicecoachError:
        return prepare.WeekTold(week.WeekGoal(len(days), 0), rest=False)
    goal = week.week_goal(plan.week, plan.own.since, days, day)
    return prepare.WeekTold(goal, rest=goal.reached and week.rests_tomorrow(day))


def whole_week() -> int:
    """Return the days with exercise that a whole week aims at; 0 without a plan."""
    try:
        return week.goal_days(following().week)
    except VoicecoachError:
        return 0


def coming(notice: Notice, now: datetime, done: Session) -> Coming | None:
    """Return what the plan has next, today or on a later day; without a plan, when to do again what is done.

    None in a flare, and while new weakness has to be looked at. On a day for calming a leg it is on the next
    one with a plan, and None without one.
    """
    if _is_weak():
        return None
    try:
        plan = following()
    except VoicecoachError:
        return _again(notice, now, done)
    due = agenda(plan, notice, now).due
    if due.flared:
        return None
    if due.sore:
        due = agenda(plan, notice, now + timedelta(1)).due
    first = next(iter((*due.now, *due.next)), None)
    if due.sore:
        routine, day = due.sore, due.day
    elif first is not None:
        routine, day = first.activity.routine, first.next or due.day
    else:
        return None
    look = _looks(plan.shelf, [routine], _then(day, now))[routine]
    return Coming(day=day, routine=routine, name=look.name, minutes=look.minutes)


def _again(notice: Notice, now: datetime, done: Session) -> Coming | None:
    """Return when to do a routine again; None for what is no routine, or has nothing left to do."""
    shelf, when = prepare.library(), on_day(now.date())
    routine = done.asked.name if done.asked else done.routine
    load = _load(shelf, routine)
    day = week.again(load, _lately(when, notice), when) if load else None
    if day is None:
        return None
    look = _looks(shelf, [routine], _then(day, now))[routine]
    if not look.minutes:
        return None
    return Coming(day=day, routine=routine, name=look.name, minutes=look.minutes, again=True)


def sore_days(plan: Following, notice: Notice, day: date) -> Message | None:
    """Return what a flare changes in the plan on ``day``, and until when; None when there is none."""
    when = on_day(day)
    return words.sore_days(condition(sessions_for(plan, when, notice), when), plan.calm, day)


def reminders(plan: Following, now: datetime) -> Reminders:
    """Return the reminders for a calendar."""
    days: dict[Weekday, list[Item]] = {}
    looks = _looks(plan.shelf, [each.activity.routine for each in plan.week], now)
    for each in plan.week:
        routine = each.activity.routine
        item = Item(looks[routine].name, f"voicecoach play {routine}", looks[routine].minutes)
        for day in each.on:
            days.setdefault(day, []).append(item)
    return Reminders(
        plan=plan.own.id,
        title=plan.programme.name,
        at=plan.own.at,
        days=days,
        cancelled=tuple(day for day in plan.own.reminded if day not in days),
    )


def _is_weak() -> bool:
    """Tell whether new weakness has to be looked at before training goes on."""
    return going_on(ask_journal(Journal.weakness, (), _unheard)) is not None


def onward(plan: Following, notice: Notice, now: datetime) -> Message | None:
    """Say that the next phase may begin, and why, or how far it is to it; None when nothing is to be said."""
    if _is_weak():
        return None
    when = on_day(now.date())
    return _onward(plan, person_now(_unheard, now), sessions_for(plan, when, notice), when)


def _onward(plan: Following, person: Profile, sessions: Sequence[Session], when: Today) -> Message | None:
    coming, gate, stays = plan.following_phase, plan.phase.gate, plan.own.stay_until
    if coming is None or gate is None or (stays and when.day < stays) or gate.routine in plan.unsuited:
        return None
    routine = None
    if gate.routine:
        with contextlib.suppress(NothingSuits, UnknownName, RoutineError):
            routine = prepare.tailored(plan.shelf, gate.routine, person).routine
    way = gates.way(gates.Opening(gate, plan.own.since, plan.week, routine), sessions, when)
    if way is None:
        return None
    return words.proposal(plan.phase, coming, way.why) if way.is_open else words.way(coming, way.so_far)


def sessions_for(plan: Following, when: Today, notice: Notice) -> tuple[Session, ...]:
    """Return the sessions that matter for the week, for flares and for the gate."""
    gate = max(plan.own.since, when.day - _LONGEST) if plan.phase.gate else when.day
    return _lately(when, notice, since=gate)


def _lately(when: Today, notice: Notice, since: date = date.max) -> tuple[Session, ...]:
    """Return the sessions of the last weeks, and from ``since`` if that is earlier, earliest first."""
    since = min(since, when.day - max(_RECENT, limits.FLARE_MEMORY))
    nothing: tuple[Session, ...] = ()
    found = ask_journal(lambda journal: journal.sessions(since), nothing, notice)
    return tuple(each for each in found if each.day <= when.day)


class Look(NamedTuple):
    """A routine as it will be played."""

    name: str
    """Its id when it cannot be done; playing it says why."""
    minutes: int = 0
    """0 when it cannot be done."""
    timed: float = 0.0
    """The seconds of its only exercise, when that is timed; else 0."""

    @property
    def described(self) -> str:
        """Its name with its length, such as "Core three (21 min)"."""
        return f"{self.name} ({self.minutes} min)" if self.minutes else self.name


def _then(day: date, now: datetime) -> datetime:
    """Return the moment on a later day, as a dose may rise in the night."""
    return now + (day - now.date())


def _looks(
    shelf: Library, names: Iterable[str], when: datetime, history: Callable[[], History] | None = None
) -> dict[str, Look]:
    """Return how each of these routines will be played at that moment, if nothing happens until then.

    ``history`` is what the rules look at, to read it once for several moments.
    """
    person, day = person_now(_unheard, when), when.date()
    decide = prepare.deciding(person, _unheard, day, history=history)
    chosen, week_told = file.load(), week_with(day, _unheard)
    settings = prepare.settings_for(person.coaching, _unheard, when, prepare.coached(chosen))

    def look(name: str) -> Look:
        try:
            found = prepare.as_played(shelf, person, name, decide)
        except (NothingSuits, UnknownName, RoutineError):
            return Look(name)
        only = found.routine.exercises[0] if len(found.routine.exercises) == 1 else None
        timed = (only.duration or 0.0) * len(only.reps) if only else 0.0
        minutes = prepare.minutes(found, settings, chosen.rate, week_told)
        return Look(found.routine.name, minutes, timed)

    return {name: look(name) for name in names}


def _unheard(_: str) -> None:
    """No-op callback: the person need not see notices about an estimate."""
