"""Months of training that never happened, for reports and statistics: the same seed, the same history."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from fakes.journal import MONDAY
from simulated import Person

from voicecoach.journal.records import Session
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Routine
from voicecoach.training.dosed_routine import prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Stage, Today

LIBRARY = Library.default()
KEYS = (
    "cat_camel",
    "mcgill_curl_up",
    "side_plank_knees",
    "bird_dog",
    "glute_bridge",
    "plank_front",
    "hamstring_strap",
    "sit_to_stand",
    "brisk_walk",
)
COMMENTS = (
    "Slept badly, back stiff in the morning. Better after cat and camel.",
    "Drove four hours the day before.",
    "First time without thinking of the back at all.",
    "The left side feels weaker than the right one.",
    "Garden at the weekend, was careful when lifting.",
    "Strap is too short, took a towel.",
)


@cache
def find_variation(key: str):
    """An exercise of the library, or None."""
    return LIBRARY.exercise(key) if key in LIBRARY.exercises() else None


def routine() -> Routine:
    """Nine exercises of all kinds."""
    steps = tuple(Do(exercise=LIBRARY.exercise(key)) for key in KEYS)
    return Routine(id="core", name="Core", steps=steps, path=LIBRARY.locate("core"))


def months(weeks: int = 12, seed: int = 3, habit: str = "flaring", last: date | None = None) -> list[Session]:
    """What somebody did in so many weeks until the day ``last``, by the rules of the plan."""
    chance = random.Random(seed)
    person, made_of = Person(habit, seed), routine()
    days = 7 * weeks
    shift = (last or MONDAY + timedelta(days - 1)) - (MONDAY + timedelta(days - 1))
    sessions: list[Session] = []
    for day in range(days):
        if not person.trains(day):
            continue
        today = Today(day=MONDAY + timedelta(day), before=person.before())
        made = prescription_for(
            made_of, History(sessions=tuple(sessions[-40:])), today, find_variation=find_variation
        )
        if made.condition.flare is not Stage.CALM:
            sessions.append(person.does(day, made, today.before, find_variation))
    return [_lived(session, shift, chance) for session in sessions]


def _lived(session: Session, shift: timedelta, chance: random.Random) -> Session:
    """What a simulation leaves out: when in the day, how long, and what was said of the whole."""
    started = datetime.combine(session.day + shift, time(7, chance.randrange(60)), UTC)
    seconds = sum(each.seconds for each in session.sets) * 1.4
    stopped = chance.random() < 0.08
    return replace(
        session,
        day=session.day + shift,
        started=started,
        ended=started + timedelta(seconds=seconds),
        seconds=seconds,
        finished=not stopped,
        comment=chance.choice(COMMENTS) if chance.random() < 0.2 else "",
        sets=tuple(replace(each, at=started) for each in session.sets),
    )
