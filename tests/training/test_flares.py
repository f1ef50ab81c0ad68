"""The rule of a flare among the noise of pain: ``scripts/prove flares`` prints both tables.

Pain varies within a person without a flare, with a standard deviation of 1.2 (Pagé 2022, J Pain 23:1151), and
is like yesterday's to some degree. This noise must cost nearly nobody a day; a real flare must be noticed.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import mean as mean_of

from fakes.journal import MONDAY, session_on

from voicecoach.journal.records import Before, Felt, Session
from voicecoach.training.readiness import Stage, Today, condition, worse_than_usual

SPREAD = 1.2
ALIKE = 0.6
"""Correlation of one day with the next; 0 when they are independent."""
MEANS = range(8)
PEOPLE = 200
FIRST, LAST = 28, 182
"""The days that are counted, when the usual pain is known."""
MEMORY = 60
"""Days of the past that the rule is shown; more make no difference."""
EVERY_DAY = frozenset(range(7))
THREE_DAYS = frozenset({0, 2, 4})
WAYS = {
    "daily": (EVERY_DAY, 0.0),
    "daily, correlated": (EVERY_DAY, ALIKE),
    "3 a week": (THREE_DAYS, 0.0),
    "3 a week, correlated": (THREE_DAYS, ALIKE),
}
STAGES = {"normal": Stage.NONE, "half": Stage.RETURN, "calm": Stage.CALM}
FLARE = 4
"""How far above the usual a real flare is …"""
FLARE_DAYS = 5
"""… and for how long."""
WORSE = 3
"""So far above their usual a person says that it is a flare."""


@dataclass
class Person:
    """Somebody whose pain varies around a mean, and who does what is due on their days."""

    mean: int
    days: frozenset[int]
    alike: float
    chance: random.Random

    def __post_init__(self):
        self.noise = self.chance.gauss(0, SPREAD)
        self.sessions: list[Session] = []

    def pain(self, more=0) -> int:
        """Pain on the next day."""
        spread = SPREAD * (1 - self.alike**2) ** 0.5
        self.noise = self.alike * self.noise + self.chance.gauss(0, spread)
        return min(10, max(0, round(self.mean + more + self.noise)))

    def lives(self, day, more=0):
        """One day: the condition on it, and whether something was answered."""
        pain = self.pain(more)
        today = MONDAY + timedelta(day)
        if today.weekday() not in self.days:
            return condition(self.sessions, Today(day=today)), False
        before = Before(pain=pain)
        if worse_than_usual(self.sessions, Today(day=today, before=before)):  # only then they are asked
            before = Before(pain=pain, flare=pain >= self.mean + WORSE)
        how = condition(self.sessions, Today(day=today, before=before))
        session = replace(session_on(day), before=before, after=Felt(worst_pain=pain, effort=4))
        self.sessions = [*(each for each in self.sessions if (today - each.day).days < MEMORY), session]
        return how, True


def a_person(mean, way, number, what):
    days, alike = WAYS[way]
    return Person(mean, days, alike, random.Random(f"{what} {mean} {way} {number}"))


def share_normal(mean, way, people):
    """How many of all days of these people are normal, half and calm ones, from 0 to 1."""
    found: Counter[Stage] = Counter()
    for number in people:
        person = a_person(mean, way, number, "steady")
        for day in range(LAST):
            how, _ = person.lives(day)
            if day >= FIRST:
                found[how.flare] += 1
    return [found[stage] / found.total() for stage in STAGES.values()]


def share_called(mean, way, people):
    """How many of these people hear by their third answer in a flare that it is one, from 0 to 1."""
    called = 0
    for number in people:
        person = a_person(mean, way, number, "flaring")
        begins = FIRST + 7 + min(person.days) + 7 * (number % 3)
        for day in range(begins):
            person.lives(day)
        answers = 0
        for day in range(begins, begins + FLARE_DAYS):
            how, answered = person.lives(day, FLARE)
            answers += answered
            if answered and answers <= 3 and how.flare is Stage.CALM:
                called += 1
                break
    return called / len(people)


def table(title, rows):
    head = f"{'mean pain':>9}" + "".join(f"  {way:>22}" for way in WAYS)
    lines = [f"{mean:>9}" + "".join(f"  {cell:>22}" for cell in cells) for mean, cells in rows]
    return "\n".join([title, "", head, *lines])


def days_told(cell):
    return " / ".join(f"{each:.0%}" for each in cell)


def test_noise_is_no_flare(some, record_property):
    people = some(range(PEOPLE))
    shares = {mean: [share_normal(mean, way, people) for way in WAYS] for mean in MEANS}
    told = {mean: list(map(days_told, cells)) for mean, cells in shares.items()}
    record_property("table", table("Days normal / half / calm around a constant mean:", told.items()))
    normal = [cell[0] for cells in shares.values() for cell in cells]
    record_property("figure", f"at least {min(normal):.0%} of days are normal ones around a constant mean")
    assert mean_of(normal) >= 0.85
    if len(people) == PEOPLE:  # a few people have no average
        assert min(normal) >= 0.85


def test_a_real_flare_is_called_by_the_third_answer(some, record_property):
    people = some(range(PEOPLE))
    shares = {mean: [share_called(mean, way, people) for way in WAYS] for mean in range(1, 7)}
    told = {mean: [f"{each:.0%}" for each in cells] for mean, cells in shares.items()}
    title = f"Flares ({FLARE} above the usual for {FLARE_DAYS} days) called by the third answer:"
    record_property("table", table(title, told.items()))
    called = [each for cells in shares.values() for each in cells]
    record_property("figure", f"at least {min(called):.0%} of flares are called by the third answer")
    assert mean_of(called) >= 0.85
    if len(people) == PEOPLE:
        assert min(called) >= 0.85
