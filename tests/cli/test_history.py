"""``voicecoach history``: what was done, for the person and for other programs."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from rich.cells import cell_len

from voicecoach.journal import store
from voicecoach.journal.export import COLUMNS
from voicecoach.journal.opening import APPLICATION, LATEST
from voicecoach.journal.records import Before, Decision, DoseChange, Event, Felt, Happening, Leg
from voicecoach.journal.store import Journal
from voicecoach.routine.doses import Dose
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending

BIRD_DOG = Library.default().exercise("bird_dog")
PLANK = Library.default().exercise("plank_front")
STARTED = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
DECISION = Decision(
    written="plank_front",
    exercise="plank_front",
    dose=Dose(reps=(3,), hold=12.0),
    change=DoseChange.ADVANCE,
    reason="Two green sessions at effort 4: hold goes from 10 to 12 seconds.",
    advice="Rest on your knees.",
    based_on=("2026-03-02: 3 x 10s, green, effort 4",),
)


@pytest.fixture(autouse=True)
def utc(monkeypatch):
    """Somebody who lives where the clocks show UTC, with a terminal of 80 columns."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "UTC")
        here.setenv("COLUMNS", "80")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def journal(home):
    with Journal.open(store.file(), print) as journal:
        yield journal


@pytest.fixture
def week(journal):
    """Three sessions: one done, one stopped because it hurt, one cut off; the numbers are 1, 2, 3."""
    one = replace(BIRD_DOG, reps=(3,))
    hurt = replace(sets_of(PLANK, ending=Ending.HURT, felt=Felt(worst_pain=7, effort=6))[0], block=1)
    whole = session_on(0, sets_of(one), pain=1, leg=Leg.BACK, worst=2, effort=4, form=True)
    stopped = session_on(1, sets_of(one), [hurt], worst=None, effort=None)
    cut = session_on(2, sets_of(one)[:1], worst=None, effort=None, decisions=[DECISION])
    journal.begin(replace(whole, sets_planned=1, comment="Slept well.", next_morning=2))
    journal.begin(replace(stopped, sets_planned=2, finished=False, seconds=125.0, as_written=True))
    journal.begin(replace(cut, sets_planned=2, finished=False, ended=None, seconds=0.0))
    at = STARTED + timedelta(seconds=61)
    journal.add_event(3, Event(at=at, what=Happening.OBEYED, command="pause"))
    journal.add_event(
        3, Event(at=at, what=Happening.REFUSED, command="harder", why="There is no harder form.")
    )
    return journal


LIST = """\
no  day         time   routine  min  sets  pain  effort  ended
 3  2026-03-04  08:00  core       1   0/2   -/-       -  interrupted
 2  2026-03-03  08:00  core       2   1/2   -/7       6  stopped, hurt
 1  2026-03-02  08:00  core      10   1/1   1/2       4  done
"""


@pytest.mark.usefixtures("week")
def test_the_list_has_the_latest_first(run):
    assert run("history").out == LIST


@pytest.mark.usefixtures("week")
def test_the_list_can_be_shorter(run):
    head, *rows = LIST.splitlines()
    shown = run("history", "--limit", 1).out
    assert shown == f"{head}\n{rows[0]}\n\nThe last 1 of 3 sessions; all of them: --limit 0\n"
    assert run("history", "--since", "2026-03-03").out.splitlines() == [head, *rows[:2]]
    assert run("history", "--limit", 0).out == LIST
    assert run("history", "--since", "2026-03-05").out == (
        "There is no session since 2026-03-05. All of them: voicecoach history\n"
    )


def test_twenty_are_a_screen_full(run, journal):
    for day in range(25):
        journal.begin(session_on(day))
    shown = run("history").out.splitlines()
    assert len(shown) == 1 + 20 + 2
    assert shown[-1] == "The last 20 of 25 sessions; all of them: --limit 0"
    assert shown[1].split()[:2] == ["25", "2026-03-26"]


