"""The sources of commands: keys, media keys, signals. All of them are opened in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Final, NamedTuple, Protocol

from voicecoach import job
from voicecoach.control import signals
from voicecoach.session.commands import Request
from voicecoach.session.levels import Volume


class Key(NamedTuple):
    """A key that went down. The receiver decides what it means."""

    name: str
    """Its character, or its name when the character is invisible: "enter", "right"."""


INTERRUPT: Final = Key("ctrl+c")
"""Ctrl-C, or a signal that ends the program from outside."""

CONTINUED: Final = Key("continued")
"""Nobody's key: the program was stopped, as by Ctrl-Z, and goes on."""

GONE: Final = Key("gone")
"""Nobody's key: there is no terminal, or not any more, so no other key will come."""

Send = Callable[[Key | Request | Volume], None]


class CommandSource(Protocol):
    """One way for a person to give commands."""

    def connected(self, send: Send, notice: Callable[[str], None]) -> AbstractContextManager[None]:
        """Call ``send`` with each request inside the block, in any thread, and never after it.

        Raises nothing when the source is unavailable: the program goes on without it, and ``notice`` gets a
        line unless nobody expects it to work. The block can be entered again.
        """
        ...


@contextmanager
def connected(sources: Iterable[CommandSource], send: Send, notice: Callable[[str], None]) -> Iterator[None]:
    """Let all ``sources`` call ``send`` inside the block."""
    with ExitStack() as stack:
        for source in sources:
            stack.enter_context(source.connected(send, notice))
        yield


class Signals:
    """Sends :data:`INTERRUPT` for Ctrl-C, SIGTERM and a closed terminal, so that nothing is lost.

    It sends :data:`CONTINUED` when the program goes on after it was stopped, as by Ctrl-Z.
    """

    @contextmanager
    def connected(self, send: Send, notice: Callable[[str], None]) -> Iterator[None]:  # noqa: ARG002 - as others
        with signals.caught(lambda: send(INTERRUPT)), job.kept(_stay, lambda: send(CONTINUED)):
            yield


def _stay() -> None:
    """No-op callback."""
