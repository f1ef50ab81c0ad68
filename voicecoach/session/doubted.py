"""A command that may have been spoken, while the coach asks whether it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voicecoach.session.commands import Command, Door

_ASIDE: Final = frozenset({Door.LEVEL, Door.ANSWER})
_NOTHING: Final = frozenset({Command.PAUSE, Command.READY, Command.COUNT})
"""What means nothing in a pause; any key may say "ready"."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """One that the coach has paused for."""

    command: Command
    goes_on: bool
    """Whether the session goes on when it was not meant; else it was paused before."""

    def stays_after(self, command: Command) -> bool:
        """Tell whether ``command`` leaves the question open: it changes nothing, or only what is heard."""
        return command.row.door in _ASIDE or command in _NOTHING

    def meant_by(self, answer: Command) -> Command:
        """Return what is to be done after ``answer``, which may be any other command."""
        if answer is Command.YES:
            return self.command
        return Command.RESUME if answer is Command.NO and self.goes_on else answer
