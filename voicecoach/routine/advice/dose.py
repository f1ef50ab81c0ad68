"""Advice on how much is done of an exercise, for how long, and with how much rest."""

from __future__ import annotations

import math
from typing import Final

from voicecoach.routine.effort import is_known, longest_effort, longest_hold
from voicecoach.routine.model import EFFORT, TURN_OVER, Do, Exercise, Kind, Pace, Posture
from voicecoach.units import format_duration

SHORT_STRETCH: Final = 10.0
"""Seconds; ACSM: hold 10-30 s."""
SORE_STRETCH: Final = 5.0
"""Seconds; where people in pain begin (Mayo)."""
LONG_STRETCH: Final = 60.0
"""Seconds; ACSM: older adults 30-60 s."""
LONG_HOLD: Final = 10.0
"""Seconds; McGill: holds of at most ten seconds, and more of them."""
LONGEST_PLANK: Final = 60.0
"""Seconds; never longer, however strong (active.com, after McGill)."""
SHORT_REST: Final = 30.0
"""Seconds between sets of strength; the shortest of the sources (AAOS guide: straight-leg raise)."""
SHORT_CHANGE: Final = 5.0
"""Seconds for changing sides. [own choice: 5-8 s]"""
SHORT_SET: Final = 15.0
"""Seconds; several times for less are mostly meant as reps that are held. [own choice]"""
MANY_SHORT_SETS: Final = 4
"""The number of short sets that are more likely reps. [own choice]"""
FAST: Final = 1.0
"""Seconds; a shorter movement is a jerk. [own choice]"""
MOST_SETS: Final = 3
"""ACSM and EMPoweR: from one set to three."""


def stretch_hold(exercise: Exercise) -> str:
    if exercise.kind is not Kind.STRETCH:
        return ""
    hold = longest_effort(exercise)
    grows = exercise.goal is not None and (exercise.goal.hold or 0.0) >= SHORT_STRETCH
    least = SORE_STRETCH if grows else SHORT_STRETCH
    if hold >= least:
        return ""
    held = f"is held {format_duration(hold)}" if hold else "is not held"
    return f"{exercise.name} {held}; hold it {format_duration(least)} or longer"


def stretch_long(exercise: Exercise) -> str:
    if exercise.kind is not Kind.STRETCH or longest_effort(exercise) <= LONG_STRETCH:
        return ""
    held, most = format_duration(longest_effort(exercise)), format_duration(LONG_STRETCH)
    return f"{exercise.name} is held {held}; {most} is long enough"


def nerve_hold(exercise: Exercise) -> str:
    if exercise.kind is not Kind.NERVE or not longest_hold(exercise):
        return ""
    return f"{exercise.name} is held {format_duration(longest_hold(exercise))}; keep moving, without a hold"


def hold_long(exercise: Exercise) -> str:
    if exercise.kind not in EFFORT or not is_known(exercise) or longest_hold(exercise) <= LONG_HOLD:
        return ""
    held, most = format_duration(longest_hold(exercise)), format_duration(LONG_HOLD)
    return f"{exercise.name} is held {held}; do more reps of at most {most}{_unless(exercise, Kind.STRETCH)}"


def plank_long(exercise: Exercise) -> str:
    timed = exercise.duration is not None and exercise.kind is Kind.STABILISATION
    if not timed or not is_known(exercise) or longest_effort(exercise) <= LONGEST_PLANK:
        return ""
    lasts, most = format_duration(longest_effort(exercise)), format_duration(LONGEST_PLANK)
    unless = _unless(exercise, Kind.AEROBIC)
    return f"{exercise.name} works the trunk for {lasts} on end; do sets of at most {most}{unless}"


def _unless(exercise: Exercise, kind: Kind) -> str:
    """Mention the kind for an exercise that counts as stabilisation without one."""
    return "" if exercise.kind_known else f", or write 'kind: {kind}' if that is what it is"


def jerk(exercise: Exercise) -> str:
    if exercise.kind not in EFFORT or exercise.pace is Pace.SELF:
        return ""
    fast = [phase for phase in exercise.rep if phase.seconds < FAST and not phase.kind.is_still]
    if not fast:
        return ""
    phases = " and ".join(f"'{phase.name}' {format_duration(phase.seconds)}" for phase in fast)
    return f"{exercise.name} has {phases}; give each movement {format_duration(FAST)} or longer"


def rest_short(exercise: Exercise) -> str:
    shortest = min(exercise.between_sets, default=SHORT_REST)
    if exercise.kind is not Kind.STRENGTH or shortest >= SHORT_REST:
        return ""
    rest, least = format_duration(shortest), format_duration(SHORT_REST)
    return f"{exercise.name} has {rest} of rest between sets; rest {least} or longer"


def many_sets(step: Do) -> str:
    exercise, rounds = step.exercise, math.prod(each.of for each in step.rounds)
    sets = len(exercise.reps) * rounds
    if exercise.kind not in EFFORT or sets <= MOST_SETS or (exercise.duration or SHORT_SET) < SHORT_SET:
        return ""  # sets of some seconds are what others call reps
    together = f" in {rounds} rounds together" if rounds > 1 else ""
    return f"{exercise.name} has {sets} sets{together}; {MOST_SETS} are enough"


def change_short(exercise: Exercise) -> str:
    turns = exercise.one_side_first or exercise.posture in {Posture.SIDE_LYING, Posture.HALF_KNEELING}
    shortest = TURN_OVER if turns or "strap" in exercise.equipment else SHORT_CHANGE
    if exercise.sides_apart == 1 or exercise.change >= shortest:
        return ""
    change, least = format_duration(exercise.change), format_duration(shortest)
    return f"{exercise.name} leaves {change} to change sides; leave {least} or more"


def limit_short(exercise: Exercise) -> str:
    longest = max(exercise.set_seconds)
    if exercise.limit is None or exercise.limit >= longest:
        return ""
    limit, least = format_duration(exercise.limit), format_duration(math.ceil(longest))
    return f"{exercise.name} is over after {limit}, and its reps alone take {least}; let it last longer"


def short_sets(exercise: Exercise) -> str:
    sets, length = len(exercise.reps), exercise.duration
    if exercise.id or exercise.exact_rest or length is None or length >= SHORT_SET or sets < MANY_SHORT_SETS:
        return ""
    each, rest = format_duration(length), format_duration(exercise.rest)
    held = f"'{sets} x {each}, rest 5s between reps' if these are reps, or say the 'rest' between sets"
    return f"{exercise.name} has {sets} sets of {each} with {rest} of rest between them; write {held}"
