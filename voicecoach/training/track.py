"""Which sessions say how far somebody has come with an exercise in a routine.

What was reached in a routine counts in it, and no other routine changes that. Only the first time there an
exercise may go on from another routine that grows, when it was practised in that one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import no_heavier, work_seconds
from voicecoach.routine.model import Exercise
from voicecoach.training import limits
from voicecoach.training.ladder import Ladder
from voicecoach.training.practice import Practice


def in_routine(practices: Iterable[Practice], routine: str) -> tuple[Practice, ...]:
    """Return the sessions by the plan of a routine; of all routines when it has no id."""
    by_plan = (each for each in practices if not each.session.as_written)
    return tuple(each for each in by_plan if not routine or each.session.routine == routine)


def led_here(
    practices: Iterable[Practice], growing: Collection[str], work_of: Callable[[Practice], float]
) -> tuple[Practice, ...]:
    """Return the sessions of the ``growing`` routine from which an exercise goes on in another one.

    A single day is a taste and leads nowhere. Of several routines practised in the same weeks it is the one
    with the most work. Empty when there is none.
    """
    by_routine: dict[str, list[Practice]] = {}
    for each in practices:
        if each.session.routine in growing and not each.session.as_written and not each.shortened:
            by_routine.setdefault(each.session.routine, []).append(each)
    practised = [each for each in by_routine.values() if len({one.day for one in each}) >= limits.SUCCESSES]
    if not practised:
        return ()
    latest = max(each[-1].day for each in practised)
    recent = [each for each in practised if (latest - each[-1].day).days < limits.ANEW_DAYS]
    most = max(recent, key=lambda each: work_of(each[-1]))
    return tuple(most)


def at_most_as_written(level: Dose, ladder: Ladder, written: Exercise) -> Dose:
    """Return what was reached elsewhere in a variation, or what a routine has ``written`` where that is less
    work; and no heavier load than that has.
    """
    start, most = ladder.start, work_seconds(written)
    if ladder.exercise.key == written.key and ladder.work(level) >= most:
        return no_heavier(start, level)
    return ladder.within(no_heavier(level, start), most)
