"""Runs one session in a terminal, from the questions before it to the questions after it."""

from __future__ import annotations

import typer

from voicecoach.app import compose, met, plan, prepare, record
from voicecoach.app.prepare import PreparedSession, Selection
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.questions import Questions
from voicecoach.cli.safety_notice import accept_notice
from voicecoach.cli.session_in_terminal import Room, play_session
from voicecoach.clock import today
from voicecoach.journal.records import Before
from voicecoach.routine.model import Explaining
from voicecoach.settings.table import Outputs, SessionSettings
from voicecoach.training.questions import AskedWhen, Known

_NOTHING_SAID = Before()
_EVERYTHING = Selection()
_UNKNOWN = Known(moment=AskedWhen.BEFORE)


def session_today(
    name: str,
    chosen: SessionSettings,
    selection: Selection = _EVERYTHING,
    coaching: Explaining | None = None,
    *,
    as_written: bool,
    before: Before = _NOTHING_SAID,
) -> PreparedSession:
    """Prepare the session for the person today, with their answers ``before`` it."""
    person, day = prepare.profile(as_written=as_written), today().date()
    settings = prepare.settings_for(coaching or person.coaching, to_stderr, prepare.coached(chosen))
    return prepare.session_for(
        person,
        name,
        settings,
        chosen.rate,
        selection,
        decide=None if as_written else prepare.deciding(person, to_stderr, day, before),
        week=plan.week_with(day, to_stderr),
    )


def perform(
    session: PreparedSession,
    chosen: SessionSettings,
    selection: Selection = _EVERYTHING,
    coaching: Explaining | None = None,
    *,
    journal: bool | None = None,
    yes: bool,
    known: Known = _UNKNOWN,
) -> None:
    """Play a new or resumed session with the questions before and after it; ``yes`` skips all questions.

    ``known`` holds earlier answers. Answers before the session may change its doses, for the same
    ``selection``, or replace it by the calm routine. ``journal`` decides whether it is written down; None
    leaves that to the output. Raises VoicecoachError, for the person, when it cannot be played.
    """
    instant = chosen.output == Outputs.INSTANT
    written = not instant if journal is None else journal
    name = session.asked.name if session.asked else session.routine
    sounding = compose.sounding(chosen)
    known = accept_notice(sounding, known, unasked=yes)
    wanted = chosen.questions and not yes and (written or not instant)  # instant: nobody exercises
    asking = Questions(chosen, asked=wanted, goes_on=session.resumes)
    as_written = session.as_written
    begin = asking.before(session, known, as_written=as_written)
    if begin.leaves:
        return
    if begin.calm:
        name = begin.calm
        session = session_today(name, chosen, coaching=coaching, as_written=as_written, before=begin.before)
    elif begin.said and session.resumes is None:
        session = session_today(name, chosen, selection, coaching, as_written=as_written, before=begin.before)
    room = Room(
        chosen.view,
        chosen.theme,
        chosen.media_keys,
        chosen.pause_others,
        chosen.duck_others,
        asking.signalled,
    )
    if not written:
        unwritten = record.UNWRITTEN
        to_stderr(f"{unwritten} Use --journal to keep it." if journal is None else unwritten)
    with record.recording(session, to_stderr, chosen, before=begin.before, journal=written) as kept:
        summary = play_session(session, sounding, room, kept.listener)
        kept.close(summary)
        if not written and summary.done:
            met.note({work.exercise.key for work in summary.done}, to_stderr)
        asking.after(kept, summary)
    if not summary.finished and kept.written is not None:
        typer.echo("To go on where you stopped, within twelve hours: voicecoach resume")
