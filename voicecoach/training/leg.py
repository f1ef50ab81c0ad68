"""How far down a leg pain, tingling or numbness is felt, and whether that rose or moved up (rule 1).

Further down is worse, and further up is better, even with more pain in the back (Werneke and Hart 2001; Long
2008). The back and the buttock are no leg. A question that was skipped changes nothing: what was said before
holds, and somebody who never spoke of a leg had nothing there.

A session for the neck has an arm in place of the leg. One for another region has no limb to tell of: there,
and for the neck too, a warning sign after a session is what a leg that rose in it is for the back. Only
answers of sessions for the same region are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from voicecoach.journal.records import Arm, Before, Felt, Leg, Session
from voicecoach.routine.region import Region
from voicecoach.training import limits

Place = Leg | Arm
"""How far down a limb; both have the same numbers."""


@dataclass(frozen=True, slots=True)
class LegCourse:
    """What became of a leg in one session, and from it to the next one that says."""

    rose_in: bool = False
    """Whether it went further down in the session, or there was a warning sign after it."""
    rose_after: bool = False
    """Whether it was further down before the next session that says."""
    moved_up: bool = False
    """Whether it was less far down at the end of the session."""

    @property
    def rose(self) -> bool:
        return self.rose_in or self.rose_after


def place(said: Before | Felt, region: Region) -> Place | None:
    """Return how far down a limb it is felt, said of a session for ``region``; None if unknown."""
    if region is Region.BACK:
        return said.leg
    return said.arm if region is Region.NECK else None


def furthest(*sessions: Session) -> Place | None:
    """Return how far down it was felt at most, before, in or after sessions; None without an answer."""
    said = chain.from_iterable(
        (place(each.before, each.region), place(each.after, each.region)) for each in sessions
    )
    return max((felt for felt in said if felt is not None), default=None)


def last_of(session: Session) -> Place | None:
    """Return how far down it was felt at the end of a session, as far as is known."""
    said = (place(session.after, session.region), place(session.before, session.region))
    return next((felt for felt in said if felt is not None), None)


def last_said(sessions: Iterable[Session], before: Session | None = None) -> Place | None:
    """Return how far down it was felt in the last session that says, of those that began ``before`` another
    for the same region.

    ``sessions`` come latest first; None when none of them says.
    """
    earlier = (
        each
        for each in sessions
        if before is None or (each.started < before.started and each.region is before.region)
    )
    return next((felt for each in earlier if (felt := furthest(each)) is not None), None)


def is_further(felt: Place | None, than: Place | None) -> bool:
    """Tell whether one place is further down a limb than another one, as far as both are known."""
    return felt is not None and than is not None and felt > max(than, Leg.BACK)


def rose_in(session: Session, known: Place | None = None) -> bool:
    """Tell whether it went further down in a session; ``known`` is what was said last before it.

    A warning sign after it counts as that.
    """
    return spread_in(session, known) or bool(session.after.sign)


def spread_in(session: Session, known: Place | None = None) -> bool:
    """Tell whether it went further down in a session, whatever else there was."""
    return is_further(place(session.after, session.region), _before(session, known))


def moved_up_in(session: Session, known: Place | None = None) -> bool:
    """Tell whether it was less far down after a session than before it."""
    return is_further(_before(session, known), place(session.after, session.region))


def rose_since(session: Session, sessions: Sequence[Session], day: date, felt: Place | None) -> bool:
    """Tell whether it went further down after a session, as the answer ``felt`` before another one says.

    That counts against the last of all ``sessions`` that says how it was, and those after it that do not,
    unless a lay-off lies between.
    """
    last = next((each for each in reversed(sessions) if furthest(each) is not None), None)
    if last is None or last.started > session.started or not is_further(felt, furthest(last)):
        return False
    return _is_soon(session, day)


def is_worse_lately(sessions: Sequence[Session], today: date) -> bool:
    """Tell whether the last session that says found it further down, before or after, in the last days.

    As after a flare, some days are for calming it then (rule 7), unless a later session finds it no worse.
    """
    last = next((each for each in reversed(sessions) if _says(each)), None)
    if last is None or (today - last.day).days >= limits.CALM_DAYS:
        return False
    known = last_said(reversed(sessions), last)
    return is_further(place(last.before, last.region), known) or rose_in(last, known)


def leg_courses(sessions: Sequence[Session]) -> tuple[LegCourse, ...]:
    """Return the course of each session, earliest first."""
    found: list[LegCourse] = []
    known: dict[Region, Place] = {}
    open_ones: dict[Region, list[int]] = {}
    for number, session in enumerate(sessions):
        region = session.region
        last, waiting = known.get(region), open_ones.setdefault(region, [])
        if is_further(place(session.before, region), last):
            for index in waiting:
                rose = _is_soon(sessions[index], session.day)
                found[index] = replace(found[index], rose_after=rose)
        found.append(LegCourse(rose_in(session, last), moved_up=moved_up_in(session, last)))
        if (now := furthest(session)) is not None:
            known[region] = now
            waiting.clear()
        waiting.append(number)
    return tuple(found)


def _says(session: Session) -> bool:
    """Tell whether a session says anything of what is asked for its region."""
    return furthest(session) is not None or session.after.sign is not None


def _before(session: Session, known: Place | None) -> Place:
    said = place(session.before, session.region)
    return said if said is not None else known if known is not None else Leg.NONE


def _is_soon(session: Session, day: date) -> bool:
    """Tell whether no lay-off lies between a session and a day."""
    return (day - session.day).days <= limits.LAY_OFF_DAYS
