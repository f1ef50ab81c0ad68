"""Which sessions are being played: each holds a lock for as long as its program lives, and no longer."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from voicecoach import safefiles
from voicecoach.journal import store
from voicecoach.journal.records import Session


def claim(number: int) -> BinaryIO | None:
    """Claim the session with that number until the file is closed; None when another program has it.

    Raises OSError where nothing can be claimed.
    """
    return safefiles.claimed(_file(), number)


def playing(session: Session) -> bool:
    """Whether another program is playing ``session`` now; False where that cannot be known."""
    if session.by_hand or not _file().exists():
        return False
    try:
        own = claim(session.id)
    except OSError:
        return False
    if own is not None:
        own.close()
    return own is None


def _file() -> Path:
    """The file in which each session has a byte that is locked while it is played."""
    return store.file().with_suffix(".playing")
