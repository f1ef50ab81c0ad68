"""What the person's plan has for a day and after it, with its lengths, and in words."""

from __future__ import annotations

import contextlib
import functools
import itertools
import math
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Final, NamedTuple

from voicecoach.app import prepare
from voicecoach.app.journal import Notice
from voicecoach.app.person import person_always, person_now
from voicecoach.app.plan import (
    Following,
    following,
    is_weak,
    lately,
    load_of,
    on_day,
    prescribed,
    sessions_for,
)
from voicecoach.app.region import usual
from voicecoach.errors import NothingSuits
from voicecoach.journal.records import Session
from voicecoach.language.phrases import Message, Phrases
from voicecoach.routine import place
from voicecoach.routine.files.library import UNREADABLE, Library
from voicecoach.routine.model import Exercise, Kind
from voicecoach.routine.profile import Profile
from voicecoach.routine.programme import Weekday, WeeklyTime
from voicecoach.routine.region import Region
from voicecoach.settings import file
from voicecoach.training import gates, limits, week, week_plan, words
from voicecoach.training.calendar import Item, Reminders
from voicecoach.training.closing import Coming
from voicecoach.training.dose_history import Direction, direction
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Today, condition
from voicecoach.training.stats import is_whole, trained, was_hurt

_EASED: Final = {Direction.LESS, Direction.LEFT_OUT}


class Told(NamedTuple):
    """What is due, in words."""

    day: tuple[str, ...]
    """The routines, and how the week goes."""
    beyond: tuple[str, ...] = ()
    """What the plan has nothing of for the person, and the way to the next phase."""
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
        return (*self._told.day, *self._told.beyond)

    @property
    def beyond(self) -> tuple[str, ...]:
        """The last of these lines: what does not suit the person, and the way to the next phase."""
        return self._told.beyond

    @property
    def by_hand(self) -> str:
        """The way to note a walk that is due and done without the coach; empty when none is due."""
        return self._told.by_hand


def today(notice: Notice, now: datetime) -> Agenda:
    """Return the routines due today in the person's plan. Raises what ``plan.following`` raises."""
    return at(following(), notice, now)


def at(plan: Following, notice: Notice, now: datetime) -> Agenda:
    """Return the routines due on the day of ``now``; an unreadable journal is told, and counts as empty."""
    when = on_day(now.date(), region_on(plan, notice, now.date()))
    sessions = sessions_for(plan, when, notice)
    due = _due(plan, sessions, when)
    waits = waiting(plan)
    weak = bool(waits) or is_weak(when.region)
    if waits:
        due = due.without_training(waits)
    idle = not (due.routines or due.exercised or due.sore)
    if idle and (weak or not plan.week) and not prepare.is_empty(plan.shelf, plan.calm, person_always()):
        due = replace(due, gently=plan.calm)

    def told() -> Told:
        mentioned = [due.sore] if due.sore else due.routines
        say, person = file.own_phrases(), person_now(_unheard, now)
        history = functools.cache(lambda: prepare.known(_unheard, when.day))
        looks = looks_of(plan.shelf, mentioned, now, plan, history)
        if not due.sore:
            offered = looks_of(plan.shelf, _others(plan.shelf, due, sessions), now, plan, history)
            looks |= {name: look for name, look in offered.items() if look.minutes}
        if due.next_day and not due.sore:
            coming = [each.activity.routine for each in (*due.next, *due.moved)]
            looks |= looks_of(plan.shelf, coming, _then(due.next_day, now), plan, history)
        lines = words.agenda(due, {name: look.described for name, look in looks.items()}, say)
        ahead = None if due.sore or weak else _onward(plan, person, sessions, when)
        walks = (each.activity.routine for each in due.now if each.load is week_plan.Load.WALK)
        by_hand = next((_by_hand(name, looks[name], say) for name in walks if looks[name].timed), "")
        return Told(tuple(lines), (*unsuited(plan, say), *([say.tell(ahead)] if ahead else [])), by_hand)

    return Agenda(due, told)


def region_on(plan: Following, notice: Notice, day: date) -> Region:
    """Return the region of a plan; of one for several, that of the routine that is due on ``day`` or next.

    One whose training waits for a clinician comes last.
    """
    if not plan.is_mixed:
        return plan.region
    when, waits = on_day(day, plan.region), waiting(plan)
    due = _due(plan, sessions_for(plan, when, notice), when)
    coming = [
        (each.activity.routine in waits, each.next, each.activity.routine)
        for each in due.standings
        if each.next
    ]
    return plan.region_of(min(coming, key=itemgetter(0, 1))[2]) if coming else plan.region


