"""The program in a real terminal and under real signals, as a separate process."""

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
        )
        self.seen = ""

    def until(self, pattern):
        """Read until ``pattern`` was printed after what was waited for before; what came up to it."""
        give_up = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.seen)):
            assert time.monotonic() < give_up, f"waited for {pattern!r}, saw {self.seen!r}"
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            assert ready, f"waited for {pattern!r}, saw {self.seen!r}"
            self.seen += os.read(self.master, 4096).decode()
        upto, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return upto

    def press(self, keys):
        os.write(self.master, keys.encode())

    def status(self):
        """The exit status, after checking that the terminal is as it was."""
        status = self.process.wait(PATIENCE)
        assert termios.tcgetattr(self.slave) == self.before
        return status


@pytest.fixture
def terminal(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(ROUTINE)
    started = []

    def start(*arguments):
        started.append(Terminal(tmp_path / "home", *(arguments or ("play", path, "--voice", "silent"))))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()
        os.close(each.master)
        os.close(each.slave)


def test_keys_do_what_the_screen_says(terminal):
    screen = terminal()
    screen.until("No loudspeaker was found")
    screen.until("space pause · n next · b back · r repeat · q stop")
    screen.press("n")
    screen.until(r"First\.")
    screen.press("n")
    screen.until(r"Second\.")
    screen.press("b")
    screen.until(r"First\.")
    screen.press("r")
    screen.until(r"First\.")
    screen.press(" ")
    screen.until("paused; space goes on")
    screen.press(" ")
    screen.until(r"First\.")
    screen.press("nn")
    screen.until(r"Wait for me\. Press a key")
    screen.press("\x1b[A")  # an arrow key is any other key: ready
    screen.until("Heel slide")
    screen.press("q")
    screen.until(r"Stopped after \d:\d\d: 0 of 1 sets\.")
    assert screen.status() == 0


def test_the_status_line_counts_and_stays_on_one_line(terminal):
    screen = terminal()
    screen.until("Keys: ")
    screen.press("nnnn")
    for second in (5, 4, 3):
        screen.until(rf"\r\x1b\[K\d:\d\d  -\d+:\d\d  Heel slide  READY {second}")
    screen.until(r"SLIDE 1  rep 1 of 100")
    screen.until(r"BACK 1  rep 1 of 100")
    screen.until(r"SLIDE 1  rep 2 of 100")
    screen.press("q")
    screen.until("Stopped")
    assert screen.status() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["Mine", "Wait for me"])
def test_signals_end_it_cleanly(terminal, number, moment):
    screen = terminal()
    screen.until("Keys: ")
    if moment != "Mine":
        screen.press("nnn")
    screen.until(moment)
    screen.process.send_signal(number)
    said = screen.until(r"Stopped after \d:\d\d: 0 of 1 sets\.")
    assert screen.status() == 0
    assert "Traceback" not in said


def test_ctrl_c_at_the_keyboard_while_paused(terminal):
    screen = terminal()
    screen.until("Mine")
    screen.press(" ")
    screen.until("paused")
    screen.process.send_signal(signal.SIGINT)
    screen.until("Stopped after")
    assert screen.status() == 0


def test_ctrl_c_before_anything_plays(terminal):
    screen = terminal("render", "core", "-o", "core.wav")
    screen.until("core.wav")
    screen.process.send_signal(signal.SIGINT)
    assert screen.status() == 130
    rest = screen.seen
    assert "Traceback" not in rest


def test_lines_only_when_it_is_not_a_terminal(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: Short\nsteps: [say: Hello.]\n")
    environ = os.environ | {"VOICECOACH_HOME": str(tmp_path), "PULSE_SERVER": "unix:/nowhere"}
    command = [
        sys.executable,
        "-m",
        "voicecoach",
        "play",
        str(path),
        "--voice",
        "silent",
        "--output",
        "instant",
    ]
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout
    assert done.stderr == ""
    assert "Hello." in done.stdout


def test_a_reader_that_leaves_early_is_no_fault(tmp_path):
    environ = os.environ | {"VOICECOACH_HOME": str(tmp_path)}
    command = f"{sys.executable} -m voicecoach timeline core --voice silent | head -1"
    done = subprocess.run(command, shell=True, env=environ, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "Core" in done.stdout
