"""A virtual terminal: tmux, which shows what a person would see, and remembers how it was left."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import termios
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.control.auto_repeat import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MISSING = [tool for tool in ("tmux",) if shutil.which(tool) is None]
"""The programs a terminal needs that are not installed."""
PATIENCE = 30.0
"""Seconds; reached only when something is broken."""
LOOK_EVERY = 0.04
"""Seconds between two looks at the screen; each starts a program, which takes from what is looked at."""
AGAIN = HELD + 0.2
"""Seconds after which the same key counts again; a busy machine passes them on unevenly."""
PROMPT = "ready>"
MODES = (
    "alternate_on cursor_flag insert_flag keypad_cursor_flag keypad_flag mouse_all_flag mouse_any_flag "
    "mouse_button_flag mouse_sgr_flag mouse_standard_flag mouse_utf8_flag origin_flag wrap_flag"
)
"""What a program can do to a terminal, by tmux's names: the other screen, the cursor, the mouse …"""
NAMES = {
    "backspace": "BSpace",
    "enter": "Enter",
    "escape": "Escape",
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "pageup": "PPage",
    "pagedown": "NPage",
    "ctrl+c": "C-c",
    "ctrl+j": "C-j",
    "ctrl+z": "C-z",
}
"""tmux's names of the keys without a character."""


class Window:
    """A terminal with a shell in it."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def tmux(self, *command: str) -> str:
        """What tmux answers to ``command``."""
        line = ["tmux", "-u", "-S", str(self._socket), "-f", os.devnull, *command]
        return subprocess.run(line, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout

    @property
    def screen(self) -> str:
        """What stands on the screen, without what is empty at the end of the lines."""
        return self.tmux("capture-pane", "-p")

    @property
    def text(self) -> str:
        """Everything in the terminal, also what has gone up."""
        return self.tmux("capture-pane", "-p", "-S", "-")

    def press(self, *keys: str) -> None:
        """Press keys, by their character or their name."""
        for key in keys:
            named = key in NAMES
            self.tmux("send-keys", *([] if named else ["-l"]), "--", NAMES[key] if named else key)

    def leave(self) -> None:
        """Leave a session, which asks for the key once more."""
        self.press("q")
        time.sleep(AGAIN)
        self.press("q")

    def paste(self, text: str) -> None:
        """Paste text, in the way that the program in the window has asked for."""
        self.tmux("set-buffer", "--", text)
        self.tmux("paste-buffer", "-p")

    def run(self, command: str) -> None:
        """Type a command into the shell."""
        self.press(command, "enter")

    def until(self, pattern: str) -> str:
        """Wait until ``pattern`` is on the screen, and return that."""
        return self.until_it(lambda screen: re.search(pattern, screen, re.MULTILINE), pattern)

    def until_it(self, holds: Callable[[str], object], what: object) -> str:
        """Wait until something holds for the screen, and return that."""
        end = time.monotonic() + PATIENCE
        while not holds(screen := self.screen):
            assert time.monotonic() < end, f"waited for {what!r}, saw:\n{screen}"
            time.sleep(LOOK_EVERY)
        return screen

    @property
    def filled(self) -> bool:
        """Whether a program fills the screen, in place of the shell's lines."""
        return self.tmux("display-message", "-p", "#{alternate_on}").strip() == "1"

    def resize(self, columns: int, rows: int) -> None:
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    @property
    def condition(self) -> tuple[str, list[object]]:
        """How the terminal is: its modes, and its line settings (what ``stty -a`` shows)."""
        asked = " ".join(f"{name}=#{{{name}}}" for name in MODES.split())
        *modes, tty = self.tmux("display-message", "-p", f"{asked} #{{pane_tty}}").split()
        terminal = os.open(tty, os.O_RDWR | os.O_NOCTTY)
        try:
            return " ".join(modes), termios.tcgetattr(terminal)
        finally:
            os.close(terminal)

    @property
    def program(self) -> int:
        """The process that the shell waits for."""
        shell = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        (child,) = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        return int(child)


@contextmanager
def window(
    folder: Path,
    columns: int = 80,
    rows: int = 24,
    shell: str = "sh",
    environ: Mapping[str, str] = os.environ,
    cwd: Path | None = None,
) -> Iterator[Window]:
    """A terminal of that size. Its shell has this process's environment and folder, or those given."""
    made = Window(folder / "tmux")
    environ = {**environ, "LC_ALL": "C.UTF-8"}
    command = ["tmux", "-u", "-S", str(folder / "tmux"), "-f", os.devnull]
    command += ["new-session", "-d", "-x", str(columns), "-y", str(rows), shell]
    subprocess.run(command, check=True, env=environ, cwd=cwd, timeout=PATIENCE)
    try:
        made.until(r"\S")
        made.run(f"PS1='{PROMPT}'; clear")
        made.until(rf"\A{PROMPT}")
        yield made
    finally:
        subprocess.run([*command[:6], "kill-server"], check=False, capture_output=True)
