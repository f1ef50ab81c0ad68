"""Says once what is to be said about the person's phase, and notes in the journal that it was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from voicecoach.app import plan as planning
from voicecoach.app.journal import Notice, ask_journal, write_down
from voicecoach.app.plan import Following
from voicecoach.journal.records import Remark, RemarkTopic, Session
from voicecoach.journal.store import Journal
from voicecoach.training import limits, remarks, stats
from voicecoach.training.readiness import Stage, condition

if TYPE_CHECKING:
    from voicecoach.language.phrases import Message
    from voicecoach.training.remarks import Occasion


def on_screen(
    plan: Following, notice: Notice, now: datetime, *, reviews: bool = False
) -> tuple[Message, ...]:
    """Return what is shown of the phase today, once: the offer of an earlier one, and with ``reviews`` those.

    It is shown again on the same day.
    """
    known = _remarks(notice)
    found = [
        each
        for each in _occasions(plan, notice, now)
        if (reviews or each.about is RemarkTopic.AGAIN) and each.day_said(known) in {None, now.date()}
    ]
    _note((each for each in found if each.day_said(known) is None), notice, now)
    return tuple(message for each in found for message in (each.said, each.shown) if message)


def after_session(plan: Following | None, notice: Notice, now: datetime) -> tuple[Occasion, ...]:
    """Return what is said of the phase after a session, unless it was said; nothing without a ``plan``."""
    if plan is None:
        return ()
    known = _remarks(notice)
    found = tuple(each for each in _occasions(plan, notice, now) if each.day_said(known) is None)
    _note(found, notice, now)
    return found


def _occasions(plan: Following, notice: Notice, now: datetime) -> Iterator[Occasion]:
    """Yield what there is to say; nothing in a flare and the days after it."""
    day, since = now.date(), plan.own.since
    when = planning.on_day(day, plan.region)
    sessions = planning.sessions_for(plan, when, notice)
    if condition(sessions, when).flare is not Stage.NONE:
        return
    days = planning.training_days(plan, sessions, day)
    if not any(day - timedelta(limits.ANEW_DAYS) <= each < day for each in days):
        nothing: tuple[Session, ...] = ()
        sessions = ask_journal(lambda journal: journal.sessions(since), nothing, notice)
        days = planning.training_days(plan, sessions, day)
    if offer := remarks.begin_again(plan.programme, plan.own, days, day):
        yield offer
    if day - since >= timedelta(weeks=limits.FIRST_REVIEW):
        unknown: tuple[Session, ...] = ()
        noted = ask_journal(lambda journal: journal.overview(since), unknown, notice)
        pains = stats.pain_by_day(each for each in noted if each.day <= day)
        if review := remarks.review(since, pains, day, paced=when.paced):
            yield review


def _remarks(notice: Notice) -> tuple[Remark, ...]:
    return ask_journal(lambda journal: journal.remarks(), (), notice)


def _note(said: Iterable[Occasion], notice: Notice, now: datetime) -> None:
    """Write down what is said now; ``notice`` gets a line when that is not possible."""
    new = [Remark(at=now.astimezone(UTC), about=each.about, since=each.since) for each in said]
    if not new:
        return

    def write(journal: Journal) -> None:
        for each in new:
            journal.remark(each)

    write_down(write, "So this will be said again.", notice)
