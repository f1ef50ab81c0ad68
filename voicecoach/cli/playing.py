"""Playing a session in a terminal: view, keys, signals, and the line at the end."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicecoach import app as coach
from voicecoach.control.bindings import HELP, HELP_KEY, command_for, help_rows
from voicecoach.control.keyboard import keys
from voicecoach.display.plain import PlainView
from voicecoach.session.transport import Command
from voicecoach.timeline.steps import Hurt, Work
from voicecoach.units import format_clock, seconds

if TYPE_CHECKING:
    from voicecoach.session.listener import Summary


def play_session(session: coach.Session, sounding: coach.Sounding) -> Summary:
    """Play ``session`` to its end, or until the person stops; prints as it goes."""
    view = PlainView(sys.stdout, live=sys.stdout.isatty())
    with coach.Studio(sounding, view.noticed) as studio:
        player = studio.player(session, view)

        def pressed(key: str) -> None:
            if key == HELP_KEY:
                view.help(help_rows())
            else:
                player.send(command_for(key))

        with on_signals(lambda: player.send(Command.STOP)), keys(pressed):
            if sys.stdin.isatty():
                view.noticed(f"Keys: {HELP}")
            summary = player.run()
    for line in summary_lines(summary):
        view.line(line)
    return summary


def summary_lines(summary: Summary) -> Iterator[str]:
    """How it went. A set counts when all its sides were heard to their end."""
    time = format_clock(seconds(summary.frames))
    verb = "Done" if summary.finished else "Stopped"
    planned = {_key(step) for step in summary.steps if isinstance(step, Work)}
    done = {_key(work) for work in summary.done}
    sets = {key[:2] for key in planned | done}
    left = {key[:2] for key in planned - done}
    yield f"{verb} after {time}: {len(sets - left)} of {len(sets)} sets." if sets else f"{verb} after {time}."
    hurt = dict.fromkeys(step.title for step in summary.steps if isinstance(step, Hurt))
    for name in hurt:
        yield f"{name} hurt, so it was ended. If it hurts again next time, leave it out and ask for advice."


def _key(work: Work) -> tuple[int, int, str]:
    """Two works with the same key are the same side of the same set."""
    return work.block, work.set_number, work.side


@contextmanager
def on_signals(do: Callable[[], None]) -> Iterator[None]:
    """Inside the block Ctrl-C, SIGTERM and a closed terminal call ``do``, so that nothing is lost."""

    def stop(_number: int, _frame: object) -> None:
        do()

    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        numbers.append(signal.SIGHUP)  # the terminal was closed
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
