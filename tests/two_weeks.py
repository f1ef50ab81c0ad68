"""Two weeks with a routine for a knee, as a physiotherapist finds them at the next visit.

Pain of 3, 5 and 7, an exercise that was stopped twice on one side, form that was lost, and a day on which
nobody said anything; the doses follow the rules of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fakes.journal import MONDAY, done_by, session_on

from voicecoach.journal.records import Before, Session
from voicecoach.pages.report import Report, page
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Exercise, Routine
from voicecoach.session.listener import Ending
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Today
from voicecoach.training.stats import weeks_until
from voicecoach.training.to_decide import NextTime

LIBRARY = Library.default()
KEYS = ("sit_to_stand", "glute_bridge", "side_plank_knees", "bird_dog", "hamstring_strap")
LAST = MONDAY + timedelta(13)


@dataclass(frozen=True)
class Day:
    """One session: what was said, and the exercise that was stopped because it hurt, with its side."""

    day: int
    worst: int | None = 3
    before: int | None = 2
    effort: int | None = 5
    form: bool | None = None
    stopped: tuple[str, str] | None = None
    named: str | None = None
    comment: str = ""
    flare: bool | None = None


DAYS = (
    Day(0),
    Day(1),
    Day(2),
    Day(4, worst=5, stopped=("bird_dog", "right"), comment="Felt it under the kneecap"),
    Day(5),
    Day(7, worst=7, before=3, form=False, stopped=("bird_dog", "right"), comment="knee swollen"),
    Day(8, worst=None, effort=None),
    Day(9),
    Day(10, form=False, comment="wobbly"),
    Day(11, worst=7, comment="Stairs all day"),
    Day(12),
)


def find_variation(key: str) -> Exercise | None:
    """An exercise of the library, or None."""
    return LIBRARY.exercise(key) if key in LIBRARY.exercises() else None


def routine(keys: Sequence[str] = KEYS) -> Routine:
    """Exercises for a knee that the library has."""
    steps = tuple(Do(exercise=LIBRARY.exercise(key)) for key in keys)
    return Routine(id="knee", name="Runner's knee", grow=True, steps=steps, path=LIBRARY.locate("core"))


def lived(days: Sequence[Day] = DAYS, made_of: Routine | None = None) -> tuple[Session, ...]:
    """The sessions of these days, each by the plan that follows from those before it."""
    made_of, sessions = made_of or routine(), []
    for day in days:
        history = History(sessions=tuple(sessions))
        today = Today(day=MONDAY + timedelta(day.day), before=Before(pain=day.before, flare=day.flare))
        made = prescription_for(made_of, history, today, find_variation=find_variation)
        sets = []
        for each in made.decisions:
            if each.dose is None:
                continue
            done = list(done_by(find_variation(each.exercise), each))
            if day.stopped and each.written == day.stopped[0]:
                first = next(one for one in done if one.side in {"", day.stopped[1]})
                done = [replace(first, reps=1, ending=Ending.HURT)]
            sets.append(done)
        session = session_on(
            day.day,
            *sets,
            decisions=made.decisions,
            pain=day.before,
            worst=day.worst,
            effort=day.effort,
            form=day.form,
            flare=day.flare,
        )
        planned = sum(len(each.dose.reps) for each in made.decisions if each.dose)
        session = replace(session, id=day.day + 1, routine=made_of.id, sets_planned=planned)
        sessions.append(replace(session, named=day.named, comment=day.comment))
    return tuple(sessions)


def next_time(sessions: Sequence[Session], today: date = LAST, made_of: Routine | None = None) -> NextTime:
    """The routine, and what the rules decide for it after these sessions."""
    made_of = made_of or routine()
    history = History(sessions=tuple(sessions))
    made = prescription_for(made_of, history, Today(day=today), find_variation=find_variation)
    return NextTime(made_of, made.decisions)


def report(since: date | None = None, name: str = "") -> str:
    """The page that a physiotherapist finds at the next visit."""
    sessions = lived()
    weeks = weeks_until(LAST, 1 if since else 2, sessions, 3, start=since, earlier=bool(since))
    return page(
        Report(
            weeks=weeks,
            today=LAST,
            name=name,
            find_variation=find_variation,
            history=History(sessions=sessions),
            plans=(next_time(sessions),),
            since=since,
        )
    )
