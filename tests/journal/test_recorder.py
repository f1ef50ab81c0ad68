"""What the player does ends up in the journal, and never waits for it."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from naming import naming

from voicecoach.errors import EntryRefused, JournalError
from voicecoach.journal import unwritten, writer
from voicecoach.journal.recorder import JournalListener
from voicecoach.journal.records import Decision, DoseChange, Happening, tally
from voicecoach.journal.store import PLANS_KEPT, Journal
from voicecoach.journal.writer import Writer
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of
from voicecoach.routine.files.library import Library
from voicecoach.session.commands import Command
from voicecoach.session.listener import Ending, Script, SetResult, Summary
from voicecoach.timeline.saved_plan import NOTHING, SavedPlan
from voicecoach.timeline.steps import Work
from voicecoach.units import frames

LIBRARY = Library.default()
BRIDGE, HALF = LIBRARY.exercise("glute_bridge"), LIBRARY.exercise("glute_bridge_single")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
END = Summary(finished=True, frames=frames(600), steps=(), results=())
PLAN = Decision(
    written="glute_bridge",
    exercise="glute_bridge_single",
    dose=dose_of(HALF),
    change=DoseChange.HARDER,
    reason=Message.verbatim(""),
)


def work(exercise, **how):
    said = {
        "block": 1,
        "title": exercise.name,
        "set_number": 1,
        "sets": 1,
        "reps": 5,
        "side": "",
        "ordinal": 0,
    }
    return Work(exercise=exercise, **{**said, **how})


def result(exercise, **how):
    return SetResult(work=work(exercise, **how), reps=4, frames=frames(33), ending=Ending.SKIPPED)


@pytest.fixture
def journal(tmp_path, told):
    with Journal.open(tmp_path / "journal.db", told.append) as journal:
        yield journal


class Recorder(JournalListener):
    """A listener with a writer of its own."""

    def __init__(self, journal, told, plan=NOTHING, *, in_step=False, **session):
        begun = replace(session_on(0), id=0, ended=None, **{"seconds": 0.0, **session})
        self.writer = Writer(begun, plan, journal.path, told, phrases.load())
        self.writer.begin()
        super().__init__(self.writer, lambda: NOW, plan, in_step=in_step)

    def close(self, summary):
        self.end(summary)
        self.stop()

    def stop(self):
        self.writer.close()
        return self.writer.missing


def recording(journal, told, plan=NOTHING, **session):
    return Recorder(journal, told.append, plan, **session)


def test_sets_commands_and_the_end_are_written(journal, told):
    listener = recording(journal, told, decisions=(PLAN,))
    listener.set_ended(result(replace(HALF, load=2.0), side="left", tempo=(1.0, 0.8)))
    listener.obeyed(Command.PAUSE)
    listener.refused(Command.HARDER, "There is none.")
    listener.close(END)
    session = journal.latest()
    (done,) = session.sets
    assert (done.exercise, done.written, done.load) == ("glute_bridge_single", "glute_bridge", 2.0)
    assert (done.reps, done.reps_planned, done.seconds, done.side) == (4, 5, 33.0, "left")
    assert (done.hold, done.lowering, done.tempo, done.ending) == (2.0, 3.0, 0.9, Ending.SKIPPED)
    assert [(each.what, each.command, each.why) for each in journal.events(session.id)] == [
        (Happening.OBEYED, "pause", ""),
        (Happening.REFUSED, "harder", "There is none."),
    ]
    assert (session.finished, session.seconds, session.ended) == (True, 600.0, NOW)
    assert told == []


def test_what_hurt_after_its_last_set_is_written_of_that_set(journal, told):
    listener = recording(journal, told)
    for number in (1, 2):
        listener.set_ended(replace(result(BRIDGE, set_number=number), ending=Ending.DONE))
    listener.set_ended(replace(result(HALF), ending=Ending.DONE))
    listener.exercise_hurt("glute_bridge")
    listener.exercise_hurt("bird_dog")  # of which nothing was done
    assert [each.ending for each in listener.session.sets] == [Ending.DONE, Ending.HURT, Ending.DONE]
    listener.close(END)
    assert [each.ending for each in journal.latest().sets] == [Ending.DONE, Ending.HURT, Ending.DONE]
    assert told == []


def test_a_kill_leaves_the_time_that_was_heard_until_the_last_set(journal, told):
    listener = recording(journal, told, seconds=60.0)  # it was resumed
    here: Any = SimpleNamespace(elapsed=frames(90))
    listener.moved(here)
    listener.set_ended(result(BRIDGE))
    here.elapsed = frames(120)
    listener.moved(here)
    listener.stop()
    assert (journal.latest().seconds, journal.latest().ended) == (150.0, None)


def test_another_variation_on_the_way_is_written_for_what_the_routine_has(journal, told):
    listener = recording(journal, told)
    listener.planned(Script(steps=(work(BRIDGE),), outline=()))
    listener.planned(Script(steps=(work(HALF),), outline=()))
    listener.set_ended(result(HALF))
    listener.close(END)
    assert [(each.exercise, each.written) for each in journal.latest().sets] == [
        ("glute_bridge_single", "glute_bridge")
    ]


class Unsteady:
    """A journal that takes sets only while it may, and fails with these errors in turn before it does."""

    def __init__(self, journal, *errors):
        self.journal, self.errors, self.may = journal, iter(errors), threading.Event()
        self.may.set()

    def add_set(self, *how):
        self.may.wait(10)
        if error := next(self.errors, None):
            raise error
        self.journal.add_set(*how)

    def close(self):
        pass

    def __getattr__(self, name):
        return getattr(self.journal, name)


@pytest.fixture
def unsteady(journal, told, monkeypatch):
    """Make an unsteady journal with these errors, and a listener that writes a session into it."""

    def make(*errors, **how):
        found: Any = Unsteady(journal, *errors)
        monkeypatch.setattr(Journal, "open", lambda *_, **__: found)
        return found, Recorder(journal, told.append, **how)

    return make


def sets(journal):
    return [each.set_number for each in journal.latest().sets]


def test_nobody_waits_for_the_journal(journal, unsteady):
    slow, listener = unsteady()
    slow.may.clear()
    for number in range(100):
        listener.set_ended(result(BRIDGE, set_number=number))
    assert sets(journal) == []  # a hundred sets later nothing is written, and the player is not held up
    slow.may.set()
    listener.close(END)
    assert len(sets(journal)) == 100


def test_in_step_a_set_is_written_when_its_end_was_told(journal, unsteady):
    _, listener = unsteady(in_step=True)
    for count in range(1, 21):
        listener.set_ended(result(BRIDGE, set_number=count))
        assert len(sets(journal)) == count
    listener.close(END)


@pytest.mark.parametrize("answers", [True, False])
def test_in_step_nobody_waits_again_for_what_failed_or_did_not_answer_once(
    journal, unsteady, monkeypatch, answers
):
    slow, listener = unsteady(*[FULL] * answers, in_step=True)
    if not answers:
        slow.may.clear()
        monkeypatch.setattr(writer, "WAITS", 0.01)
    listener.set_ended(result(BRIDGE))
    monkeypatch.setattr(writer, "WAITS", 1e9)
    slow.may.clear()
    listener.set_ended(result(BRIDGE, set_number=2))
    assert sets(journal) == []
    slow.may.set()
    listener.close(END)
    assert sets(journal) == [1, 2]


FULL = JournalError("Your journal cannot be written: the disk is full.", "the disk is full")
LATER = (
    "Not written down for now: the disk is full. The session goes on, and what you do is noted as"
    " soon as that works."
)
SET = f"of {HALF.name} (left)"
ASIDE = "The session goes on, and the rest of it is written down."
NOT_ALL = f"set 1 {SET} and set 3 {SET}"
FAILURES: dict[str, tuple[list, list[int], list[str], str]] = {
    "for a while": ([FULL], [1, 2, 3, 4], [LATER], ""),
    "to the end": ([FULL] * 99, [], [LATER], f"set 1 {SET}, set 2 {SET}, set 3 {SET} and 2 more"),
    "what does not fit is not tried again": (
        [EntryRefused("It does not fit."), None] * 2,
        [2, 4],
        [f"It does not fit. {ASIDE}"],
        NOT_ALL,
    ),
    **{
        repr(error): (
            [error, None] * 2,
            [2, 4],
            [f"Something could not be written into your journal ({why}). {ASIDE}"],
            NOT_ALL,
        )
        for error in (OverflowError("too large"), sqlite3.Error("no column"), KeyError("x"), MemoryError())
        for why in [f"{type(error).__name__}: {error}"]
    },
}


@pytest.mark.parametrize("in_step", [False, True])
def test_what_fails_blocks_nothing_and_is_told_once_and_named_at_the_end(journal, unsteady, told, in_step):
    for name, (errors, written, lines, missing) in FAILURES.items():
        _, listener = unsteady(*errors, in_step=in_step)
        for number in range(1, 5):
            listener.set_ended(result(HALF, set_number=number, side="left"))
        listener.end(END)
        with naming(name):
            assert listener.stop() == missing
            assert sets(journal) == written
            # Out of step, it may have failed when the session was over, and the end tells what is missing.
            assert told == lines or (not in_step and not told)
            assert (journal.latest().ended == NOW) is bool(written)
        told.clear()
        journal.remove(journal.latest().id)
        for file in unwritten.files(journal.path):
            file.unlink()


def test_a_plan_that_was_written_later_is_not_missing(journal, told, monkeypatch):
    listener = recording(journal, told)
    keep, calls = journal.keep_plan, []

    def fail_once(session, plan):
        calls.append(plan)
        if len(calls) == 1:
            raise RuntimeError
        keep(session, plan)

    monkeypatch.setattr(Journal, "keep_plan", lambda _, *how: fail_once(*how))
    for exercise in (BRIDGE, HALF):
        listener.planned(Script(steps=(work(exercise),), outline=()))
    listener.stop()
    assert journal.plan(journal.latest().id) == calls[1]
    assert len(told) == 1


def test_a_screen_that_fails_does_not_stop_the_writing(journal, monkeypatch):
    def tell(_):
        raise BrokenPipeError

    failing: Any = Unsteady(journal, KeyError("load"))
    monkeypatch.setattr(Journal, "open", lambda *_, **__: failing)
    listener = Recorder(journal, tell)
    for number in (1, 2):
        listener.set_ended(result(BRIDGE, set_number=number))
    listener.close(END)
    assert sets(journal) == [2]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("in_step", [False, True])
def test_a_thread_that_ends_early_leaves_the_rest_missing(unsteady, monkeypatch, in_step):
    monkeypatch.setattr(writer, "WAITS", 0.01)
    _, listener = unsteady(GeneratorExit(), in_step=in_step)
    listener.set_ended(result(BRIDGE))
    listener.end(END)
    assert not listener.writer.close()


def test_a_session_that_goes_on_counts_what_was_done_before(journal, told):
    past = SavedPlan(steps=(work(BRIDGE),), at=1)
    listener = recording(journal, told, past, seconds=90.0, finished=False)
    listener.planned(Script(steps=(work(BRIDGE, block=2),), outline=()))
    listener.close(END)
    session = journal.latest()
    assert (session.seconds, session.sets_planned, session.finished) == (690.0, 2, True)


def test_the_plan_and_the_place_in_it_are_kept(journal, told):
    """The place is the set that was left, or what comes after it when it was done, and else where an exercise
    begins; what is over already counts.
    """
    past = SavedPlan(steps=(work(BRIDGE),), at=1, written={1: "plank"})
    listener = recording(journal, told, past)
    steps = tuple(work(HALF, block=2, set_number=number) for number in (1, 2, 3))
    listener.planned(Script(steps=steps, outline=()))
    places = []

    def at(index, ending=None):
        listener.segment_started(SimpleNamespace(block=2, index=index))
        if ending:
            listener.set_ended(replace(result(HALF), ending=ending))
        places.append(listener._at)

    at(0, Ending.SKIPPED)
    at(0, Ending.DONE)
    at(1)
    at(2, Ending.STOPPED)
    at(1)
    listener.stop()
    assert places == [1, 2, 2, 3, 2]
    written = {1: "plank", 2: "glute_bridge_single"}
    assert journal.plan(journal.latest().id) == SavedPlan(steps=(*past.steps, *steps), at=2, written=written)
    assert told == []


def test_the_plan_that_a_session_began_with_is_not_written_again(journal, told, monkeypatch):
    plan = SavedPlan(steps=(work(BRIDGE), work(HALF, block=2)))
    listener = recording(journal, told, plan)
    monkeypatch.setattr(Journal, "keep_plan", pytest.fail)
    listener.planned(Script(steps=(work(BRIDGE), work(HALF, block=2)), outline=()))
    listener.stop()
    assert told == []


def test_a_plan_is_kept_until_its_session_is_finished_or_long_past(journal):
    first, *_, last = (journal.begin(session_on(0), SavedPlan(at=1)) for _ in range(PLANS_KEPT + 2))
    assert (journal.plan(first.id), journal.plan(last.id)) == (None, SavedPlan(at=1))
    journal.end(last)
    assert journal.plan(last.id) is None


def test_both_sides_of_a_set_belong_together_when_one_was_done_before(journal, told):
    left, right = work(HALF, side="left"), work(HALF, side="right")
    listener = recording(journal, told, SavedPlan(steps=(left,), at=1))
    listener.planned(Script(steps=(right,), outline=()))
    listener.set_ended(SetResult(work=right, reps=5, frames=frames(30), ending=Ending.DONE))
    listener.close(END)
    (done,) = journal.latest().sets
    assert done.sides == 2


@pytest.mark.parametrize(("before", "after"), [(("left", "right"), ("",)), (("",), ("left", "right"))])
def test_a_set_in_another_variation_is_whole_with_its_sides(journal, told, before, after):
    listener = recording(journal, told)
    listener.planned(Script(steps=tuple(work(HALF, side=side) for side in before), outline=()))
    other = tuple(work(BRIDGE, side=side) for side in after)
    listener.planned(Script(steps=other, outline=()))
    for each in other:
        listener.set_ended(SetResult(work=each, reps=5, frames=frames(30), ending=Ending.DONE))
    listener.close(END)
    assert tally(journal.latest().sets).done == 1


def test_rounds_that_were_counted_are_kept(journal, told):
    circuit = replace(
        work(BRIDGE), exercise=replace(BRIDGE, rep=(), duration=60.0), marked=(20.0, 45.0, 58.0)
    )
    listener = recording(journal, told)
    listener.planned(Script(steps=(circuit,), outline=()))
    listener.set_ended(SetResult(work=circuit, reps=1, frames=frames(60), ending=Ending.DONE))
    listener.close(END)
    (done,) = journal.latest().sets
    assert done.counted == 3


def test_what_was_taken_back_is_as_if_it_had_not_been(journal, told):
    listener = recording(journal, told)
    first, second, other = (result(BRIDGE, set_number=number) for number in (1, 2, 3))
    listener.set_ended(replace(first, ending=Ending.DONE))
    listener.obeyed(Command.HURTS)  # which it did
    listener.exercise_hurt("glute_bridge")
    listener.obeyed(Command.HURTS)
    listener.set_ended(replace(second, ending=Ending.HURT))
    listener.set_ended(other)
    listener.taken_back(Command.HURTS, 1, (Ending.HURT, None, Ending.SKIPPED))
    listener.obeyed(Command.UNDO)
    expected = [(1, Ending.HURT), (3, Ending.SKIPPED)]
    assert [(each.set_number, each.ending) for each in listener.session.sets] == expected
    listener.set_ended(replace(second, ending=Ending.DONE))
    listener.close(END)
    session = journal.latest()
    assert [(each.set_number, each.ending) for each in session.sets] == [*expected, (2, Ending.DONE)]
    assert session.sets == listener.session.sets
    assert [each.command for each in journal.events(session.id)] == ["hurts", "undo"]
    assert told == []


def test_after_that_nothing_hurt_also_where_the_set_was_over_before(journal, told):
    listener = recording(journal, told, sets=session_on(-1, sets_of(BRIDGE)).sets)
    before = len(listener.session.sets)
    listener.set_ended(replace(result(BRIDGE), ending=Ending.DONE))
    listener.obeyed(Command.HURTS)
    listener.exercise_hurt("glute_bridge")
    listener.taken_back(Command.HURTS, 0, (Ending.DONE,))
    listener.close(END)
    session = journal.latest()
    assert before
    assert len(session.sets) == before + 1
    assert Ending.HURT not in {each.ending for each in session.sets}
    assert journal.events(session.id) == ()


class Doubtful(Unsteady):
    """A journal that fails once, at the call with that number, before it writes or after."""

    def __init__(self, journal, fails_at, *, writes):
        super().__init__(journal)
        self.left, self.writes = fails_at, writes

    def add_set(self, *how):
        self.doubtful(self.journal.add_set, *how)

    def take_back(self, *how):
        self.doubtful(self.journal.take_back, *how)

    def doubtful(self, write, *how):
        self.left -= 1
        if self.left or self.writes:
            write(*how)
        if not self.left:
            raise FULL


def test_that_its_questions_wait_is_kept_with_a_session_that_cannot_be_written(journal, told, monkeypatch):
    monkeypatch.setattr(writer, "PATIENCE", 0.01)
    monkeypatch.setattr(writer, "GLANCE", 0.01)
    listener = recording(journal, told)
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")  # another program has all of the journal
        listener.set_ended(result(BRIDGE))
        listener.leave_open()
        listener.stop()
    with Journal.open(journal.path, pytest.fail) as again:
        (waiting,) = again.left_open(MONDAY)
        assert [each.exercise for each in waiting.sets] == [BRIDGE.key]
    later = Recorder(journal, told.append)
    later.leave_open()
    later.settle()
    later.stop()
    assert [each.id for each in journal.left_open(MONDAY)] == [waiting.id]


@pytest.mark.parametrize("writes", [False, True])
def test_a_journal_that_fails_meanwhile_has_the_same_sets_in_the_end(journal, told, monkeypatch, writes):
    for fails_at in range(1, 8):
        failing: Any = Doubtful(journal, fails_at, writes=writes)
        monkeypatch.setattr(Journal, "open", lambda *_, failing=failing, **__: failing)
        listener = Recorder(journal, told.append)
        for number in (1, 2):
            listener.set_ended(result(BRIDGE, set_number=number))
        listener.taken_back(Command.NEXT, 1, (Ending.SKIPPED, None))
        listener.set_ended(result(BRIDGE, set_number=3))
        listener.set_ended(result(BRIDGE, set_number=4))
        listener.taken_back(Command.NEXT, 1, (Ending.SKIPPED, Ending.SKIPPED, None))
        listener.set_ended(result(BRIDGE, set_number=5))
        listener.close(END)
        with naming(f"fails at {fails_at}"):
            assert sets(journal) == [1, 3, 5]
        journal.remove(journal.latest().id)
