"""The person who exercises now: what they said, the time of day, and a leg as it is felt."""

from __future__ import annotations

from datetime import datetime, timedelta

from voicecoach.app import region
from voicecoach.app.journal import Notice, last_leg
from voicecoach.errors import FileError
from voicecoach.journal.records import Before, Leg
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Profile
from voicecoach.routine.suit import HOUSEHOLD
from voicecoach.settings import profile_file
from voicecoach.settings.profile_file import EVERYTHING, UNKNOWN, OwnProfile
from voicecoach.training import limits
from voicecoach.training.cautions import in_force

_UNSAID = Before()


def person_now(
    notice: Notice, now: datetime, before: Before = _UNSAID, *, as_written: bool = False
) -> Profile:
    """Return the profile of the person at the moment ``now``, with their answers ``before`` a session.

    Without an answer about a leg the last one counts. ``as_written`` is nobody in particular. Raises
    FileError for a profile that cannot be understood.
    """
    if as_written:
        return Profile(region=region.own())
    own = profile_file.load() or OwnProfile()
    leg = before.leg if before.leg is not None else felt_last(notice, now)
    return _profile(own, in_force(own.cautions, now, own.up_at, leg))


def guest(now: datetime, *, as_written: bool = False) -> Profile:
    """Return the profile of somebody of whom nothing is known at the moment ``now``."""
    own = OwnProfile()
    return Profile() if as_written else _profile(own, in_force(own.cautions, now, own.up_at, None))


def person_unheeded(notice: Notice, now: datetime, before: Before = _UNSAID) -> Profile | None:
    """Return what is not heeded of the person in a session as written; None when it cannot be understood."""
    try:
        return person_now(notice, now, before)
    except FileError:
        return None


def person_always() -> Profile:
    """Return the profile of the person whatever the time of day, and however a leg is felt.

    Raises FileError for a profile that cannot be understood.
    """
    own = profile_file.load() or OwnProfile()
    return _profile(own, frozenset(own.cautions))


def _profile(own: OwnProfile, cautions: frozenset[Caution]) -> Profile:
    guessed = own.equipment == UNKNOWN
    things = HOUSEHOLD if guessed else None if own.equipment == EVERYTHING else frozenset(own.equipment)
    return Profile(
        cautions=cautions,
        equipment=things,
        guessed=guessed,
        coaching=own.coaching,
        weights=own.weights,
        region=own.region,
        of_back=cautions - own.cautions.keys(),
    )


def felt_last(notice: Notice, now: datetime) -> Leg | None:
    """Return how far down a leg it was felt last, when that was not long ago."""
    today = now.date()
    found = last_leg(today - timedelta(limits.LEG_DAYS), today, notice)
    return None if found is None else Leg(found)
