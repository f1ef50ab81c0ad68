"""Other players are paused for a session, and go on at its end, however that ends."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta

import pytest
from bus import until
from fakes.players import MusicPlayer

from voicecoach import paths
from voicecoach.clock import SystemClock
from voicecoach.control import others
from voicecoach.control.mpris import MediaKeys
from voicecoach.control.others import others_paused, resume_left_over

CLOCK = SystemClock()


class Later(SystemClock):
    """The clock on the wall an hour and a minute later."""

    def moment(self):
        return super().moment() + timedelta(hours=1, minutes=1)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    """A folder for the notes, and time for a machine that is busy."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    monkeypatch.setattr(others, "PATIENCE", 10.0)


@pytest.fixture
def start(bus):
    """Starts players and waits until they can be found."""
    with ExitStack() as running:

        def started(*players):
            for player in players:
                running.enter_context(player.running())
            until(lambda: all(player.ready for player in players))

        yield started


def test_what_plays_is_paused_and_goes_on_at_the_end(start):
    music, radio = MusicPlayer("music"), MusicPlayer("radio", "Paused")
    start(music, radio)
    with others_paused(pytest.fail, CLOCK):
        until(lambda: music.status == "Paused")
    assert music.calls == ["Pause", "Play"]
    assert radio.calls == []


def test_it_goes_on_after_a_crash(start):
    music = MusicPlayer("music")
    start(music)

    def crash():
        with others_paused(pytest.fail, CLOCK):
            until(lambda: music.status == "Paused")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert music.calls == ["Pause", "Play"]


@pytest.mark.parametrize("meanwhile", ["Playing", "Stopped"])
def test_what_the_person_did_meanwhile_is_left_alone(start, meanwhile):
    music = MusicPlayer("music")
    start(music)
    with others_paused(pytest.fail, CLOCK):
        until(lambda: music.status == "Paused")
        music.status = meanwhile
    assert music.calls == ["Pause"]


def test_a_session_that_ends_at_once_leaves_nothing_paused(start):
    music = MusicPlayer("music")
    start(music)
    with others_paused(pytest.fail, CLOCK):
        pass
    assert music.status == "Playing"


def test_neither_this_session_nor_one_that_stands_for_it_is_paused(bus, start):
    music, stand_in = MusicPlayer("music"), MusicPlayer("playerctld")
    start(music, stand_in)
    asked = []
    with MediaKeys("Core").connected(asked.append, pytest.fail):
        until(lambda: "voicecoach" in bus.players())
        with others_paused(pytest.fail, CLOCK):
            until(lambda: music.status == "Paused")
    assert asked == stand_in.calls == []


def test_a_player_that_hangs_holds_nobody(monkeypatch, start):
    monkeypatch.setattr(others, "ANSWER_WITHIN", 2.0)  # the other one answers on a busy machine too
    music, hung = MusicPlayer("music"), MusicPlayer("hung.instance7", deaf=True)
    start(music, hung)
    said = []
    with others_paused(said.append, CLOCK):
        until(lambda: said)
    assert said == ["No answer from hung, which may go on playing; pause it by hand."]
    assert music.calls == ["Pause", "Play"]
    assert hung.calls == []


def test_a_player_that_ends_meanwhile_is_no_matter(start):
    music, short = MusicPlayer("music"), MusicPlayer("short")
    start(music)
    with short.running():
        until(lambda: short.ready)
        session = others_paused(pytest.fail, CLOCK)
        session.__enter__()
        until(lambda: "Paused" == music.status == short.status)
    session.__exit__(None, None, None)
    assert music.status == "Playing"


PAUSES = """
import sys, time
from voicecoach.clock import SystemClock
from voicecoach.control.others import others_paused
with others_paused(sys.exit, SystemClock()):
    time.sleep(60)
"""


def killed(*players, how=signal.SIGKILL):
    """A session that paused ``players`` and was killed."""
    with subprocess.Popen([sys.executable, "-c", PAUSES]) as session:
        until(lambda: all(each.status == "Paused" for each in players), 30)
        session.send_signal(how)


