"""The journal keeps what it is given, whatever happens to its file."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from naming import naming

from voicecoach.errors import EntryRefused, JournalError
from voicecoach.journal import opening, rows
from voicecoach.journal.records import (
    Agreed,
    Before,
    Decision,
    DoseChange,
    Event,
    Felt,
    Happening,
    Leg,
    Weakness,
)
from voicecoach.journal.store import LAST_OF_EACH, Journal
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.files.library import Library

BRIDGE = Library.default().exercise("glute_bridge")
SETS = sets_of(replace(BRIDGE, reps=(8, 8, 6)), felt=Felt(worst_pain=2, effort=5, leg=Leg.BACK, form_ok=True))
DECISION = Decision(
    written="glute_bridge",
    exercise="ball_bridge",
    dose=Dose(reps=(8, 8), hold=2.0, load=2.5),
    level=Dose(reps=(9, 9), hold=2.0),
    change=DoseChange.FLARE,
    reason=Message("reason.flare", dose="2 x 8", why=Message("reason.hurt")),
    advice="Lift only halfway.",
    based_on=(Message.verbatim("one"), Message("based_on.effort", effort=4)),
)
SESSION = replace(
    session_on(0, SETS, decisions=[DECISION], pain=3, leg=Leg.THIGH, worst=2, morning=1, form=True),
    version="abc",
    comment="Über den Berg: 'gut'; \"x\"",
    by_hand=True,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def journal(path, told):
    with Journal.open(path, told.append) as journal:
        yield journal
    assert told == []


def test_sets_and_commands_are_added_in_order(journal):
    kept = journal.begin(replace(SESSION, sets=()))
    for done in SETS:
        journal.add_set(kept.id, done)
    event = Event(at=SESSION.started, what=Happening.REFUSED, command="harder", why="There is none.")
    journal.add_event(kept.id, event)
    assert journal.session(kept.id).sets == SETS
    assert journal.events(kept.id) == (event,)


def test_a_session_is_corrected_and_forgotten(journal):
    kept = journal.begin(SESSION)
    journal.update(replace(kept, comment="better", next_morning=4))
    journal.replace_sets(kept.id, SETS[:1])
    again = journal.session(kept.id)
    assert (again.comment, again.next_morning, again.sets) == ("better", 4, SETS[:1])
    journal.remove(kept.id)
    assert journal.sessions() == ()
    assert journal._connection.execute("SELECT count(*) FROM set_done").fetchone()[0] == 0


def test_days_are_the_persons_own(journal):
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    journal.begin(replace(SESSION, started=late, day=date(2026, 3, 3)))  # half past midnight in Berlin
    assert journal.sessions(since=date(2026, 3, 3)) != ()
    assert journal.sessions(since=date(2026, 3, 4)) == ()


def test_recent_has_the_last_of_everything(journal):
    old = journal.begin(replace(SESSION, day=date(2020, 1, 1)))
    other = replace(SETS[0], written="bird_dog")
    oldest = journal.begin(replace(SESSION, day=date(2019, 1, 1), sets=(other,), decisions=()))
    new = journal.begin(replace(SESSION, day=date(2026, 1, 1)))
    assert set(journal.recent(date(2025, 1, 1))) == {new, oldest}
    assert old not in journal.recent(date(2025, 1, 1))


def test_the_last_of_everything_is_found_by_the_indices(journal):
    plan = journal._connection.execute(f"EXPLAIN QUERY PLAN {LAST_OF_EACH}").fetchall()
    looked_up = [row["detail"] for row in plan if "set_done" in row["detail"] or "decision" in row["detail"]]
    assert len(looked_up) == 6
    assert all(detail.startswith("SEARCH") for detail in looked_up)


def test_reading_does_not_look_the_whole_journal_over(path, journal, told, monkeypatch):
    kept = journal.begin(SESSION)
    monkeypatch.setattr(opening, "_refuse_what_is_damaged", pytest.fail)
    with Journal.open_to_read(path, told.append) as reading:
        assert reading.sessions() == (kept,)
        with pytest.raises(JournalError, match="cannot be written"):
            reading.remove(kept.id)


WRONG: dict[str, Any] = {"leg": 6}


@pytest.mark.parametrize("wrong", [Before(pain=11), Before(pain=-1), Before(**WRONG)])
def test_what_cannot_be_is_refused(journal, wrong):
    with pytest.raises(EntryRefused, match="does not fit"):
        journal.begin(replace(SESSION, before=wrong))
    with pytest.raises(EntryRefused, match="does not fit"):
        journal.add_set(99, SETS[0])
    assert journal.sessions() == ()


def _in_the_middle(whole):
    whole[8192:12288] = os.urandom(4096)


def _cut(length):
    return lambda whole: whole.__delitem__(slice(length, None))


def _whole(content):
    return lambda whole: whole.__setitem__(slice(None), content)


DAMAGES = (
    _in_the_middle,
    *map(_cut, (50, 20_000)),
    *map(_whole, (b"not a database " * 100, b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000)),
)


def test_a_damaged_file_is_set_aside_and_named_and_nothing_there_is_overwritten(path, told):
    for number, damage in enumerate(DAMAGES, 1):
        with Journal.open(path, told.append) as journal:
            for day in range(60 if number < 4 else 1):
                journal.begin(replace(SESSION, day=MONDAY + timedelta(day)))
        whole = bytearray(path.read_bytes())
        damage(whole)
        path.write_bytes(whole)
        Journal.open(path, told.append).close()
        with naming(number):
            assert (path.parent / f"journal.damaged-{number}.db").read_bytes() == bytes(whole)
            assert len(told) == number
            assert told[-1].startswith(
                f"Your journal {path} is damaged. It is kept as journal.damaged-{number}"
            )


def _sql(statement):
    def execute(path):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return execute


def test_a_journal_of_the_version_before_keeps_what_it_has_of_weakness(path):
    """Version 9 had new weakness in a session's answers, and among what was agreed about a pace."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in (each for step in opening.STEPS[:9] for each in step):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {opening.APPLICATION}")
        connection.execute("PRAGMA user_version = 9")
        for row in (
            "agreement (at, said) VALUES ('2026-03-01T07:00:00.000+00:00', 'begin')",
            "agreement (at, said) VALUES ('2026-03-09T07:00:00.000+00:00', 'weak')",
        ):
            connection.execute(f"INSERT INTO {row}")
        before = rows.of_session(replace(SESSION, before=Before(weak=False), started=_at(16)))
        for later in ("utc_offset", "instructions", "region", "arm_before", "sign_before", "arm", "sign"):
            del before[later]
        connection.execute(*rows.insert("session", before))
    with Journal.open(path, pytest.fail) as journal:
        assert [each.said for each in journal.agreements()] == [Agreed.BEGIN]
        assert journal.weakness() == (
            Weakness(at=_at(9), present=True),
            Weakness(at=_at(16), present=False),
        )


