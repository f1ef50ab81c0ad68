"""How soon a journal of ten years answers."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fakes.journal import session_on, sets_of
from figures import Figure
from running import VOICECOACH, run

from voicecoach.journal import store
from voicecoach.journal.doses import dose_of
from voicecoach.journal.records import Change, Decision, Event, Felt, Happening, Session
from voicecoach.routine.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = 3650
AIM = 0.5
"""Seconds."""
KEYS = ("cat_camel", "mcgill_curl_up", "side_plank_knees", "bird_dog", "glute_bridge", "plank_front")


def journal(runs: int) -> Iterator[Figure]:
    """Commands on ten years of daily sessions, from start to end."""
    fill(store.file(), DAYS)
    size = store.file().stat().st_size / 1e6
    for what, arguments, aim in (
        ("history", (), AIM),
        ("history of one session", ("last",), AIM),
        ("history of all sessions", ("--limit", "0"), None),
        ("history --csv, all sets", ("--csv",), None),
        ("history --json, everything", ("--json",), None),
    ):
        command = (*VOICECOACH, "history", *arguments)
        run(*command)
        yield Figure(f"{what}, {size:.0f} MB", [run(*command) for _ in range(3 * runs)], "s", aim, digits=3)


def fill(path: Path, days: int) -> None:
    """Write a journal with a session a day, each with its sets, plan and some keys pressed."""
    library = Library.default()
    exercises = [library.exercise(key) for key in KEYS]
    felt = Felt(worst_pain=2, effort=5, form_ok=True)
    sets = [
        replace(done, block=block)
        for block, exercise in enumerate(exercises)
        for done in sets_of(exercise, felt=felt)
    ]
    plan = [
        Decision(
            written=each.key,
            exercise=each.key,
            dose=dose_of(each),
            level=dose_of(each),
            change=Change.HOLD,
            reason="Two green sessions are needed before more is asked for.",
            based_on=("2026-03-02: 3 x 8, green, effort 5", "2026-03-01: 3 x 8, green, effort 5"),
        )
        for each in exercises
    ]
    planned = sum(len(each.reps) for each in exercises)
    with store.Journal.open(path, sys.stderr.write) as filled:
        filled._connection.execute("PRAGMA synchronous = OFF")  # only to be written sooner
        for day in range(-days, 0):
            new = filled.begin(replace(session_on(day, sets, decisions=plan, pain=1), sets_planned=planned))
            _press(filled, new)


def _press(filled: store.Journal, session: Session) -> None:
    for minute, command in enumerate(("pause", "resume", "next")):
        at = session.started + timedelta(minutes=minute)
        filled.add_event(session.id, Event(at=at, what=Happening.OBEYED, command=command))
