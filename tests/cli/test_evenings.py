"""The first evenings as somebody meets them in a terminal, key by key, at two sizes: ``evenings/*.txt``.

A line after ``$`` is typed at the prompt, and the keys after ``>`` are pressed; then comes what is new on the
screen, or its name where a session fills it. Sound is over at once there, see ``tests/evening.py``. After a
wanted change run ``VOICECOACH_GOLDEN=write pytest -m terminal tests/cli/test_evenings.py``, and read it as
somebody would who has never seen a terminal.
"""

import os
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest
import tmux
from golden import assert_golden

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(bool(tmux.MISSING), reason=f"needs {', '.join(tmux.MISSING)}"),
]
EVENINGS = Path(__file__).parent / "evenings"
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
ENDED = r"FINISHED[\s\S]*any key"
PROMPT = rf"(?m)^{tmux.PROMPT}\s*\Z"


class Evening:
    """Somebody at a terminal, and the transcript of what they see."""

    def __init__(self, window):
        self.window, self.told, self.before, self.pressed = window, [], [], ""

    def on(self, day, title, slow_at="inf"):
        """Begin an evening at seven o'clock, at a clean prompt; keys are for ``slow_at`` seconds into it."""
        self.told.append(f"\n## {title}\n")
        program = f"EVENING_SLOW_AT={slow_at} '{sys.executable}' -m evening {day}T19:00"
        self.window.run(f'voicecoach() {{ {program} "$@"; }}; clear')
        self.window.until(rf"\A{tmux.PROMPT}\s*\Z")
        self.before = []

    def types(self, command, until):
        self.window.run(command)
        self.before = [tmux.PROMPT + command]
        self.told.append(f"\n$ {command}\n")
        self.sees(until)

    def presses(self, keys, until):
        if keys == self.pressed:  # else it is held
            time.sleep(tmux.AGAIN)
        self.pressed = keys
        self.window.press(*keys.split())
        self.told.append(f"\n> {keys}\n")
        self.sees(until)

    def sees(self, until):
        """Wait for ``until`` in what is new on the screen, and tell that."""
        screen = self.window.until_it(lambda screen: re.search(until, self.new(screen), re.MULTILINE), until)
        new = self.new(screen)
        if self.window.filled:
            new = re.search(until, new)[0].lower() if until != ENDED else closing(new)
        else:
            self.before = [line for line in rows(screen) if line != tmux.PROMPT]
        self.told.extend(f"  | {line}".rstrip() + "\n" for line in new.splitlines() if line != tmux.PROMPT)

    def new(self, screen):
        """The rows of a screen that were not on it before; all of them where a session fills it."""
        if self.window.filled:
            return screen
        lines, gone = rows(screen), 0
        while not all(map(str.startswith, lines, self.before[gone:])):  # a line may have been typed into
            gone += 1
        return "\n".join(lines[len(self.before) - gone :])


def closing(screen):
    """The words of the closing picture, without its large letters."""
    return "\n".join(row.strip() for row in rows(screen) if re.search("[a-z]{2}", row))


def rows(screen):
    return [line.rstrip() for line in screen.rstrip().splitlines()]


def first_evening(person):
    person.on("2026-03-02", "The first evening: who is new tries it")
    person.types("voicecoach", "Press n to leave")
    person.presses("enter", "Press n to leave")
    person.presses("y", "Do you have any of them now.*")
    for number in range(1, 4):
        person.presses("n", rf"^{number} of 5:")
    person.presses("n", r"^Press the number of each[\s\S]*at once")
    person.presses("1 2 enter", "5 of 5")
    person.presses("+", "5 of 5")
    person.presses("enter", "the number of your choice")
    person.presses("enter", "How much does it hurt now")
    person.presses("2", ENDED)
    person.presses("enter", r"^1 of \d:")
    person.presses("3", r"^2 of \d:")
    person.presses("0", r"^3 of \d:")
    person.presses("4", r"^4 of \d:")
    person.presses("y", PROMPT)


def second_evening(person):
    person.on("2026-03-03", "The second evening: a plan, and something that hurts", slow_at=110)
    person.types("voicecoach", "the number of your choice")
    person.presses("enter", "Press y for yes")
    person.presses("n", "the number that fits best")
    person.presses("2", "the number of your choice")
    person.presses("enter", r"^1 of \d:")
    person.presses("2", r"^2 of \d:")
    person.presses("0", r"^3 of \d:")
    person.presses("n", r"^4 of \d:")
    person.presses("1", "MOVE|HOLD")
    person.presses("p", "PAUSED")
    person.presses("x", "GET INTO POSITION")
    person.presses("q", "[Pp]ress q again")
    time.sleep(tmux.AGAIN)
    person.presses("q", r"^1 of \d:")
    person.presses("q", PROMPT)


def evening_after_pain(person):
    person.on("2026-03-04", "The evening after: it says why, and a walk is enough")
    person.types("voicecoach", "the number of your choice")
    person.presses("q", PROMPT)


def evening_of_a_crash(person):
    person.on("2026-03-05", "An evening on which the program is killed")
    person.types("voicecoach play quick --no-questions", "Next: the end")
    person.presses("p", "PAUSED")
    os.kill(person.window.program, signal.SIGKILL)
    person.window.until("Killed")
    person.window.press("reset; tput rmcup", "ctrl+j")
    person.window.until(PROMPT)
    person.on("2026-03-05", "The same evening: going on")
    person.types("voicecoach", "the number of your choice")
    person.presses("2", "How much does it hurt now")
    person.presses("q", ENDED)
    person.presses("enter", "How much did it hurt at its worst")
    person.presses("q", PROMPT)


@pytest.fixture
def home(monkeypatch):
    """A fresh folder whose name is always as long, as it is shown."""
    with tempfile.TemporaryDirectory(prefix="evening-") as folder:
        monkeypatch.setenv("VOICECOACH_HOME", folder)
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
        for name in ("COLUMNS", "LINES"):  # where tests run side by side they stand for another terminal
            monkeypatch.delenv(name, raising=False)
        yield folder


@pytest.mark.parametrize("size", SIZES)
def test_the_first_evenings(size, tmp_path, home):
    with tmux.window(tmp_path, *SIZES[size]) as window:
        person = Evening(window)
        for evening in (first_evening, second_evening, evening_after_pain, evening_of_a_crash):
            evening(person)
    assert_golden(EVENINGS / f"{size}.txt", "".join(person.told).lstrip().replace(home, "HOME"))
