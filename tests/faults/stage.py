"""A stage for faults: a session in a real terminal, beside a sound server and a desktop bus of its own.

Several can stand side by side. What is on the screen is kept as it changes, what is heard is recorded, and
what is written down is read from the journal.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

import bus as desktop
import numpy as np
import tmux
from room import Room

import voicecoach
from voicecoach.display.large_text import set_large
from voicecoach.display.layout import Part, Plan, places
from voicecoach.journal.store import Journal
from voicecoach.session.listener import Ending
from voicecoach.units import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from room import Recording

ROUTINE: Final = """\
name: Faults
steps:
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: 2
  - rest: 20s
  - exercise: Arm circle
    rep: up 1s, down 1s
    reps: 2
  - wait: {for: Fetch a strap, limit: 30s}
  - exercise: Knee raise
    rep: raise 1s, lower 1s
    reps: 2
"""
OPTIONS: Final = "--coaching short --voice pyttsx3 --lead-in 0.5"
HIDDEN: Final = "VOICECOACH_STAGE"
"""The variable by which the processes of a stage are found."""
SOON: Final = 0.15
"""Seconds after which a program that was started is itself, and has nothing on the screen yet."""
GONE_WITHIN: Final = 10.0
"""Seconds after which a program that was to end counts as still there."""
LOOK_EVERY: Final = 0.1
"""Seconds between two looks at the screen."""
LOUD: Final = 30
"""Sample values from which something is heard."""


class View(StrEnum):
    """How the session is shown."""

    FULL = "full"
    PLAIN = "plain"


class Moment(StrEnum):
    """A kind of moment of a session, in the order in which they come."""

    START = "start"
    """The program has been started, and nothing more."""
    QUESTION = "question"
    """The first question before a session."""
    INTRO = "intro"
    BRIEFING = "briefing"
    COUNT_IN = "count-in"
    SET = "set"
    PAUSE = "pause"
    REST = "rest"
    WAIT = "wait"
    END = "end"
    """All is done, and the end stands on the screen. The plain view is over by then."""


DONE: Final = {Moment.REST: 1, Moment.WAIT: 2, Moment.END: 3}
"""Sets that are done by then, if more than none."""
SHOWN: Final = {
    View.FULL: {
        Moment.INTRO: "≡ LISTEN",
        Moment.BRIEFING: "▼ GET INTO POSITION",
        Moment.COUNT_IN: "▲ GET READY",
        Moment.SET: "► MOVE",
        Moment.PAUSE: "‖ PAUSED",
        Moment.REST: "○ REST",
        Moment.WAIT: r"\? WAITING FOR YOU",
        Moment.END: "That was your first session",
    },
    View.PLAIN: {
        Moment.INTRO: r"^Faults\.",
        Moment.BRIEFING: r"^(Now|Next up|Next): (Heel slide|Arm circle|Knee raise)\.",
        Moment.COUNT_IN: r"^(Three|Two|One)\.\s*\Z",  # what was said in an earlier set still stands above
        Moment.SET: r"^(Slide|Back|Up|Down|Raise|Lower|Last one)\.\s*\Z",
        Moment.PAUSE: "Paused",
        Moment.REST: r"^Next: Arm circle\.",
        Moment.WAIT: r"^Fetch a strap\. We go on",
    },
}
"""What stands on the screen then."""


WINDOW: Final = (90, 40)
"""Columns and rows."""
SIZES: Final = (WINDOW, (80, 24))
"""Those that the window may have, as a terminal may be slow to say its size."""
SPOKEN: Final = ("The loudspeaker is back.", "There is sound now.")
"""What the coach says of the sound, and the full screen shows in large letters."""


def spelt(screen: str) -> str:
    """Return a screen with what stands on it in large letters, in small ones below."""
    found = (text for text in SPOKEN if any(_is_spelt(text, Plan(*size), screen) for size in SIZES))
    return "\n".join((screen, *found))


def _is_spelt(text: str, plan: Plan, screen: str) -> bool:
    box = places(plan)[Part.CAPTIONS]
    large = set_large(text, box.width, box.height).drawn(0, half_first=True)
    return all(row.rstrip() in screen for row in large)


@dataclass
class Watch:
    """Everything that stood on a screen, with when it changed."""

    screens: list[tuple[float, str]] = field(default_factory=list)

    def times(self, pattern: str, since: float = 0.0) -> int:
        """Count how often ``pattern`` came to the screen from ``since`` on, or stood on it at once."""
        found = [self._count(pattern, screen) for at, screen in self.screens if at >= since]
        return sum(max(now - before, 0) for before, now in zip([0, *found], found, strict=False))

    def changed(self, since: float) -> bool:
        """Tell whether the screen has changed from ``since`` on."""
        return any(at >= since for at, _ in self.screens)

    @staticmethod
    def _count(pattern: str, screen: str) -> int:
        return len(re.findall(pattern, " ".join(screen.split())))


class Stage:
    """One session and everything around it."""

    def __init__(self, folder: Path, room: Room, bus: desktop.Bus, view: View) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.room = room
        self.bus = bus
        self.view = view
        self.recording: Recording
        self.window: tmux.Window
        self.watch = Watch()
        self.name = uuid.uuid4().hex
        self.held: sqlite3.Connection | None = None
        """What another program holds of the journal."""
        self._gone = threading.Event()

    @property
    def environ(self) -> dict[str, str]:
        """The environment of its terminal."""
        ours = {
            "VOICECOACH_HOME": str(self.home),
            "PYTHONPATH": str(Path(voicecoach.__file__).parents[1]),
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
            "TERM": "xterm-256color",
            "PYTHONDONTWRITEBYTECODE": "1",  # on a full disk half of it would be kept, and read ever after
        }
        return os.environ | self.room.environ | ours

    # Getting there

    def play(self, *, asks: bool = False, before: str = "", more: str = "") -> None:
        """Start the session, with its questions or without, after the shell's words ``before``."""
        plain = "--plain" if self.view is View.PLAIN else ""
        program = f"{HIDDEN}={self.name} {sys.executable} -m voicecoach"
        yes = "" if asks else "--yes"
        self.window.run(
            f"clear; {before} {program} play mine.yaml {plain} {yes} {OPTIONS} {more}; echo status $?"
        )

    def go_to(self, moment: Moment) -> None:
        """Start the session and lead it to ``moment``."""
        self.play(asks=moment is Moment.QUESTION)
        if moment is Moment.START:
            self._until(lambda: self.processes)
            time.sleep(SOON)
        elif moment is Moment.QUESTION:
            self.window.until(r"[a-z]\?")
        else:
            self._lead(moment)

    def _lead(self, moment: Moment) -> None:
        order = [*Moment][2:]
        self.see(Moment.INTRO)
        for step in order[1 : order.index(moment) + 1]:
            match step:
                case Moment.BRIEFING:
                    self.window.press("n")
                case Moment.COUNT_IN:
                    self.window.press("s")
                case Moment.PAUSE if moment is Moment.PAUSE:
                    self.window.press(" ")
                case Moment.PAUSE:
                    continue
                case Moment.WAIT:
                    self._next_set()
                case Moment.END:
                    self.see(Moment.WAIT)
                    self.window.press("enter")
                    self._next_set()
            self.see(step)

    def _next_set(self) -> None:
        """Go from a rest, or after a wait, to the next set."""
        for _ in range(6):
            self.window.press("s")
            if re.search(SHOWN[self.view][Moment.COUNT_IN], self.window.screen, re.MULTILINE):
                break
            time.sleep(tmux.AGAIN)
        self.see(Moment.SET)

    def go_on(self) -> None:
        """Let the shell go on with a session that is stopped, and wait until keys go to that."""
        self.window.press("fg; echo status $?", "ctrl+j")  # as Enter may mean nothing to the terminal
        self._until(lambda: self._has_terminal)

    @property
    def _has_terminal(self) -> bool:
        """Whether the program is what the terminal gives its keys to."""
        about = Path(f"/proc/{self.program}/stat").read_text().rpartition(")")[2].split()
        group, in_front = about[2], about[5]
        return group == in_front

    def see(self, moment: Moment) -> None:
        """Wait until the session is there."""
        self.window.until(SHOWN[self.view][moment])

    # Looking

    @property
    def journal(self) -> Path:
        """The file of the journal."""
        return self.home / "data" / "journal.db"

    @property
    def processes(self) -> list[int]:
        """Every process of the program that is there, the oldest first."""
        mark = f"{HIDDEN}={self.name}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if mark in path.read_bytes():
                    about = path.with_name("stat").read_text().rpartition(")")[2].split()
                    found.append((int(about[19]), int(path.parent.name)))  # since when; numbers begin anew
        return [number for _, number in sorted(found)]

    @property
    def program(self) -> int:
        """The process of the program itself, which is the first."""
        processes = self.processes
        assert processes, "the program is not there any more"
        return processes[0]

    def workers(self) -> list[int]:
        """Its speech workers."""
        return [
            each for each in self.processes if b"worker_main" in Path(f"/proc/{each}/cmdline").read_bytes()
        ]

    def seconds_to_end(self) -> float | None:
        """Wait until no process is left; the seconds that took, or None beyond :data:`GONE_WITHIN`."""
        began = time.monotonic()
        while time.monotonic() - began < GONE_WITHIN:
            if not self.processes:
                return time.monotonic() - began
            time.sleep(0.02)
        return None

    @property
    def text(self) -> str:
        """Everything in the terminal, also what has gone up."""
        return self.window.text

    def status(self) -> int | None:
        """Return the exit status that the shell has printed at the beginning of a line; None when it has not.

        The terminal itself shows Ctrl-C before it. A program that is only stopped has a status too. A shell
        whose program ends by Ctrl-C before Python can heed that shows its prompt, and prints nothing.
        """
        end = time.monotonic() + 2
        while time.monotonic() < end:
            if found := re.findall(r"^(?:\^C)?status (?!14[78]$)(\d+)$", self.text, re.MULTILINE):
                return int(found[-1])
            time.sleep(0.05)
        return 130 if self.text.rstrip().rpartition("\n")[2] == tmux.PROMPT else None

    def sets(self) -> list[tuple[str, int]]:
        """Return the exercise and number of each set that was done, as often as the journal has it."""
        if self.held:
            self.held.close()
        with Journal.open(self.journal, lambda _: None) as journal:
            sets = (each for session in journal.sessions() for each in session.sets)
            return [(each.exercise, each.set_number) for each in sets if each.ending is Ending.DONE]

    def heard(self, since: int) -> float:
        """Seconds with sound in them since frame ``since`` of the recording, in tenths."""
        samples = np.abs(self.recording.samples[since:].astype(np.int32))
        tenth = RATE // 10
        whole = samples[: len(samples) // tenth * tenth].reshape(-1, tenth)
        return float((whole.max(axis=1) > LOUD).sum() / 10) if len(whole) else 0.0

    @staticmethod
    def _until(holds: object, limit: float = tmux.PATIENCE) -> None:
        end = time.monotonic() + limit
        assert callable(holds)
        while not holds():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.02)

    def look(self) -> None:
        """Keep what stands on the screen, until the stage is gone."""
        last = ""
        while not self._gone.wait(LOOK_EVERY):
            with suppress(subprocess.SubprocessError):
                if (screen := spelt(self.window.screen)) != last:
                    self.watch.screens.append((time.monotonic(), screen))
                    last = screen

    def clear(self) -> None:
        """End whatever is left."""
        self._gone.set()
        for each in self.processes:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)


@contextmanager
def stage(home: Path, view: View, *, loudspeaker: bool = True) -> Iterator[Stage]:
    """A stage with a copy of ``home``."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stage-")))
        (folder / "mine.yaml").write_text(ROUTINE)
        shutil.copytree(home, folder / "home")
        (folder / "room").mkdir()
        room = Room(folder / "room")
        made = Stage(folder, room, stack.enter_context(desktop.daemon()), view)
        stack.enter_context(room.running())
        made.recording = stack.enter_context(room.recorder())
        if not loudspeaker:
            room.remove_loudspeaker()
        made.window = stack.enter_context(tmux.window(folder, *WINDOW, environ=made.environ, cwd=folder))
        looking = threading.Thread(target=made.look, daemon=True)
        looking.start()
        try:
            yield made
        finally:
            with suppress(Exception):
                room.signal(signal.SIGCONT)
            made.clear()
            looking.join()
