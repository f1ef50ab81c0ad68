"""What is kept of a session when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.app.preparing import Notice
from voicecoach.clock import today
from voicecoach.routine.files.library import is_path
from voicecoach.settings import done_file, met_file

if TYPE_CHECKING:
    from voicecoach.session.listener import Summary


def remember(summary: Summary, notice: Notice, routine: str = "") -> None:
    """Note which exercises were done: those of which a set was heard to its end.

    With the name of a routine, not its file, note that it was done when the session reached its end.
    """
    if summary.finished and routine and not is_path(routine):
        done_file.record(routine, today(), notice)
    if keys := {work.exercise.key for work in summary.done}:
        met_file.record(keys, today(), notice)
