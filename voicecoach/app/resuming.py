"""Going on with an interrupted session: finding it, and planning what is left of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from voicecoach import app as coach
from voicecoach.app import planning
from voicecoach.app.dosing import forms_for
from voicecoach.app.preparing import Notice, Selection
from voicecoach.app.resumed import left_out, resumed, works
from voicecoach.clock import today
from voicecoach.errors import UnknownName, UsageError
from voicecoach.journal.progress.plan import apply
from voicecoach.journal.records import Asked, Decision, Session
from voicecoach.journal.store import Journal
from voicecoach.routine.library import Library
from voicecoach.routine.model import Routine
from voicecoach.timeline.plan import Settings

WITHIN: Final = timedelta(hours=12)
"""How long an interrupted session can go on [own choice]."""


def interrupted(notice: Notice, name: str = "") -> Session | None:
    """The latest session of the last twelve hours that was not finished, of the routine ``name`` or of any.

    One whose routine was done to its end afterwards does not count. A journal that cannot be read is told.
    """
    now = today().astimezone(UTC)

    def find(journal: Journal) -> Session | None:
        recent = journal.sessions((now - WITHIN - timedelta(days=1)).date())
        later: set[str] = set()
        for session in reversed(recent):
            if session.asked is None or session.routine in later:
                continue
            later.add(session.routine)
            if not session.finished and _fits(session, name) and now - _last_seen(session) <= WITHIN:
                return session
        return None

    return planning.ask_journal(find, None, notice)


def session_resuming(kept: Session, settings: Settings, rate: int, notice: Notice) -> coach.Session:
    """What is left of ``kept``, with the doses that were decided for it.

    Raises UsageError, for the person, when its routine is not what it was; and what
    :func:`voicecoach.app.session_for` raises.
    """
    asked = kept.asked or Asked(name=kept.routine)
    person = coach.profile(as_written=kept.as_written)

    def as_decided(routine: Routine, shelf: Library) -> tuple[Routine, tuple[Decision, ...]]:
        return apply(routine, kept.decisions, forms_for(shelf, person)), kept.decisions

    other = f"'voicecoach play {asked.name}' starts it anew."
    try:
        whole = coach.session_for(
            person,
            asked.name,
            settings,
            rate,
            Selection(start=asked.start, only=asked.only, sets=asked.sets, minutes=asked.minutes),
            decide=None if kept.as_written else as_decided,
            week=planning.week_with(kept.day, notice),
        )
    except UnknownName as error:
        raise UsageError(
            f"The routine '{asked.name}' is no longer there, so it cannot go on. 'voicecoach list' shows what"
            " you can play instead."
        ) from error
    if whole.version != kept.version:
        raise UsageError(f"The routine '{asked.name}' was changed since, so it cannot go on. {other}")
    blocks = {step.block for step in works(whole.steps)}
    if any(each.block not in blocks for each in kept.sets):
        raise UsageError(f"'{asked.name}' is planned otherwise by now, so it cannot go on. {other}")
    left = left_out(whole.steps, kept.sets)
    return replace(
        whole,
        steps=resumed(whole.steps, kept.sets),
        resumes=kept,
        past=frozenset((block, number) for block, number, _ in left),
    )


def _fits(session: Session, name: str) -> bool:
    return not name or (session.asked is not None and name in {session.routine, session.asked.name})


def _last_seen(session: Session) -> datetime:
    """The last moment at which a session is known to have gone on."""
    return max(filter(None, (session.started, session.ended, *(each.at for each in session.sets))))
