"""``voicecoach resume`` after a session was killed."""

import os
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import count, product
from pathlib import Path
from types import SimpleNamespace

import pytest
from crashing import Crasher
from fakes import commands as fakes
from fakes.journal import broken_off as break_off

from voicecoach.audio import outputs
from voicecoach.audio.outputs import InstantOutput
from voicecoach.cli import chooser, one_key, session_in_terminal
from voicecoach.journal import store
from voicecoach.journal.records import Before, Felt
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


def test_nothing_was_interrupted(run, accepted):
    told = run("resume", *QUICKLY)
    assert told.status != 0
    assert "No session was interrupted" in told.err


@pytest.fixture
def broken_off(tmp_path, run, accepted):
    """A session of one's own of which the first set was done, as the journal has it."""
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE)
    run("play", mine, *QUICKLY)
    break_off(mine)
    return mine


def test_it_says_where_it_goes_on(broken_off, run):
    told = run("resume", *QUICKLY)
    assert told.status == 0, told.err
    assert "We go on with Mine, at Heel slide, set two." in told.out
    assert "Done after" in told.out


@pytest.mark.parametrize("change", [lambda file: file.write_text("name: Mine"), Path.unlink])
def test_what_became_of_the_routine_does_not_matter(broken_off, run, change):
    change(broken_off)
    told = run("resume", *QUICKLY)
    assert (told.status, told.err) == (0, "")
    assert len(sessions()[0].sets) == 7


@pytest.mark.parametrize("change", ["DELETE FROM plan", "UPDATE plan SET steps = replace(steps, 1, 2)"])
def test_one_that_another_version_has_left_is_started_again(broken_off, run, change):
    with closing(sqlite3.connect(store.file())) as database, database:
        database.execute(change)
    told = run("resume", *QUICKLY)
    assert told.status == 2
    assert f"'voicecoach play {broken_off}' starts it again." in told.err
    assert "would go on" not in run("play", broken_off, *QUICKLY).err


def test_what_is_not_written_down_leaves_it_interrupted(broken_off, run):
    before = sessions()
    told = run("resume", *(each for each in QUICKLY if each != "--journal"))
    assert "We go on with Mine, at Heel slide, set two." in told.out
    assert told.err == "This session is not written down. Use --journal to keep it.\n"
    assert sessions() == before
    assert run("resume", *QUICKLY).status == 0
    assert sessions()[0].finished


def test_play_says_how_to_go_on_where_nobody_can_be_asked(broken_off, run):
    assert "'voicecoach resume' would go on" in run("play", broken_off, *QUICKLY).err
    assert "would go on" not in run("play", broken_off, *QUICKLY).err