def waiting(plan: Following) -> frozenset[str]:
    """Return the routines of a plan for a region with a sign that has to be looked at before it trains."""
    weak = functools.cache(is_weak)
    names = (each.activity.routine for each in plan.week)
    return frozenset(name for name in names if weak(plan.region_of(name)))


def _due(plan: Following, sessions: Sequence[Session], when: Today) -> week.Due:
    done = {each.routine for each in sessions}
    training = {name for name in done if load_of(plan.shelf, name) is week_plan.Load.TRAINING}
    return week.due(plan.week, plan.own.since, plan.calm, sessions, when, training)


def _others(shelf: Library, due: week.Due, sessions: Iterable[Session]) -> list[str]:
    """Return what may take the place of what is due now.

    The person has the things for it, and strength does not follow on strength.
    """
    have = person_always().equipment
    ago = {each.routine: (due.day - each.day).days for each in sessions if trained(each)}
    tired = any(_strengthens(shelf, name) for name, days in ago.items() if 0 < days < limits.STRENGTH_APART)

    def suits(name: str) -> bool:
        needed = {thing for each in _exercises(shelf, name) for thing in each.equipment}
        return (have is None or have >= needed) and not (tired and _strengthens(shelf, name))

    return [name for each in due.now for name in each.activity.others if suits(name)]


def _strengthens(shelf: Library, name: str) -> bool:
    return any(each.kind is Kind.STRENGTH for each in _exercises(shelf, name))


def _exercises(shelf: Library, name: str) -> tuple[Exercise, ...]:
    """Return the exercises of a routine; none of one that cannot be read."""
    with contextlib.suppress(*UNREADABLE):
        return tuple(shelf.load(name).exercises)
    return ()


def unsuited(plan: Following, say: Phrases) -> Iterator[str]:
    """Yield which routines of the phase have nothing for the person, and what decides that."""
    if not plan.unsuited:
        return
    names = [Message.verbatim(plan.shelf.load(name).name) for name in plan.unsuited]
    yield say(
        "agenda.unsuited" if plan.week else "agenda.all_unsuited", routines=say.words(Message.joined(names))
    )
    yield say.part("agenda.unsuited_why")


def coming(plan: Following | None, notice: Notice, now: datetime, done: Session) -> Coming | None:
    """Return what ``plan`` has next, today or on a later day; without one, when to do again what is done.

    None in a flare, and while new weakness has to be looked at. On a day for calming a leg it is on the next
    one with a plan, and None without one.
    """
    if is_weak(done.region):
        return None
    if plan is None:
        return _again(notice, now, done)
    due = at(plan, notice, now).due
    if due.flared:
        return None
    if due.sore:
        due = at(plan, notice, now + timedelta(1)).due
    first = next(iter((*due.now, *due.next)), None)
    if due.sore:
        routine, day = due.sore, due.day
    elif first is not None:
        routine, day = first.activity.routine, first.next or due.day
    else:
        return None
    look = looks_of(plan.shelf, [routine], _then(day, now), plan)[routine]
    also = [each.activity.routine for each in due.now if day == now.date()]
    return Coming(
        day=day,
        routine=routine,
        name=look.name,
        minutes=look.minutes,
        stopped=_stopped(plan.shelf, done) if day == now.date() else "",
        times=first.activity.times - first.times if first and first.times and day == now.date() else 0,
        also=tuple(plan.shelf.routine_name(each) for each in also if each != routine),
    )


def _stopped(shelf: Library, done: Session) -> str:
    """Return the name of a session that was a part and did not hurt; empty for any other."""
    if is_whole(done) or done.by_hand or was_hurt(done):
        return ""
    return shelf.routine_name(done.asked.name if done.asked else done.routine)


def _again(notice: Notice, now: datetime, done: Session) -> Coming | None:
    """Return when to do a routine again; None for what is no routine, or has nothing left to do."""
    shelf, when = prepare.library(), on_day(now.date(), usual())
    routine = done.asked.name if done.asked else done.routine
    load = load_of(shelf, routine)
    day = week.again(load, lately(when, notice), when) if load else None
    if day is None:
        return None
    look = looks_of(shelf, [routine], _then(day, now), None)[routine]
    if not look.minutes:
        return None
    return Coming(day=day, routine=routine, name=look.name, minutes=look.minutes, again=True)


def sore_days(plan: Following, notice: Notice, day: date) -> Message | None:
    """Return what a flare changes in the plan on ``day``, and until when; None when there is none."""
    when = on_day(day, region_on(plan, notice, day))
    calm = plan.shelf.routine_name(plan.calm)
    return words.sore_days(condition(sessions_for(plan, when, notice), when), calm, day)


