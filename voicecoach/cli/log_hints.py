"""What ``voicecoach log`` says after it has noted a session: how the week goes, and what else can be said."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from voicecoach import cli
from voicecoach.app import by_hand, plan, questions
from voicecoach.app.done_dose import more_than_due
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import nearest
from voicecoach.journal.records import Session
from voicecoach.routine import place
from voicecoach.routine.files.library import Library
from voicecoach.settings import file
from voicecoach.text import clean
from voicecoach.training.words import amount, week_so_far


def hints(session: Session, typed: str, library: Library, double: Session | None) -> Iterator[str]:
    """Yield a line or two for each: ``typed`` is its name as typed, ``double`` another one of that day."""
    yield from _answer(session, library)
    yield from _name(session, typed, library)
    if double:
        yield f"There is another one on that day: voicecoach history {double.id}"
    for key, due, done in more_than_due(session):
        yield f"{key}: {amount(due)} was due, and the plan goes on from there. To go on from what you did:"
        yield f"voicecoach plan dose {shlex.quote(key)} '{amount(done)}'"
    if missing := _unsaid(session):
        yield f"Say how it was, so that it can grow: voicecoach log --session {session.id} {missing}"
    yield f"Not right? voicecoach undo-log, or voicecoach log --session {session.id}"


def _answer(session: Session, library: Library) -> Iterator[str]:
    """Say how the week goes after a session of today, with a plan, and what the coach answers to any."""
    now, say = cli.clock.moment(), file.own_phrases()
    if session.day != now.date():
        return
    goal = plan.week_so_far(plan.followed(), session.day, to_stderr)
    if goal.of:
        yield week_so_far(goal, say)
    found = by_hand.routine_called(session, library, to_stderr)
    names = {each.key: each.name for each in found[0].exercises} if found else {}
    last = questions.last_word(session, questions.past(session.day, to_stderr), to_stderr, now, names)
    for each in (*last.said, *last.shown):
        yield say.tell(each)


def _name(session: Session, typed: str, library: Library) -> Iterator[str]:
    """Say what was made of the name, when that is not what one may expect."""
    known, routine = [*library.routines(), *map(place.ident, plan.files_called())], session.routine
    if routine not in known and not session.sets and (near := nearest(routine, known)):
        yield f"There is no routine called '{clean(routine)}', so these are your words for it, not"
        yield f"'{near}'."
    if typed in known and typed != routine:
        yield f"Your plan has {routine} now, so it counts for that."
    if routine in known and not session.sets and (said_as := by_hand.example(session, library, to_stderr)):
        yield "It counts for the week, but no dose rises for it. For that, say what you did of each:"
        yield f"voicecoach log --session {session.id} --dose {shlex.quote(said_as)}"


def _unsaid(session: Session) -> str:
    """The options for the answers that the next dose of a practice depends on, as far as they are missing."""
    if not session.sets:
        return ""
    pain = "--pain 1" if session.after.worst_pain is None else ""
    effort = "--effort 4" if session.after.effort is None else ""
    return " ".join(filter(None, (pain, effort)))
