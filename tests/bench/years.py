"""How soon a journal of ten years answers."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from fakes.journal import session_on, sets_of
from figures import Figure
from running import VOICECOACH, Program, run

from voicecoach.clock import SystemClock
from voicecoach.journal import store
from voicecoach.journal.records import Decision, DoseChange, Event, Happening, Session
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

DAYS = 3650
AIM = 0.5
"""Seconds."""
TIMES = 3
"""As often as what takes longer is everything here measured."""
KEYS = ("cat_camel", "mcgill_curl_up", "side_plank_knees", "bird_dog", "glute_bridge", "plank_front")
SILENT = ("--voice", "silent", "--yes", "--plain")
LINE_BY_LINE = ("play", "core", "--output", "silent", *SILENT)
LOOK_EVERY = 0.002
"""Seconds between two looks at what a session has shown."""


def years(runs: int) -> Iterator[Figure]:
    """Commands on ten years of daily sessions, from start to end."""
    fill(store.file(), SystemClock().today(), DAYS)
    run(*VOICECOACH, "plan", "new", "--phase", "build")
    page = str(store.file().with_name("report.html"))
    size = store.file().stat().st_size / 1e6
    for what, arguments, aim in (
        (f"history, of {size:.0f} MB", ("history",), AIM),
        ("history of one session", ("history", "last"), AIM),
        ("stats", ("stats",), AIM),
        ("stats of two years", ("stats", "--weeks", "104"), None),
        ("report", ("report", "-o", page), AIM),
        ("report of two years", ("report", "--weeks", "104", "-o", page), None),
        ("today", ("today",), AIM),
        ("plan explain", ("plan", "explain"), AIM),
        ("log", ("log", "core", "--effort", "5"), AIM),
        ("undo-log", ("undo-log",), AIM),
        ("history of all sessions", ("history", "--limit", "0"), None),
        ("history --csv, all sets", ("history", "--csv"), None),
        ("history --json, everything", ("history", "--json"), None),
    ):
        command = (*VOICECOACH, *arguments)
        run(*command)
        yield Figure(what, [run(*command) for _ in range(TIMES * runs)], "s", aim, digits=3)
    _first_line()
    yield Figure("play, to its first line", [_first_line() for _ in range(TIMES * runs)], "s", AIM, digits=3)


def _first_line() -> float:
    """Seconds until a session has shown its first line, which is before anything is heard."""
    with Program((*VOICECOACH, *LINE_BY_LINE), os.environ) as program:
        while "\n" not in program.printed:
            assert program.running, program.printed
            time.sleep(LOOK_EVERY)
        return time.monotonic() - program.began


def fill(path: Path, end: date, days: int) -> None:
    """Write a journal with a session on each of the ``days`` before ``end``: sets, plan and keys pressed."""
    library = Library.default()
    exercises = [library.exercise(key) for key in KEYS]
    sets = [
        replace(done, block=block) for block, exercise in enumerate(exercises) for done in sets_of(exercise)
    ]
    plan = [
        Decision(
            written=each.key,
            exercise=each.key,
            dose=dose_of(each),
            level=dose_of(each),
            change=DoseChange.HOLD,
            reason=Message("reason.held", why=Message("reason.once_more"), dose="3 x 8"),
            based_on=tuple(
                Message(
                    "based_on.session", day=f"2026-03-0{day}", dose="3 x 8", said=(Message("based_on.green"),)
                )
                for day in (2, 1)
            ),
        )
        for each in exercises
    ]
    planned = sum(len(each.reps) for each in exercises)
    with store.Journal.open(path, print) as filled:
        filled._connection.execute("PRAGMA synchronous = OFF")  # only to be written sooner
        for ago in range(days, 0, -1):
            done = session_on(end - timedelta(ago), sets, decisions=plan, pain=1)
            new = filled.begin(replace(done, sets_planned=planned))
            _press(filled, new)


def _press(filled: store.Journal, session: Session) -> None:
    for minute, command in enumerate(("pause", "resume", "next")):
        at = session.started + timedelta(minutes=minute)
        filled.add_event(session.id, Event(at=at, what=Happening.OBEYED, command=command))
