"""Copies of a journal that somebody has tampered with: refused or cleaned, soon, and nothing fails later."""

import json
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from naming import naming

from voicecoach.errors import NoCopy
from voicecoach.journal.backup import taken_from
from voicecoach.journal.opening import APPLICATION, LATEST, STEPS
from voicecoach.journal.records import Choice, Wish
from voicecoach.journal.store import Journal
from voicecoach.routine.dose import Dose
from voicecoach.routine.files.library import Library
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json
from voicecoach.timeline.steps import Work

SETS = sets_of(replace(Library.default().exercise("glute_bridge"), reps=(8, 8)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A copy with a bit of everything."""
    folder = tmp_path_factory.mktemp("whole")
    with Journal.open(folder / "journal.db", pytest.fail) as journal:
        for day in range(3):
            journal.begin(session_on(day, SETS), SavedPlan(at=day))
        moment = session_on(1).started
        journal.choose(Choice(at=moment, written="plank", wish=Wish.DOSE, dose=Dose(reps=(3,))))
        noted = journal.add_by_hand(session_on(3), moment)
        journal.correct(noted, replace(noted, comment="longer"), moment)
        journal.remove(journal.begin(session_on(4)).id)
        journal.backup(folder / "copy.db")
    return folder / "copy.db"


@pytest.fixture
def transcribed(whole, tmp_path):
    """Write a journal anew from a copy in which these statements were run, or which a function changed."""
    number = 0

    def transcribe(*changes, schema=False):
        nonlocal number
        number += 1
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copyfile(whole, given := folder / "given-here.db")
        for change in changes:
            if callable(change):
                change(given)
                continue
            with closing(sqlite3.connect(given, isolation_level=None)) as connection:
                connection.execute(f"PRAGMA writable_schema = {'ON' if schema else 'OFF'}")
                connection.executescript(change)
        began = time.monotonic()
        try:
            with given.open("rb") as file:
                found = taken_from(file, given, folder / "fresh.db")
        finally:
            assert time.monotonic() - began < 10, "it hangs"
        return found, folder / "fresh.db"

    return transcribe


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}


def schema(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_everything_comes_along_and_numbers_go_on(whole, transcribed):
    found, fresh = transcribed()
    assert (len(found.days), found.left_out) == (4, ())
    assert tables(fresh) == tables(whole)
    assert schema(fresh) == schema(whole)
    with Journal.open(fresh, pytest.fail) as journal:
        assert journal.begin(session_on(9)).id == 6  # the fifth was removed for good
        assert journal.undo()


FOREVER = "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more) SELECT count(*) FROM more"
CLEANED = {
    "a trigger": "CREATE TRIGGER bomb AFTER INSERT ON session BEGIN DELETE FROM set_done; END",
    "a trigger of undo": "CREATE TRIGGER bomb BEFORE DELETE ON correction BEGIN DELETE FROM session; END",
    "a view without an end": f"CREATE VIEW endless AS {FOREVER}",
    "a table of others": "CREATE TABLE notes (text); INSERT INTO notes VALUES (zeroblob(100000))",
    "a virtual table": "CREATE VIRTUAL TABLE words USING fts5 (text)",
    "an index on an expression": "CREATE INDEX slow ON session (hex(zeroblob(id * 1000)))",
    "a column more": "ALTER TABLE session ADD COLUMN later TEXT DEFAULT 'x'",
    "a check": "ALTER TABLE session ADD COLUMN checked TEXT CHECK (abs(-9223372036854775807) > 0)",
}


def test_what_is_not_ours_stays_behind(whole, transcribed):
    for kind, statements in CLEANED.items():
        with naming(kind):
            found, fresh = transcribed(statements)
            assert tables(fresh) == tables(whole)
            assert schema(fresh) == schema(whole)
            assert bool(found.left_out) == (kind[:7] in {"a trigg", "a view ", "a table", "a virtu"})
            assert not any(kind in told for told in found.left_out)


def _view(table, select):
    return f"ALTER TABLE {table} RENAME TO real_{table}; CREATE VIEW {table} AS {select}"


def _rewritten(table, sql):
    return f"UPDATE sqlite_master SET sql = {sql} WHERE name = '{table}'"


LARGE = 2**62
DEEP = "[" * 100_000
COMPUTED = "id INTEGER PRIMARY KEY, at TEXT, since TEXT, about AS (hex(zeroblob(500000000)))"


def _unbound(table, then):
    """Statements that make a table without its constraints."""
    made = f"CREATE TABLE other AS SELECT * FROM {table}; DROP TABLE {table}"
    return f"{made}; ALTER TABLE other RENAME TO {table}; {then}"


REFUSED: dict[str, tuple[str, str]] = {
    "a view in place of a table": (_view("remark", "SELECT * FROM real_remark"), "no table of a journal"),
    "a view without an end": (_view("met", FOREVER), "no table of a journal"),
    "a virtual table": ("DROP TABLE remark; CREATE VIRTUAL TABLE remark USING fts5 (at, about)", "no table"),
    "a table less": ("DROP TABLE remark", "no such table: remark"),
    "a column less": ("ALTER TABLE session DROP COLUMN comment", "no such column: comment"),
    "a computed column": (
        f"DROP TABLE remark; CREATE TABLE remark ({COMPUTED})",
        "is computed",
    ),
    "text for a number": ("UPDATE session SET planned = 'long'", "a value of str in 'session.planned'"),
    "bytes for a text": ("UPDATE session SET comment = x'00ff'", "a value of bytes in 'session.comment'"),
    "nothing where something is": (
        _unbound("remark", "INSERT INTO remark VALUES (1, NULL, NULL, NULL)"),
        "NOT NULL constraint failed: remark.at",
    ),
    "twice the same number": (
        _unbound("choice", "INSERT INTO choice SELECT * FROM choice"),
        "UNIQUE constraint failed",
    ),
    "a number without bounds": (f"UPDATE session SET sets_planned = {LARGE}", "a value of int"),
    "a number of a session without bounds": (
        f"UPDATE session SET id = {LARGE} WHERE id = 4",
        "a value of int",
    ),
    "infinity": ("UPDATE session SET planned = 9e999", "a value of float in 'session.planned'"),
    "the last number": (f"UPDATE sqlite_sequence SET seq = {2**63 - 1}", "a number in 'sqlite_sequence'"),
    "a text of 20 MB": (
        "UPDATE session SET comment = replace(hex(zeroblob(10000000)), '0', 'x')",
        "string or blob too big",
    ),
    "no time": ("UPDATE session SET started = 'now'", "Invalid isoformat string"),
    "a year that no clock has": ("UPDATE session SET started = '9999-12-31T23:59:59+00:00'", "9999"),
    "a zone that no place has": ("UPDATE session SET utc_offset = 100000", "offset must be"),
    "pain of 99": (
        "PRAGMA ignore_check_constraints = ON; UPDATE session SET worst_pain = 99",
        "CHECK constraint failed",
    ),
    "a set of no session": ("UPDATE set_done SET session = 77", "damaged"),
    "a dose without bounds": (
        """UPDATE choice SET dose = '{"reps": [3], "hold": 1e999}'""",
        "without bounds",
    ),
    "a dose that is no number": (
        """UPDATE choice SET dose = '{"reps": [3], "hold": NaN}'""",
        "without bounds",
    ),
    "a dose without an end": ("""UPDATE choice SET dose = '{"reps": [9999, 2]}'""", "without an end"),
    "a dose of a month": (
        """UPDATE choice SET dose = '{"reps": [1], "duration": 2600000}'""",
        "without bounds",
    ),
    "a set without an end": ("UPDATE set_done SET reps_planned = 99999 WHERE id = 1", "99999 reps"),
    "a dose of its own": ("""UPDATE choice SET dose = '{"reps": "many"}'""", "did not write"),
    "JSON in JSON": (f"UPDATE session SET asked = '{DEEP}'", "recursion"),
    "no JSON": ("UPDATE session SET instructions = '{'", "Expecting property name"),
    "an unknown ending": ("UPDATE set_done SET ending = 'eaten'", "eaten"),
    "version 0": ("PRAGMA user_version = 0", "no copy that voicecoach has made"),
    "version -1": ("PRAGMA user_version = -1", "no copy that voicecoach has made"),
    "a version to come": ("PRAGMA user_version = 99", "newer voicecoach"),
    "an old version with tables of a new one missing": (
        "DROP TABLE met; PRAGMA user_version = 5",
        "no such table: met",
    ),
    "another program's": ("PRAGMA application_id = 7", "no copy that voicecoach has made"),
}


def test_what_makes_no_sense_is_refused(transcribed):
    for kind, (statements, says) in REFUSED.items():
        with naming(kind), pytest.raises(NoCopy, match=says):
            transcribed(statements)


ROOT = "SELECT rootpage FROM sqlite_master WHERE name = 'session'"
SCHEMAS = {
    "a table that is a view": (
        _rewritten("remark", f"'CREATE VIEW remark AS {FOREVER}'"),
        "damaged",
    ),
    "a schema that is no SQL": (_rewritten("remark", "'DROP TABLE session'"), "damaged"),
    "a table of an unknown module": (
        _rewritten("remark", "'CREATE VIRTUAL TABLE remark USING nosuch(x)'"),
        "damaged|no table",
    ),
    "two tables in one place": (
        f"UPDATE sqlite_master SET rootpage = ({ROOT}) WHERE name = 'set_done'",
        "given-here",
    ),
    "a place that is not there": (
        "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'set_done'",
        "damaged",
    ),
}


def test_a_schema_that_was_written_over_is_refused(transcribed):
    for kind, (statements, says) in SCHEMAS.items():
        with naming(kind), pytest.raises(NoCopy, match=says):
            transcribed(statements, schema=True)


def test_scratched_pages_are_refused_or_read_and_never_hang(whole, transcribed):
    size = whole.stat().st_size
    refused = 0
    for at in range(0, size, 4096):

        def scratch(path, at=at):
            content = bytearray(path.read_bytes())
            content[at : at + 700] = bytes((at * 7 + each) % 256 for each in range(min(700, size - at)))
            path.write_bytes(content)

        with naming("scratched at", at):
            try:
                _, fresh = transcribed(scratch)
            except NoCopy:
                refused += 1
            else:
                assert schema(fresh) == schema(whole)
    assert refused > size // 4096 // 2


def test_reading_ends_however_long_a_query_would_take(transcribed, monkeypatch):
    for name, value in {"_STEPS_AT_LEAST": 100, "_STEPS_A_BYTE": 0, "_GLANCE": 10}.items():
        monkeypatch.setattr(f"voicecoach.journal.transcript.{name}", value)
    with pytest.raises(NoCopy, match="too long"):
        transcribed()


def test_a_schema_of_many_things_is_not_read_to_its_end(transcribed):
    more = "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 5000)"
    values = "SELECT 'view', 'v' || n, 'v' || n, 0, 'CREATE VIEW v' || n || ' AS SELECT 1' FROM more"
    with pytest.raises(NoCopy, match="too long"):
        transcribed(f"{more} INSERT INTO sqlite_master {values}", schema=True)
    long = "'CREATE VIEW v AS SELECT 1' || replace(hex(zeroblob(50000)), '00', ', 1')"
    with pytest.raises(NoCopy, match="damaged"):
        transcribed(f"INSERT INTO sqlite_master SELECT 'view', 'v', 'v', 0, {long}", schema=True)


def _removal(**parts):
    told = json.dumps(parts).replace("'", "''")
    return f"INSERT INTO correction (session, at, removed) VALUES (9, '2026-03-02T08:00:00+00:00', '{told}')"


def test_changes_that_could_not_be_taken_back_are_left_out(transcribed):
    for kind, statements in {
        "a session that makes no sense": _removal(session=[{"id": 9, "routine": "x"}]),
        "a zone that no place has": "UPDATE correction SET before = '{\"utc_offset\": 99999}' WHERE id = 2",
        "a text for a time": 'UPDATE correction SET before = \'{"started": "soon"}\' WHERE id = 2',
        "another table": _removal(sqlite_master=[{}]),
        "no JSON": "UPDATE correction SET before = '{' WHERE id = 2",
        "deep JSON": f"UPDATE correction SET before = '{DEEP}' WHERE id = 2",
    }.items():
        with naming(kind):
            found, fresh = transcribed(statements)
            assert found.left_out == ("changes that could not have been taken back",)
            with Journal.open(fresh, pytest.fail) as journal:
                assert journal.undo() is None
                assert len(journal.sessions()) == 4


def test_a_plan_with_which_nobody_can_go_on_is_left_out(transcribed):
    bridge = Library.default().exercise("glute_bridge")
    work = Work(block=0, title="", exercise=bridge, set_number=1, sets=1, reps=9999, side="", ordinal=0)
    endless = to_json(SavedPlan(steps=(work, work)))
    assert from_json(endless).steps
    for steps in ("{", DEEP, '{"version": 2, "plan": 7, "exercises": []}', '{"version": 1}', endless):
        with naming(steps[:40]):
            quoted = steps.replace("'", "''")
            found, fresh = transcribed(f"UPDATE plan SET steps = '{quoted}' WHERE session = 2")
            assert found.left_out == ("the plan of session 2",)
            with Journal.open(fresh, pytest.fail) as journal:
                assert [journal.plan(number) is None for number in (1, 2, 3)] == [False, True, False]


def test_a_journal_of_each_version_is_read(tmp_path):
    started = session_on(0).started
    for version in range(1, LATEST + 1):
        folder = tmp_path / str(version)
        folder.mkdir()
        with closing(sqlite3.connect(folder / "old.db")) as old, old:
            for step in STEPS[:version]:
                for statement in step:
                    old.execute(statement)
            old.execute(f"PRAGMA application_id = {APPLICATION}")
            old.execute(f"PRAGMA user_version = {version}")
            for day in range(2):
                values = ("core", "1", (started + timedelta(day)).isoformat(), str(MONDAY + timedelta(day)))
                old.execute(
                    "INSERT INTO session (routine, version, started, day, planned, sets_planned, seconds,"
                    " finished, as_written, by_hand, comment) VALUES (?, ?, ?, ?, 60, 3, 60, 1, 0, 0, '')",
                    values,
                )
        with naming("version", version), (folder / "old.db").open("rb") as file:
            found = taken_from(file, folder / "old.db", folder / "fresh.db")
            assert (found.days, found.left_out) == ((MONDAY, MONDAY + timedelta(1)), ())
            with Journal.open(folder / "fresh.db", pytest.fail) as journal:
                assert [each.started for each in journal.sessions()] == [started, started + timedelta(1)]
