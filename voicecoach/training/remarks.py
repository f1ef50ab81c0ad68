"""What the coach says once about a phase: that pain has not changed, or that a break was long (rules 8, 11).

All functions are pure. The journal remembers what was said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from voicecoach.journal.records import Remark, RemarkTopic
from voicecoach.language.phrases import Message
from voicecoach.routine.programme import OwnPlan, PhaseName, Programme, ProgrammePhase
from voicecoach.training import limits
from voicecoach.training.stats import days_between
from voicecoach.training.words import phase

_WEEK: Final = timedelta(weeks=1)
_REVIEWS: Final = {
    RemarkTopic.TWO_WEEKS: limits.FIRST_REVIEW,
    RemarkTopic.SIX_WEEKS: limits.SECOND_REVIEW,
    RemarkTopic.TWELVE_WEEKS: limits.THIRD_REVIEW,
    RemarkTopic.LATER: limits.THIRD_REVIEW + limits.NEXT_REVIEW,
}
"""The weeks of a phase after which pain is looked at; after the last of them it is, every so often."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to say something once."""

    about: RemarkTopic
    since: date
    """As in :class:`~voicecoach.journal.records.Remark`."""
    due: date
    """The day from which it is to be said."""
    said: Message
    shown: Message | None = None
    """What is shown after it and never spoken, as it names a command."""

    def day_said(self, remarks: Iterable[Remark]) -> date | None:
        """Return the day on which it was said first; None when it was not yet."""
        found = (
            each.day
            for each in remarks
            if each.since == self.since
            and (each.about is RemarkTopic.AGAIN) is (self.about is RemarkTopic.AGAIN)
            and each.day >= self.due
        )
        return min(found, default=None)


def review(since: date, pains: Mapping[date, int], day: date, *, paced: bool = False) -> Occasion | None:
    """Tell somebody whose pain has not changed in a phase, which began on ``since``, to have it looked at.

    ``pains`` are the pain before exercise by its day (:func:`~voicecoach.training.stats.pain_by_day`). The
    first week of the phase is compared with the last one, each of a few answers at least. None while no
    review is due, too little was said, pain has improved, or there is little of it. From the second one on a
    pace is mentioned to whom pain was always there, unless they have one (``paced``).
    """
    weeks = (day - since) // _WEEK
    about = next((topic for topic, after in reversed(_REVIEWS.items()) if weeks >= after), None)
    if about is None or (about is RemarkTopic.TWO_WEEKS and weeks >= 2 * limits.FIRST_REVIEW):
        return None
    said = sorted(each for each in pains if since <= each <= day)
    first = said[: max(limits.USUAL_ANSWERS, sum(each < since + _WEEK for each in said))]
    last = said[-max(limits.USUAL_ANSWERS, sum(each > day - _WEEK for each in said)) :]
    if not said or len(first) + len(last) > len(said) or (day - last[0]).days >= limits.USUAL_DAYS:
        return None
    then, now = (sum(pains[each] for each in some) / len(some) for some in (first, last))
    if now < limits.REVIEW_PAIN or now * 100 <= then * (100 - limits.REVIEW_CHANGE):
        return None
    always = about is not RemarkTopic.TWO_WEEKS and all(pains[each] for each in last)
    offer = Message("pace.offer") if always and not paced else None
    due = _REVIEWS[about]
    if about is RemarkTopic.LATER:
        due = weeks - (weeks - due) % limits.NEXT_REVIEW
    told = Message(f"review.{about.replace('-', '_')}", n=weeks)
    return Occasion(about, since, since + due * _WEEK, told, offer)


def begin_again(programme: Programme, own: OwnPlan, days: Collection[date], day: date) -> Occasion | None:
    """Offer an earlier phase to somebody who comes back from a long break in training (rule 8).

    ``days`` are the days with training, by which the doses go; who only walked had a break. None after a
    shorter break, when the phase was chosen in or after the break, while the person wants to stay in it, and
    in a phase that asks for little itself.
    """
    last = max((each for each in days if each < day), default=None)
    if last is None or last < own.since or days_between(last, day) < limits.ANEW_DAYS:
        return None
    earlier = _restart(programme, own.phase)
    if earlier is None or (own.stay_until and day < own.stay_until):
        return None
    return Occasion(
        RemarkTopic.AGAIN,
        last,
        last,
        Message("again.asked", coming=phase(earlier.name), phase=phase(own.phase)),
        Message("again.shown", coming=earlier.name.value, phase=own.phase.value),
    )


def _restart(programme: Programme, phase: PhaseName) -> ProgrammePhase | None:
    """Return the phase to begin again in: restore, or the first one after it. Calm is for sore backs."""
    between = range(PhaseName.RESTORE.number, phase.number)
    return next((each for each in programme.phases if each.name.number in between), None)
