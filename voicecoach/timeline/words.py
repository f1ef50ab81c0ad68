"""Puts doses into words: "Three sets: six, four and two holds of eight seconds. Each side."."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Exercise, Sides
from voicecoach.routine.suit import Swap

COUNTED_HOLD = 5.0
"""Holds of this many seconds or more are counted: the exercise is about them. [own choice]"""


def dose_sentences(exercise: Exercise, say: Phrases) -> list[str]:
    """Return sentences for the dose and for the side that comes first."""
    sentences = [_amount(exercise, say)]
    if exercise.sides is not Sides.BOTH:
        sentences.append(say(f"dose.{exercise.sides}", limb=exercise.limb))
    return sentences


def hold_seconds(exercise: Exercise) -> float:
    """Return the seconds of the exercise's counted hold; 0 when it has none."""
    longest = max((phase.seconds for phase in exercise.rep if phase.is_hold), default=0.0)
    return longest if longest >= COUNTED_HOLD else 0.0


def _amount(exercise: Exercise, say: Phrases) -> str:
    sets = say.number(len(exercise.reps))
    hold = hold_seconds(exercise)
    time = say.time(hold)
    if len(set(exercise.reps)) > 1:
        counts = functools.reduce(
            lambda first, following: say.part("dose.then", first=first, next=following),
            [say.number(reps) for reps in exercise.reps],
        )
        if hold:
            return say("dose.pyramid_holds", n=sets, counts=counts, time=time)
        return say("dose.pyramid_reps", n=sets, counts=counts)
    dose = set_dose(exercise, exercise.reps[0], say)
    if len(exercise.reps) == 1:
        return say("dose.one_set", dose=dose)
    return say("dose.sets_of", n=sets, dose=dose)


def set_dose(exercise: Exercise, count: int, say: Phrases) -> str:
    """Return one set of ``count`` reps as part of a sentence: "eight reps"."""
    if exercise.duration is not None:
        return say.part("dose.timed", time=say.time(exercise.duration))
    if hold := hold_seconds(exercise):
        phrase = "dose.holds" if count > 1 else "dose.one_hold"
        return say.part(phrase, n=say.number(count), time=say.time(hold))
    return say.part("dose.reps" if count > 1 else "dose.one_rep", n=say.number(count))


MOST = 3
"""The most changes told one by one in the intro; more are only counted. [own choice]"""


def swap_sentences(swaps: Sequence[Swap], say: Phrases) -> tuple[str, ...]:
    """Return what the intro says about ``swaps``: a sentence for each, or how many there are."""
    if len(swaps) > MOST:
        return (say("swap.many", n=say.number(len(swaps))),)
    return every_swap(swaps, say)


def every_swap(swaps: Sequence[Swap], say: Phrases) -> tuple[str, ...]:
    """Return a sentence for each swap, with its reason."""
    return tuple(
        say(
            "swap.instead" if swap.instead else "swap.left_out",
            name=swap.name,
            instead=swap.instead,
            reason=_reason(swap, say),
        )
        for swap in swaps
    )


def _reason(swap: Swap, say: Phrases) -> str:
    reasons = [say.part(f"caution.{caution}.because") for caution in swap.cautions]
    if swap.missing:
        reasons.append(say.part("swap.missing", things=say.join([say.thing(item) for item in swap.missing])))
    return say.join(reasons)
