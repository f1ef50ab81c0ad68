"""Getting from one exercise to the next: how long it takes, and how one comes down to the floor and up again.

The seconds are our own choice around the 20-30 s for a change of position of the catalogue (section 8).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from voicecoach.routine.model import OTHER_SIDE, TURN_OVER, Exercise, Posture

IN_PLACE: Final = 3.0
"""Seconds from one position to another in the same posture."""
_ORDER: Final = (
    Posture.STANDING,
    Posture.SITTING,
    Posture.HALF_KNEELING,
    Posture.HANDS_AND_KNEES,
    Posture.PRONE,
    Posture.SIDE_LYING,
    Posture.SUPINE,
)
_SECONDS: Final = {
    Posture.STANDING: (IN_PLACE, 10, 15, 20, 25, 25, 25),
    Posture.SITTING: (10, IN_PLACE, 15, 20, 25, 25, 25),
    Posture.HALF_KNEELING: (15, 15, IN_PLACE, 10, 20, 20, 20),
    Posture.HANDS_AND_KNEES: (20, 20, 10, IN_PLACE, 10, 15, 15),
    Posture.PRONE: (30, 30, 20, 10, IN_PLACE, 15, 15),
    Posture.SIDE_LYING: (30, 30, 20, 15, 15, IN_PLACE, 15),
    Posture.SUPINE: (30, 30, 20, 15, 15, 15, IN_PLACE),
}
"""From each posture to those in ``_ORDER``: getting up takes longer than getting down, rolling over 15 s."""
_SIDED: Final = frozenset({Posture.SIDE_LYING, Posture.HALF_KNEELING})
"""Where one is on one side of the body."""
_AT_HAND: Final = frozenset({"mat"})
"""What lies where one needs it."""
_FURNITURE: Final = frozenset({"wall", "chair", "step"})
"""What one goes to, instead of fetching it."""
_GOING, _FETCHING, _PUTTING_ON = 5.0, 10.0, 20.0
_PUT_ON: Final = frozenset({"strap"})
"""What is put round a foot before an exercise can begin."""
BALL: Final = "ball"
"""What rolls away unless it is put somewhere."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a person is before an exercise."""

    posture: Posture | None = None
    """None before the first one, when people stand."""
    side: str = ""
    """The side of the body that they lie or kneel on."""
    things: tuple[str, ...] = ()
    """The equipment of the exercise before."""
    settled: bool = False
    """Whether they are still in its position."""

    def after(self, exercise: Exercise, side: str) -> Whereabouts:
        """Return where they are after ``exercise`` on ``side``."""
        posture = exercise.posture or self.posture
        rests_on = side_below(exercise, side)
        return Whereabouts(posture, rests_on, exercise.equipment, BALL not in exercise.equipment)

    def unsettled(self) -> Whereabouts:
        """Return where they are once they were told to do something else than hold the position."""
        return replace(self, settled=False)


def side_below(exercise: Exercise, side: str) -> str:
    """Return the side that one lies on for ``exercise`` on ``side``: below, when it works the upper one."""
    upper = any("{other}" in sentence for sentence in exercise.position[:1])
    return OTHER_SIDE.get(side, side) if upper else side


def posture_seconds(start: Posture | None, end: Posture | None) -> float:
    """Return the seconds that a person with a sore back needs to change position; 0 for an unknown one.

    An unknown ``start`` counts as standing.
    """
    return float(_SECONDS[start or Posture.STANDING][_ORDER.index(end)]) if end else 0.0


def travel_seconds(here: Whereabouts, exercise: Exercise, side: str = "") -> float:
    """Return the seconds to get into the position of ``exercise``, with the things that it needs."""
    if exercise.posture is None:
        return 0.0
    change = posture_seconds(here.posture, exercise.posture)
    if here.posture is exercise.posture and not _on_the_same_side(here, exercise, side):
        change = TURN_OVER
    things = set(exercise.equipment).difference(here.things)
    if BALL in here.things and here.posture is not exercise.posture:
        things.add(BALL)
    return change + sum(map(_handling, things))


def _handling(thing: str) -> float:
    if thing in _AT_HAND:
        return 0.0
    return _GOING if thing in _FURNITURE else _PUTTING_ON if thing in _PUT_ON else _FETCHING


def stays(here: Whereabouts, exercise: Exercise, side: str) -> bool:
    """Tell whether the person is in the posture of ``exercise`` already."""
    same = here.settled and here.posture is exercise.posture is not None
    return same and _on_the_same_side(here, exercise, side)


def _on_the_same_side(here: Whereabouts, exercise: Exercise, side: str) -> bool:
    """Tell whether a posture that is on one side of the body is on the same one."""
    if exercise.posture not in _SIDED:
        return True
    return here.side == side_below(exercise, side)


def is_held(exercise: Exercise) -> bool:
    """Tell whether ``exercise`` holds a person by something that has to be put away, such as a strap."""
    return not _FURNITURE.union(_AT_HAND).issuperset(exercise.equipment)


def leaves(exercise: Exercise, following: Exercise | None) -> bool:
    """Tell whether whoever did ``exercise`` has to leave its position, or a thing, for the ``following``.

    Where nothing is to be put away, as in knee to chest, any other exercise begins with letting go.
    """
    if following is None or following.posture is not exercise.posture or not is_held(exercise):
        return True
    return any(thing not in following.equipment for thing in exercise.equipment)


_UP: Final = {
    Posture.SUPINE: "way.up_from_back",
    Posture.PRONE: "way.up_from_front",
    Posture.SIDE_LYING: "way.up_from_side",
    Posture.HANDS_AND_KNEES: "way.up_from_knees",
    Posture.HALF_KNEELING: "way.up_from_one_knee",
}
_ONTO_KNEES: Final = {
    Posture.SUPINE: "way.knees_from_back",
    Posture.PRONE: "way.knees_from_front",
    Posture.SIDE_LYING: "way.knees_from_side",
}
_ON_FEET: Final = frozenset({Posture.STANDING, Posture.SITTING})
_LYING: Final = frozenset(_ONTO_KNEES)


def way_to(here: Whereabouts, exercise: Exercise, side: str) -> str:
    """Return the name of the phrase that leads to ``exercise`` on ``side``, from the other side too."""
    lies = here.posture is exercise.posture is Posture.SIDE_LYING
    if lies and not _on_the_same_side(here, exercise, side):
        return f"way.over_to_{exercise.posture}"
    return way(here.posture, exercise.posture)


def way(start: Posture | None, end: Posture | None) -> str:
    """Return the name of the phrase that leads from one posture to another; empty when none is needed."""
    start = start or Posture.STANDING
    if end is None or start is end:
        return ""
    if start in _ON_FEET:
        return "" if end in _ON_FEET else _lying("way.down", end) if end in _LYING else "way.down_to_knees"
    if end in _ON_FEET:
        return _UP[start]
    if end in _LYING:
        if start in _LYING:
            return f"way.over_to_{end}"
        return "" if end is Posture.PRONE else _lying("way.down_from_knees", end)
    return _ONTO_KNEES.get(start, "")


def _lying(name: str, end: Posture) -> str:
    """Return the phrase for lying down; who lies on one side in the end is told on which."""
    return f"{name}_to_side" if end is Posture.SIDE_LYING else name


def way_up(start: Posture | None) -> str:
    """Return the name of the phrase for getting up at the end; empty for people on their feet."""
    return way(start, Posture.STANDING)


def told_in_full(name: str, known: Collection[str], *, full: bool) -> bool:
    """Tell whether a way is described in full: the first time in a session in which much is explained."""
    return full and bool(name) and name not in known
