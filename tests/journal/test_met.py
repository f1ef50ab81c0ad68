"""How often each exercise was done: what the journal says, what is not in it, what version 0.1.0 knew."""

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.app.journal import meetings, note_met
from voicecoach.app.restore import restore
from voicecoach.journal import store
from voicecoach.journal.met import Kind, Meeting, meet
from voicecoach.journal.records import Asked
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending

BRIDGE = sets_of(replace(Library.default().exercise("glute_bridge"), reps=(8, 8)))
LAST = session_on(0).started
"""When a set of the first day was left."""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def known(home, told):
    """What is known now; nobody is told anything."""

    def look(kind=Kind.EXERCISE):
        found = meetings(kind, told.append)
        assert told == []
        return found

    return look


def done(*days, **changes):
    with Journal.open(store.file(), pytest.fail) as journal:
        for day in days:
            moment = session_on(day).started
            sets = tuple(replace(each, at=moment) for each in BRIDGE)
            journal.begin(replace(session_on(day, sets), **{"ended": moment, "finished": True, **changes}))


def without_journal(*names):
    note_met(names, pytest.fail)


def test_sessions_are_counted_and_the_last_moment_is_known(known, home):
    assert known() == {}
    assert not home.exists()
    done(0, 2)
    skipped = tuple(replace(each, ending=Ending.SKIPPED) for each in BRIDGE)
    with Journal.open(store.file(), pytest.fail) as journal:
        journal.begin(session_on(3, skipped))
    assert known() == {"glute_bridge": Meeting(2, LAST + timedelta(days=2))}


def test_what_is_not_in_the_journal_has_no_day_until_it_is_done_again(known):
    done(0)
    without_journal("glute_bridge", "Mein Übung")
    without_journal("glute_bridge")
    assert known() == {"glute_bridge": Meeting(3, None), "Mein Übung": Meeting(1, None)}
    done(4)
    assert known()["glute_bridge"] == Meeting(4, LAST + timedelta(days=4))
    with sqlite3.connect(store.file()) as journal:
        rows = journal.execute("SELECT * FROM met ORDER BY name").fetchall()
    journal.close()
    assert rows == [("exercise", "Mein Übung", 1, None, 1.5), ("exercise", "glute_bridge", 2, None, 1.5)]


def test_a_routine_counts_when_it_was_finished_by_its_name(known):
    done(0, routine="core")
    done(1, routine="core", asked=Asked(name="core"))
    done(2, routine="core", asked=Asked(name="/tmp/core.yaml"))
    done(3, routine="core", finished=False)
    assert known(Kind.ROUTINE) == {"core": Meeting(2, LAST + timedelta(days=1))}


def old_files(home, **files):
    folder = home / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def old(times, day=0):
    return {"times": times, "last": (LAST + timedelta(days=day)).isoformat(timespec="seconds")}


def test_the_old_files_add_what_the_journal_does_not_know_once(known, home):
    done(0, 1, routine="core")
    met_before = {"glute_bridge": old(9), "plank": old(2, 5)}
    routines = {name: old(1, day)["last"] for name, day in (("core", 0), ("walk", 7))}
    for _ in range(2):  # a kill may leave the files where they were
        folder = old_files(home, met=met_before, done=routines)
        assert known() == {
            "glute_bridge": Meeting(9, LAST + timedelta(days=1)),
            "plank": Meeting(2, LAST + timedelta(days=5)),
        }
        assert {name: met.last for name, met in known(Kind.ROUTINE).items()} == {
            "core": LAST + timedelta(days=1),
            "walk": LAST + timedelta(days=7),
        }
    assert json.loads((folder / "met.taken-2.json").read_text()) == met_before
    assert json.loads((folder / "done.taken-1.json").read_text()) == routines


def test_a_backup_and_a_restored_journal_carry_it(known, home, tmp_path):
    old_files(home, met={"plank": old(4)})
    without_journal("glute_bridge")
    before = known()
    assert set(before) == {"plank", "glute_bridge"}
    with Journal.open_to_read(store.file(), pytest.fail) as journal:
        journal.backup(tmp_path / "copy.db")
    without_journal("bird_dog")
    restore(tmp_path / "copy.db", MONDAY, pytest.fail)
    assert known() == before


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[1]",
        '{"a": 3}',
        '{"a": {"times": 0, "last": "2026-03-01T18:00:00+00:00"}}',
        '{"a": {"times": 1e3, "last": "2026-03-01T18:00:00+00:00"}}',
        '{"a": {"times": 3, "last": "2026-03-01T18:00:00"}}',
        '{"a": {"times": 3, "last": "2026-03-01T18:00:00+00:00", "more": 1}}',
        '{"\\ud800": {"times": 3, "last": "2026-03-01T18:00:00+00:00"}}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_an_old_file_without_sense_is_put_aside_and_named(home, told, text):
    folder = old_files(home, met=text)
    (folder / "met.damaged-1.json").write_text("an older one")
    assert meetings(Kind.EXERCISE, told.append) == {}
    assert meetings(Kind.EXERCISE, told.append) == {}
    (said,) = told
    assert "met.damaged-2.json" in said
    assert (folder / "met.damaged-2.json").read_bytes() == text.encode("utf-8", "surrogateescape")


def test_where_nothing_can_be_written_the_old_files_are_read(home, told, monkeypatch):
    done(0)
    folder = old_files(home, met={"plank": old(4)})
    store.file().with_suffix(".lock").unlink()
    store.file().with_suffix(".lock").mkdir()  # stops even root
    assert meetings(Kind.EXERCISE, told.append).keys() == {"plank", "glute_bridge"}
    assert (folder / "met.json").exists()
    without = []
    note_met(["plank"], without.append)
    assert "explains the exercises as if you had not done them" in without[0]


def test_a_journal_that_makes_no_sense_is_one_line(home, told):
    done(0)
    with sqlite3.connect(store.file()) as journal:
        journal.execute("UPDATE set_done SET at = 'yesterday'")
    journal.close()
    assert meetings(Kind.EXERCISE, told.append) == {}
    assert len(told) == 1


def test_two_notes_in_one_moment_are_both_counted(home):
    with Journal.open(store.file(), pytest.fail) as journal, Journal.open(store.file(), pytest.fail) as other:
        for _ in range(5):
            meet(journal._connection, ["a"])
            meet(other._connection, ["a", "b"])
    assert meetings(Kind.EXERCISE, pytest.fail)["a"].times == 10
