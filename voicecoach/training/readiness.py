"""The person's condition on a day, from all sessions: flare (rule 7), lay-off (8), easy week (10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from voicecoach.journal.records import Before, DoseChange, Session
from voicecoach.training import limits
from voicecoach.training.exercise_log import days_between

_NOTHING: Final = Before()


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day to plan, and the answers before its session."""

    day: date
    before: Before = _NOTHING


class Stage(StrEnum):
    """The stages of a flare."""

    NONE = "none"
    CALM = "calm"
    """Calm routines only; never complete rest."""
    RETURN = "return"
    """Less than usual."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What applies to every exercise of a day."""

    flare: Stage = Stage.NONE
    flared: date | None = None
    """The last day of the flare; None when there is none."""
    easy_week: bool = False
    leg_worse: bool = False
    """Whether a leg feels worse today than before the last session: then nothing rises."""


class _Said(NamedTuple):
    day: date
    pain: int


def condition(sessions: Sequence[Session], today: Today) -> Condition:
    """Return the condition of the day; ``sessions`` are all of them, earliest first."""
    flared = _last_flare(sessions, today)
    stage = Stage.NONE
    if flared is not None:
        since = (today.day - flared).days
        if since < limits.CALM_DAYS:
            stage = Stage.CALM
        elif since < limits.CALM_DAYS + limits.RETURN_DAYS:
            stage = Stage.RETURN
    return Condition(
        flare=stage,
        flared=flared if stage is not Stage.NONE else None,
        easy_week=_easy_week(sessions, today.day),
        leg_worse=_leg_worse(sessions, today),
    )


def flares(said: Iterable[tuple[date, int]]) -> tuple[date, ...]:
    """Rule 7: the days on which pain at rest was much, or well above usual; ``said`` is in order of days."""
    before: list[_Said] = []
    found: list[date] = []
    for day, pain in said:
        known = [each.pain for each in before if timedelta() < day - each.day <= timedelta(limits.USUAL_DAYS)]
        usual = _median(known) if len(known) >= limits.USUAL_ANSWERS else None
        if pain >= limits.FLARE_PAIN or (usual is not None and pain >= usual + limits.FLARE_RISE):
            found.append(day)
        before.append(_Said(day, pain))
    return tuple(found)


def _median(values: Sequence[int]) -> float:
    """Return the median; importing ``statistics`` would take longer than everything else here."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _last_flare(sessions: Sequence[Session], today: Today) -> date | None:
    said = [
        (each.day, each.before.pain)
        for each in sessions
        if each.before.pain is not None and today.day - each.day <= limits.FLARE_MEMORY
    ]
    if today.before.pain is not None:
        said.append((today.day, today.before.pain))
    return max(flares(said), default=None)


def _easy_week(sessions: Sequence[Session], today: date) -> bool:
    """Rule 10. Weeks count from the last easy one, or the first session after a lay-off, a rest in itself."""
    easy: date | None = None
    begun = last = None
    for session in sessions:
        if last is None or days_between(last, session.day) >= limits.LAY_OFF_DAYS:
            begun, easy = session.day, None
        eased = any(decision.change is DoseChange.DELOAD for decision in session.decisions)
        if eased and (easy is None or (session.day - easy).days >= 7 * limits.DELOAD_WEEK):
            easy = session.day
        last = session.day
    if begun is None or last is None or days_between(last, today) >= limits.LAY_OFF_DAYS:
        return False
    if easy is None:
        return (today - begun).days >= 7 * (limits.DELOAD_WEEK - 1)
    weeks = (today - easy).days // 7
    return weeks == 0 or weeks >= limits.DELOAD_WEEK


def _leg_worse(sessions: Sequence[Session], today: Today) -> bool:
    said = [each.before.leg for each in sessions if each.before.leg is not None]
    return bool(said) and today.before.leg is not None and today.before.leg > said[-1]
