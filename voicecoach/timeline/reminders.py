"""Which reminders of form come when: one is the focus of each set, and each session begins with another.

Nobody can mind five things at once: motor learning asks for one focus at a time. So the focus is named before
the set, comes again in the middle of it, and the others wait their turn.
"""

from __future__ import annotations

from voicecoach.routine.model import Cue, Exercise, Fix

ALL_WITHIN = 5
"""Sessions in which all cues of an exercise have their turn (a clinical review of version 0.1.0)."""


def first_turn(exercise: Exercise, sets: int, met: int) -> int:
    """Return the place in the rotating cues at which a session begins that has ``sets`` pieces of work.

    ``met`` is how often the exercise was done before: each session goes on where the last one ended, and
    begins with another cue even when it has as many sets as there are cues.
    """
    cues = len(exercise.cues.rotating)
    stride = max(sets, -(-cues // ALL_WITHIN))
    return met * (stride + 1 if cues and stride % cues == 0 else stride)


def in_turn(exercise: Exercise, turn: int) -> tuple[Cue, ...]:
    """Return the rotating cues of a set in the order they come: its focus first."""
    rotating = exercise.cues.rotating
    first = turn % len(rotating) if rotating else 0
    return (*rotating[first:], *rotating[:first])


def focus(exercise: Exercise, turn: int) -> str:
    """Return the text of the cue that is the task of a set; empty when none take turns."""
    return next((cue.text for cue in in_turn(exercise, turn)), "")


def self_check(exercise: Exercise, turn: int) -> Fix | None:
    """Return one common error and its fix, in turn: a voice alone can only supervise by asking."""
    errors = exercise.errors
    return errors[turn % len(errors)] if errors else None
