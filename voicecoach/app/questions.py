"""Draws the consequences of a person's answers before and after a session.

Apart from :func:`calm_for` and the access to the journal, everything here is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from voicecoach.app import prepare
from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.plan import following
from voicecoach.errors import JournalError, VoicecoachError
from voicecoach.journal import store
from voicecoach.journal.records import Before, Leg, Session, SetDone
from voicecoach.journal.store import Journal
from voicecoach.routine.model import Profile, Routine
from voicecoach.session.listener import Ending, SetResult
from voicecoach.training import limits, stats
from voicecoach.training.readiness import Today, condition

CALM: Final = "calm-mini"
"""The routine for a red day without a plan."""
MORNING: Final = (1, 14)
"""The first and last day after a session on which to ask about the morning after; later nobody remembers [own
choice]."""
_RECENT: Final = timedelta(weeks=3)
"""How far back sessions are read to find a missed week."""


class Red(StrEnum):
    """The reason for a calm routine today; each is the name of a phrase."""

    PAIN = "pain"
    LEG = "leg"


@dataclass(frozen=True, slots=True)
class Past:
    """The sessions that decide which questions are asked."""

    day: date
    """Today."""
    sessions: tuple[Session, ...]
    """The last weeks' sessions, earliest first, as they were before this one."""

    @property
    def morning_of(self) -> Session | None:
        """The session to ask the morning-after question about; None when there is none."""
        last = self.sessions[-1] if self.sessions else None
        if last is None or last.next_morning is not None:
            return None
        return last if MORNING[0] <= (self.day - last.day).days <= MORNING[1] else None

    def red(self, before: Before) -> Red | None:
        """Return why the answers make today red (rules 1 and 7): a flare, or a leg that feels worse.

        Without an answer nothing is red. A leg comes first: it is red at any level of pain, once it is a leg
        and not only the back.
        """
        found = condition(self.sessions, Today(day=self.day, before=before))
        if found.leg_worse and before.leg is not None and before.leg > Leg.BACK:
            return Red.LEG
        return Red.PAIN if before.pain is not None and found.since == self.day else None

    @property
    def missed_a_week(self) -> bool:
        """Whether there was no session last week, but one in the week before, and none yet this week.

        So it is true at most once a week for somebody whose session is written down.
        """
        monday = self.day - timedelta(self.day.weekday())
        weeks = {(monday - each.day + timedelta(each.day.weekday())).days // 7 for each in self.sessions}
        return 2 in weeks and not weeks & {0, 1}


def past(day: date, notice: Notice) -> Past:
    """What the journal knows; a journal that cannot be read is told, and taken for an empty one."""
    since = day - max(_RECENT, limits.FLARE_MEMORY)
    nothing: Sequence[Session] = ()
    found = ask_journal(lambda journal: journal.sessions(since), nothing, notice)
    return Past(day, tuple(each for each in found if stats.trained(each)))


def keep_morning(last: Session, pain: int, notice: Notice) -> None:
    """Write today's answer about the morning after a session into the journal."""
    try:
        with Journal.open(store.file(), notice) as journal:
            journal.update(replace(last, next_morning=pain))
    except JournalError as error:
        notice(f"{error} Your answer about the morning is not written down.")


def calm_for(person: Profile) -> Routine | None:
    """The routine for a red day: the plan's, else :data:`CALM`; None when nothing of it suits ``person``."""
    try:
        name = following().programme.sore
    except VoicecoachError:
        name = CALM
    try:
        return prepare.tailored(prepare.library(), name, person).routine
    except VoicecoachError:
        return None


def has_plan() -> bool:
    """Tell whether the person follows a plan."""
    try:
        following()
    except VoicecoachError:
        return False
    return True


def worth_asking(sets: Iterable[SetResult | SetDone]) -> bool:
    """Tell whether enough was done to ask how it was: one set finished, or ended because it hurt."""
    return any(each.ending in {Ending.DONE, Ending.HURT} for each in sets)