@pytest.fixture
def typed(monkeypatch):
    """Type at a terminal: a key for the offer, and those for each time that questions are asked."""

    def type_keys(*asked, offered=""):
        keys, times, offers = iter(asked), count(0, 2), []

        def answering():
            if not offered or offers:
                return fakes.typed(*next(keys))
            offers.append(offered)
            return fakes.typed(offered)

        monkeypatch.setattr(one_key, "Keyboard", answering)
        monkeypatch.setattr(one_key, "SystemClock", lambda: SimpleNamespace(now=lambda: next(times)))
        monkeypatch.setattr(session_in_terminal, "Keyboard", fakes.typed)
        for stream in ("stdin", "stdout"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
        return offers

    return type_keys


def sessions():
    with Journal.open(store.file(), print) as journal:
        return journal.sessions()


def change(**how):
    """Write otherwise what is known of the only session."""
    (session,) = sessions()
    with Journal.open(store.file(), print) as journal:
        journal.update(replace(session, **how))


WITH_QUESTIONS = QUICKLY[:-1]
ASKED_BEFORE = """\
Press 0 to 9, or t for 10. Enter skips a question, q skips all of them.
How much does it hurt now, at rest, from zero, no pain, to ten, the worst?
  2
        Keys: """


class TestQuestions:
    @pytest.mark.parametrize("sets", [1, None], ids=["a set was done", "only the end is left"])
    def test_one_before_and_all_of_them_afterwards(self, broken_off, run, typed, sets):
        break_off(broken_off, sets)
        typed("2", ["3", "4", "g", "enter"])
        told = run("resume", *WITH_QUESTIONS)
        assert told.status == 0
        assert ASKED_BEFORE in told.out
        assert "How much did it hurt at the worst" in told.out
        (session,) = sessions()
        assert session.finished
        assert session.after == Felt(worst_pain=3, effort=4, form_ok=True)
        assert session.before == Before(pain=2)

    def test_what_was_said_when_it_began_stays_and_so_do_answers_that_are_not_given_again(
        self, broken_off, run, typed
    ):
        change(before=Before(pain=1), after=Felt(worst_pain=2, effort=6), comment="Fine.")
        typed("2", ["3", "enter", "g", *"Good.", "enter"])
        run("resume", *WITH_QUESTIONS)
        (session,) = sessions()
        assert session.before == Before(pain=1)
        assert session.after == Felt(worst_pain=3, effort=6, form_ok=True)
        assert session.comment == "Fine. Good."

    @pytest.mark.parametrize(
        ("key", "done"), [("enter", [("mine", False), ("calm-mini", True)]), ("w", [("mine", True)])]
    )
    def test_on_a_red_answer_it_stays_interrupted_for_the_calm_routine_or_goes_on(
        self, broken_off, run, typed, key, done
    ):
        typed(["9", key], "q")
        told = run("resume", *WITH_QUESTIONS)
        assert told.status == 0, told.err
        assert [(each.routine, each.finished) for each in sessions()] == done
        assert sessions()[-1].before == Before(pain=9)

    @pytest.mark.parametrize("without", ["--questions", "--journal"])
    def test_nobody_is_asked_who_wants_none_or_to_whose_session_nobody_exercises(
        self, broken_off, run, typed, without
    ):
        typed()
        options = [each for each in WITH_QUESTIONS if each != without]
        told = run("resume", *options, *["--no-questions"] * (without == "--questions"))
        assert (told.status, "How much" in told.out) == (0, False)

    def test_without_a_journal_they_decide_what_is_done_and_nobody_asks_how_it_was(
        self, broken_off, run, typed, monkeypatch
    ):
        monkeypatch.setitem(outputs.OUTPUTS, "silent", lambda _: InstantOutput())
        typed(["9", "enter"])
        in_real_time = ("--output", "silent", "--no-journal", "--voice", "silent", "--plain")
        told = run("resume", *in_real_time)
        assert told.status == 0, told.err
        assert "How much does it hurt now" in told.out
        assert "How much did it hurt" not in told.out
        assert [each.finished for each in sessions()] == [False]


class TestOffer:
    """``play`` offers to go on, whichever way it is called, and plays what was asked for otherwise."""

    def offered(self, run, typed, *command, key="y"):
        """Whether it was, and the sessions that are then in the journal."""
        offers = typed(offered=key)
        told = run(*command, "--no-questions", *WITH_QUESTIONS)
        return bool(offers), sessions(), told

    @pytest.mark.parametrize("name", ["", "mine.yaml"])
    def test_yes_goes_on(self, broken_off, run, typed, monkeypatch, name):
        monkeypatch.chdir(broken_off.parent)
        offered, (session,), _ = self.offered(run, typed, "play", *([name] if name else []))
        assert offered
        assert session.finished

    @pytest.mark.parametrize("key", ["n", "escape"])
    def test_any_other_key_starts_what_was_asked_for(self, broken_off, run, typed, key):
        offered, (first, second), _ = self.offered(run, typed, "play", broken_off, key=key)
        assert offered
        assert (first.finished, second.finished, second.routine) == (False, True, "mine")

    def test_silence_starts_what_was_asked_for(self, broken_off, run, typed, monkeypatch):
        typed([])
        monkeypatch.setattr("voicecoach.cli.resume.PATIENCE", 0.01)
        assert run("play", broken_off, "--no-questions", *WITH_QUESTIONS).status == 0
        assert [each.finished for each in sessions()] == [False, True]

    def test_without_a_name_another_key_is_what_the_plan_has(self, broken_off, run, typed):
        assert run("plan", "new", "--phase", "build").status == 0
        offered, found, told = self.offered(run, typed, "play", key="n")
        assert offered
        assert "what your plan has for today" in " ".join(told.out.split())
        assert [each.routine for each in found[1:]] != ["mine"]

    def test_what_is_chosen_from_the_list(self, broken_off, run, typed, monkeypatch):
        monkeypatch.setattr(chooser, "can_be_shown", lambda: True)
        monkeypatch.setattr(chooser, "choose", lambda: str(broken_off))
        run("config", "set", "voice", "silent")
        run("config", "set", "output", "silent")
        monkeypatch.setitem(outputs.OUTPUTS, "silent", lambda _: InstantOutput())
        run("config", "set", "questions", "off")
        run("config", "set", "view", "plain")
        offers = typed(offered="y")
        assert run().status == 0
        assert offers
        assert [each.finished for each in sessions()] == [True]

    @pytest.mark.parametrize(
        "command", [["quick"], ["mine.yaml", "--sets", "1"], ["mine.yaml", "--as-written"]]
    )
    def test_what_is_something_else_is_played_at_once(self, broken_off, run, typed, monkeypatch, command):
        monkeypatch.chdir(broken_off.parent)
        offered, found, _ = self.offered(run, typed, "play", *command)
        assert not offered
        assert [each.finished for each in found] == [False, True]

    def test_the_same_part_again_is_no_other_thing(self, broken_off, run, typed):
        (session,) = sessions()
        with Journal.open(store.file(), print) as journal:
            journal.update(replace(session, asked=replace(session.asked, sets=2)))
        offered, found, _ = self.offered(run, typed, "play", broken_off, "--sets", "2")
        assert offered
        assert [each.finished for each in found] == [True]
