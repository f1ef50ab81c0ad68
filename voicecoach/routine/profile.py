"""The person that routines are chosen for and tailored to: complaints, equipment and coaching."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from voicecoach.routine.model import Caution, Exercise
from voicecoach.routine.region import Region

WEIGHT: Final = "weight"
"""The equipment that the weights of a person are."""
LIGHT: Final = 5.0
"""Kilograms that a load begins with, and grows by, at most. ACSM has 2 to 10 percent more at a time; here it
is ten, of the upper body of 50 kg that bows in a good morning [own choice]."""


class Explaining(StrEnum):
    """How much the person wants explained before an exercise."""

    AUTO = "auto"
    """Everything for an exercise that is new or was done long ago, little for a familiar one."""
    FULL = "full"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the coach knows about one person. The default has no complaints and all equipment."""

    cautions: frozenset[Caution] = frozenset()
    equipment: frozenset[str] | None = None
    """The equipment they have, by the names in exercises; None is everything."""
    guessed: bool = False
    """Whether ``equipment`` is a guess: who asks for a routine then has what it needs."""
    coaching: Explaining = Explaining.AUTO
    weights: tuple[float, ...] = ()
    """Kilograms of each weight they have, lightest first; empty when they did not say."""
    region: Region | None = None
    """What most of their routines are for, unless those say; None when they did not say."""
    of_back: frozenset[Caution] = frozenset()
    """Those of ``cautions`` that were not said, but follow for the back from a leg as it is felt and from the
    time of day; a routine for another region does not heed them."""

    def in_region(self, region: Region) -> Profile:
        """Return it with the cautions that hold in a routine for ``region``."""
        return self if region is Region.BACK else replace(self, cautions=self.cautions - self.of_back)

    def lacks(self, exercise: Exercise) -> tuple[str, ...]:
        """Return the equipment that ``exercise`` needs and this person lacks."""
        return tuple(thing for thing in exercise.equipment if not self._has(thing))

    def _has(self, thing: str) -> bool:
        if thing == WEIGHT and self.weights:
            return self.weights[0] <= LIGHT  # a heavy one is none to begin with
        return self.equipment is None or thing in self.equipment
