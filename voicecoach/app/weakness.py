"""What the person said of new weakness or numbness in a leg or foot, and what follows for a session."""

from __future__ import annotations

from datetime import UTC, datetime

from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.person import person_now
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.questions import calm_for
from voicecoach.errors import JournalError, UsageError
from voicecoach.journal import store
from voicecoach.journal.records import Weakness
from voicecoach.journal.store import Journal
from voicecoach.language.phrases import Phrases
from voicecoach.timeline.steps import works
from voicecoach.training.standing import TRAINED
from voicecoach.training.weakness import Spell, going_on, told


def said(notice: Notice) -> tuple[Weakness, ...]:
    """Return all answers, earliest first; a journal that cannot be read is told, and taken for empty."""
    return ask_journal(Journal.weakness, (), notice)


def now(notice: Notice) -> Spell | None:
    """Return the weakness that nobody has looked at yet; None when there is none."""
    return going_on(said(notice))


def shown(notice: Notice, moment: datetime, say: Phrases) -> tuple[str, ...]:
    """Return the lines that say that it has to be looked at, and how to answer no; none without weakness."""
    spell = now(notice)
    if spell is None:
        return ()
    return told(spell, moment.date(), say), say.part("weak.answer")


def say(notice: Notice, moment: datetime, *, present: bool) -> None:
    """Write down an answer before a session; ``notice`` says when that is not possible."""
    try:
        with Journal.open(store.file(), notice) as journal:
            journal.say_weak(Weakness(at=moment.astimezone(UTC), present=present))
    except JournalError as error:
        notice(f"{error} Your answer about weakness is not written down.")


def trains(session: PreparedSession) -> bool:
    """Tell whether a session loads the legs and the back, and does not only move or calm them."""
    return any(each.exercise.kind in TRAINED for each in works(session.steps))


def heed(session: PreparedSession, notice: Notice, moment: datetime, say: Phrases) -> None:
    """Tell somebody who is asked nothing that weakness has to be looked at before training goes on.

    Raises UsageError, which says so, for a session that trains.
    """
    spell = now(notice)
    if spell is None:
        return
    sentence = told(spell, moment.date(), say)
    if not trains(session):
        notice(sentence)
        return
    calm = calm_for(person_now(notice, moment))
    lines = [f"{sentence} {say('weak.waits', routine=session.name)}", say("weak.answer")]
    raise UsageError("\n".join([*lines, *([say("weak.instead", calm=calm.id)] if calm else [])]))
