"""What of a clinician's instructions is still in force, and when the coach asks about their end. All pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voicecoach.journal.records import Lifted, Session
from voicecoach.routine.instructions import Instructions
from voicecoach.training import limits


def in_force(asked: Instructions, lifted: Iterable[Lifted]) -> Instructions:
    """Return ``asked`` without the precautions that have been lifted."""
    last = last_answer(asked, lifted)
    return asked.lifted if last is not None and last.lifted else asked


def last_answer(asked: Instructions, lifted: Iterable[Lifted]) -> Lifted | None:
    """Return what was said last of these precautions; those that a clinician extended are other ones."""
    own = [each for each in lifted if each.source == asked.source and each.until == asked.until]
    return own[-1] if own and asked.until else None


def are_known(asked: Instructions, sessions: Sequence[Session]) -> bool:
    """Tell whether ``asked`` was told in so many sessions that a reminder will do."""
    told = sum(not each.by_hand and asked.was_told(each.instructions) for each in sessions)
    return told >= limits.TOLD_IN_FULL
