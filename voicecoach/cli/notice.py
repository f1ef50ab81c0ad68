"""The safety notice before the first session, shown and spoken; and ``voicecoach safety``."""

from __future__ import annotations

import queue
import sys
import textwrap
from collections.abc import Iterator
from typing import Final

from voicecoach.app import prepare
from voicecoach.app.compose import Sounding, Studio
from voicecoach.cli.playing import on_signals
from voicecoach.cli.printing import to_stderr
from voicecoach.clock import today
from voicecoach.control.keyboard import keys
from voicecoach.errors import UsageError
from voicecoach.session.listener import Listener
from voicecoach.session.transport import Command
from voicecoach.settings import safety

ACCEPT: Final = ("y", "enter")
DECLINE: Final = ("n", "q", "escape", "\x03", "\x04")
"""With Escape, Ctrl-C and Ctrl-D."""
LOOK_EVERY: Final = 0.1
"""Seconds; waiting without end could not be interrupted on Windows."""


def accept_notice(sounding: Sounding, *, unasked: bool) -> None:
    """Return when the notice was accepted, now or before; ``unasked`` accepts it.

    Raises UsageError when it is declined, or when there is nobody at a terminal to ask.
    """
    text = safety.load()
    if safety.accepted(text.version):
        return
    if not unasked:
        if not sys.stdin.isatty():
            raise UsageError(
                f"{_filled(' '.join(text.notice))}\n\nAccept this before the first session: play in a"
                " terminal, where you are asked, or add '--yes'."
            )
        if not _accepted(text, sounding):
            raise UsageError("You did not accept the notice, so nothing is played.")
    safety.accept(text.version, today(), to_stderr)


def all_of_it() -> str:
    """Everything that there is to know about safety, as a page of text."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    for number, section in enumerate(safety.load().sections):
        if number:
            yield ""
        yield section.title
        for point in section.points:
            yield _filled(point, "* ")


class _Unseen(Listener):
    """The notice is on the screen already; only what goes wrong is added."""

    def noticed(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")


def _accepted(text: safety.SafetyText, sounding: Sounding) -> bool:
    """Speak the notice until there is an answer, and wait for one when it has been spoken."""
    sys.stdout.write("\n".join(["", *map(_filled, text.notice), ""]) + "\n")
    sys.stdout.flush()
    answers: queue.SimpleQueue[bool] = queue.SimpleQueue()
    listener = _Unseen()
    with Studio(sounding, listener.noticed) as studio:
        player = studio.player(prepare.remark(*text.notice, text.ask), listener)

        def pressed(key: str) -> None:
            if key.lower() in ACCEPT + DECLINE:
                answers.put(key.lower() in ACCEPT)
                player.send(Command.STOP)

        with on_signals(lambda: pressed("n")), keys(pressed):
            sys.stdout.write(f"{text.ask}\n\n")
            sys.stdout.flush()
            player.run()
            while True:
                try:
                    return answers.get(timeout=LOOK_EVERY)
                except queue.Empty:
                    continue


def _filled(text: str, first: str = "") -> str:
    return textwrap.fill(text, 80, initial_indent=first, subsequent_indent=" " * len(first))
