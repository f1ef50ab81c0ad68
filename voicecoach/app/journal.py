"""Asks the journal a question, even when there is no journal or it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from voicecoach.errors import JournalError
from voicecoach.journal import store
from voicecoach.journal.store import Journal

T = TypeVar("T")

Notice = Callable[[str], None]


def ask_journal(question: Callable[[Journal], T], unknown: T, notice: Notice) -> T:
    """Return the journal's answer, or ``unknown`` when there is none or it is unreadable, with a notice."""
    if not store.begun():
        return unknown
    try:
        with Journal.open_to_read(store.file(), notice) as journal:
            return question(journal)
    except JournalError as error:
        notice(f"{error} So it is not known here what you did.")
        return unknown
