"""Whatever becomes of the journal under a session, all of it stands in the one that is there at its end."""

import contextlib
import os
import shutil
import sqlite3
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import session_on, sets_of
from naming import naming

from voicecoach import paths
from voicecoach.errors import EntryRefused
from voicecoach.journal import store, unwritten, writer
from voicecoach.journal.store import Journal
from voicecoach.journal.writer import Pending, Writer
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.timeline.saved_plan import NOTHING

(BRIDGE,) = sets_of(replace(Library.default().exercise("glute_bridge"), reps=(8,)))
SETS = 4


def delete(path):
    path.unlink()


def delete_with_what_is_beside(path):
    for each in path.parent.glob("journal*"):
        each.unlink()


def delete_what_is_beside(path):
    path.with_name("journal.db-wal").unlink()


def move(path):
    path.rename(path.with_name("elsewhere.db"))


def remove_folder(path):
    shutil.rmtree(path.parent)


def replace_by_another(path):
    other = path.with_name("other.db")
    with Journal.open(other, pytest.fail) as journal:
        journal.begin(replace(session_on(-7), routine="walk"))
    other.replace(path)


def cut_off(path):
    os.truncate(path, 0)


def cut_in_half(path):
    os.truncate(path, path.stat().st_size // 2)


def scratch(path):
    with path.open("r+b") as file:
        file.write(b"scratched" * 1000)


def write_over(path):
    path.write_bytes(b"A letter to my aunt. " * 2000)


FAULTS = (
    *(delete, delete_with_what_is_beside, delete_what_is_beside, move, remove_folder, replace_by_another),
    *(cut_off, cut_in_half, scratch, write_over),
)
HISTORY = [replace(session_on(day), routine="core") for day in (-3, -2)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def begun(path, told):
    """A journal with a history, and a session that began in it."""

    def begin(**how):
        with Journal.open(path, pytest.fail) as journal:
            for each in HISTORY:
                journal.begin(each)
        return fresh(path, told, **how)

    return begin


def fresh(path, told, **how):
    session = replace(session_on(0), id=0, ended=None, finished=False, seconds=0.0, **how)
    new = Writer(session, NOTHING, path, told.append, phrases.load())
    new.begin()
    return new


def add(journal, number):
    done = replace(BRIDGE, set_number=number, at=BRIDGE.at + timedelta(minutes=number))
    entry = Pending(
        f"set {number}", lambda to, session: to.add_set(session, done, 0, 60.0 * number), is_set=True
    )
    journal.wait(journal.put(entry))


def end(journal):
    ended = replace(journal.session, ended=BRIDGE.at, finished=True, seconds=300.0)
    entry = Pending("the end", lambda to, number: to.end(replace(ended, id=number)), urgent=True)
    journal.wait(journal.put(entry))
    return journal.close()


def kept(path):
    """The sets of the session that was written, which stands once in the journal and is finished."""
    with Journal.open(path, print) as journal:
        (session,) = (each for each in journal.sessions() if each.day == session_on(0).day)
    assert session.finished
    return [each.set_number for each in session.sets]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.__name__)
def test_what_was_done_before_and_after_a_fault_stands_in_the_journal(fault, begun, path, told, tmp_path):
    for moment in range(SETS + 1):
        shutil.rmtree(path.parent, ignore_errors=True)
        told.clear()
        session = begun()
        for number in range(1, SETS + 1):
            if number == moment + 1:
                fault(path)
            add(session, number)
        if moment == SETS:
            fault(path)
        with naming("after set", moment):
            assert end(session)
            assert kept(path) == list(range(1, SETS + 1))
            assert len(told) == len({*told}) <= 2
            assert unwritten.files(path) == ()


def test_a_journal_that_is_gone_is_told_and_a_new_one_begins(begun, path, told):
    session = begun()
    add(session, 1)
    delete(path)
    add(session, 2)
    assert [line.partition(",")[0] for line in told] == ["Your journal was deleted"]
    with Journal.open_to_read(path, pytest.fail) as journal:
        assert [len(each.sets) for each in journal.sessions()] == [2]
    end(session)


def test_a_linked_journal_is_watched_where_it_is(begun, path, told, tmp_path):
    path.parent.mkdir()
    (tmp_path / "synchronised").mkdir()
    path.symlink_to(tmp_path / "synchronised" / "real.db")
    session = begun()
    add(session, 1)
    (tmp_path / "synchronised" / "real.db-wal").unlink()
    add(session, 2)
    assert len(told) == 1
    assert end(session)
    assert kept(path) == [1, 2]


@contextlib.contextmanager
def taken(path):
    """Another program has all of the journal."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(writer, "PATIENCE", 0.01)
    monkeypatch.setattr(writer, "AGAIN", 0.01)
    monkeypatch.setattr(writer, "GLANCE", 0.01)


@pytest.mark.usefixtures("hasty")
def test_while_another_program_has_the_journal_the_session_is_kept_beside_it(begun, path, told):
    session = begun()
    add(session, 1)
    with taken(path):
        add(session, 2)
        add(session, 3)
        (file,) = unwritten.files(path)
        assert not end(session)
    assert len(told) == 1
    assert "another program is using your journal" in told[0]
    with Journal.open_to_read(file, pytest.fail) as journal:
        assert [each.set_number for each in journal.latest().sets] == [1, 2, 3]
    assert kept(path) == [1, 2, 3]
    assert unwritten.files(path) == ()


@pytest.mark.usefixtures("hasty")
def test_what_another_program_took_in_meanwhile_is_not_doubled(begun, path, told):
    session = begun()
    with taken(path):
        add(session, 1)
        add(session, 2)
    with Journal.open(path, pytest.fail):  # takes it in
        pass
    add(session, 3)
    assert end(session)
    assert kept(path) == [1, 2, 3]


def test_it_is_written_as_soon_as_that_works_without_another_set(begun, path, told, hasty):
    session = begun()
    with taken(path):
        add(session, 1)
    for _ in range(1000):
        if session.error is None:
            break
        session._over.wait(0.01)
    assert session.error is None
    assert end(session)
    assert kept(path) == [1]


def test_a_session_that_goes_on_keeps_what_was_done_and_pressed_before(begun, path, told, hasty):
    with Journal.open(path, pytest.fail) as journal:
        before = journal.begin(replace(session_on(0), ended=None, finished=False, sets=(BRIDGE,)))
    session = Writer(before, NOTHING, path, told.append, phrases.load())
    session.begin()
    with taken(path):
        add(session, 2)
        assert not end(session)
    assert kept(path) == [1, 2]


def test_what_cannot_be_kept_beside_it_either_is_named(begun, path, told, hasty, monkeypatch):
    def full(*_):
        raise OSError("no room")

    monkeypatch.setattr(unwritten, "keep", full)
    session = begun()
    with taken(path):
        add(session, 1)
        assert not end(session)
        assert (session.file, session.missing) == (None, "set 1 and the end")


def test_what_was_kept_beside_it_stays_until_the_end_when_more_cannot_be_kept(
    begun, path, hasty, monkeypatch
):
    def full(*_):
        raise OSError("no room")

    session = begun()
    with taken(path):
        add(session, 1)
        monkeypatch.setattr(unwritten, "keep", full)
        add(session, 2)
        (file,) = unwritten.files(path)
        with Journal.open_to_read(file, pytest.fail) as journal:
            assert [each.set_number for each in journal.latest().sets] == [1]
        assert not end(session)
        assert (session.file, session.missing) == (None, "set 1, set 2 and the end")
        session._over.wait()
    assert unwritten.files(path) == ()


@pytest.mark.parametrize("error", [EntryRefused("no"), RuntimeError("broken")])
def test_what_the_journal_refused_costs_nothing_else(error, begun, path, told, hasty):
    def refuse(*_):
        raise error

    session = begun()
    add(session, 1)
    session.wait(session.put(Pending("set 2", refuse, is_set=True)))
    add(session, 3)
    with taken(path):
        add(session, 4)
        assert session.sets_written == 2
        assert session.file is not None
    assert not end(session)
    assert session.missing == "set 2"
    assert kept(path) == [1, 3, 4]


def test_what_the_journal_refused_is_offered_to_the_next_one(begun, path, told):
    refused = []

    def refuse_once(to, number):
        if not refused:
            refused.append(number)
            raise EntryRefused("no")
        to.add_set(number, replace(BRIDGE, set_number=2), 0, 60.0)

    session = begun()
    session.wait(session.put(Pending("set 2", refuse_once, is_set=True)))
    assert session.missing == "set 2"
    delete(path)
    assert end(session)
    assert kept(path) == [2]


def test_closing_slowly_is_no_loss(begun, path, told, monkeypatch):
    closed = threading.Event()
    monkeypatch.setattr(Writer, "_stands", lambda _: closed.wait())
    session = begun()
    add(session, 1)
    monkeypatch.setattr(writer, "WAITS", 0.01)
    assert end(session)
    assert session.error is None
    closed.set()


def test_who_does_not_answer_until_the_end_has_not_written(begun, path, told, monkeypatch):
    answered = threading.Event()
    session = begun()
    monkeypatch.setattr(writer, "WAITS", 0.01)

    def hang(journal, number):
        answered.wait()

    session.put(Pending("set 1", hang, is_set=True))
    assert not session.close()
    assert "the disk does not answer" in str(session.error)
    answered.set()


def test_after_the_end_nothing_is_told_that_the_end_tells(begun, path, told, hasty):
    session = begun()
    session.is_ending = True
    with taken(path):
        assert not end(session)
    assert told == []


def test_a_session_that_waits_for_a_journal_is_found_without_one(begun, path, told, hasty, monkeypatch):
    monkeypatch.setattr(paths, "journal", lambda: path)
    assert not store.begun()
    path.mkdir(parents=True)  # stands in its way
    session = fresh(path, told)
    add(session, 1)
    assert not end(session)
    path.rmdir()
    assert store.begun()
    assert kept(path) == [1]


def test_a_session_that_is_dropped_leaves_nothing(begun, path, told, hasty):
    session = begun()
    session.drop()
    assert session.close()
    with taken(path):
        other = fresh(path, told)
        other.drop()
        assert other.close()
    with Journal.open(path, pytest.fail) as journal:
        assert [each.day for each in journal.sessions()] == [each.day for each in HISTORY]


@pytest.mark.parametrize("damage", ["", "A letter to my aunt."])
def test_a_file_beside_the_journal_that_is_none_stays(begun, path, damage):
    session = begun()
    file = unwritten.file_for(path, session.session.started)
    file.write_text(damage)
    end(session)
    with Journal.open(path, pytest.fail):
        pass
    assert file.read_text() == damage
