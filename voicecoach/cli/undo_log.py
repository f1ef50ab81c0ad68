"""``voicecoach undo-log``."""

from __future__ import annotations

from typing import Final

from voicecoach.cli import page
from voicecoach.cli.log import difference, open_journal, title_of
from voicecoach.errors import UsageError
from voicecoach.journal import store
from voicecoach.journal.store import Journal

_NOTHING: Final = (
    "There is nothing to take back: nothing in your journal was added or corrected by hand, or all of that"
    " was taken back already."
)


def undo_log() -> None:
    """Take back the last change made with 'log'.

    Repeat it to take back earlier changes.
    """
    if not store.begun():
        raise UsageError(_NOTHING)
    with open_journal() as journal:
        undo(journal)


def undo(journal: Journal) -> None:
    """Take back the last change made by hand, and say which. Raises UsageError or JournalError."""
    undone = journal.undo()
    if undone is None:
        raise UsageError(_NOTHING)
    was, now = undone
    if was is None:
        assert now is not None
        page.show(f"Brought back: session {now.id}, {title_of(now)}, which you had removed.")
    elif now is None:
        page.show(f"Taken back: session {was.id}, {title_of(was)}, which you had added, is gone again.")
    else:
        page.show(f"Taken back in session {was.id}, {title_of(now)}: {difference(was, now)}.")
