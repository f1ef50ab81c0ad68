"""Rule 12: which cautions hold on a day, and which are asked about again. All of it is pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from voicecoach.journal.records import Leg
from voicecoach.routine.model import Caution
from voicecoach.settings.profile_file import ALWAYS
from voicecoach.training import limits

HOLDS: Final = {
    Caution.ACUTE: timedelta(limits.ACUTE_DAYS),
    Caution.LEG: timedelta(limits.LEG_DAYS),
    Caution.OP: timedelta(limits.OP_DAYS),
    Caution.HIP_NEW: timedelta(limits.OP_DAYS),
    Caution.PREG: timedelta(limits.PREG_DAYS),
}
"""The cautions that pass, and how long after they were said they are asked about again."""
_DAY: Final = 24 * 60
"""Minutes."""


def asked_again(caution: Caution, said: date | None, day: date) -> date | None:
    """Return when a caution of the day ``said`` is asked about again; None for one that stays.

    When the day is not known, that is at once, on ``day``.
    """
    holds = HOLDS.get(caution)
    if holds is None or said == ALWAYS:
        return None
    return day if said is None else said + holds


def due(cautions: Mapping[Caution, date | None], day: date) -> tuple[Caution, ...]:
    """Return those to ask about again on ``day``. They hold until they are answered."""
    days = {each: asked_again(each, said, day) for each, said in cautions.items()}
    return tuple(each for each in HOLDS if (again := days.get(each)) and again <= day)


def in_force(
    cautions: Mapping[Caution, date | None], now: datetime, up_at: time | None, leg: Leg | None
) -> frozenset[Caution]:
    """Return what to be careful with ``now``: what was said, the morning, and a leg as it is felt.

    ``leg`` is how far down it is felt today, or was felt last.
    """
    found = set(cautions)
    if is_morning(now, up_at):
        found.add(Caution.AM)
    if leg is not None and leg >= Leg.THIGH:
        found.add(Caution.LEG)
    return frozenset(found)


def is_morning(now: datetime, up_at: time | None) -> bool:
    """Tell whether it is the first hour after getting up; before ten, when nobody knows when that is."""
    since, length = _since(now, up_at)
    return since < length


def next_turn(now: datetime, up_at: time | None) -> datetime:
    """Return the next moment at which :func:`is_morning` changes."""
    since, length = _since(now, up_at)
    return now.replace(second=0, microsecond=0) + timedelta(
        minutes=length - since if since < length else _DAY - since
    )


def _since(now: datetime, up_at: time | None) -> tuple[int, int]:
    """Return the minutes since the last morning began, and the minutes that one lasts."""
    begins, ends = 60 * limits.MORNING_FROM, 60 * limits.MORNING_UNTIL
    if up_at is not None:
        up = 60 * up_at.hour + up_at.minute
        begins, ends = up - limits.UP_EARLY, up + 60 * limits.STIFF_HOURS
    return (60 * now.hour + now.minute - begins) % _DAY, ends - begins
