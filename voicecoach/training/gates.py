"""When the next phase of a programme is proposed, and why (rule 11). All functions are pure.

A phase never changes by itself: what is here only says that it could.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from voicecoach.journal.records import Session
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of, raised
from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.programme import Gate
from voicecoach.training import limits
from voicecoach.training.exercise_log import Practice, Zone, days_between, practices_of
from voicecoach.training.readiness import Stage, Today, condition
from voicecoach.training.stats import leg_rose, trained, worst_pain


@dataclass(frozen=True, slots=True)
class Opening:
    """A gate and what there is to know for it."""

    gate: Gate
    since: date
    """When the phase began."""
    routine: Routine | None = None
    """The routine that the gate names, as the person does it."""


def reason(opening: Opening, sessions: Sequence[Session], today: Today) -> Message | None:
    """Why the next phase may begin, as part of a sentence; None when it may not yet.

    ``sessions`` come earliest first, and begin no later than the phase. In and after a flare, and after a
    lay-off, no phase is proposed.
    """
    gate = opening.gate
    done = [each for each in sessions if trained(each) and opening.since <= each.day <= today.day]
    if not done or days_between(done[-1].day, today.day) >= limits.LAY_OFF_DAYS:
        return None
    how = condition(sessions, today)
    if how.flare is not Stage.NONE or how.leg_worse:
        return None
    reasons: list[Message | None] = []
    if gate.weeks:
        reasons.append(_weeks(gate, done, opening.since, today.day))
    if gate.pain is not None or gate.leg_steady:
        reasons.append(_calm(gate, done))
    if gate.successes:
        reasons.append(_reached(gate, done, opening.routine))
    given = [each for each in reasons if each]
    return Message.joined(given) if given and len(given) == len(reasons) else None


def _weeks(gate: Gate, done: Iterable[Session], since: date, today: date) -> Message | None:
    """Weeks of the phase, each counted from the day it began, and with something done in it."""
    weeks = {(each.day - since).days // 7 for each in done}
    if len(weeks) < gate.weeks or today - since < timedelta(weeks=gate.weeks):
        return None
    return Message("gate.weeks", n=min(len(weeks), (today - since).days // 7))  # the running one is not over


class _Day(NamedTuple):
    sessions: tuple[Session, ...]

    @property
    def pain(self) -> int | None:
        """The worst pain of the day."""
        said = [(each.before.pain, worst_pain(each), each.next_morning) for each in self.sessions]
        return max((pain for pain in itertools.chain(*said) if pain is not None), default=None)

    @property
    def legs(self) -> tuple[int, ...]:
        return tuple(each.before.leg for each in self.sessions if each.before.leg is not None)


def _calm(gate: Gate, done: Iterable[Session]) -> Message | None:
    days = [_Day(tuple(each)) for _, each in itertools.groupby(done, key=lambda session: session.day)]
    last = [day for day in days if day.pain is not None][-gate.pain_days :]
    if len(last) < gate.pain_days:
        return None
    if gate.pain is not None and any((day.pain or 0) > gate.pain for day in last):
        return None
    if gate.leg_steady:
        legs = [leg for day in last for leg in day.legs]
        if any(leg_rose(each) for day in last for each in day.sessions) or legs != sorted(legs, reverse=True):
            return None
    if gate.pain is None:
        return Message("gate.leg", n=gate.pain_days)
    return Message("gate.pain", n=gate.pain_days, pain=gate.pain)


def _reached(gate: Gate, done: Iterable[Session], routine: Routine | None) -> Message | None:
    if routine is None:
        return None
    last = [each for each in done if each.routine == gate.routine][-gate.successes :]
    if len(last) < gate.successes or not all(_succeeded(each, routine) for each in last):
        return None
    return Message("gate.reached", n=gate.successes, routine=routine.name)


def _succeeded(session: Session, routine: Routine) -> bool:
    practices = {each.written: each for each in practices_of(session)}
    return all(each.key in practices and _did(each, practices[each.key]) for each in routine.exercises)


def _did(written: Exercise, practice: Practice) -> bool:
    """Tell whether an exercise was done at its written dose or more, and was green."""
    if practice.zone() is not Zone.GREEN:
        return False
    if practice.exercise != written.key:
        return practice.exercise in {variation.exercise for variation in written.harder}
    return practice.reached(written) and not raised(practice.planned(written), dose_of(written))
