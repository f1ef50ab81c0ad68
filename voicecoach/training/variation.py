"""Which variation of an exercise somebody is at: the one in the routine, an easier or a harder one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from voicecoach.journal.records import DoseChange
from voicecoach.routine.model import Exercise, Variation
from voicecoach.training.practice import Practice

FindVariation = Callable[[str], Exercise | None]
"""An exercise by its key at its library dose, or None when it is not there or does not suit the person."""


def no_variations(_: str) -> None:
    """No other variations."""


class VariationReached(NamedTuple):
    """A variation on the way from the one in the routine to the present one."""

    key: str
    harder: bool
    """Whether it is harder than the one before, not easier."""


def path(
    written: Exercise, practices: Iterable[Practice], find_variation: FindVariation
) -> list[VariationReached]:
    """Return the variations from the one in the routine to the present one."""
    way = [VariationReached(written.key, harder=False)]
    for practice in practices:
        if practice.exercise == way[-1].key:
            continue
        keys = [each.key for each in way]
        if practice.exercise in keys:
            del way[keys.index(practice.exercise) + 1 :]
            continue
        before = written if way[-1].key == written.key else find_variation(way[-1].key)
        way.append(VariationReached(practice.exercise, harder=_is_harder(before, practice, find_variation)))
    return way


def _is_harder(before: Exercise | None, practice: Practice, find_variation: FindVariation) -> bool:
    """Tell whether a variation is harder than ``before``, by the decision, else by the library."""
    change = practice.decision.change if practice.decision else None
    if change in {DoseChange.HARDER, DoseChange.EASIER} or before is None:
        return change is DoseChange.HARDER
    seen, coming = {before.key}, [before]
    while coming:
        for variation in coming.pop().harder:
            if variation.exercise == practice.exercise:
                return True
            if (
                variation.exercise
                and variation.exercise not in seen
                and (found := find_variation(variation.exercise))
            ):
                seen.add(variation.exercise)
                coming.append(found)
    return False


def of_substitute(substitute: str, practices: Iterable[Practice]) -> tuple[Practice, ...]:
    """Return the sessions with a substitute, in whatever variation of it.

    ``practices`` are all those of the exercise that is left out. A replacement begins another substitute,
    unless it goes on with a variation that was reached by this one.
    """
    way, found, goes_on = {substitute}, [], False
    for practice in practices:
        if not practice.is_substitute:
            continue
        begins = practice.decision is not None and practice.decision.change is DoseChange.REPLACE
        goes_on = practice.exercise in way or (goes_on and not begins)
        if goes_on:
            way.add(practice.exercise)
            found.append(practice)
    return tuple(found)


def others(
    wanted: Iterable[Variation], find_variation: FindVariation, *, avoid: Iterable[str]
) -> Iterator[Exercise]:
    """Yield the ``wanted`` variations that are exercises of their own and suit the person."""
    avoided = set(avoid)
    for variation in wanted:
        if (
            variation.exercise
            and variation.exercise not in avoided
            and (found := find_variation(variation.exercise))
        ):
            yield found