@pytest.mark.parametrize("name", ["Walk " * 19, "水泳と散歩 " * 9, "\x1b[31mred\x1b[0m", "a\nb"])
def test_no_name_breaks_the_list(run, journal, name):
    many = replace(session_on(0, pain=10, worst=10, effort=10), sets_planned=100, finished=False)
    for _ in range(3):
        journal.begin(replace(many, routine=name))
    lines = run("history").out.splitlines()
    assert len(lines) == 4
    assert all(cell_len(line) <= 80 for line in lines)
    assert len({cell_len(line.partition("stopped")[0]) for line in lines[1:]}) == 1
    assert "\x1b" not in "".join(lines)


FIRST = """\
Session 1: core, Monday 2 March 2026, 08:00
  10:00 min of about 10, done, 1 of 1 sets
  Before:       pain 1, leg: back
  After:        worst pain 2, effort 4, good form
  Next morning: pain 2
  Comment:      Slept well.

Sets
  Bird dog                    1 of 1  left   3 of 3 reps x 5s
  Bird dog                    1 of 1  right  3 of 3 reps x 5s

"""
LAST = """\
Session 3: core, Wednesday 4 March 2026, 08:00
  0:36 min of about 10, interrupted, 0 of 2 sets

Sets
  Bird dog                    1 of 1  left   3 of 3 reps x 5s

The plan, and why
  Front plank on the knees: 3 x 12s (advance)
    Two green sessions at effort 4: hold goes from 10 to 12 seconds.
    Rest on your knees.
      2026-03-02: 3 x 10s, green, effort 4

Pressed
  08:01:01  pause
  08:01:01  harder: not possible. There is no harder form.

"""


@pytest.mark.usefixtures("week")
def test_one_session_in_full(run):
    assert run("history", 1).out == FIRST
    assert run("history", "2026-03-02").out == FIRST
    assert run("history", "last").out == LAST
    shown = run("history", 2).out
    assert "stopped, 1 of 2 sets, as written in the routine" in shown
    assert "  Front plank on the knees    1 of 1         3 of 3 reps x 10s         hurt\n" in shown
    assert "    worst pain 7, effort 6\n" in shown


def test_all_sessions_of_a_day(run, journal):
    for _ in range(2):
        journal.begin(session_on(0))
    shown = run("history", MONDAY.isoformat()).out
    assert [line for line in shown.splitlines() if line.startswith("Session")] == [
        "Session 1: core, Monday 2 March 2026, 08:00",
        "Session 2: core, Monday 2 March 2026, 08:00",
    ]


def test_ways_to_do_a_set(run, journal):
    walk = Library.default().exercise("brisk_walk")
    (walked,) = sets_of(replace(walk, duration=600.0, reps=(1,)), share=0.5)
    (squat,) = sets_of(replace(BIRD_DOG, reps=(8,)))[:1]
    form = replace(
        squat, exercise="Mine", written="bird_dog", side="", load=2.5, tempo=0.8, hold=None, block=1
    )
    journal.begin(session_on(0, [walked, form]))
    shown = run("history", 1).out
    assert "5m of 10m" in shown
    assert "Mine                        1 of 1         8 of 8 reps, 2.5 kg, 80% speed" in shown
    assert "    instead of Bird dog" in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["4"], "There is no session 4 in your journal: 'voicecoach history' shows them."),
        (["9" * 30], f"'{'9' * 30}' is not the number of a session"),
        (["2026-03-09"], "There is no session on 2026-03-09"),
        (["2026-02-30"], "neither the number of a session, nor 'last', nor a day"),
        (["sometime"], "'sometime' is neither the number"),
        (["--since", "sometime"], "'sometime' is not a day: a day is written as 2026-09-14"),
        (["--since", "2026-02-30"], "There is no such day as 2026-02-30"),
        (["1", "--limit", "2"], "not both"),
        (["--json", "--csv"], "not both"),
        (["--limit", "-1"], "'--limit'"),
    ],
)
@pytest.mark.usefixtures("week")
def test_what_cannot_be_shown(run, arguments, says):
    shown = run("history", *arguments)
    assert (shown.status, shown.out) == (2, "")
    assert says in shown.err
    assert "Traceback" not in shown.err


