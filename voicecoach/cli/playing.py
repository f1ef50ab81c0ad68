"""Playing a session in a terminal: view, keys, signals, and the line at the end."""

from __future__ import annotations

import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicecoach import app as coach
from voicecoach.control.bindings import HELP
from voicecoach.control.keyboard import keys_to
from voicecoach.display.plain import PlainView
from voicecoach.session.transport import Command
from voicecoach.timeline.steps import Work
from voicecoach.units import format_clock, seconds

if TYPE_CHECKING:
    from voicecoach.session.listener import Summary
    from voicecoach.timeline.steps import AnyStep


def play_session(steps: tuple[AnyStep, ...], sounding: coach.Sounding) -> Summary:
    """Play ``steps`` to their end, or until the person stops; prints as it goes."""
    view = PlainView(sys.stdout, live=sys.stdout.isatty())
    with coach.Studio(sounding, view.noticed) as studio:
        player = studio.player(steps, view)
        with on_signals(lambda: player.send(Command.STOP)), keys_to(player.send):
            if sys.stdin.isatty():
                view.noticed(f"Keys: {HELP}")
            summary = player.run()
    view.line(summary_line(steps, summary))
    return summary


def summary_line(steps: tuple[AnyStep, ...], summary: Summary) -> str:
    """How it went, in one line. A set counts when all its sides were heard to their end."""
    time = format_clock(seconds(summary.frames))
    verb = "Done" if summary.finished else "Stopped"
    sides: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for index, step in enumerate(steps):
        if isinstance(step, Work):
            sides[step.block, step.set_number].add(index)
    if not sides:
        return f"{verb} after {time}."
    heard = {segment.index for segment in summary.done}
    done = sum(indexes <= heard for indexes in sides.values())
    return f"{verb} after {time}: {done} of {len(sides)} sets."


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
