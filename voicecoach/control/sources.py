"""Where a person's wishes come from: keys, media keys, signals. All of them are opened in the same way."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Final, NamedTuple, Protocol

from voicecoach.session.commands import Command
from voicecoach.session.levels import Volume


class Key(NamedTuple):
    """A key went down. What it means is for those to say who asked for keys."""

    name: str
    """Its character, or its name when it has none that can be seen: "enter", "right"."""


INTERRUPT: Final = Key("ctrl+c")
"""Ctrl-C, and what ends a program from outside."""

Send = Callable[[Key | Command | Volume], None]


class CommandSource(Protocol):
    """One way in which a person can ask for something."""

    def connected(self, send: Send, notice: Callable[[str], None]) -> AbstractContextManager[None]:
        """Inside the block call ``send`` with whatever is asked for, in any thread, and never after it.

        Raises nothing where that cannot be: the program goes on without, and ``notice`` gets a line about it
        unless nobody expects it to work. The block can be entered again.
        """
        ...


@contextmanager
def connected(sources: Iterable[CommandSource], send: Send, notice: Callable[[str], None]) -> Iterator[None]:
    """Inside the block all ``sources`` call ``send``."""
    with ExitStack() as stack:
        for source in sources:
            stack.enter_context(source.connected(send, notice))
        yield


class Signals:
    """Ctrl-C, SIGTERM and a closed terminal, as :data:`INTERRUPT`, so that nothing is lost."""

    @contextmanager
    def connected(self, send: Send, notice: Callable[[str], None]) -> Iterator[None]:  # noqa: ARG002 - as others
        def interrupted(_number: int, _frame: object) -> None:
            send(INTERRUPT)

        numbers = [signal.SIGINT, signal.SIGTERM]
        if sys.platform != "win32":
            numbers.append(signal.SIGHUP)  # the terminal was closed
        before = {number: signal.signal(number, interrupted) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
