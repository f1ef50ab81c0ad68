"""Reads single keys from the terminal, without Enter, while a session plays."""

from __future__ import annotations

import codecs
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from voicecoach import job
from voicecoach.control.sources import GONE, INTERRUPT, Key, Send

_SEQUENCES = {
    "\x1b[C": "right",
    "\x1bOC": "right",
    "\x1b[D": "left",
    "\x1bOD": "left",
    "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
}
"""The sequences that terminals send for keys without a character."""
_SECOND_HALVES = {"M": "right", "K": "left", "I": "pageup", "Q": "pagedown"}
"""The characters that Windows sends for them."""
_NAMES = {
    "\x7f": "backspace",
    "\b": "backspace",
    "\r": "enter",
    "\n": "enter",
    "\x1b": "escape",
    "\x03": INTERRUPT.name,  # Windows alone sends it as a key
    "\x04": "ctrl+d",
}
"""Keys whose character is invisible."""

_ONE_KEY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|O.|[^\x1b\[])?|.", re.DOTALL)
"""A sequence that begins with escape, or a single character."""
_CUT_OFF = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")
"""The beginning of a sequence, or the escape key itself."""
_REST_COMES: Final = 0.05
"""Seconds within which the rest of a sequence comes, else it was the escape key [own choice]."""
OTHER: Final = "other"
"""The name of every key without a character that means nothing anywhere."""

_POLL_SECONDS = 0.1
"""Seconds between looks for a key; Windows only."""
PATIENCE: Final = 2.0
"""Seconds to wait for the thread at the end; it ends within milliseconds, unless the handler of a key hangs
[own choice]."""


class Keyboard:
    """The keys of the terminal. There are none without a terminal, as when standard input is a file."""

    @contextmanager
    def connected(self, send: Send, notice: Callable[[str], None]) -> Iterator[None]:  # noqa: ARG002 - as others
        """Send keys from another thread inside the block; the terminal is restored after it.

        Whoever waits for a key hears of it with :data:`GONE` when none will come.
        """
        if not sys.stdin.isatty():
            send(GONE)
            yield
            return
        listen = _windows_keys if sys.platform == "win32" else _posix_keys
        with listen(lambda name: send(Key(name))):
            yield


def keys_in(typed: str) -> Iterator[str]:
    """Split what a terminal sent at once into keys: an arrow or function key is several characters."""
    for match in _ONE_KEY.finditer(typed):
        key = match.group()
        if len(key) > 1:
            yield _SEQUENCES.get(key, OTHER)
        else:
            yield _NAMES.get(key, key)


def cut_off(typed: str) -> tuple[str, str]:
    """Return the whole keys of what a terminal has sent so far, and the beginning of one that is cut off."""
    found = _CUT_OFF.search(typed)
    at = found.start() if found else len(typed)
    return typed[:at], typed[at:]


def _tell(pressed: Callable[[str], None], key: str) -> None:
    """Pass a key on. A failing key must not stop the others, or nobody could pause or stop."""
    with suppress(Exception):
        pressed(key)


@contextmanager
def _posix_keys(pressed: Callable[[str], None]) -> Iterator[None]:
    import select  # noqa: PLC0415 - POSIX terminals only

    terminal = sys.stdin.fileno()
    done_reading, done_writing = os.pipe()

    def read_keys() -> None:
        decoder, typed = codecs.getincrementaldecoder("utf-8")("replace"), ""
        while True:
            try:
                ready, _, _ = select.select([terminal, done_reading], [], [], _REST_COMES if typed else None)
                if done_reading in ready:
                    return
                new = os.read(terminal, 64) if ready else None
            except OSError:  # the terminal is gone, or has nothing more to read
                new = b""
            if new == b"":
                _tell(pressed, GONE.name)
                return
            typed += decoder.decode(new or b"")
            whole, typed = cut_off(typed) if new else (typed, "")
            for key in keys_in(whole):
                _tell(pressed, key)

    thread = threading.Thread(target=read_keys, name="keyboard", daemon=True)
    with _key_by_key(terminal):
        thread.start()
        try:
            yield
        finally:
            os.write(done_writing, b".")
            thread.join(PATIENCE)
    if not thread.is_alive():  # else it still looks at them
        os.close(done_reading)
        os.close(done_writing)


@contextmanager
def _key_by_key(terminal: int) -> Iterator[None]:
    """Let the terminal pass on each key at once and unseen inside the block, but not while a shell has it."""
    if sys.platform == "win32":  # so that mypy for Windows does not look into these modules
        raise AssertionError
    import termios  # noqa: PLC0415 - POSIX terminals only
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(terminal)

    def take(when: int = termios.TCSADRAIN) -> None:
        tty.setcbreak(terminal, when)
        mode = termios.tcgetattr(terminal)
        mode[tty.IFLAG] &= ~termios.IXON  # Ctrl-S would hold what is printed, and the session with it
        termios.tcsetattr(terminal, termios.TCSANOW, mode)

    def give_back() -> None:
        with suppress(termios.error):  # a terminal that is gone need not be restored
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)

    take(termios.TCSAFLUSH)
    try:
        with job.kept(give_back, take):
            yield
    finally:
        give_back()


@contextmanager
def _windows_keys(pressed: Callable[[str], None]) -> Iterator[None]:
    import msvcrt  # noqa: PLC0415 - Windows only

    done = threading.Event()
    # Looked up by name: type checkers on other systems do not know what msvcrt holds.
    key_waiting, read_key = getattr(msvcrt, "kbhit"), getattr(msvcrt, "getwch")  # noqa: B009

    def read_keys() -> None:
        while not done.wait(_POLL_SECONDS):
            while key_waiting():
                key = read_key()
                if key in "\x00\xe0":  # an arrow or function key: its second half follows
                    _tell(pressed, _SECOND_HALVES.get(read_key(), OTHER))
                else:
                    _tell(pressed, _NAMES.get(key, key))

    thread = threading.Thread(target=read_keys, name="keyboard", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(PATIENCE)
