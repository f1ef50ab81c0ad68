"""New weakness or numbness of a leg or foot, or a warning sign of another region than the back.

A yes holds for the sessions of its region until it is answered no. All functions are pure, and what they
get is about one region.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from voicecoach.journal.records import Weakness
from voicecoach.language import dates
from voicecoach.language.phrases import Phrases


class Spell(NamedTuple):
    """A time in which there was such a sign, or nobody had looked at it."""

    since: Weakness
    """The first yes."""
    until: Weakness | None
    """The no after it; None while there is none."""


def spells(said: Sequence[Weakness]) -> tuple[Spell, ...]:
    """Return the spells in these answers, which are in their order; only the last one may still go on."""
    found: list[Spell] = []
    for each in said:
        goes_on = bool(found) and found[-1].until is None
        if each.present and not goes_on:
            found.append(Spell(each, None))
        elif goes_on and not each.present:
            found[-1] = found[-1]._replace(until=each)
    return tuple(found)


def going_on(said: Sequence[Weakness]) -> Spell | None:
    """Return the spell that goes on after all these answers; None when there is none."""
    found = spells(said)
    return found[-1] if found and found[-1].until is None else None


def told(spell: Spell, today: date, say: Phrases) -> str:
    """Say that a doctor or physiotherapist should look at it before training goes on."""
    return say(f"region.{spell.since.region}.holds", when=said_on(spell, today, say))


def said_on(spell: Spell, today: date, say: Phrases) -> str:
    """Return the day on which it was said: ``"earlier today"``, ``"yesterday"`` or ``"on 12 March"``."""
    days = (today - spell.since.day).days
    if days > 1:
        return say.part("weak.on", date=dates.without_year(spell.since.day, say))
    return say.part("weak.yesterday" if days else "weak.today")
