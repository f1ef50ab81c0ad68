"""Puts the person's plan together from the programme, their own changes and the journal."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from voicecoach.app import prepare
from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.person import person_now
from voicecoach.errors import FileError, NothingSuits, RoutineError, UnknownName, UsageError, VoicecoachError
from voicecoach.journal.records import Session
from voicecoach.language.phrases import Message
from voicecoach.routine.files import programme as programmefields
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Profile
from voicecoach.routine.programme import OwnPlan, PhaseName, Programme, ProgrammePhase, Weekday
from voicecoach.settings import file, schedule_file
from voicecoach.training import gates, limits, stats, week, words
from voicecoach.training.calendar import Item, Reminders
from voicecoach.training.debrief import Coming
from voicecoach.training.readiness import Today

DEFAULT: Final = "back"
"""The default programme."""
_RECENT: Final = timedelta(weeks=3)
"""How far back sessions are read for the week."""
_LONGEST: Final = timedelta(weeks=programmefields.MAX_WEEKS + 1)
"""How far back sessions are read for a gate: more than any gate needs."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
class Agenda:
    """The routines due on a day."""

    due: week.Due
    tell: Callable[[], tuple[str, ...]]
    """Puts them into words, which takes time because it computes the length of each routine."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The routines in words, and whether the next phase may begin."""
        return self.tell()

    @property
    def routine(self) -> str:
        """The most important routine that is due; empty when none is."""
        return next(iter(self.due.routines), "")


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
    when = Today(day=now.date())
    sessions = _sessions(plan, when, notice)
    due = week.due(plan.phase, plan.own.since, plan.programme.sore, sessions, when)

    def told() -> tuple[str, ...]:
        mentioned = [due.sore] if due.sore else [each.activity.routine for each in (*due.now, *due.next)]
        say, person = file.own_phrases(), person_now(_unheard, now)
        lines = words.agenda(due, {name: _described(plan, person, name, now) for name in mentioned}, say)
        opened = None if due.sore else _opened(plan, person, sessions, when)
        return (*lines, say.tell(opened)) if opened else tuple(lines)

    return Agenda(due, told)


def week_with(day: date, notice: Notice) -> tuple[int, int]:
    """Return the days of exercise this week, counting ``day``, and the goal, 0 without a plan."""
    monday = day - timedelta(day.weekday())
    nothing: tuple[Session, ...] = ()
    sessions = ask_journal(lambda journal: journal.overview(monday), nothing, notice)
    days = {session.day for session in sessions if stats.trained(session)} | {day}
    try:
        goal = week.goal_days(following().phase)
    except VoicecoachError:
        goal = 0
    return len(days), goal


def coming(notice: Notice, now: datetime) -> Coming | None:
    """Return what the plan has next, today or on a later day; None without a plan, and in a flare."""
    try:
        plan = following()
    except VoicecoachError:
        return None
    due = agenda(plan, notice, now).due
    first = None if due.sore else next(iter((*due.now, *due.next)), None)
    if first is None:
        return None
    name, minutes = _look(plan, person_now(_unheard, now), first.activity.routine, now)
    return Coming(day=first.next, routine=first.activity.routine, name=name, minutes=minutes)


def reminders(plan: Following, now: datetime) -> Reminders:
    """Return the reminders for a calendar."""
    days: dict[Weekday, list[Item]] = {}
    person = person_now(_unheard, now)
    for activity, on in zip(plan.phase.activities, week.spread(plan.phase.activities), strict=True):
        name, minutes = _look(plan, person, activity.routine, now)
        for day in on:
            days.setdefault(day, []).append(Item(name, f"voicecoach play {activity.routine}", minutes))
    return Reminders(
        plan=plan.own.id,
        title=plan.programme.name,
        at=plan.own.at,
        days=days,
        cancelled=tuple(day for day in plan.own.reminded if day not in days),
    )


def _opened(plan: Following, person: Profile, sessions: Sequence[Session], when: Today) -> Message | None:
    """Say that the next phase may begin, and why; None when it may not or the person chose to stay."""
    coming, gate, stays = plan.following_phase, plan.phase.gate, plan.own.stay_until
    if coming is None or gate is None or (stays and when.day < stays):
        return None
    routine = None
    if gate.routine:
        with contextlib.suppress(NothingSuits, UnknownName, RoutineError):
            routine = prepare.tailored(plan.shelf, gate.routine, person).routine
    why = gates.reason(gates.Opening(gate, plan.own.since, routine), sessions, when)
    return words.proposal(plan.phase, coming, why) if why else None


def _sessions(plan: Following, when: Today, notice: Notice) -> tuple[Session, ...]:
    """Return the sessions that matter for the week, for flares and for the gate."""
    since = when.day - max(_RECENT, limits.FLARE_MEMORY)
    if plan.phase.gate:
        since = min(since, max(plan.own.since, when.day - _LONGEST))
    return ask_journal(lambda journal: journal.sessions(since), (), notice)


def _described(plan: Following, person: Profile, name: str, now: datetime) -> str:
    title, minutes = _look(plan, person, name, now)
    return f"{title} ({minutes} min)" if minutes else title


def _look(plan: Following, person: Profile, name: str, now: datetime) -> tuple[str, int]:
    """Return a routine's name and minutes, or its id and 0 when it cannot be done; playing it says why."""
    try:
        found = prepare.tailored(plan.shelf, name, person)
    except (NothingSuits, UnknownName, RoutineError):
        return name, 0
    settings = prepare.settings_for(person.coaching, _unheard, now)
    return found.routine.name, prepare.minutes(found.routine, settings, found.swaps)


def _unheard(_: str) -> None:
    """No-op callback: the person need not see notices about an estimate."""
