"""Advice on a routine as a whole: what it has, and in which order."""

from __future__ import annotations

import itertools
import re
from typing import Final

from voicecoach.routine.model import Caution, Do, Kind, Pace, Routine
from voicecoach.routine.region import Region
from voicecoach.units import format_duration

WARMING: Final = frozenset({Kind.MOBILITY, Kind.AEROBIC, Kind.STABILISATION})
_MORNING = re.compile(r"(?<!good[ -])\b(?:mornings?|breakfast|wak(?:e|ing)|get(?:ting)? (?:up|out of bed))\b")


def no_warm_up(routine: Routine) -> str:
    for exercise in routine.exercises:
        if exercise.kind in WARMING:
            return ""
        if exercise.kind is Kind.STRENGTH:
            gentle = "cat_camel" if routine.for_region is Region.BACK else "another light movement"
            return f"it comes to {exercise.name} without a warm-up; begin with march_in_place or {gentle}"
    return ""


def only_stretches(routine: Routine) -> str:
    kinds = {exercise.kind for exercise in routine.exercises} - {Kind.BREATHING}
    return "it only stretches; add walking, stabilisation or strength" if kinds == {Kind.STRETCH} else ""


def on_the_minute(routine: Routine) -> str:
    """Check for rounds of one set at one's own pace whose limit looks like the time from round to round."""
    for before, step in itertools.pairwise(routine.steps):
        if not (isinstance(before, Do) and isinstance(step, Do) and before.exercise == step.exercise):
            continue
        exercise, rounds = step.exercise, step.rounds[-1:]
        alone = [each.number for each in rounds if not each.every and each.number == 2]
        if alone and exercise.pace is Pace.SELF and exercise.limit is not None:
            limit = format_duration(exercise.limit)
            ends = f"each round of {exercise.name} begins when the one before it ends, after {limit} at most"
            return f"{ends}; for a round every {limit} write 'every: {limit}' beside 'repeat'"
    return ""


def first_thing(routine: Routine) -> str:
    if not _MORNING.search(f"{routine.id} {routine.name} {routine.about} {routine.days}".casefold()):
        return ""
    names = dict.fromkeys(each.name for each in routine.exercises if Caution.AM in each.cautions)
    return f"it is for the morning; wait an hour after getting up with {', '.join(names)}" if names else ""
