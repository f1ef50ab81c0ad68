"""Going on with an interrupted session: finding it, and planning what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from voicecoach import app as coach
from voicecoach.app import planning
from voicecoach.app.dosing import forms_for
from voicecoach.app.planning import ask_journal
from voicecoach.app.preparing import Notice, Selection
from voicecoach.app.recording import playing
from voicecoach.app.resumed import as_it_became, past, resumed, works
from voicecoach.clock import today
from voicecoach.errors import UnknownName, UsageError
from voicecoach.journal.records import Asked, Course, Decision, Session
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library, is_path
from voicecoach.routine.model import Exercise, Explaining, Posture, Routine
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.expand import expand_exercise
from voicecoach.timeline.steps import AnyStep, Work
from voicecoach.training.dosed_routine import apply

WITHIN: Final = timedelta(hours=12)
"""How long an interrupted session can go on [own choice]."""


def interrupted(notice: Notice, name: str = "") -> Session | None:
    """The latest session of the last twelve hours that was not finished, of the routine ``name`` or of any.

    One whose routine was done to its end afterwards does not count, nor one that is being played now. A
    journal that cannot be read is told.
    """
    now, place = today().astimezone(UTC), _place(name)

    def find(journal: Journal) -> Session | None:
        recent = journal.sessions((now - WITHIN - timedelta(days=1)).date())
        later: set[str] = set()
        for session in reversed(recent):
            if session.asked is None or session.asked.name in later:
                continue
            later.add(session.asked.name)
            fits = place in {"", session.asked.name} and abs(now - _last_seen(session)) <= WITHIN
            if fits and not session.finished and not playing(session):
                return session
        return None

    return ask_journal(find, None, notice)


def session_resuming(
    kept: Session, coaching: Explaining | None, chosen: SessionSettings, notice: Notice
) -> coach.Session:
    """What is left of ``kept``, with the doses that were decided for it and all that was chosen on the way.

    Raises UsageError, for the person, when its routine is not what it was; and what
    :func:`voicecoach.app.session_for` raises.
    """
    asked = kept.asked or Asked(name=kept.routine)
    person = coach.profile(as_written=kept.as_written)
    explaining = coaching or (Explaining(asked.coaching) if asked.coaching else person.coaching)
    settings = replace(coach.settings_for(explaining, notice, coach.coached(chosen)), tempo=asked.tempo)

    def as_decided(routine: Routine, shelf: Library) -> tuple[Routine, tuple[Decision, ...]]:
        return apply(routine, kept.decisions, forms_for(shelf, person)), kept.decisions

    other = f"'voicecoach play {asked.name}' starts it anew."
    try:
        whole = coach.session_for(
            person,
            asked.name,
            settings,
            asked.rate or chosen.rate,
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
    if not _is_planned(kept, works(whole.steps)):
        raise UsageError(f"'{asked.name}' is planned otherwise by now, so it cannot go on. {other}")
    shelf = coach.library()
    find = forms_for(shelf.beside(shelf.locate(asked.name)), person)

    def plan(block: int, exercise: Exercise, posture: Posture | None) -> tuple[AnyStep, ...]:
        return expand_exercise(block, exercise, settings, posture)

    steps = whole.steps if kept.course == Course() else as_it_became(whole.steps, kept.course, find, plan)
    return replace(
        whole,
        steps=resumed(steps, kept.sets, kept.course),
        resumes=kept,
        past=past(steps, kept.sets, kept.course),
    )


def _place(name: str) -> str:
    """The name by which the journal knows what is called ``name``."""
    return str(coach.library().locate(name).resolve()) if is_path(name) else name


def _is_planned(kept: Session, planned: Sequence[Work]) -> bool:
    """Whether the sets that were done are of exercises that are planned where they were done."""
    written = {each.exercise: each.written for each in kept.decisions}
    there = {(each.block, written.get(each.exercise.key, each.exercise.key)) for each in planned}
    return all((each.block, each.written) in there for each in kept.sets)


def _last_seen(session: Session) -> datetime:
    """The last moment at which a session is known to have gone on."""
    return max(filter(None, (session.started, session.ended, *(each.at for each in session.sets))))
