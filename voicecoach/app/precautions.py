"""Asks the journal whether the precautions of a routine have been lifted, and writes the answer down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from voicecoach.app.journal import Notice, ask_journal, write_down
from voicecoach.app.prepare import PreparedSession
from voicecoach.journal.records import Lifted
from voicecoach.journal.store import Journal
from voicecoach.training.precautions import last_answer
from voicecoach.training.questions import LIFTED, Known


def asking(known: Known, session: PreparedSession, notice: Notice, now: datetime) -> Known:
    """Return ``known`` with whether it is time to ask if the precautions of ``session`` have been lifted."""
    asked = session.instructions
    if not asked.has_ended(now.date()):
        return known
    last = last_answer(asked, ask_journal(Journal.lifted, (), notice))
    answered = {LIFTED.id: last.at} if last else {}
    return replace(known, precautions_ended=True, answered={**known.answered, **answered})


def say(session: PreparedSession, notice: Notice, moment: datetime, *, lifted: bool) -> None:
    """Write down an answer before a session; ``notice`` says when that is not possible."""
    asked = session.instructions
    assert asked.until is not None
    answer = Lifted(at=moment.astimezone(UTC), source=asked.source, until=asked.until, lifted=lifted)
    lost = "Your answer about your precautions is not written down."
    write_down(lambda journal: journal.say_lifted(answer), lost, notice)