@pytest.fixture
def left_paused(start):
    """A player that a killed session has left paused."""
    music = MusicPlayer("music")
    start(music)
    killed(music)
    return music


def notes():
    return list(paths.cache().glob("paused-players-*"))


@pytest.mark.processes
def test_after_a_kill_it_goes_on_at_the_next_start(left_paused):
    assert (left_paused.calls, len(notes())) == (["Pause"], 2)
    said = []
    for _ in range(2):
        resume_left_over(said.append, CLOCK)
    assert (left_paused.calls, notes()) == (["Pause", "Play"], [])
    assert said == ["Resumed music, which an interrupted session had left paused."]


@pytest.mark.processes
def test_a_player_that_cannot_go_on_is_not_said_to(start):
    music = MusicPlayer("music", stuck=True)
    start(music)
    killed(music)
    resume_left_over(pytest.fail, CLOCK)
    assert (music.status, notes()) == ("Paused", [])


STILL_PAUSED = "music is still paused: an earlier session paused it and was interrupted."


@pytest.mark.processes
def test_after_an_hour_it_is_only_said(left_paused):
    said = []
    resume_left_over(said.append, Later())
    assert (left_paused.calls, notes()) == (["Pause"], [])
    assert said == [STILL_PAUSED]


@pytest.mark.processes
@pytest.mark.parametrize(
    "since", [{"track": "/another"}, {"position": 60_000_000}, {"status": "Playing"}, {"status": "Stopped"}]
)
def test_what_the_person_did_since_the_kill_is_left_alone(left_paused, since):
    for name, value in since.items():
        setattr(left_paused, name, value)
    for clock in (CLOCK, Later()):
        resume_left_over(pytest.fail, clock)
    assert left_paused.calls == ["Pause"]


@pytest.mark.processes
def test_the_next_session_takes_over_what_a_killed_one_paused(left_paused):
    with others_paused(pytest.fail, CLOCK):
        until(lambda: len(notes()) == 2)
    assert (left_paused.calls, notes()) == (["Pause", "Play"], [])


@pytest.mark.processes
def test_after_an_hour_the_next_session_leaves_it_paused_too(left_paused):
    said = []
    with others_paused(said.append, Later()):
        until(lambda: said)
    assert (said, left_paused.calls, notes()) == ([STILL_PAUSED], ["Pause"], [])


def test_a_session_that_plays_keeps_its_players(start):
    music = MusicPlayer("music")
    start(music)
    with others_paused(pytest.fail, CLOCK):
        until(lambda: music.status == "Paused")
        with subprocess.Popen([sys.executable, "-c", RESUMES]) as other:
            assert other.wait(30) == 0
        assert music.calls == ["Pause"]
    assert (music.calls, notes()) == (["Pause", "Play"], [])


RESUMES = """
import sys
from voicecoach.clock import SystemClock
from voicecoach.control.others import resume_left_over
resume_left_over(sys.exit, SystemClock())
"""


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize("text", ["", "[]", "{}", '{"bus": "x", "at": 1.0, "players": [{}]}', "x" * 100_000])
def test_a_note_that_makes_no_sense_is_removed(text):
    path = paths.cache() / "paused-players-1.json"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    resume_left_over(pytest.fail, CLOCK)
    assert notes() == []


ROUTINE = "name: Long\nsteps:\n  - exercise: Sitting still\n    duration: 2m\n"


@pytest.mark.processes
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_that_ends_the_session_lets_it_go_on(start, tmp_path, number):
    music = MusicPlayer("music")
    start(music)
    routine = tmp_path / "long.yaml"
    routine.write_text(ROUTINE)
    command = [sys.executable, "-m", "voicecoach", "play", str(routine), "--yes", "--plain", "--pause-others"]
    command += ["--voice", "silent", "--output", "silent"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as session:
        until(lambda: music.status == "Paused", 30)
        os.kill(session.pid, number)
        session.wait(10)
    assert (music.calls, notes()) == (["Pause", "Play"], [])
