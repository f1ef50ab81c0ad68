"""``voicecoach resume`` after a session was killed; transcripts show the rest of it."""

import os
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

import pytest
from crashing import Crasher

from voicecoach.journal.store import Journal

QUICKLY = ("--output", "instant", "--journal", "--voice", "silent", "--plain", "--yes")
MINE = """\
name: Mine
steps:
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: [2, 2, 2]
  - exercise: Leg lift
    rep: lift 1s, lower 1s
    reps: [2, 2]
    sides: each
"""
ALL_SORTS = """\
name: All sorts
steps:
  - say: Let us begin.
  - exercise: Pyramid
    rep: lift 1s, hold 2s, lower 1s
    reps: [3, 2, 1]
    rest: 5s
  - repeat: 2
    steps:
      - exercise: Leg lift
        rep: lift 1s, lower 1s
        reps: [2, 2]
        sides: each
      - rest: 10s
      - exercise: Step
        rep: up 1s, down 1s
        reps: 4
        sides: alternate
  - wait: strap
  - exercise: Side plank
    rep: hold 4s
    reps: [3, 1]
    sides: swap
  - exercise: March
    reps: [3, 2]
    pace: self
  - bird_dog
"""
PLAYED = {
    "quick": ("quick",),
    "core": ("core",),
    "mine": (MINE,),
    "all sorts": (ALL_SORTS,),
    "slower": (MINE, "--speed", "80"),
    "a part": (ALL_SORTS, "--from", "3", "--sets", "1"),
    "as written": ("quick", "--as-written"),
    "short": ("daily-stretch", "--minutes", "8"),
}
"""What is killed: a routine, or the text of one, and the options to play it with."""
KILLS = 200


def keys(session):
    return [[each.block, each.set_number, each.side] for each in session.sets]


def without_times(sets):
    return [replace(each, at=None) for each in sets]


def as_kept(home):
    """The session in the journal of a home: None when there is none, and all there is that is no session."""
    told = []
    path = home / "data" / "journal.db"
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with Journal.open(path, told.append) as journal:
        sessions = journal.sessions()
    assert told == []
    assert len(sessions) <= 1
    return next(iter(sessions), None)


@dataclass
class Killing:
    """Sessions of one sort, which are killed and go on in homes of their own."""

    crasher: Crasher
    folder: Path
    what: tuple[str, ...]
    homes: int = 0
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self):
        self.folder.mkdir()
        name, *options = self.what
        if name.startswith("name:"):
            path = self.folder / "routine.yaml"
            path.write_text(name)
            name = str(path)
        self.what = ("play", name, *options, *QUICKLY)
        home = self.home()
        self.seconds = self.crasher.run(home, *self.what).seconds
        self.whole = as_kept(home)
        self.life = self.crasher.run(self.home(), *self.what, from_start=True).seconds
        assert self.whole.finished

    def home(self):
        self.homes += 1
        return self.folder / str(self.homes)

    def kill(self, home, *what):
        """Kill at a random moment, a quarter of them of the program's life, the others while it plays; what
        finished sooner is not what was wanted, so it is left to the caller.
        """
        from_start = self.chance.random() < 0.25
        after = self.chance.uniform(0, self.life if from_start else self.seconds)
        return self.crasher.run(home, *what, kill_after=after, from_start=from_start)

    def killed_once(self):
        """A home in which a session was killed, and which sets were told to be over."""
        while True:
            home = self.home()
            ran = self.kill(home, *self.what)
            if ran.status is None:
                return home, ran.finished
            assert ran.status == 0, ran.said

    def check(self, seed):
        """Kill a session, perhaps again when it has gone on, and let it go on to its end."""
        self.chance.seed(seed)
        home, finished = self.killed_once()
        done = self.nothing_is_lost(home, finished)
        while done is not None and not as_kept(home).finished and self.chance.random() < 0.3:
            ran = self.kill(home, "resume", *QUICKLY)
            assert ran.status in {None, 0}, ran.said
            done = self.nothing_is_lost(home, keys(self.whole)[:done] + ran.finished)
        if done is not None and not as_kept(home).finished:
            ran = self.crasher.run(home, "resume", *QUICKLY)
            assert ran.status == 0, ran.said
            assert ran.finished == keys(self.whole)[done:]
            session = as_kept(home)
            assert session.finished
            assert without_times(session.sets) == without_times(self.whole.sets)
            assert session.sets_planned == self.whole.sets_planned
        again = self.crasher.run(home, "resume", *QUICKLY)
        assert again.status == 2
        assert "No session was interrupted" in again.said

    def nothing_is_lost(self, home, finished):
        """How many sets are in the journal: all that are over, in order, and at most one more, which was
        written but not yet told. None when the kill came before there was a session.
        """
        session = as_kept(home)
        if session is None:
            assert finished == []
            return None
        done = len(session.sets)
        assert without_times(session.sets) == without_times(self.whole.sets[:done])
        assert finished == keys(self.whole)[: len(finished)]
        assert done - len(finished) in {0, 1}
        worked = sum(each.seconds for each in session.sets)
        assert session.seconds > worked if done else session.seconds == 0  # rests and explanations count
        return done


@pytest.fixture
def killing(tmp_path):
    with Crasher() as crasher:
        yield lambda name: Killing(crasher, tmp_path / name, PLAYED[name])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is ready cannot be copied here")
@pytest.mark.processes
class TestKilled:
    """kill -9 while a session is played as fast as it goes.

    A set is over when the program goes on from it, as its view is told; from then on it is in the journal.
    """

    @pytest.mark.parametrize("half", [0, 1])
    def test_two_hundred_kills(self, killing, some, record_property, half):
        """Two hundred in all, over two tests that run side by side."""
        kills = some(product(list(PLAYED)[half::2], range(KILLS // len(PLAYED))))
        for name in {name: None for name, _ in kills}:
            session = killing(name)
            for number in (number for what, number in kills if what == name):
                session.check(f"{name} {number}")
        record_property("figure", f"{len(kills)} sessions were killed and went on")
