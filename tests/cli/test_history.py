"""``voicecoach history`` for hostile texts and journals that cannot be read; transcripts show the rest."""

import csv
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest
from fakes.journal import session_on, sets_of
from naming import naming
from rich.cells import cell_len

from voicecoach import cli
from voicecoach.cli import page, session_in_terminal
from voicecoach.errors import Declined
from voicecoach.journal.export import COLUMNS
from voicecoach.journal.records import Before
from voicecoach.journal.store import Journal
from voicecoach.journal.trackers import STRONG
from voicecoach.routine.files.library import Library
from voicecoach.routine.region import Region
from voicecoach.settings.table import SessionSettings

BIRD_DOG = Library.default().exercise("bird_dog")
FORMULAS = "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "\x1b[0m=1", "\N{FULLWIDTH EQUALS SIGN}1"


def test_no_name_breaks_the_list(run, journal):
    many = replace(session_on(0, pain=10, worst=10, effort=10), sets_planned=100, finished=False)
    for name in ("Walk " * 19, "水泳と散歩 " * 9, "\x1b[31mred\x1b[0m", "a\nb"):
        journal.begin(replace(many, routine=name))
    lines = run("history").out.splitlines()
    assert len(lines) == 5
    assert len({cell_len(line.partition("stopped")[0]) for line in lines[1:]}) == 1
    assert "\x1b" not in "".join(lines)


def test_a_session_for_no_part_of_the_body_says_so(run, journal):
    journal.begin(replace(session_on(0), region=Region.GENERAL))
    journal.begin(replace(session_on(1), region=Region.KNEE))
    assert "for no part in particular" in run("history", "1").out
    assert "for the knee" in run("history", "2").out


def test_the_table_is_rfc_4180_whatever_the_terminal(run, journal, monkeypatch):
    journal.begin(replace(session_on(0), comment='Said "ouch", twice; naïve 水', before=Before(pain=3)))
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with monkeypatch.context() as terminal:
        terminal.setattr("sys.stdout", screen)
        run("history", "--csv")
    lines = screen.buffer.getvalue().split(b"\r\n")
    assert len(lines) == 3
    assert lines[2] == b""
    assert b"\n" not in b"".join(lines)
    assert ',"Said ""ouch"", twice; naïve 水",' in lines[1].decode()
    assert lines[1].count(b",") == len(COLUMNS)  # one more than between the columns: in the comment


def test_no_text_is_a_formula(run, journal):
    first, *_ = sets_of(BIRD_DOG)
    for text in (*FORMULAS, "\u200b=1"):
        journal.begin(replace(session_on(0, [replace(first, exercise=text)]), routine=text, comment=text))
    for row in csv.DictReader(io.StringIO(run("history", "--csv").out)):
        for column in ("routine", "comment", "exercise"):
            with naming(row):
                assert row[column][0] == "'"
                assert row[column][1] in "=+-@\N{FULLWIDTH EQUALS SIGN}"


def test_a_spreadsheet_knows_the_letters_and_nobody_is_told_an_hour_that_was_not_said(
    run, journal, monkeypatch
):
    journal.begin(replace(session_on(0, sets_of(BIRD_DOG)), by_hand=True, comment="Rücken"))
    text = run("history", "--csv").out
    assert text.startswith("\ufeffsession,")
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        assert (row["day"], row["started"], row["left_at"]) == ("2026-03-02", "", "")
        assert row["comment"] == "Rücken"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run("history", "--csv").out.startswith("session,")


def test_a_tracker_gets_its_columns_and_no_mark_before_them(run, journal):
    journal.begin(session_on(0, sets_of(BIRD_DOG)))
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv-for", "Strong").out, newline="")))
    assert {row["Exercise Name"] for row in rows} == {BIRD_DOG.name}
    assert {row["Workout Name"] for row in rows} == {Library.default().routine_name("core")}
    assert tuple(rows[0]) == STRONG
    shown = run("history", "--csv-for", "weak")
    assert (shown.status, shown.out) == (2, "")
    assert "'weak'" in shown.err
    assert "strong" in shown.err
    assert run("history", "--csv-for", "strong", "--csv").err == "Choose --csv or --csv-for, not both.\n"


def test_a_journal_that_may_not_be_written_can_be_read_and_copied(run, journal, tmp_path, monkeypatch):
    journal.begin(session_on(0))
    before = run("history")

    def refused(path, *_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("voicecoach.journal.opening.locked", refused)  # the first that writes
    assert run("history") == before
    for command in (["history", "--csv"], ["backup", tmp_path / "copy.db"]):
        shown = run(*command)
        assert (shown.status, shown.err) == (0, "")
    shown = run("log", "core")
    assert shown.status == 1
    assert "set VOICECOACH_HOME to another folder" in shown.err
    monkeypatch.undo()
    zipfile.ZipFile(tmp_path / "copy.db").extract("journal.db", tmp_path)
    with Journal.open(tmp_path / "journal.db", pytest.fail) as copied:
        assert copied.sessions() == journal.sessions()


HOLD = """
import sys
from voicecoach.journal import claims
held = claims.claim(int(sys.argv[1]))
print("playing", flush=True)
sys.stdin.read()
"""


def test_a_session_that_is_being_played_goes_on_now_and_a_killed_one_does_not(
    run, journal, accepted, monkeypatch, clock, told
):
    number = journal.begin(replace(session_on(0), ended=None, finished=False)).id
    assert "interrupted" in run("history").out
    command = [sys.executable, "-c", HOLD, str(number)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as elsewhere:
        assert elsewhere.stdout.readline() == "playing\n"
        assert run("history").out.splitlines()[-1].endswith("  now")
        assert " min of about 10, now" in run("history", "last").out
        resumed = run("resume")
        assert (resumed.status, resumed.err) == (
            2,
            "core is being played now, in another window, since 08:00.\n",
        )
        monkeypatch.setattr(page, "at_terminal", lambda: True)
        monkeypatch.setattr(page, "confirm", told.append)
        monkeypatch.setattr(cli, "clock", clock, raising=False)
        with pytest.raises(Declined):
            session_in_terminal._heed_another(SimpleNamespace(name="Quick"), SessionSettings(), ask=True)  # type: ignore[arg-type]  # all it needs
        assert told == ["Begin Quick as well"]
        elsewhere.kill()
    assert "interrupted" in run("history").out
