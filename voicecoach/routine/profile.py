"""What is known about the person: what they should avoid, what they have, how much they want explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicecoach.routine.model import Caution, Exercise


class Explaining(StrEnum):
    """How much somebody wants explained before an exercise."""

    AUTO = "auto"
    """Everything for an exercise that is new or long ago, little for one that is known."""
    FULL = "full"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One person. The default is somebody without complaints who has everything."""

    cautions: frozenset[Caution] = frozenset()
    equipment: frozenset[str] | None = None
    """What they have, as exercises name it; None is everything."""
    coaching: Explaining = Explaining.AUTO

    def lacks(self, exercise: Exercise) -> tuple[str, ...]:
        """What ``exercise`` needs and this person does not have."""
        if self.equipment is None:
            return ()
        return tuple(thing for thing in exercise.equipment if thing not in self.equipment)