def test_a_journal_that_has_not_begun(run, home):
    for arguments in ([], ["last"], ["--since", "today"]):
        shown = run("history", *arguments)
        assert (shown.status, shown.err) == (0, "")
        assert "There is nothing in your journal yet." in shown.out
    assert not home.exists()


def test_an_empty_journal_for_programs(run):
    assert json.loads(run("history", "--json").out) == {"format": 1, "sessions": []}
    assert run("history", "--csv").out == ",".join(COLUMNS) + "\r\n"


SET_AS_JSON = {
    "exercise": "bird_dog",
    "written": "bird_dog",
    "block": 0,
    "set": 1,
    "sets": 1,
    "side": "left",
    "reps": 3,
    "reps_planned": 3,
    "seconds": sets_of(replace(BIRD_DOG, reps=(3,)))[0].seconds,
    "seconds_planned": None,
    "hold": 5.0,
    "lowering": None,
    "load_kg": 0.0,
    "tempo": 1.0,
    "ending": "done",
    "left_at": "2026-03-02T00:00:00+00:00",
    "felt": {"worst_pain": None, "effort": None, "leg": None, "form_ok": None},
}


@pytest.mark.usefixtures("week")
def test_everything_as_json(run):
    shown = json.loads(run("history", "--json").out)
    assert [each["number"] for each in shown["sessions"]] == [3, 2, 1]
    assert json.loads(run("history", "3", "--json").out) == {"format": 1, "sessions": [shown["sessions"][0]]}
    assert shown["sessions"][0] == {
        "number": 3,
        "routine": "core",
        "version": "",
        "day": "2026-03-04",
        "started": "2026-03-04T08:00:00+00:00",
        "ended": None,
        "how_it_ended": "interrupted",
        "seconds": 0.0,
        "seconds_planned": 600.0,
        "sets_done": 0,
        "sets_planned": 2,
        "as_written": False,
        "before": {"pain": None, "leg": None},
        "after": {"worst_pain": None, "effort": None, "leg": None, "form_ok": None},
        "next_morning": None,
        "comment": "",
        "sets": [SET_AS_JSON],
        "decisions": [
            {
                "written": "plank_front",
                "exercise": "plank_front",
                "dose": {"reps": [3], "hold": 12.0, "duration": None, "lowering": None, "load": 0.0},
                "level": None,
                "change": "advance",
                "reason": DECISION.reason,
                "advice": DECISION.advice,
                "based_on": list(DECISION.based_on),
            }
        ],
        "events": [
            {"at": "2026-03-04T08:01:01+00:00", "what": "obeyed", "command": "pause", "why": ""},
            {
                "at": "2026-03-04T08:01:01+00:00",
                "what": "refused",
                "command": "harder",
                "why": "There is no harder form.",
            },
        ],
    }


@pytest.mark.usefixtures("week")
def test_a_row_for_each_set_as_csv(run):
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv").out)))
    assert [(row["session"], row["exercise"], row["side"]) for row in rows] == [
        ("3", "bird_dog", "left"),
        ("2", "bird_dog", "left"),
        ("2", "bird_dog", "right"),
        ("2", "plank_front", ""),
        ("1", "bird_dog", "left"),
        ("1", "bird_dog", "right"),
    ]
    assert rows[-1] == {
        "session": "1",
        "day": "2026-03-02",
        "started": "2026-03-02T08:00:00+00:00",
        "routine": "core",
        "how_it_ended": "done",
        "session_seconds": "600",
        "pain_before": "1",
        "leg_before": "back",
        "session_worst_pain": "2",
        "session_effort": "4",
        "session_leg": "",
        "session_form_ok": "yes",
        "next_morning": "2",
        "comment": "Slept well.",
        "exercise": "bird_dog",
        "written": "bird_dog",
        "block": "0",
        "set": "1",
        "sets": "1",
        "side": "right",
        "reps": "3",
        "reps_planned": "3",
        "seconds": f"{SET_AS_JSON['seconds']:g}",
        "seconds_planned": "",
        "hold": "5",
        "lowering": "",
        "load_kg": "0",
        "tempo": "1",
        "ending": "done",
        "left_at": "2026-03-02T00:00:00+00:00",
        "worst_pain": "",
        "effort": "",
        "leg": "",
        "form_ok": "",
    }


