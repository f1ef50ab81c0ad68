"""The week of a plan: what each routine asks of a day, and the days on which it is done. All pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from voicecoach.routine.files.programme import distances
from voicecoach.routine.model import Kind, Routine
from voicecoach.routine.programme import Activity, Weekday
from voicecoach.training import limits


class Load(StrEnum):
    """What a routine asks of a day, in order of importance."""

    TRAINING = "training"
    """Something in it stabilises, strengthens or trains balance."""
    WALK = "walk"
    """It is aerobic and nothing else."""
    EASY = "easy"
    """Breathing, mobility, stretches."""


def load_of(routine: Routine) -> Load:
    """Return the load of a routine, which follows from the kinds of its exercises."""
    kinds = {exercise.kind for exercise in routine.exercises}
    if kinds & {Kind.STABILISATION, Kind.STRENGTH, Kind.BALANCE}:
        return Load.TRAINING
    return Load.WALK if kinds == {Kind.AEROBIC} else Load.EASY


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity of a phase with its days of the week."""

    activity: Activity
    load: Load
    on: tuple[Weekday, ...]
    name: str = ""
    """The title of its routine; empty where nobody is told of it."""
    prescribed: bool = False
    """Whether it is due on its days, whatever else is due on them."""


Plan = tuple[Planned, ...]
"""The week of a phase, in the order of the programme."""
_NAMELESS: Final[Mapping[str, str]] = MappingProxyType({})


def planned(
    activities: Sequence[Activity],
    loads: Mapping[str, Load],
    names: Mapping[str, str] = _NAMELESS,
    *,
    prescribed: bool = False,
) -> Plan:
    """Return the days of the week for each activity: the chosen ones, else spread evenly.

    ``names`` has the titles of routines, ``loads`` each routine's load; one that is not there may be
    training. An activity asks for as much as the most demanding of its routines. Training routines keep to
    days of their own as long as there are enough. Walks and easy routines stay within ``limits.MOST_DAYS``,
    on the days that have least. What is ``prescribed`` is due on its days, whatever else is.
    """
    demanding = [*Load].index
    all_loads = [
        min((loads.get(name, Load.TRAINING) for name in each.routines), key=demanding) for each in activities
    ]
    order = sorted(
        range(len(activities)), key=lambda at: (not activities[at].on, list(Load).index(all_loads[at]))
    )
    most = max([limits.MOST_DAYS, *(each.days for each in activities)])
    found: dict[int, Planned] = {}
    for at in order:
        activity, load = activities[at], all_loads[at]
        on = activity.on or _evenly(activity, load, () if prescribed else found.values(), most)
        found[at] = Planned(activity, load, on, names.get(activity.routine, ""), prescribed)
    return tuple(found[at] for at in range(len(activities)))


def _evenly(activity: Activity, load: Load, others: Iterable[Planned], most: int) -> tuple[Weekday, ...]:
    taken = [(day, each.load) for each in others for day in each.on]
    busy = {day for day, _ in taken}

    def worth(on: tuple[Weekday, ...]) -> tuple[int, int, int, list[int]]:
        clashes = sum(day in on and other is load for day, other in taken)
        too_many = max(0, len(busy.union(on)) - most)
        return -clashes, -too_many, -sum(day in on for day, _ in taken), sorted(distances(on))

    ways = itertools.combinations(Weekday, activity.days)
    return max((on for on in ways if min(distances(on)) >= activity.apart), key=worth)


def goal_days(plan: Plan) -> int:
    """Days with exercise that a whole week aims at: those with something planned."""
    return len({day for each in plan for day in each.on})
