"""``voicecoach resume`` after a session was killed."""

import fcntl
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from voicecoach.journal.records import Course
from voicecoach.journal.store import Journal
from voicecoach.session.listener import Ending

QUICKLY = ("--output", "instant", "--voice", "silent", "--plain", "--yes")
MINE = """\
name: Mine
steps:
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: [2, 2, 2]
  - exercise: Leg lift
    rep: lift 1s, lower 1s
    reps: [2, 2]
    sides: each
"""


def killed(home, routine, lines):
    """Play until so many lines were read, then kill -9.

    The program writes into a small pipe and waits there for its reader, so it is killed about where it is
    read; it is a little ahead.
    """
    command = [sys.executable, "-m", "voicecoach", "play", str(routine), *QUICKLY]
    read_end, write_end = os.pipe()
    fcntl.fcntl(write_end, fcntl.F_SETPIPE_SZ, 4096)
    with subprocess.Popen(
        command,
        env={**os.environ, "VOICECOACH_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=write_end,
        stderr=subprocess.DEVNULL,
    ) as playing:
        os.close(write_end)
        with os.fdopen(read_end, encoding="utf-8") as told:
            for _ in zip(told, range(lines), strict=False):
                pass
            playing.send_signal(signal.SIGKILL)


def keys(session):
    return [(each.block, each.set_number, each.side) for each in session.sets]


def whole_of(home, routine, run, monkeypatch):
    """The sets of a session that nothing interrupts."""
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    assert run("play", routine, *QUICKLY).status == 0
    with Journal.open(home / "data" / "journal.db", print) as journal:
        return keys(journal.latest())


def resumes(home, whole, run, monkeypatch):
    """The journal opens with an unbroken beginning of the sets, and resume does the others, each once."""
    told = []
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    path = home / "data" / "journal.db"
    if not path.exists():
        return  # killed before there was anything to keep
    with Journal.open(path, told.append) as journal:
        sessions = journal.sessions()
    if not sessions or sessions[0].finished:
        return
    # A set takes milliseconds here, and its way to the disk too: the last ones may be missing, none between.
    assert keys(sessions[0]) == whole[: len(sessions[0].sets)]
    went_on = run("resume", *QUICKLY)
    assert went_on.status == 0, went_on.err
    with Journal.open(path, told.append) as journal:
        (session,) = journal.sessions()
    assert told == []
    assert session.finished
    done = keys(session)
    assert all(each.ending is Ending.DONE for each in session.sets)
    assert done == whole
    assert run("resume", *QUICKLY).status != 0  # it is done


def all_resume(tmp_path, moments, run, monkeypatch):
    """Kill a session at each of the ``moments``, four at a time, and go on with it."""
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE)

    files = {name: mine if name == "mine" else name for name, _ in moments}
    whole = {name: whole_of(tmp_path / f"all-{name}", file, run, monkeypatch) for name, file in files.items()}

    def kill(case):
        number, (name, lines) = case
        home = tmp_path / str(number)
        killed(home, files[name], lines)
        return home, whole[name]

    with ThreadPoolExecutor(4) as together:
        for home, everything in together.map(kill, enumerate(moments)):
            resumes(home, everything, run, monkeypatch)


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a pipe can be set on Linux only")
class TestKilled:
    def test_at_five_moments(self, tmp_path, run, monkeypatch):
        moments = [("mine", 1), ("mine", 25), ("mine", 60), ("mine", 80), ("core", 60)]
        all_resume(tmp_path, moments, run, monkeypatch)


def test_nothing_was_interrupted(run, accepted):
    told = run("resume", *QUICKLY)
    assert told.status != 0
    assert "No session was interrupted" in told.err


@pytest.fixture
def broken_off(tmp_path, run, accepted, home, monkeypatch):
    """A session of one's own of which the first set was done, as the journal has it."""
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE)
    run("play", mine, *QUICKLY)
    path = home / "data" / "journal.db"
    with Journal.open(path, print) as journal:
        session = journal.latest()
        journal.replace_sets(session.id, session.sets[:1])
        journal.end(replace(session, ended=None, seconds=0.0, finished=False))
        journal.keep_course(replace(session, course=Course(block=1)))
    return mine


def test_it_says_where_it_goes_on(broken_off, run):
    told = run("resume", *QUICKLY)
    assert told.status == 0, told.err
    assert "We go on with Mine, at Heel slide, set two." in told.out
    assert "Done after" in told.out


def test_a_routine_that_was_changed_cannot_go_on(broken_off, run):
    broken_off.write_text(MINE + "  - rest: 20s\n")
    told = run("resume", *QUICKLY)
    assert told.status != 0
    assert "was changed since" in told.err


def test_a_routine_that_is_gone_cannot_go_on(broken_off, run):
    broken_off.unlink()
    told = run("resume", *QUICKLY)
    assert told.status != 0
    assert str(broken_off) in told.err
    assert "Traceback" not in told.err


def test_play_says_how_to_go_on_where_nobody_can_be_asked(broken_off, run):
    assert "'voicecoach resume' would go on" in run("play", broken_off, *QUICKLY).err
    assert "would go on" not in run("play", broken_off, *QUICKLY).err
