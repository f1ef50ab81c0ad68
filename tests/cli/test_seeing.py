"""``voicecoach stats`` and ``report`` where a transcript shows too little."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
import seeded
from fakes.journal import session_on, sets_of

from voicecoach.journal import store
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending

CASES = Path(__file__).parent
PLANK = Library.default().exercise("plank_front")


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


def lines(result):
    assert (result.status, result.err) == (0, "")
    return result.out.splitlines()


def test_three_months(run, add, at):
    """As in ``stats.txt``; after a wanted change run with VOICECOACH_GOLDEN=write and read that."""
    add(*seeded.months())
    at(7 * 12 - 1)
    shown = run("stats").out
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        (CASES / "stats.txt").write_text(shown, encoding="utf-8")
    assert shown == (CASES / "stats.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("at")
def test_any_number_of_weeks_there_is(run, add, page):
    add(*(session_on(number) for number in range(-798, 1, 7)))
    for weeks in (1, 104):
        shown = lines(run("stats", "--weeks", weeks))
        assert shown.index("") - 1 == weeks
        assert f"· {weeks} week{'s' if weeks > 1 else ''}" in page("--weeks", weeks)


@pytest.mark.usefixtures("at")
def test_names_cannot_write_on_the_terminal(run, add):
    evil = [replace(each, exercise="\x1b[2J evil\n") for each in sets_of(PLANK, ending=Ending.HURT)]
    add(session_on(0, evil))
    assert "\x1b" not in run("stats").out


@pytest.mark.usefixtures("at")
def test_a_long_name_is_cut_in_the_report(add, page):
    add(session_on(0))
    assert len(page("--name", "x" * 10_000)) < len(page()) + 200


@pytest.mark.usefixtures("at")
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
