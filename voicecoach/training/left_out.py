"""What leaves an exercise out because it hurt (rule 6), and when it may be tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from voicecoach.journal.records import Decision, DoseChange, Wish
from voicecoach.training import limits
from voicecoach.training.exercise_log import History
from voicecoach.training.practice import Practice, Zone

_WAITS: Final = "reason.leg_suspended"
"""How the reasons begin for which an exercise waits, and is not left out because it hurt."""


def left_out_since(key: str, practices: Sequence[Practice], history: History, side: str = "") -> date | None:
    """Return the day since which an exercise of a routine is left out; None when it is not.

    It hurt in two sessions close together, or again in the one in which it was tried again. A professional's
    word brings it back, and so does being tried again without pain. ``practices`` are those of the exercise
    itself, without its substitutes; with a ``side`` only that is looked at.
    """
    asked = [each.at for each in history.choices_for(key, None) if each.wish is Wish.CLEARED]
    by_session = {each.session.id: each for each in sorted(practices, key=lambda each: each.to_blame)}
    state = _Hurts()
    for session in history.sessions:
        if asked and asked[0] < session.started:
            asked, state = [at for at in asked if at >= session.started], _Hurts()
        decisions = [each for each in session.decisions if each.written == key]
        made = next((each for each in decisions if not side or each.side in {"", side}), None)
        state = state.after(session.day, made, by_session.get(session.id))
    return None if asked else state.out


def is_out(key: str, history: History, today: date) -> bool:
    """Tell whether an exercise may not be done for another one: it is left out itself, or hurt too often.

    In whatever routine and for whatever exercise it was done, it hurt twice close together, and that is no
    fortnight ago.
    """
    own = [each for each in history.practices(key) if not each.is_substitute]
    if left_out_since(key, own, history) is not None:
        return True
    asked = [each.at for each in history.choices_for(key, None) if each.wish is Wish.CLEARED]
    since = max(asked, default=None)
    hurt = [each for each in history.done(key) if each.to_blame]
    days = [each.day for each in hurt if since is None or each.session.started > since]
    again = [later for earlier, later in pairwise(days) if (later - earlier).days <= limits.RED_DAYS]
    return bool(again) and (today - again[-1]).days < limits.TRY_AGAIN_DAYS


def may_be_tried(left_out: date, history: History, today: date) -> bool:
    """Tell whether it may be tried again: after a fortnight of good sessions since it was ``left_out``.

    Who does nothing meanwhile, perhaps because a routine had nothing else, waits as after a long break.
    """
    zones = [(day, zone) for day, zone in history.zones if day > left_out]
    if not zones:
        return (today - left_out).days >= limits.ANEW_DAYS
    bad = max((day for day, zone in zones if zone.is_bad), default=left_out)
    good = sum(zone is Zone.GREEN and day > bad for day, zone in zones)
    return (today - bad).days >= limits.TRY_AGAIN_DAYS and good >= limits.TRY_AGAIN_SESSIONS


@dataclass(frozen=True, slots=True)
class _Hurts:
    """What leaves an exercise out, session by session."""

    out: date | None = None
    """The day since which it is left out; None when it is not."""
    tried: bool = False
    """Whether it is being tried again."""
    last: date | None = None
    """The day on which it hurt last."""

    def after(self, day: date, made: Decision | None, practice: Practice | None) -> _Hurts:
        """Return what follows from a session with that decision for it and what was done of it."""
        change = made.change if made else None
        if (
            made
            and change in {DoseChange.REMOVE, DoseChange.REPLACE}
            and not made.reason.code.startswith(_WAITS)
        ):
            return _Hurts(out=self.out or day)
        tried = self.tried or change is DoseChange.OFFER
        if practice is None or (self.out and change is not DoseChange.OFFER):
            return _Hurts(None if change is DoseChange.OFFER else self.out, tried, self.last)
        if not practice.to_blame:
            done = practice.zone() is Zone.GREEN
            return _Hurts(None, tried and not done, self.last)
        again = self.last is not None and (day - self.last).days <= limits.RED_DAYS
        return _Hurts(out=day) if tried or again else _Hurts(None, last=day)
