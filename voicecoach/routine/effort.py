"""Tells how long an exercise keeps up an effort, and whether that is known to be one of the trunk."""

from __future__ import annotations

import re
from typing import Final

from voicecoach.routine.model import Exercise

_TRUNK: Final = re.compile(
    r"\b(?:abs?|bird[ -]?dogs?|(?:pelvic |glute )?bridges?|core|crunch(?:es)?|curl-?ups?|dead[ -]?bugs?"
    r"|hollow|planks?|sit-?ups?|superman|trunk)\b",
    re.IGNORECASE,
)
"""The names by which an exercise without a kind is known to work the trunk."""


def longest_hold(exercise: Exercise) -> float:
    """Return the seconds of the longest hold; 0 without a hold."""
    return max((phase.seconds for phase in exercise.rep if phase.is_hold), default=0.0)


def longest_effort(exercise: Exercise) -> float:
    """Return the longest effort without letting go, in seconds: a hold, or a set of timed work."""
    return longest_hold(exercise) if exercise.duration is None else exercise.duration


def is_known(exercise: Exercise) -> bool:
    """Tell whether its kind is known: what has none counts as stabilisation, be it a plank or a yoga pose."""
    return exercise.kind_known or bool(_TRUNK.search(exercise.name))
