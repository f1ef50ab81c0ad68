"""Signals from outside end the program in order, and it can tell afterwards which one came."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from voicecoach.job import handled

if sys.platform == "win32":
    ENDING: Final = (signal.SIGTERM,)
else:
    ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
"""The signals from outside; the second comes when the terminal is closed."""

_received: list[int] = []


def received() -> int | None:
    """Return the signal of :data:`ENDING` that came since :func:`ending` began; None when none did."""
    return _received[0] if _received else None


@contextmanager
def ending() -> Iterator[None]:
    """Let a signal raise SystemExit inside the block, so that everything is closed; a second one kills."""

    def end(number: int, _frame: object) -> None:
        _received.append(number)
        for each in ENDING:
            signal.signal(each, signal.SIG_DFL)
        raise SystemExit(128 + number)

    _received.clear()
    with handled(ENDING, end):
        yield


@contextmanager
def caught(interrupted: Callable[[], None]) -> Iterator[None]:
    """Call ``interrupted`` for Ctrl-C and each signal of :data:`ENDING` inside the block."""

    def catch(number: int, _frame: object) -> None:
        if number in ENDING:
            _received.append(number)
        interrupted()

    with handled((signal.SIGINT, *ENDING), catch):
        yield


@contextmanager
def deferred() -> Iterator[None]:
    """Let Ctrl-C and the signals of :data:`ENDING` wait for the end of the block. Main thread only."""
    came: list[int] = []
    with handled((signal.SIGINT, *ENDING), lambda number, _: came.append(number)):
        yield
    for number in came[:1]:
        signal.raise_signal(number)
