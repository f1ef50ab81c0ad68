"""What the report tells of each region of the body: how far down a limb it was felt, and warning signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from voicecoach.journal.records import Arm, Leg, Session, Weakness
from voicecoach.language.dates import counted, day_in_full
from voicecoach.language.phrases import Phrases
from voicecoach.routine.region import Region, of_region
from voicecoach.training.leg import furthest, leg_courses, spread_in
from voicecoach.training.weakness import spells


def asked(sessions: Sequence[Session], say: Phrases) -> Iterator[str]:
    """Yield a line for each region whose sessions say anything, the back's first."""
    for region in Region:
        own = of_region(sessions, region)
        if region is Region.BACK:
            yield from _leg(own, say)
        elif own:
            yield from _signs(region, own, say)


def looked_at(weakness: Sequence[Weakness], since: date, say: Phrases) -> Iterator[str]:
    """Yield when there was a sign that had to be looked at since a day, and until when."""
    for region in Region:
        for first, until in spells(of_region(weakness, region)):
            if until is not None and until.day < since:
                continue
            code = "said" if until is None else "over"
            blanks = {"day": day_in_full(first.day, say)}
            if until is not None:
                blanks["end"] = day_in_full(until.day, say)
            if region is not Region.BACK:
                code, blanks["part"] = f"{code}_of", say.part(f"region.{region}.part")
            yield say.part(f"report.weakness.{code}", **blanks)


def _leg(sessions: Sequence[Session], say: Phrases) -> Iterator[str]:
    most = furthest(*sessions)
    if most is None:
        return
    where = say.part(f"report.leg.{most.name.lower()}")
    if most <= Leg.BACK:
        yield where
        return
    rose = sum(each.rose_in for each in leg_courses(sessions))
    name = "report.leg.rose" if rose else "report.leg.never_rose"
    yield say.part(name, where=where, sessions=counted(rose, "session", say))


def _signs(region: Region, sessions: Sequence[Session], say: Phrases) -> Iterator[str]:
    """Yield what was answered to the question of a region other than the back."""
    part = say.part(f"region.{region}.part")
    if region is Region.NECK:
        yield from _arm(sessions, say)
    said = [each for each in sessions if each.before.sign is not None or each.after.sign is not None]
    if not said:
        return
    yes = sum(bool(each.before.sign or each.after.sign) for each in said)
    of = counted(len(said), "session", say)
    yield say("report.signs.some" if yes else "report.signs.none", part=part, n=str(yes), sessions=of)


def _arm(sessions: Sequence[Session], say: Phrases) -> Iterator[str]:
    most = furthest(*sessions)
    if most is None:
        return
    where = say.part(f"report.arm.{most.name.lower()}")
    if most > Arm.NECK:
        rose = sum(spread_in(each) for each in sessions)
        name = "report.arm.rose" if rose else "report.arm.never_rose"
        where = say.part(name, where=where, sessions=counted(rose, "session", say))
    yield where
