"""``voicecoach stats`` and ``report``."""

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import seeded
from fakes.journal import MONDAY, session_on, sets_of

from voicecoach.cli import report, stats
from voicecoach.journal import store
from voicecoach.journal.records import Felt, Leg
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending

CASES = Path(__file__).parent
EMPTY = (
    "There is nothing to show yet, and that is fine:"
    " it begins with your first session, voicecoach play quick\n"
)
HEAD = "        M T W T F S S    days   minutes  pain: before  worst  morning  effort"
PLANK = Library.default().exercise("plank_front")
SUNDAY = 6


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """Let it be so many days after a Monday."""

    def set_day(number):
        now = datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(days=number, hours=17)
        for command in (stats, report):
            monkeypatch.setattr(command, "today", lambda: now)

    set_day(SUNDAY)
    return set_day


@pytest.fixture
def add(home):
    """Write sessions into the journal."""

    def add_sessions(*sessions):
        with Journal.open(store.file(), print) as journal:
            for session in sessions:
                journal.begin(session)

    return add_sessions


@pytest.fixture
def page(tmp_path, run):
    """Write a report with these options; the page."""

    def write(*options):
        path = tmp_path / "page.html"
        assert run("report", "-o", path, *options).status == 0
        return path.read_text(encoding="utf-8")

    return write


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """The folder in which the command is given."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(result):
    assert (result.status, result.err) == (0, "")
    return result.out.splitlines()


def test_three_months(run, add, day):
    """As in ``stats.txt``; after a wanted change run with VOICECOACH_GOLDEN=write and read that."""
    add(*seeded.months())
    day(7 * 12 - 1)
    shown = run("stats").out
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        (CASES / "stats.txt").write_text(shown, encoding="utf-8")
    assert shown == (CASES / "stats.txt").read_text(encoding="utf-8")
    assert max(map(len, shown.splitlines())) <= 80


def test_a_week(run, add, day):
    day(4)
    hurt = sets_of(PLANK, share=0.5, ending=Ending.HURT, felt=Felt(worst_pain=7))
    add(
        replace(session_on(0, pain=3, worst=4, effort=5, leg=Leg.BACK, after_leg=Leg.KNEE), seconds=1500.0),
        replace(session_on(1, sets_of(PLANK), pain=2, worst=3, effort=6, morning=2), finished=False),
        replace(session_on(2, hurt, pain=2, worst=None, effort=None)),
    )
    assert lines(run("stats")) == [
        HEAD,
        "2 Mar   x / ! . .      3 of 3*       45           2.3    4.7      2.0     5.5",
        "",
        "x done   / part of it   ! stopped because it hurt   * week on target",
        "",
        "On target   1 of 1 week (goal: 3 days a week); this week 3 days so far",
        "Time        45 min in 3 sessions, 15 min each",
        "Pain        before 2.3, worst 4.7, next morning 2.0",
        "Effort      5.5",
        "Hurt        Front plank on the knees (1 time, last on 4 Mar)",
        "Leg         pain went further down the leg in 1 session. If that goes on, or you",
        "            feel numb or weak there, ask a doctor: voicecoach safety",
    ]


def test_two_sessions_on_a_day_and_nothing_said(run, add, day):
    day(0)
    silent = session_on(0, worst=None, effort=None)
    add(silent, replace(silent, started=silent.started + timedelta(hours=2)))
    assert lines(run("stats")) == [
        HEAD,
        "2 Mar   x              1 of 3        20             -      -        -       -",
        "",
        "x done   / part of it   ! stopped because it hurt   * week on target",
        "",
        "On target   this week 1 day so far (goal: 3 days a week)",
        "Time        20 min in 2 sessions, 10 min each",
        "Pain        not said",
        "Effort      not said",
    ]


def test_a_week_without_a_session_takes_nothing_from_the_others(run, add, day):
    day(7 * 3)
    add(*(session_on(number) for number in (0, 2, 4)))
    shown = lines(run("stats"))
    assert [line[:21].rstrip() for line in shown[1:5]] == [
        "2 Mar   x . x . x . .",
        "9 Mar   . . . . . . .",
        "16 Mar  . . . . . . .",
        "23 Mar  .",
    ]
    assert "On target   1 of 3 weeks (goal: 3 days a week); this week 0 days so far" in shown
    assert "from, to" not in "".join(shown), "without an answer at its end there is no trend"


def test_a_trend_from_one_week_to_another_says_so(run, add, day):
    day(7 * 2)
    add(session_on(0, worst=4), session_on(7), session_on(14, worst=2))
    shown = lines(run("stats"))
    assert "Pain        worst from 4.0 to 2.0" in shown
    assert "            (from, to: means of the first and the last week)" in shown


@pytest.mark.parametrize("command", ["stats", "report"])
def test_an_empty_journal_is_no_fault(run, add, nowhere, command):
    for _ in range(2):  # without a journal, and with one that holds nothing
        assert run(command).out == EMPTY
        add()
    add(replace(session_on(0), finished=False, seconds=2.0))  # ended before anything was done
    result = run(command)
    assert (result.status, result.out, result.err) == (0, EMPTY, "")
    assert list(nowhere.glob("*.html")) == []


@pytest.mark.parametrize("command", ["stats", "report"])
@pytest.mark.parametrize(
    ("later", "more"),
    [
        (100, " To look further back: --weeks 15."),
        (7 * 104, ""),
        (7 * 103, " To look further back: --weeks 104."),
    ],
)
def test_who_was_away_is_welcome_and_told_how_to_look_back(run, add, day, nowhere, command, later, more):
    add(session_on(0))
    day(later)
    assert run(command).out == f"Your last session was on 2 March 2026. Good to have you back.{more}\n"
    if more:
        weeks = more.split()[-1].rstrip(".")
        assert run("stats", "--weeks", weeks).out.splitlines()[1].startswith("2 Mar ")
        assert "Good to have you back." in run("stats", "--weeks", int(weeks) - 1).out


@pytest.mark.parametrize("command", ["stats", "report"])
@pytest.mark.parametrize("weeks", [0, 105, "some"])
def test_weeks_that_cannot_be_shown(run, add, command, weeks):
    add(session_on(0))
    assert run(command, "--weeks", weeks).status == 2


def test_any_number_of_weeks_there_is(run, add, page, day):
    add(*(session_on(number) for number in range(-800, 1)))
    for weeks in (1, 104):
        shown = lines(run("stats", "--weeks", weeks))
        assert shown.index("") - 1 == weeks
        assert f"· {weeks} week{'s' if weeks > 1 else ''}" in page("--weeks", weeks)


def test_the_goal_is_that_of_the_plan(run, add, page):
    add(session_on(0))
    assert run("plan", "new", "--phase", "calm").status == 0
    goal = next(line for line in lines(run("stats")) if line.startswith("On target"))
    assert goal == "On target   this week 1 day so far (goal: 7 days a week)"
    assert "Goal: 7 days a week." in page()


def test_a_plan_that_cannot_be_read_takes_the_usual_goal_and_says_so(run, add, home):
    add(session_on(0))
    assert run("plan", "new", "--phase", "calm").status == 0
    (plan,) = home.rglob("plan*.*")
    plan.write_text("{", encoding="utf-8")
    result = run("stats")
    assert "goal: 3 days a week" in result.out
    assert result.err.endswith("So a goal of 3 days a week is taken here.\n")


def test_names_cannot_write_on_the_terminal(run, add):
    evil = [replace(each, exercise="\x1b[2J evil\n") for each in sets_of(PLANK, ending=Ending.HURT)]
    add(session_on(0, evil))
    assert "\x1b" not in run("stats").out


def test_a_report_is_told_and_named_after_the_person(run, add, tmp_path, page):
    add(session_on(0))
    path = tmp_path / "page.html"
    assert lines(run("report", "-o", path)) == [
        f"Your report is in {path}: open it in a browser, and print it or save it as PDF there."
    ]
    assert "<h1>Exercise report</h1>" in page()
    assert "<h1>Exercise report for Robin &lt;3</h1>" in page("--name", " Robin  <3 ")
    assert len(page("--name", "x" * 10_000)) < len(page()) + 200


def test_a_report_is_named_report_where_nothing_else_is_said(run, add, nowhere):
    add(session_on(0))
    assert run("report").status == 0
    assert (nowhere / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_report_makes_its_folder_and_replaces_an_older_one(run, add, tmp_path):
    add(session_on(0))
    path = tmp_path / "for" / "her" / "page.HTM"
    assert run("report", "-o", path).status == 0
    path.write_text("old", encoding="utf-8")
    assert run("report", "-o", path).status == 0
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["report", "report.pdf", "-", "/"])
def test_only_a_page_is_written(run, add, name):
    add(session_on(0))
    result = run("report", "-o", name)
    assert (result.status, result.err) == (
        2,
        f"'{name}' is not the name of an HTML page. End it in .html.\n",
    )


@pytest.mark.parametrize("name", ["file/page.html", "folder.html"])
def test_a_report_that_cannot_be_written(run, add, tmp_path, name):
    add(session_on(0))
    (tmp_path / "file").write_text("old", encoding="utf-8")
    (tmp_path / "folder.html").mkdir()
    before = set(tmp_path.rglob("*"))
    result = run("report", "-o", tmp_path / name)
    assert result.status == 2
    assert result.err.startswith(f"The report cannot be written to {tmp_path / name}: ")
    assert set(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("call", "why"),
    [("os.fsync", "No space left on device"), ("tempfile.mkstemp", "Read-only file system")],
)
def test_a_disk_that_does_not_take_it_keeps_the_older_report(run, add, tmp_path, monkeypatch, call, why):
    add(session_on(0))
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")

    def fail(*_, **__):
        raise OSError(errno.EIO, why)

    with monkeypatch.context() as failing:
        failing.setattr(call, fail)
        result = run("report", "-o", path)
    assert (result.status, result.err) == (2, f"The report cannot be written to {path}: {why}.\n")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.glob("*page.html*")) == [path]
