"""Puts the person's plan together from the programme, their own changes and the journal."""

from __future__ import annotations

import contextlib
import functools
import os
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.app import prepare
from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.person import person_always
from voicecoach.app.region import of_routines
from voicecoach.app.region import own as own_region
from voicecoach.errors import FileError, UsageError, VoicecoachError
from voicecoach.journal.records import Session, Weakness
from voicecoach.journal.store import Journal
from voicecoach.routine import place
from voicecoach.routine.files import programme as programmefields
from voicecoach.routine.files.library import UNREADABLE, Library
from voicecoach.routine.instructions import NO_INSTRUCTIONS, Instructions
from voicecoach.routine.programme import ALONE, Activity, OwnPlan, PhaseName, Programme, ProgrammePhase
from voicecoach.routine.region import Region, of_region
from voicecoach.safefiles import is_file
from voicecoach.settings import file, schedule_file
from voicecoach.training import closing, limits, week, week_goal, week_plan
from voicecoach.training.exercise_log import is_paced
from voicecoach.training.questions import Back
from voicecoach.training.readiness import Today
from voicecoach.training.stats import monday_of, was_hurt
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
    def alone(self) -> bool:
        """Whether it is of routines alone, and follows no programme."""
        return not self.own.programme

    @property
    def following_phase(self) -> ProgrammePhase | None:
        """The phase after this one; None in the last."""
        return self.programme.after(self.own.phase)

    @functools.cached_property
    def region(self) -> Region:
        """The region of its programme, or of all its routines where it has none; else the person's."""
        routines = (each.routine for each in self.phase.activities)
        said = of_routines(self.shelf, routines) if self.alone else self.programme.region
        return said or own_region() or Region.BACK

    def region_of(self, routine: str) -> Region:
        """Return the region that a routine of the plan is for; that of the plan where it does not say."""
        return (of_routines(self.shelf, (routine,)) if self.alone else None) or self.region

    @functools.cached_property
    def is_mixed(self) -> bool:
        """Whether its routines are for several regions."""
        return len({self.region_of(each.routine) for each in self.phase.activities}) > 1

    @functools.cached_property
    def week(self) -> week_plan.Plan:
        """The days of the week of each routine of the phase that has something for the person."""
        kept = (each for each in self.phase.activities if each.routine not in self.unsuited)
        return planned(self.shelf, replace(self.phase, activities=tuple(kept)), prescribed=self.alone)

    @functools.cached_property
    def unsuited(self) -> tuple[str, ...]:
        """The routines of the phase of which nothing suits the person: not due, and not counted."""
        person = person_always()
        names = (each.routine for each in self.phase.activities)
        return tuple(name for name in names if prepare.is_empty(self.shelf, name, person))

    @functools.cached_property
    def calm(self) -> str:
        """The routine for a sore day: the programme's, or another calm one when nothing of that suits.

        Empty when the programme has none.
        """
        if not self.programme.sore:
            return ""
        person, phases = person_always(), self.programme.phases
        others = (each for phase in phases if phase.name is PhaseName.CALM for each in phase.activities)
        names = (self.programme.sore, *(each.routine for each in others))
        suited = (name for name in names if not prepare.is_empty(self.shelf, name, person))
        return next(suited, self.programme.sore)


def planned(shelf: Library, phase: ProgrammePhase, *, prescribed: bool = False) -> week_plan.Plan:
    """Return the days of the week for each routine of a phase, with their titles."""
    loads = {name: load_of(shelf, name) for each in phase.activities for name in each.routines}
    titles = {each.routine: shelf.routine_name(each.routine) for each in phase.activities}
    known = {name: load for name, load in loads.items() if load}
    return week_plan.planned(phase.activities, known, titles, prescribed=prescribed)


def load_of(shelf: Library, name: str) -> week_plan.Load | None:
    """Return the load of a routine; None when it cannot be read."""
    with contextlib.suppress(*UNREADABLE):
        return week_plan.load_of(shelf.load(name))
    return None


def training_days(plan: Following, sessions: Iterable[Session], day: date) -> frozenset[date]:
    """Return the days with training until ``day``, as the doses of the phase count them.

    That is a training routine of the phase, or one whose doses grow with the others; in a phase without
    training, any exercise.
    """
    trainings = (each.activity for each in plan.week if each.load is week_plan.Load.TRAINING)
    named = {name for each in trainings for name in each.idents}
    growing = plan.shelf.growing()

    @functools.cache
    def trains(name: str) -> bool:
        return name in named or (name in growing and load_of(plan.shelf, name) is week_plan.Load.TRAINING)

    return week_goal.exercise_days((each for each in sessions if not named or trains(each.routine)), day)


