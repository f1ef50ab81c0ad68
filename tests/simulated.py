"""People who never lived, for months of training: what the rules do with them.

Each has a strength per exercise, which grows with training and fades without it, and pain, which comes from
doing more than that strength and from nowhere. Their effort and pain follow from the dose they are given.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

from fakes.journal import MONDAY, done_by, session_on

from voicecoach.journal.records import Before, Leg, Session
from voicecoach.routine.doses import at_dose
from voicecoach.routine.model import Exercise
from voicecoach.session.listener import Ending
from voicecoach.training import limits
from voicecoach.training.dosed_routine import Prescription


@dataclass
class Person:
    """One of them; the same seed and habit make the same year."""

    habit: str
    seed: int
    strength: dict[str, float] = field(default_factory=dict)
    """What they can do, as a multiple of the dose an exercise begins with."""
    flare: int = 0
    """Days of it that are left."""

    def __post_init__(self):
        self.chance = random.Random(f"{self.habit} {self.seed}")
        self.usual = self.chance.choice((0, 1, 1, 2, 3))
        self.talent = self.chance.uniform(1.5, 6)
        self.away = 0

    def trains(self, day: int) -> bool:
        """Whether they train on a day, whatever the plan says."""
        self.flare = max(0, self.flare - 1)
        if self.habit == "flaring" and self.chance.random() < 0.02:
            self.flare = self.chance.randint(1, 4)
        if self.habit == "returning" and not self.away and self.chance.random() < 0.02:
            self.away = self.chance.randint(8, 60)
        if self.away:
            self.away -= 1
            return False
        due = day % 7 in {0, 2, 4}
        return due and self.chance.random() < {"good": 0.92, "patchy": 0.5}.get(self.habit, 0.8)

    def before(self) -> Before:
        pain = self.usual + (self.chance.randint(3, 6) if self.flare else self.chance.choice((0, 0, 0, 1)))
        return Before(pain=min(pain, 10), leg=Leg.BACK if pain else Leg.NONE)

    def load(self, exercise: Exercise, start: Exercise) -> float:
        """How heavy a dose is for them; 1 is all they have."""
        able = self.strength.setdefault(exercise.key, self.chance.uniform(1.0, 2.0))
        return sum(exercise.set_seconds) / sum(start.set_seconds) / able

    def does(self, day: int, made: Prescription, before: Before, find_variation) -> Session:
        """The session they make of a plan."""
        sets, pains, efforts, form, sore = [], {}, [], True, 0
        leg = before.leg
        for decision in made.decisions:
            if decision.dose is None:
                continue
            start = find_variation(decision.exercise)
            load = self.load(at_dose(start, decision.dose), start)
            effort = min(10, max(1, round(7 * load + self.chance.gauss(0, 0.7))))
            twinge = self.chance.random() < 0.003
            pain = min(10, before.pain + (load > 1.1) * 2 + (load > 1.4) * 2 + twinge * 5)
            leg = Leg.THIGH if twinge and self.chance.random() < 0.3 else leg
            pains[decision.written] = pain
            efforts.append(effort)
            form = form and load < 1.5
            share = 1.0 if load < 1.2 else 0.6
            ending = Ending.HURT if twinge else Ending.DONE
            sets.append(done_by(start, decision, share=share, ending=ending))
            sore = max(sore, (load > 1.2) * 2)
            grown = self.strength[start.key] * (1.012 if 0.4 < load < 1.2 else 1.002)
            self.strength[start.key] = min(self.talent, grown)
        morning = min(10, self.usual + sore + self.chance.choice((0, 0, 0, 0, 1)))
        worst = max(pains, key=pains.__getitem__, default="")
        session = session_on(
            MONDAY + timedelta(day),
            *sets,
            decisions=made.decisions,
            pain=before.pain,
            leg=before.leg,
            worst=pains.get(worst, before.pain),
            effort=round(sum(efforts) / len(efforts)) if efforts else None,
            after_leg=leg,
            form=form,
            morning=morning,
        )
        rose = pains.get(worst, before.pain) >= before.pain + limits.AMBER_RISE
        return replace(session, named=worst if rose else None)
