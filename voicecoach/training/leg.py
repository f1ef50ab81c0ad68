"""How far down a leg pain, tingling or numbness is felt, and whether that rose or moved up (rule 1).

Further down is worse, and further up is better, even with more pain in the back (Werneke and Hart 2001; Long
2008). The back and the buttock are no leg. A question that was skipped changes nothing: what was said before
holds, and somebody who never spoke of a leg had nothing there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from voicecoach.journal.records import Leg, Session
from voicecoach.training import limits


@dataclass(frozen=True, slots=True)
class LegCourse:
    """What became of a leg in one session, and from it to the next one that says."""

    rose_in: bool = False
    """Whether it went further down in the session."""
    rose_after: bool = False
    """Whether it was further down before the next session that says."""
    moved_up: bool = False
    """Whether it was less far down at the end of the session."""

    @property
    def rose(self) -> bool:
        return self.rose_in or self.rose_after


def furthest(*sessions: Session) -> Leg | None:
    """Return how far down it was felt at most, before, in or after sessions; None without an answer."""
    said = chain.from_iterable((each.before.leg, each.after.leg) for each in sessions)
    return max((leg for leg in said if leg is not None), default=None)


def last_of(session: Session) -> Leg | None:
    """Return how far down it was felt at the end of a session, as far as is known."""
    return next((leg for leg in (session.after.leg, session.before.leg) if leg is not None), None)


def last_said(sessions: Iterable[Session], before: Session | None = None) -> Leg | None:
    """Return how far down it was felt in the last session that says, of those that began ``before`` another.

    ``sessions`` come latest first; None when none of them says.
    """
    earlier = (each for each in sessions if before is None or each.started < before.started)
    return next((leg for each in earlier if (leg := furthest(each)) is not None), None)


def is_further(leg: Leg | None, than: Leg | None) -> bool:
    """Tell whether one place is further down a leg than another one, as far as both are known."""
    return leg is not None and than is not None and leg > max(than, Leg.BACK)


def rose_in(session: Session, known: Leg | None = None) -> bool:
    """Tell whether it went further down in a session; ``known`` is what was said last before it."""
    return is_further(session.after.leg, _before(session, known))


def moved_up_in(session: Session, known: Leg | None = None) -> bool:
    """Tell whether it was less far down after a session than before it."""
    return is_further(_before(session, known), session.after.leg)


def rose_since(session: Session, sessions: Sequence[Session], day: date, leg: Leg | None) -> bool:
    """Tell whether it went further down after a session, as the answer ``leg`` before another one says.

    That counts against the last of all ``sessions`` that says how it was, and those after it that do not,
    unless a lay-off lies between.
    """
    last = next((each for each in reversed(sessions) if furthest(each) is not None), None)
    if last is None or last.started > session.started or not is_further(leg, furthest(last)):
        return False
    return _is_soon(session, day)


def is_worse_lately(sessions: Sequence[Session], today: date) -> bool:
    """Tell whether the last session that says found it further down, before or after, in the last days.

    As after a flare, some days are for calming it then (rule 7), unless a later session finds it no worse.
    """
    last = next((each for each in reversed(sessions) if furthest(each) is not None), None)
    if last is None or (today - last.day).days >= limits.CALM_DAYS:
        return False
    known = last_said(reversed(sessions), last)
    return is_further(last.before.leg, known) or rose_in(last, known)


def leg_courses(sessions: Sequence[Session]) -> tuple[LegCourse, ...]:
    """Return the course of each session, earliest first."""
    found: list[LegCourse] = []
    known, since = None, 0
    for number, session in enumerate(sessions):
        if is_further(session.before.leg, known):
            for index in range(since, number):
                rose = _is_soon(sessions[index], session.day)
                found[index] = replace(found[index], rose_after=rose)
        found.append(LegCourse(rose_in(session, known), moved_up=moved_up_in(session, known)))
        if (now := furthest(session)) is not None:
            known, since = now, number
    return tuple(found)


def _before(session: Session, known: Leg | None) -> Leg:
    said = session.before.leg
    return said if said is not None else known if known is not None else Leg.NONE


def _is_soon(session: Session, day: date) -> bool:
    """Tell whether no lay-off lies between a session and a day."""
    return (day - session.day).days <= limits.LAY_OFF_DAYS
