"""What the rules decide for a person, put together: the routine, the journal, and the forms that suit."""

from __future__ import annotations

from datetime import date, timedelta

from voicecoach import app as coach
from voicecoach.app.planning import Notice, ask_journal
from voicecoach.app.preparing import Decide
from voicecoach.errors import RoutineError, UnknownName
from voicecoach.journal.records import Before, Decision
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Exercise, Profile, Routine
from voicecoach.routine.progression import Rules
from voicecoach.routine.suit import alone
from voicecoach.training.dosed_routine import Prescription, apply, prescription_for
from voicecoach.training.exercise_log import History
from voicecoach.training.readiness import Today
from voicecoach.training.variation import Forms


def next_time(
    shelf: Library, person: Profile, name: str, notice: Notice, day: date
) -> tuple[Routine, Prescription, Forms]:
    """A routine as the person does it, what the rules decide for it, and what finds the forms they choose.

    A journal that cannot be read is told, and taken for an empty one. Raises as
    :func:`voicecoach.app.tailored` and :func:`voicecoach.app.rules`.
    """
    routine = coach.tailored(shelf, name, person).routine
    forms = forms_for(shelf.beside(shelf.locate(name)), person)
    return routine, _plan(routine, forms, notice, Today(day=day), coach.rules()), forms


def deciding(person: Profile, notice: Notice, day: date, before: Before = Before()) -> Decide:  # noqa: B008 - frozen
    """Decides what ``person`` does of a routine on ``day``, with what they said ``before`` the session.

    Raises as :func:`voicecoach.app.rules`.
    """
    rules = coach.rules()

    def decide(routine: Routine, shelf: Library) -> tuple[Routine, tuple[Decision, ...]]:
        forms = forms_for(shelf, person)
        decisions = _plan(routine, forms, notice, Today(day=day, before=before), rules).decisions
        return apply(routine, decisions, forms), decisions

    return decide


def forms_for(shelf: Library, person: Profile) -> Forms:
    """What finds other forms of an exercise that suit ``person``."""

    def find(key: str) -> Exercise | None:
        try:
            return alone(shelf.exercise(key), person, shelf)
        except (UnknownName, RoutineError):
            return None

    return find


def known(notice: Notice, day: date, rules: Rules) -> History:
    """What the rules look at on ``day``; a journal that cannot be read is told, and taken for empty."""
    since = day - timedelta(rules.memory_days)

    def everything(journal: Journal) -> History:
        return History(sessions=journal.recent(since), choices=journal.choices())

    return ask_journal(everything, History(), notice)


def _plan(routine: Routine, forms: Forms, notice: Notice, today: Today, rules: Rules) -> Prescription:
    return prescription_for(routine, known(notice, today.day, rules), today, rules, forms=forms)
