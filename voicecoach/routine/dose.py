"""How much of an exercise is done, and at which level of its own ladder.

*Level* has two meanings. In files, on the screen and in what a set keeps it is a level of the ladder that an
exercise has of its own, a :class:`Grade` here. In the rules and their decisions it is the dose that a person
has reached, which a flare or an easy week does not lower.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from voicecoach.plain import SPARSE


class Counted(StrEnum):
    """What the reps of a set are called."""

    REPS = "reps"
    BREATHS = "breaths"
    LENGTHS = "lengths"
    STEPS = "steps"

    @property
    def one(self) -> str:
        """The word for a single one."""
        return self.value.removesuffix("s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What files call a level: one step of an exercise's own ladder, such as a height or a band."""

    number: int
    """Counted from 1, the easiest."""
    words: str
    """What makes it so: "10 cm step, hand on the rail", "red band"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise is done: the variables that the rules raise and lower."""

    reps: tuple[int, ...] = (1,)
    """The reps of each set, counted as the exercise counts them; all ones when the work is timed."""
    hold: float | None = None
    """Seconds of the hold; None when there is none, or a goal leaves it as it is."""
    duration: float | None = None
    """Seconds of a set of timed work; None when the exercise has reps."""
    lowering: float | None = None
    """Seconds of the phase in which a weight goes down; None when there is none."""
    load: float = 0.0
    """Kilograms; 0 without a load."""
    grade: Grade | None = field(default=None, metadata=SPARSE)
    """The level of the exercise's own ladder; None when it has none."""
    counted: Counted = field(default=Counted.REPS, compare=False, metadata=SPARSE)
    """What its reps are called; two doses are the same without it."""
