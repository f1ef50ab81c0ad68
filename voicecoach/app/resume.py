"""Going on with an interrupted session: finding it, and preparing what is left of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from voicecoach.app import prepare
from voicecoach.app.director import VariationSource
from voicecoach.app.estimates import estimate
from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.person import person_now
from voicecoach.app.prepare import PreparedSession
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.journal.claims import playing
from voicecoach.journal.records import Asked, Happening, Session
from voicecoach.journal.store import Journal
from voicecoach.language.dates import counted
from voicecoach.language.phrases import Phrases
from voicecoach.routine.files.library import UNREADABLE, Library
from voicecoach.routine.place import is_path
from voicecoach.routine.profile import Explaining
from voicecoach.routine.suit import owning
from voicecoach.session.commands import Command
from voicecoach.session.listener import Ending
from voicecoach.session.resume import remaining
from voicecoach.settings.table import SessionSettings
from voicecoach.text import clean
from voicecoach.timeline.expand import opening
from voicecoach.timeline.steps import AnyStep, Briefing, Coaching, Hurt, Intro, works
from voicecoach.training import limits
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.stats import was_hurt
from voicecoach.units import seconds, whole_minutes

_WITHIN: Final = timedelta(hours=limits.GO_ON_HOURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """An interrupted session that can go on, and how much of it is left."""

    left: PreparedSession
    set_number: int
    """The set of the session that comes next, counted as the journal counts them."""
    sets: int
    minutes: int
    """How long what is left takes."""
    until: datetime
    """When it is too late to go on with it."""
    painful: bool
    """Whether something hurt in it, or it is a sore day: then nobody should go on without choosing to."""

    @property
    def name(self) -> str:
        """The name of its routine."""
        return self.left.name

    @property
    def asked(self) -> Asked:
        """What was asked for when it began."""
        assert self.left.asked is not None
        return self.left.asked


def interrupted(
    notice: Notice, now: datetime, chosen: SessionSettings, coaching: Explaining | None = None
) -> Interruption | None:
    """The latest session that was interrupted when some of it was done, if it can go on and sets are left.

    ``coaching`` is how much is explained of what is still to come; None leaves that as it was.
    """
    kept = unfinished(notice, now)
    if kept is None or not kept.sets:
        return None
    try:
        left = session_resuming(kept, coaching, chosen, notice, now)
    except VoicecoachError:
        return None  # "resume" says why
    return interruption(kept, left, notice, now, chosen)


def interruption(
    kept: Session, left: PreparedSession, notice: Notice, now: datetime, chosen: SessionSettings
) -> Interruption | None:
    """How ``kept`` can go on with what is ``left`` of it; None when no set is left."""
    number, sets = next((step.resumes_set for step in left.steps if isinstance(step, Intro)), (0, 0))
    if not sets:
        return None
    return Interruption(
        left=left,
        set_number=number,
        sets=sets,
        minutes=whole_minutes(seconds(estimate(left.steps, chosen.rate, chosen.language).expected)),
        until=_last_seen(kept) + _WITHIN,
        painful=is_painful(kept, prepare.known(notice, now.date()), notice, now.date()),
    )


def numbers(found: Interruption, say: Phrases) -> dict[str, str]:
    """Return what is said of an interruption: its name, the set to come, the minutes left."""
    minutes = counted(found.minutes, "minute", say)
    return {"name": found.name, "n": str(found.set_number), "sets": str(found.sets), "minutes": minutes}


def is_painful(kept: Session, history: History, notice: Notice, day: date) -> bool:
    """Tell whether something hurt in a session, a leg was worse when it began, or the day is sore."""

    def has_hurt(journal: Journal) -> bool:
        """A set need not have ended with it."""
        pressed = journal.events(kept.id)
        return any((each.what, each.command) == (Happening.OBEYED, Command.HURTS) for each in pressed)

    if was_hurt(kept) or kept.named or ask_journal(has_hurt, False, notice):  # noqa: FBT003 - when it cannot be read
        return True
    earlier = tuple(each for each in history.sessions if each.started < kept.started)
    began = condition(earlier, Today.of(kept))
    now = condition(history.sessions, Today(day=day, paced=history.paced, region=kept.region))
    weak = history.of(kept.region).weak
    return weak or began.leg_worse or now.sore or now.suspended or now.flare is Stage.CALM


def unfinished(notice: Notice, now: datetime, name: str = "") -> Session | None:
    """The latest session of the last twelve hours that was not finished, of the routine ``name`` or of any.

    One whose routine was done to its end afterwards does not count, nor one that is being played now. A
    journal that cannot be read is told.
    """
    place = known_as(name)

    def find(journal: Journal) -> Session | None:
        recent = journal.sessions((now - _WITHIN - timedelta(days=1)).date())
        later: set[str] = set()
        for session in reversed(recent):
            if session.day > now.date() or session.asked is None or session.asked.name in later:
                continue
            later.add(session.asked.name)
            fits = place in {"", session.asked.name} and abs(now - _last_seen(session)) <= _WITHIN
            if fits and not session.finished and not playing(session):
                return session
        return None

    return ask_journal(find, None, notice)


def played_elsewhere(notice: Notice, now: datetime) -> Session | None:
    """The session that another program is playing now, the latest of several."""

    def find(journal: Journal) -> Session | None:
        begun = (
            each for each in reversed(journal.overview((now - timedelta(days=2)).date())) if not each.ended
        )
        return next(filter(playing, begun), None)

    return ask_journal(find, None, notice)


def whereabouts(session: Session) -> dict[str, str]:
    """Return what is said of a session that is being played: its routine, and since when."""
    return {"name": clean(session.routine), "time": f"{session.started.astimezone():%H:%M}"}


def session_resuming(
    kept: Session, coaching: Explaining | None, chosen: SessionSettings, notice: Notice, now: datetime
) -> PreparedSession:
    """What is left of ``kept``, as it was planned when it was interrupted.

    ``coaching`` is how much is explained of what is still to come; None leaves that as it was. Raises
    UsageError, for the person, when this version of the program cannot go on with it.
    """
    asked = kept.asked or Asked(name=kept.routine)
    plan = ask_journal(lambda journal: journal.plan(kept.id), None, notice)
    if plan is None:
        raise UsageError(
            f"Your session '{asked.name}' was interrupted under another version of voicecoach, so it cannot"
            f" go on. What you did is kept; 'voicecoach play {asked.name}' starts it again."
        )
    person = person_now(notice, now, kept.before, as_written=kept.as_written).in_region(kept.region)
    explaining = coaching or (Explaining(asked.coaching) if asked.coaching else person.coaching)
    settings = prepare.settings_for(explaining, notice, now, prepare.coached(chosen))
    name, over = plan.steps[-1].title, works(plan.steps[: plan.at])
    things = [thing for work in works(plan.steps) for thing in work.exercise.equipment]
    hurt = {each.exercise for each in kept.sets if each.ending is Ending.HURT}
    hurt |= {step.exercise.key for step in plan.steps if isinstance(step, Hurt)}
    hurt |= {each.written for each in kept.decisions if each.leaves_out}
    left = PreparedSession(
        name,
        tuple(_explaining(each, coaching) for each in remaining(plan, opening(name, settings), hurt)),
        VariationSource(_shelf(asked.name), owning(person, things), settings, frozenset(hurt)),
        kept.routine,
        kept.version,
        kept.decisions,
        as_written=kept.as_written,
        region=kept.region,
        asked=asked,
        resumes=kept,
        instructions=kept.instructions,
        past=replace(plan, steps=over, at=len(over)),
    )
    day = now.date()
    return prepare.without_what_hurt(left, prepare.known(notice, day), day)


def _explaining(step: AnyStep, how: Explaining | None) -> AnyStep:
    if isinstance(step, Briefing) and not step.again and how in {Explaining.FULL, Explaining.SHORT}:
        return replace(step, coaching=Coaching(how))
    return step


def _shelf(name: str) -> Library:
    """The exercises for the routine of that name, which may be gone."""
    shelf = prepare.library()
    try:
        return shelf.beside(shelf.locate(name))
    except UNREADABLE:
        return shelf


def known_as(name: str) -> str:
    """The name by which the journal knows what is called ``name``."""
    return os.path.realpath(prepare.library().locate(name)) if is_path(name) else name


def _last_seen(session: Session) -> datetime:
    """The last moment at which a session is known to have gone on."""
    return max(filter(None, (session.started, session.ended, *(each.at for each in session.sets))))