def test_a_journal_of_version_14_has_open_questions_from_now_on_or_keeps_those_it_has(tmp_path):
    """Some programs that wrote version 14 knew of them, and some did not."""
    for table in ("", "CREATE TABLE to_answer (session INTEGER PRIMARY KEY)"):
        journal = tmp_path / f"{bool(table)}.db"
        with closing(sqlite3.connect(journal)) as connection, connection:
            for statement in (*(each for step in opening.STEPS[:14] for each in step), table):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {opening.APPLICATION}")
            connection.execute("PRAGMA user_version = 14")
            connection.execute(*rows.insert("session", rows.of_session(SESSION)))
            if table:
                connection.execute("INSERT INTO to_answer VALUES (1)")
        with Journal.open(journal, pytest.fail) as opened:
            assert [each.id for each in opened.left_open(MONDAY)] == ([1] if table else [])
            opened.leave_open(1)
            assert [each.id for each in opened.left_open(MONDAY)] == [1]


def test_an_answer_leaves_what_another_program_has_written_meanwhile(journal):
    kept = journal.begin(SESSION)
    journal.update(replace(kept, comment="better", finished=False))
    journal.answer(kept, replace(kept, next_morning=4))
    journal.answer(kept, kept)
    assert journal.session(kept.id) == replace(kept, comment="better", finished=False, next_morning=4)


def test_a_session_that_is_taken_out_and_brought_back_is_still_to_be_asked_about(journal):
    kept = journal.begin(SESSION)
    journal.leave_open(kept.id)
    journal.take_out(kept.id, SESSION.started)
    assert journal.left_open(MONDAY) == ()
    journal.undo()
    assert journal.left_open(MONDAY) == (kept,)


def _at(day):
    return datetime(2026, 3, day, 7, tzinfo=UTC)


IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    r"newer voicecoach.*Update voicecoach": _sql(f"PRAGMA user_version = {opening.LATEST + 1}"),
    "another program": _sql("CREATE TABLE photos (name)"),
    "a folder stands in its place": Path.mkdir,
    "cannot be opened": lambda path: (path.parent.rmdir(), path.parent.write_text("in the way")),
}


@pytest.mark.parametrize("says", IN_THE_WAY)
def test_what_is_not_ours_is_left_alone(path, says):
    path.parent.mkdir()
    if says.startswith("newer"):
        Journal.open(path, pytest.fail).close()
    IN_THE_WAY[says](path)
    before = path.is_file() and path.read_bytes()
    with pytest.raises(JournalError, match=says):
        Journal.open(path, pytest.fail)
    assert (path.is_file() and path.read_bytes()) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(path, told):
    path.parent.mkdir()
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal.open(path, told.append)


@pytest.fixture
def full(journal):
    """A disk without room: the file may not grow."""
    journal._connection.execute("PRAGMA max_page_count = 60")
    return journal


def test_a_full_disk_is_said_and_what_was_written_stays(full):
    with pytest.raises(JournalError, match="the disk is full"):
        fill(full)
    kept = full.sessions()
    assert kept
    assert {len(each.sets) for each in kept} == {len(SETS)}


def fill(journal):
    for _ in range(1000):
        journal.begin(SESSION)
