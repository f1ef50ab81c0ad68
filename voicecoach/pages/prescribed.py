"""What clinicians asked for who wrote the routines, for the top of the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from voicecoach.journal.records import Session
from voicecoach.language.phrases import Phrases
from voicecoach.timeline.instruction_words import BoxPart, box


def boxes(sessions: Sequence[Session], today: date, say: Phrases) -> tuple[tuple[BoxPart, ...], ...]:
    """Return a box for each routine with instructions, as they were in its last session, the latest first.

    ``sessions`` come earliest first. Routines with the same instructions share a box.
    """
    last = {each.routine: each.instructions for each in sessions}
    latest = dict.fromkeys(each.routine for each in reversed(sessions))
    asked = dict.fromkeys(box(last[routine], say, today) for routine in latest if last[routine])
    return tuple(asked)