def following(*, moved: bool = False) -> Following:
    """Return the person's plan; unless a file of it may be ``moved``, all of them are there.

    Raises UsageError when they have none, or it no longer fits its programme, UnknownName, RoutineError and
    FileError.
    """
    shelf = prepare.library()
    own = schedule_file.load(shelf.routines())
    if own is None:
        raise UsageError("You have no plan yet. 'voicecoach plan new' makes one, with a question or two.")
    programme = programme_of(shelf, own)
    phase = own.now(programme)
    if phase is None:
        has = ", ".join(each.name for each in programme.phases)
        raise UsageError(
            f"The programme '{programme.name}' has no phase '{own.phase}' any more. Choose one with"
            f" 'voicecoach plan phase NAME': {has}."
        )
    files = {name: Path(name) for each in phase.activities for name in each.routines if place.is_path(name)}
    if gone := next((name for name, path in files.items() if not moved and not is_file(path)), ""):
        raise FileError(
            f"A routine of your plan is not there any more: {gone}. Put it back, or say where it is now:"
            f" voicecoach plan swap {shlex.quote(place.ident(gone))} FILE"
        )
    return Following(shelf, programme, own, phase)


def programme_of(shelf: Library, own: OwnPlan) -> Programme:
    """Return the programme of a plan, or what stands for it in one of routines alone.

    Raises UnknownName, RoutineError and FileError.
    """
    if own.programme:
        return shelf.programme(own.programme)
    return own.alone(file.own_phrases().part("agenda.your_plan"), schedule_file.file())


def followed(notice: Notice | None = None) -> Following | None:
    """Return the person's plan, or None when none can be followed: :func:`following` says why.

    ``notice`` is told of one that cannot be read.
    """
    try:
        return following()
    except VoicecoachError as error:
        if notice and isinstance(error, FileError):
            notice(str(error))
        return None


def prescribed(plan: Following | None, routine: str) -> Instructions:
    """Return what the clinician asks for who wrote the programme of ``plan``, if it has that routine."""
    if plan is None or routine not in plan.programme.routines:
        return NO_INSTRUCTIONS
    return plan.programme.instructions


def routines_now() -> tuple[str, ...]:
    """Return the ids of the routines in the present phase; none without a plan that can be read."""
    plan = followed()
    return tuple(each.routine for each in plan.phase.activities) if plan else ()


def files_called() -> dict[str, list[str]]:
    """Return the names of each file in the present phase; none without a plan that can be read."""
    plan = followed()
    files = (each.routine for each in plan.phase.activities if place.is_path(each.routine)) if plan else ()
    return {each: [place.ident(each), plan.shelf.routine_name(each)] for each in files} if plan else {}


_BEGINS: Final = {
    Back.SORE: PhaseName.CALM,
    Back.BETTER: PhaseName.RESTORE,
    Back.LASTING: PhaseName.RESTORE,
    Back.STRONGER: PhaseName.BUILD,
    Back.GOOD: PhaseName.MAINTAIN,
}
"""The phase for each back (catalogue, section 11, rule 11); long pain is past the first weeks."""


def beginnings(programme: Programme) -> dict[Back, PhaseName]:
    """Return the phases of ``programme`` in which backs begin: who is unsure begins in the first."""
    has = [each.name for each in programme.phases]
    known = {back: phase for back, phase in _BEGINS.items() if phase in has}
    return {**known, Back.UNSURE: has[0]}


def begin(programme: Programme, phase: PhaseName, notice: Notice, day: date) -> OwnPlan:
    """Begin a plan, keeping the changes of the last plan for the same programme. Raises FileError."""
    routines = prepare.library().routines()
    last = _last(routines, day)
    same = last.programme == programme.id
    kept = last.carrying(programme, phase) if same else replace(last, programme=programme.id, own={}, sore="")
    made = replace(kept, phase=phase, since=day, stay_until=None)
    schedule_file.save(made, notice, routines)
    return made