def test_the_table_is_rfc_4180_whatever_the_terminal(journal):
    journal.begin(replace(session_on(0), comment='Said "ouch", twice; naïve 水', before=Before(pain=3)))
    journal.close()
    command = [sys.executable, "-m", "voicecoach", "history", "--csv"]
    environ = os.environ | {"PYTHONIOENCODING": "ascii"}
    written = subprocess.run(command, capture_output=True, check=True, env=environ).stdout
    lines = written.split(b"\r\n")
    assert len(lines) == 3
    assert lines[2] == b""
    assert b"\n" not in b"".join(lines)
    assert ',"Said ""ouch"", twice; naïve 水",' in lines[1].decode()
    assert lines[1].count(b",") == len(COLUMNS)  # one more than between the columns: in the comment


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r\n=1",
        " =1",
        "\x1b[0m=1",
        "\N{FULLWIDTH EQUALS SIGN}1",
        "\u200b=1",
    ],
)
def test_no_text_is_a_formula(run, journal, text):
    first, *_ = sets_of(BIRD_DOG)
    journal.begin(replace(session_on(0, [replace(first, exercise=text)]), routine=text, comment=text))
    (row,) = csv.DictReader(io.StringIO(run("history", "--csv").out))
    for column in ("routine", "comment", "exercise"):
        assert row[column][0] == "'"
        assert row[column][1] in "=+-@\N{FULLWIDTH EQUALS SIGN}"


def test_a_damaged_journal_is_named_and_kept(run, home):
    store.file().parent.mkdir(parents=True)
    store.file().write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    shown = run("history")
    assert shown.status == 0
    assert "is damaged. It is kept as journal.damaged-1.db" in shown.err
    assert "voicecoach restore FILE" in shown.err
    assert "There is nothing in your journal yet." in shown.out


def test_a_journal_that_cannot_be_opened(run, home):
    store.file().mkdir(parents=True)
    for command in (["history"], ["log", "core"], ["undo-log"], ["backup", home / "copy.db"]):
        shown = run(*command)
        assert shown.status == 2
        assert shown.err.startswith(f"Your journal {store.file()} cannot be opened: ")
        assert "Traceback" not in shown.err


def test_days_that_are_named(run, journal):
    today = datetime.now(UTC).date()
    for day in (today, today - timedelta(1)):
        journal.begin(replace(session_on(day)))
    assert run("history", "today").out.startswith("Session 1:")
    assert run("history", "yesterday").out.startswith("Session 2:")
    assert len(run("history", "--since", "yesterday").out.splitlines()) == 3
    assert date.fromisoformat(run("history", "--limit", 1).out.splitlines()[1].split()[1]) == today


@pytest.mark.usefixtures("week")
def test_a_journal_that_may_not_be_written_can_be_read_and_copied(run, journal, tmp_path, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("voicecoach.journal.opening.locked", refused)  # the first that writes
    for command in (["history"], ["history", "--csv"], ["backup", tmp_path / "copy.db"]):
        shown = run(*command)
        assert (shown.status, shown.err) == (0, "")
    assert run("history").out == LIST
    shown = run("log", "core")
    assert shown.status == 2
    assert "VOICECOACH_HOME names another place" in shown.err
    monkeypatch.undo()
    with Journal.open(tmp_path / "copy.db", pytest.fail) as copied:
        assert copied.sessions() == journal.sessions()


@pytest.mark.parametrize("version", [0, LATEST + 1])
def test_what_is_no_journal_is_not_read_either(run, home, version):
    store.file().parent.mkdir(parents=True)
    other = sqlite3.connect(store.file())
    other.execute("CREATE TABLE notes (text)")
    if version:
        other.execute(f"PRAGMA application_id = {APPLICATION}")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    shown = run("history")
    assert (shown.status, shown.out) == (2, "")
    assert "so nothing is written to it." in shown.err
