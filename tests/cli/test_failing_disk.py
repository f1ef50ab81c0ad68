"""Whole commands where nothing can be written, or what was written is damaged: the session goes on."""

import os
import shlex
import sqlite3
import stat
import subprocess
import sys

import pytest
from fakes.journal import broken_off

from voicecoach.app.record import Recording
from voicecoach.errors import EntryRefused, JournalError
from voicecoach.journal import opening, store, unwritten, writer
from voicecoach.journal.store import Journal

resource = pytest.importorskip("resource", reason="a program's files are limited where there are limits")

QUICKLY = ("--voice", "silent", "--output", "instant", "--journal", "--yes")
PLAY = ("play", "quick", *QUICKLY)
DONE = "Done after five minutes: both sets.\n"
NOT_NOW = "Not written down for now: {}. The session goes on, and what you do is noted as soon as that works."
LACKS = "This session is not in your journal yet"
BUSY = "another program is using your journal"
KEPT = " What you did is kept beside it, and goes into it by itself once it can be written."


def program(*arguments, limit=None):
    """Start ``voicecoach``; with a ``limit`` none of its files may grow beyond so many bytes."""
    return subprocess.Popen(
        [sys.executable, "-m", "voicecoach", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},  # half of it would be kept, and read ever after
        preexec_fn=limit  # noqa: PLW1509 - these tests have no threads
        and (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))),
    )


def sessions():
    with Journal.open(store.file(), pytest.fail) as journal:
        return journal.sessions()


@pytest.fixture
def done_before(run, accepted):
    """One session in the journal; its file."""
    assert run(*PLAY).status == 0
    return store.file()


@pytest.fixture
def hasty(monkeypatch):
    """Waits for no other program."""
    monkeypatch.setattr(opening, "PATIENCE", 0.01)
    monkeypatch.setattr(opening, "GLANCE", 0.01)
    monkeypatch.setattr(writer, "PATIENCE", 0.01)


@pytest.fixture
def taken(done_before, hasty):
    """Another program that has all of the journal for itself."""
    other = sqlite3.connect(done_before, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    yield other
    other.close()


@pytest.mark.usefixtures("accepted")
@pytest.mark.processes
def test_a_disk_that_is_full_from_the_start_and_the_command_that_notes_the_session_later(home):
    playing = program(*PLAY, limit=1)
    out, err = playing.communicate()
    assert (playing.returncode, DONE in out) == (1, True)
    now, later, command = err.splitlines()
    why = now.removeprefix("Not written down for now: ").partition(".")[0]
    assert now == NOT_NOW.format(why)
    assert LACKS not in out
    assert later.endswith("This session is not written down. To note it once that is mended, type:")
    assert {path.name for path in (home / "data").glob("*.json")} == {"safety.json"}
    program(*shlex.split(command)[1:]).communicate()
    (noted,) = sessions()
    assert (noted.by_hand, noted.routine, noted.day.isoformat() in command) == (True, "quick", True)
    assert {each.exercise for each in noted.sets} == {"pelvic_tilt", "glute_bridge"}


@pytest.mark.processes
def test_a_disk_that_fills_while_a_session_is_played(done_before):
    (before,) = sessions()
    playing = program("play", "core", *QUICKLY, limit=70_000)
    out, err = playing.communicate()
    assert (playing.returncode, ": all seven sets" in out) == (1, True)
    assert "Make room on it." in err
    assert "Traceback" not in err
    assert sessions()[0] == before


def test_the_command_that_notes_the_rest_has_no_set_that_is_written_down(run, accepted, at, monkeypatch):
    at(1)
    really, added = Journal.add_set, []

    def fill_up(journal, *arguments):
        if added:
            raise JournalError("Your journal cannot be written: the disk is full.", "the disk is full")
        added.append(arguments)
        really(journal, *arguments)

    def full(*_):
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "add_set", fill_up)
        patch.setattr(unwritten, "keep", full)
        shown = run(*PLAY)
    told, command = shown.err.splitlines()[-2:]
    assert told.endswith(
        "The rest of this session is not written down. To note it once that is mended, type:"
    )
    assert run(*shlex.split(command)[1:]).status == 0
    begun, noted = sorted(sessions(), key=lambda session: session.by_hand)
    assert [[each.exercise for each in session.sets] for session in (begun, noted)] == [
        ["pelvic_tilt"],
        ["glute_bridge"],
    ]
    assert noted.seconds < begun.planned / 2


def test_another_program_has_the_journal_during_the_whole_session(run, done_before, taken, at):
    at(1)
    shown = run(*PLAY)
    why = "another program is using it. Wait until that is done, or end it."
    where = f"Your journal {done_before} cannot be opened: {why}"
    assert shown.status == 1
    assert LACKS not in shown.out  # said once
    assert shown.err.splitlines() == [NOT_NOW.format(BUSY), f"{LACKS}. {where}{KEPT}"]
    shown = run("history")  # it can be read
    assert (shown.status, shown.err, shown.out.count("quick")) == (0, "", 1)
    taken.close()
    assert run("history").out.count("quick") == 2
    first, second = sessions()
    assert (second.finished, len(second.sets)) == (True, len(first.sets))
    assert [path.name for path in done_before.parent.glob("*unwritten*")] == []


def test_another_program_lets_go_of_the_journal_before_the_end(run, done_before, taken, at, monkeypatch):
    at(1)
    close = Recording.close

    def let_go_and_close(recording, summary):
        taken.close()
        close(recording, summary)

    monkeypatch.setattr(Recording, "close", let_go_and_close)
    shown = run(*PLAY)
    assert (shown.status, shown.err) == (0, f"{NOT_NOW.format(BUSY)}\n")
    first, second = sessions()
    assert second.finished
    assert [each.exercise for each in second.sets] == [each.exercise for each in first.sets]
    assert second.sets_planned == first.sets_planned
    assert abs(second.seconds - first.seconds) < 10  # another form cue is the task of each set


def test_an_interrupted_session_that_goes_on_is_written_when_that_is_possible(
    run, accepted, hasty, monkeypatch
):
    assert run(*PLAY).status == 0
    (whole,) = sessions()
    broken_off("quick")
    update, refusals = Journal.update, iter([JournalError("It cannot.", BUSY)])

    def once_refused(*arguments):
        for refusal in refusals:
            raise refusal
        update(*arguments)

    monkeypatch.setattr(Journal, "update", once_refused)
    shown = run("resume", *QUICKLY)
    assert (shown.status, shown.err) == (0, f"{NOT_NOW.format(BUSY)}\n")
    (again,) = sessions()
    assert again.finished
    assert [each.exercise for each in again.sets] == [each.exercise for each in whole.sets]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(run, done_before):
    was = done_before.read_bytes()
    done_before.chmod(stat.S_IRUSR)
    done_before.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        shown = run(*PLAY)
        listed = run("history")
    finally:
        done_before.parent.chmod(stat.S_IRWXU)
    assert (shown.status, shown.out.endswith(DONE)) == (0, True)
    assert "not written down" in shown.err
    assert (listed.status, listed.err) == (0, "")
    assert done_before.read_bytes() == was


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is Unicode")
def test_a_session_that_cannot_stand_in_the_journal_is_played(run, accepted, monkeypatch):
    def refuse(*_):
        raise EntryRefused("That does not fit into your journal.")

    monkeypatch.setattr(Journal, "begin", refuse)
    played = run(*PLAY)
    assert played.out.endswith(DONE)
    assert "That does not fit into your journal" in played.err
    assert " This session is not written down." in played.err
    assert sessions() == ()