def reminders(plan: Following, now: datetime, voicecoach: str) -> Reminders:
    """Return the reminders for a calendar; they say how to start the program ``voicecoach``."""
    days: dict[Weekday, list[Item]] = {}
    slots: dict[WeeklyTime, list[Item]] = {}
    looks = looks_of(plan.shelf, [each.activity.routine for each in plan.week], now, plan)
    for each in plan.week:
        routine, times = each.activity.routine, each.activity.clocks(plan.own.at)
        played = f"{voicecoach} play {shlex.quote(routine)}"
        item = Item(looks[routine].name, played, looks[routine].minutes)
        for day, at in itertools.product(each.on, times):
            is_usual = at == plan.own.at
            here = days.setdefault(day, []) if is_usual else slots.setdefault(WeeklyTime(day, at), [])
            here.append(item)
    return Reminders(
        plan=plan.own.id,
        title=plan.programme.name,
        at=plan.own.at,
        days=days,
        cancelled=tuple(day for day in plan.own.reminded if day not in days),
        slots=slots,
        cancelled_slots=tuple(each for each in plan.own.reminded_at if each not in slots),
    )


def onward(plan: Following, notice: Notice, now: datetime) -> Message | None:
    """Say that the next phase may begin, and why, or how far it is to it; None when nothing is to be said."""
    if is_weak(plan.region):
        return None
    when = on_day(now.date(), plan.region)
    return _onward(plan, person_now(_unheard, now), sessions_for(plan, when, notice), when)


def _onward(plan: Following, person: Profile, sessions: Sequence[Session], when: Today) -> Message | None:
    coming, gate, stays = plan.following_phase, plan.phase.gate, plan.own.stay_until
    if coming is None or gate is None or (stays and when.day < stays) or gate.routine in plan.unsuited:
        return None
    routine = None
    if gate.routine:
        with contextlib.suppress(NothingSuits, *UNREADABLE):
            routine = prepare.tailored(plan.shelf, gate.routine, person).routine
    way = gates.way(gates.Opening(gate, plan.own.since, plan.week, routine), sessions, when)
    if way is None:
        return None
    return words.proposal(plan.phase, coming, way.why) if way.is_open else words.way(coming, way.so_far)


def _by_hand(name: str, look: Look, say: Phrases) -> str:
    minutes = math.ceil(look.timed / 60)
    return say("agenda.by_hand", command=f"voicecoach log {shlex.quote(name)} --minutes {minutes}")


class Look(NamedTuple):
    """A routine as it will be played."""

    name: str
    """Its id when it cannot be done; playing it says why."""
    minutes: int = 0
    """0 when it cannot be done."""
    timed: float = 0.0
    """The seconds of its only exercise, when that is timed; else 0."""
    eased: bool = False
    """Whether an exercise of it is easier, less or left out for now."""

    @property
    def described(self) -> str:
        """Its name with its length, such as "Core three (21 min)"."""
        return f"{self.name} ({self.minutes} min)" if self.minutes else self.name


def _then(day: date, now: datetime) -> datetime:
    """Return the moment on a later day, as a dose may rise in the night."""
    return now + (day - now.date())


def looks_of(
    shelf: Library,
    names: Iterable[str],
    when: datetime,
    plan: Following | None,
    history: Callable[[], History] | None = None,
) -> dict[str, Look]:
    """Return how each of these routines will be played at that moment, if nothing happens until then.

    The look of one that cannot be played has no minutes. ``plan`` is what the person follows, and ``history``
    what the rules look at, to read it once for several moments.
    """
    person, day = person_now(_unheard, when), when.date()
    asked = functools.partial(prescribed, plan)
    decide = prepare.deciding(person, _unheard, day, history=history, prescribed=asked)
    chosen = file.load()
    settings = prepare.settings_for(person.coaching, _unheard, when, prepare.coached(chosen))

    def look(name: str) -> Look:
        try:
            found = prepare.as_played(shelf, person, name, decide)
        except (NothingSuits, *UNREADABLE):
            return Look(shelf.routine_name(name) if place.is_path(name) else name)
        only = found.routine.exercises[0] if len(found.routine.exercises) == 1 else None
        timed = (only.duration or 0.0) * len(only.reps) if only else 0.0
        minutes = prepare.minutes(found, settings, chosen.rate)
        eased = any(direction(each.change) in _EASED for each in found.decisions)
        return Look(found.routine.name, minutes, timed, eased)

    return {name: look(name) for name in names}


def _unheard(_: str) -> None:
    """No-op callback: the person need not see notices about an estimate."""