def begin_alone(activities: Sequence[Activity], sore: str, notice: Notice, day: date) -> OwnPlan:
    """Begin a plan of routines alone; a calendar knows it by the id of the last plan. Raises FileError."""
    routines = prepare.library().routines()
    own = {ALONE: tuple(activities)}
    made = replace(
        _last(routines, day), programme="", phase=ALONE, since=day, stay_until=None, own=own, sore=sore
    )
    schedule_file.save(made, notice, routines)
    return made


def _last(routines: Sequence[str], day: date) -> OwnPlan:
    """Return the plan so far; a new one, which is empty, where there is none that can be understood."""
    with contextlib.suppress(FileError):
        if last := schedule_file.load(routines):
            return last
    return OwnPlan(id=f"v{os.urandom(6).hex()}", programme="", phase=ALONE, since=day)


def on_day(day: date, region: Region) -> Today:
    """Return a day to plan for a region, as long as nothing was answered on it."""
    paced = is_paced(ask_journal(Journal.agreements, (), _unheard))
    return Today(day=day, paced=paced, region=region)


def week_so_far(plan: Following | None, day: date, notice: Notice) -> week_goal.WeekGoal:
    """Return how the week of ``day`` goes by the journal; its goal is 0 without a ``plan``."""
    monday = day - timedelta(day.weekday())
    nothing: tuple[Session, ...] = ()
    sessions = ask_journal(lambda journal: journal.sessions(monday), nothing, notice)
    return _goal(plan, week_goal.done(plan.week if plan else (), sessions, day), day)


def _goal(plan: Following | None, so_far: week_goal.DoneDays, day: date) -> week_goal.WeekGoal:
    """Return how the week goes; without a plan it has no goal, and all its days with exercise count."""
    if plan is not None:
        return week_goal.week_goal(plan.week, plan.own.since, so_far, day)
    return week_goal.WeekGoal(sum(monday_of(day) <= each <= day for each in so_far.whole | so_far.part), 0)


class WeekAfter(NamedTuple):
    """How the week goes after a session."""

    week: closing.Told
    rest: bool
    """Whether the person may rest tomorrow."""


def week_after(plan: Following | None, session: Session, past: Sequence[Session]) -> WeekAfter:
    """Return how the week goes after ``session``; ``past`` are the sessions of the last weeks before it."""
    day, days = session.day, plan.week if plan else ()
    before = week_goal.done(days, past, day)
    now = week_goal.done(days, (*past, session), day)
    goal = _goal(plan, now, day)
    at = next((at for at, each in enumerate(days) if session.routine in each.activity.idents), None)
    own = None if at is None else now.activities[at]
    times = own.times.get(day, 0) if own and day not in own.whole else 0
    told = closing.Told(
        goal,
        counted=day in (before.whole if plan else before.whole | before.part),
        part=plan is not None and day not in now.whole and not times,
        hurt=was_hurt(session),
        routine=None if at is None else goal.routines[at],
        times=(times, 0 if at is None else days[at].activity.times),
    )
    return WeekAfter(told, rest=goal.reached and week.rests_tomorrow(day))


def whole_week(plan: Following | None, day: date) -> int:
    """Return the days with exercise that a whole week aims at.

    0 without a ``plan``, and while the days are done and a routine lacks some of its own in the week of
    ``day``.
    """
    if plan is None or week_so_far(plan, day, _unheard).lacking:
        return 0
    return week_plan.goal_days(plan.week)


def is_weak(region: Region) -> bool:
    """Tell whether new weakness has to be looked at before training for a region goes on."""
    nothing: tuple[Weakness, ...] = ()
    said = ask_journal(Journal.weakness, nothing, _unheard)
    return going_on(of_region(said, region)) is not None


def sessions_for(plan: Following, when: Today, notice: Notice) -> tuple[Session, ...]:
    """Return the sessions that matter for the week, for flares and for the gate."""
    gate = max(plan.own.since, when.day - _LONGEST) if plan.phase.gate else when.day
    return lately(when, notice, since=gate)


def lately(when: Today, notice: Notice, since: date = date.max) -> tuple[Session, ...]:
    """Return the sessions of the last weeks, and from ``since`` if that is earlier, earliest first."""
    since = min(since, when.day - max(_RECENT, limits.FLARE_MEMORY))
    nothing: tuple[Session, ...] = ()
    found = ask_journal(lambda journal: journal.sessions(since), nothing, notice)
    return tuple(each for each in found if each.day <= when.day)


def _unheard(_: str) -> None:
    """No-op callback: the person need not see notices about an estimate."""
