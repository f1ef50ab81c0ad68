"""Programs that write into one journal at once, and programs that are killed while they write."""

import multiprocessing
import os
import random
import signal
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from naming import naming

from voicecoach.app import archive
from voicecoach.app.belongings import JOURNAL, Folders
from voicecoach.app.restore import finish, restore
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library

pytestmark = pytest.mark.processes

SPAWN = multiprocessing.get_context("spawn")
(BRIDGE,) = sets_of(replace(Library.default().exercise("glute_bridge"), reps=(8,)))
KILLS = 100


def together(work, *arguments):
    """Run ``work`` in a process for each of ``arguments``, all at once, until the last has ended."""
    running = [SPAWN.Process(target=work, args=each) for each in arguments]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0] * len(running)


def killed(work, *arguments, after):
    """Run ``work`` in a process and kill it when it has said so many things; the last that it said."""
    said = SPAWN.SimpleQueue()
    process = SPAWN.Process(target=work, args=(*arguments, said))
    process.start()
    heard = [said.get() for _ in range(after)]
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    while not said.empty():
        heard.append(said.get())
    return heard[-1]


def sessions(path):
    with Journal.open(path, pytest.fail) as journal:
        return journal.sessions()


def play_and_note(path, name):
    """A session of 60 sets, and 20 that are noted by hand."""
    with Journal.open(path, pytest.fail) as journal:
        kept = journal.begin(replace(session_on(0), routine=name))
        for number in range(60):
            journal.add_set(kept.id, replace(BRIDGE, set_number=number + 1))
        for day in range(20):
            journal.add_by_hand(replace(session_on(day), routine=name), datetime.now(UTC))


def test_several_programs_write_at_once(tmp_path):
    path = tmp_path / "journal.db"
    together(play_and_note, *((path, name) for name in "abc"))
    kept = sessions(path)
    assert sorted(each.routine for each in kept) == sorted("abc" * 21)
    assert sorted(len(each.sets) for each in kept) == [0] * 60 + [60] * 3
    with Journal.open(path, pytest.fail) as journal:
        assert sum(journal.undo() is not None for _ in range(61)) == 60
    assert len(sessions(path)) == 3


def begin_in_spite_of_damage(path, _):
    with Journal.open(path, print) as journal:
        journal.begin(session_on(0))


def test_several_programs_find_the_same_damage(tmp_path):
    path = tmp_path / "journal.db"
    path.write_bytes(b"damage" * 1000)
    together(begin_in_spite_of_damage, *((path, name) for name in "abc"))
    assert [each.name for each in tmp_path.glob("*.damaged*")] == ["journal.damaged-1.db"]
    assert len(sessions(path)) == 3


def add_for_ever(path, said):
    with Journal.open(path, pytest.fail) as journal:
        kept = journal.begin(session_on(0))
        for number in range(1, 100_000):
            journal.add_set(kept.id, replace(BRIDGE, set_number=number))
            said.put(number)


def test_a_kill_loses_no_set_that_was_finished(some, tmp_path):
    for after in some(range(1, 41)):
        path = tmp_path / f"{after}.db"
        last = killed(add_for_ever, path, after=after)
        numbers = [each.set_number for each in sessions(path)[0].sets]
        with naming("killed after", after):
            assert numbers[:last] == list(range(1, last + 1))
            assert len(numbers) - last in {0, 1}


PARTS = ("data/plan.yaml", "data/routines/mine.yaml", "config/config.toml")


def restore_for_ever(copies, home, said):
    while True:
        for copy in copies:
            restore(copy, MONDAY, print, home)
            said.put(copy.name)


def whole(home):
    """How many sessions there are, as each of the files says."""
    with Journal.open(home.journal, pytest.fail) as journal:
        found = {journal.count(), *(int(home.place(name).read_text()[2:]) for name in PARTS)}
    (count,) = found
    return count


def test_a_kill_while_restoring_leaves_one_or_the_other(some, tmp_path):
    home = Folders(tmp_path / "data", tmp_path / "config")
    copies = []
    for length in (1, 30):
        made = Folders(tmp_path / f"{length}", tmp_path / f"{length}")
        with Journal.open(made.journal, pytest.fail) as journal:
            for day in range(length):
                journal.begin(session_on(day))
        (part := tmp_path / f"{length}" / "part").write_text(f"# {length}")
        copies.append(tmp_path / f"{length}.zip")
        archive.write(copies[-1], {JOURNAL: made.journal} | dict.fromkeys(PARTS, part))
    restore(copies[0], MONDAY, pytest.fail, home)
    for number in some(range(KILLS)):
        killed(restore_for_ever, copies, home, after=random.Random(number).randint(1, 9))
        finish(home)
        with naming("kill", number):
            assert whole(home) in {1, 30}
    for aside in home.data.glob("before-*.zip"):
        restore(aside, MONDAY, pytest.fail, before := Folders(tmp_path / aside.stem, tmp_path / aside.stem))
        assert whole(before) in {1, 30}
    assert not list(home.data.glob(".restoring"))
