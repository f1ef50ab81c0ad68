"""What kinds of year the people of ``population.py`` have."""

from __future__ import annotations

from dataclasses import dataclass

ALIKE = 0.6
"""Correlation of one day with the next, for those whose days are alike."""


@dataclass(frozen=True, kw_only=True)
class Habit:
    """What kind of year somebody has."""

    name: str
    mean: float = 2.0
    """Usual pain."""
    alike: float = 0.0
    gone: bool = False
    """Whether the pain goes, within four weeks to half a year."""
    flares: int = 0
    gaps: tuple[int, ...] = ()
    """Days away, of which each person has one length, twice a year."""
    legs: int = 0
    """Episodes in which it is felt in a leg."""
    answers: bool = True
    times: int = 1
    """Sessions on a day of training."""
    keeps: float = 0.9
    """The share of what is due that is done."""
    paced: bool = False
    """Whether they go by an agreed pace."""


HABITS = (
    *(Habit(name=f"pain {mean}", mean=mean) for mean in range(8)),
    *(Habit(name=f"pain {mean}, alike", mean=mean, alike=ALIKE) for mean in range(8)),
    Habit(name="improving", mean=6, alike=ALIKE, gone=True),
    Habit(name="flares", flares=5),
    *(Habit(name="away", gaps=(7, 14, 30, 200)),) * 2,
    Habit(name="paced", mean=6, alike=ALIKE, paced=True),
    Habit(name="leg", mean=3, legs=3),
    Habit(name="silent", answers=False),
    Habit(name="eager", mean=1, times=2, keeps=1.0),
    Habit(name="non-adherent", keeps=0.35),
)
PEOPLE = 200
"""Eight of each line."""
