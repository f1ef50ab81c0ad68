"""The program in a real terminal and under real signals, as a separate process."""

import codecs
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time

import pytest
import tmux

from voicecoach.journal import store
from voicecoach.journal.store import Journal

pytestmark = pytest.mark.terminal

PATIENCE = 60
"""Seconds; reached only when something is broken."""

ROUTINE = """\
name: Mine
steps:
  - say: First.
  - say: Second.
  - wait: {for: Wait for me, limit: 10m}
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: 100
"""


def _heed_ctrl_c():
    """What is started in the background, as these tests may be, would ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """``voicecoach`` in a terminal of its own, without a loudspeaker."""

    def __init__(self, folder, *arguments):
        self.master, self.slave = pty.openpty()
        self.before = termios.tcgetattr(self.slave)
        environ = os.environ | {
            "VOICECOACH_HOME": str(folder),
            "PULSE_SERVER": "unix:/nowhere",
            "TERM": "xterm",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voicecoach", *map(str, arguments)],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env=environ,
            start_new_session=True,
            preexec_fn=_heed_ctrl_c,  # noqa: PLW1509 - it only sets a signal back
        )
        self.seen = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()  # a read may end within a letter

    def until(self, pattern):
        """Read until ``pattern`` was printed after what was waited for before; what came up to it."""
        give_up = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.seen)):
            assert time.monotonic() < give_up, f"waited for {pattern!r}, saw {self.seen!r}"
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            assert ready, f"waited for {pattern!r}, saw {self.seen!r}"
            self.seen += self.decoder.decode(os.read(self.master, 4096))
        upto, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return upto

    last = ""

    def press(self, keys):
        """Type ``keys``; a key that comes twice is pressed twice, and not held."""
        for key in keys if len(set(keys)) < len(keys) or keys == self.last else [keys]:
            if key == self.last:
                time.sleep(tmux.AGAIN)
            os.write(self.master, key.encode())
            self.last = key

    def status(self):
        """The exit status, after checking that the terminal is as it was."""
        status = self.process.wait(PATIENCE)
        assert termios.tcgetattr(self.slave) == self.before
        return status


@pytest.fixture
def terminal(tmp_path, accepted):
    path = tmp_path / "mine.yaml"
    path.write_text(ROUTINE)
    started = []

    def start(*arguments, alone=False):
        play = ("play", path, "--plain", "--no-questions", "--voice", "silent")
        arguments = arguments or (() if alone else play)
        started.append(Terminal(tmp_path / "home", *arguments))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()
        os.close(each.master)
        os.close(each.slave)


def test_keys_do_what_the_screen_says_and_each_line_is_written_once(terminal):
    screen = terminal()
    written = screen.until("Space pauses, n goes on to the next")
    for keys, shown in (
        ("n", r"First\."),
        ("n", r"Second\."),
        ("b", r"First\."),
        ("r", r"First\."),
        (" ", r"Paused; space goes on\."),
        (" ", r"Going on\.\s+First\."),
        ("nn", r"Wait for me\. We go on"),
        ("w", r"Wait for me: press Enter when you are ready\. About \w+ minutes left\."),
        ("\x1b[A", r"Ready\.\s+Now: Heel slide\."),  # as any other key: ready
        ("s", r"Skipped\.\s+Heel slide\.\s+Three\.\s+Two\.\s+One\.\s+Slide\."),
        ("", r"Back\.\s+(One\.\s+)?Slide\."),
        ("w", r"Heel slide: slide, rep 2 of 100\. About \w+ minutes left\."),
        ("qq", r"Stopped after one minute\. A beginning counts"),
        ("", "To go on where you stopped, within twelve hours, type: voicecoach resume"),
    ):
        screen.press(keys)
        written += screen.until(shown)
    assert screen.status() == 3
    assert re.findall(r"\r(?!\n)|\x1b", written) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("keys", "moment"), [("", "Mine"), ("nnn", "Wait for me"), (" ", "Paused")])
def test_signals_end_it_cleanly(terminal, number, keys, moment):
    screen = terminal()
    screen.until("Space pauses")
    screen.press(keys)
    screen.until(moment)
    screen.process.send_signal(number)
    said = screen.until("Nothing was done this time")
    assert screen.status() == (3 if number == signal.SIGINT else 128 + number)
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_nothing_plays(terminal, tmp_path, number):
    screen = terminal("render", "core", "-o", tmp_path / "core.wav")
    screen.until("core.wav")
    screen.process.send_signal(number)
    assert screen.status() == 128 + number
    assert not list(tmp_path.glob("*core*"))
    rest = screen.seen
    assert "Traceback" not in rest


@pytest.fixture
def shell(tmp_path):
    """Run ``voicecoach`` in a shell, with a home of its own and these variables."""

    def run(command, **environ):
        environ = os.environ | {"VOICECOACH_HOME": str(tmp_path)} | environ
        command = f"{sys.executable} -m voicecoach {command}"
        return subprocess.run(command, shell=True, env=environ, capture_output=True, text=True, check=False)

    return run


def test_a_reader_that_leaves_early_is_no_fault(shell):
    done = shell("timeline core --voice silent | head -1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Core" in done.stdout


@pytest.mark.parametrize("command", ["list", "timeline core --voice silent", "--help"])
def test_a_full_disk_behind_the_output_is_said_in_a_line(shell, command):
    done = shell(f"{command} >/dev/full")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "No space left" in done.stderr


@pytest.mark.parametrize("output", [">/dev/full", ">&-"])
def test_a_session_goes_on_without_a_screen(shell, tmp_path, output):
    done = shell(f"play quick --yes --voice silent --output instant --journal {output}")
    assert "Traceback" not in done.stderr
    with Journal.open(tmp_path / "data" / "journal.db", pytest.fail) as journal:
        assert journal.latest().finished


def test_a_terminal_without_the_letters_shows_others_that_read_alike(shell, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: Café\nsteps: [say: Hello.]\n", encoding="utf-8")
    done = shell(f"play {path} --yes --voice silent --output instant", PYTHONIOENCODING="ascii")
    assert "Cafe" in done.stdout


@pytest.fixture
def newcomer(terminal, home):
    """Somebody who has not accepted the safety notice yet."""
    (home / "data" / "safety.json").unlink()
    return terminal


def test_the_notice_is_shown_and_spoken_and_accepted_once(newcomer):
    for keys in ("xY", ""):
        screen = newcomer()
        if keys:
            screen.until("not medical advice")
            screen.until("Press y")
            screen.press(keys)
            screen.until("Do you have any of them now")
            screen.press("\rn")
        screen.until("Space pauses")
        screen.press("qq")
        said = screen.until("Nothing was done this time")
        assert "not medical advice" not in said
        assert "emergency" not in said
        assert screen.status() == 3


@pytest.mark.parametrize("answer", ["n", "\x1b", signal.SIGINT, signal.SIGTERM])
def test_who_declines_does_not_exercise(newcomer, home, answer):
    screen = newcomer()
    screen.until("Press y")
    if isinstance(answer, str):
        screen.press(answer)
        screen.until("You did not accept the notice, so nothing is played")
        assert screen.status() == 3
    else:
        screen.process.send_signal(answer)
        assert screen.status() == 128 + answer
    assert not (home / "data" / "safety.json").exists()


def test_alone_it_begins_with_the_notice(newcomer):
    screen = newcomer(alone=True)
    screen.until("Press y")
    screen.press("n")
    screen.until("You did not accept the notice, so nothing is played")
    assert screen.status() == 3


TINY = "name: Tiny\nsteps: [{exercise: Heel slide, rep: 'slide 1s, back 1s', reps: 1}]\n"


@pytest.fixture
def asked(terminal, tmp_path):
    """A session of one rep that takes no time, with the questions before and after it."""
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY)
    return lambda: terminal("play", path, "--plain", "--voice", "silent", "--output", "instant", "--journal")


def written():
    with Journal.open(store.file(), print) as journal:
        return journal.sessions()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_questions_and_before_the_session_the_program(asked, number):
    screen = asked()
    screen.until("How much does it hurt now")
    screen.process.send_signal(number)
    assert screen.status() == 128 + number
    assert not store.file().exists()
    screen = asked()
    screen.until("How much does it hurt now")
    screen.press("q")
    screen.until("at its worst")
    screen.process.send_signal(number)
    assert screen.status() == (0 if number == signal.SIGINT else 128 + number)
    assert len(written()) == 1
