"""What the person said of new weakness in a leg or foot, or of other warning signs, and what follows."""

from __future__ import annotations

from datetime import UTC, datetime

from voicecoach.app.journal import Notice, ask_journal, write_down
from voicecoach.app.person import person_now
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.questions import calm_for
from voicecoach.errors import UsageError
from voicecoach.journal.records import Weakness
from voicecoach.journal.store import Journal
from voicecoach.language.phrases import Phrases
from voicecoach.routine.region import Region, of_region
from voicecoach.timeline.steps import works
from voicecoach.training.standing import TRAINED
from voicecoach.training.weakness import Spell, going_on, told


def said(notice: Notice) -> tuple[Weakness, ...]:
    """Return all answers, earliest first; a journal that cannot be read is told, and taken for empty."""
    return ask_journal(Journal.weakness, (), notice)


def now(notice: Notice, region: Region) -> Spell | None:
    """Return the sign of a region that nobody has looked at yet; None when there is none."""
    return going_on(of_region(said(notice), region))


def shown(notice: Notice, moment: datetime, say: Phrases) -> tuple[str, ...]:
    """Return the lines that say that a sign has to be looked at, and how to answer no; none without one."""
    answers = said(notice)
    spells = ((region, going_on(of_region(answers, region))) for region in Region)
    return tuple(
        line
        for region, spell in spells
        if spell
        for line in (told(spell, moment.date(), say), _how_to_answer(region, say))
    )


def _how_to_answer(region: Region, say: Phrases) -> str:
    return say.part("weak.answer" if region is Region.BACK else "weak.answer_for", region=region)


def say(notice: Notice, moment: datetime, *, present: bool, region: Region) -> None:
    """Write down an answer before a session; ``notice`` says when that is not possible."""
    answer = Weakness(at=moment.astimezone(UTC), present=present, region=region)
    lost = "Your answer about weakness is not written down."
    write_down(lambda journal: journal.say_weak(answer), lost, notice)


def trains(session: PreparedSession) -> bool:
    """Tell whether a session loads the legs and the back, and does not only move or calm them."""
    return any(each.exercise.kind in TRAINED for each in works(session.steps))


def heed(session: PreparedSession, notice: Notice, moment: datetime, say: Phrases) -> None:
    """Tell somebody who is asked nothing that weakness has to be looked at before training goes on.

    Raises UsageError, which says so, for a session that trains.
    """
    spell = now(notice, session.region)
    if spell is None:
        return
    sentence = told(spell, moment.date(), say)
    if not trains(session):
        notice(sentence)
        return
    calm = calm_for(person_now(notice, moment), session.region)
    lines = [f"{sentence} {say('weak.waits', routine=session.name)}", _how_to_answer(session.region, say)]
    raise UsageError("\n".join([*lines, *([say("weak.instead", calm=calm.id)] if calm else [])]))
