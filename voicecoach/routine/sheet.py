"""Prints a routine as a plain-text sheet to exercise from on paper."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from voicecoach.language import phrases
from voicecoach.routine.exercise_sheet import NO_NAMES, Names, details
from voicecoach.routine.exercise_words import dose_in_words
from voicecoach.routine.model import Do, Exercise, Rest, Routine, Say, Step, Wait
from voicecoach.routine.paper import (
    WIDTH,
    Framed,
    Line,
    Paragraph,
    for_side,
    heading,
    lines_of,
    part,
    printed,
)
from voicecoach.routine.profile import WEIGHT
from voicecoach.routine.region import Region
from voicecoach.routine.rolled import Begin, End, Numbered, One, RolledItem, rolled
from voicecoach.units import format_count, format_duration, format_load

Written = Mapping[tuple[str, str], Exercise]
"""The exercise in the routine's file by the key and the only side of the one that is done for it."""
NO_EXERCISES: Final[Written] = MappingProxyType({})

SAFETY: Final = (
    "Never bounce. Move slowly and keep breathing."
    " Stop if pain, tingling or numbness travels further down a leg."
)
"""Spoken and printed with every routine (catalogue section 2, universal rules); see :func:`_safety`."""

PHASES: Final = {1: "calm", 2: "restore", 3: "build", 4: "maintain"}
"""The phases of a programme (catalogue section 11)."""


def sheet(
    routine: Routine,
    minutes: int,
    names: Names = NO_NAMES,
    changes: Iterable[str] = (),
    *,
    written: Written = NO_EXERCISES,
    box: Sequence[tuple[str, Sequence[str]]] = (),
    width: int | None = WIDTH,
) -> str:
    """Return the whole sheet in lines of at most ``width`` columns; None leaves each paragraph on one line.

    ``minutes`` is the length of the session, ``names`` has the names of exercises that may be referred to,
    ``changes`` are sentences on what was changed for the person, and ``written`` has the exercises of the
    routine's file, by the key and the only side of what is done for them. In a ``box`` at its top stand
    headings, each with its texts.
    """
    return printed(_lines(routine, minutes, names, changes, written, box), width)


def _lines(
    routine: Routine,
    minutes: int,
    names: Names,
    changes: Iterable[str],
    written: Written,
    box: Sequence[tuple[str, Sequence[str]]],
) -> Iterator[Line]:
    yield from heading(routine.name)
    if routine.about:
        yield from lines_of(routine.about)
    if box:
        yield Framed(tuple(itertools.chain.from_iterable(_boxed(*each) for each in box)))
    yield from lines_of(_when(routine, minutes))
    if needed := _needed(routine):
        yield from lines_of(f"You need: {', '.join(needed)}.")
    yield from lines_of(_safety(routine.for_region))
    for change in changes:
        yield from lines_of(change, "* ", after="  ")
    seen: set[tuple[object, ...]] = set()
    for item in _joined(rolled(routine.steps)):
        yield ""
        match item:
            case Numbered(step=Do(exercise=exercise)):
                title = f"{_numbers(item.numbers)}. {exercise.name}: {dose_in_words(exercise)}"
                yield from lines_of(title, after="   ")
                file_has = written.get((exercise.key, exercise.only_side), exercise)
                yield from part("Written", [_as_written(exercise, file_has)])
                # A repeated exercise is described only once.
                what = (exercise.name, exercise.position, exercise.movement, exercise.rep)
                if what not in seen:
                    yield from for_side(exercise, details(exercise, names))
                seen.add(what)
            case Numbered(step=step):
                yield from lines_of(_between(step), "   ")
            case _:
                yield from lines_of(_of_rounds(item))


def _boxed(title: str, texts: Sequence[str]) -> Iterator[Paragraph]:
    """Yield a heading and its texts, each with a mark where there are several."""
    yield Paragraph(f"{title}:" if texts else title, "", "")
    several = len(texts) > 1
    for text in texts:
        yield Paragraph(text, "  * " if several else "  ", "    " if several else "  ")


def _between(step: Step) -> str:
    """Tell what is no exercise."""
    match step:
        case Rest(seconds=seconds):
            return f"Rest {format_duration(seconds)}."
        case Wait(what=what):
            return f"Go on when you are ready: {what}."
        case Say(text=text):
            return text
    return ""


def _joined(items: Iterable[RolledItem]) -> Iterator[RolledItem]:
    """Leave out the ends of rounds that need no word: without a rest, and with nothing after them."""
    ended: End | None = None
    for item in items:
        if isinstance(item, End):
            if item.rests:
                yield item
            ended = item
            continue
        if ended is not None:
            yield replace(ended, rests=())
            ended = None
        yield item


def _of_rounds(item: Begin | End | One) -> str:
    """Tell where rounds begin and end: "3 rounds of:", "Rest 30s between rounds.", "After these rounds:"."""
    if isinstance(item, One):
        return f"Round {item.round.number} of {item.round.of}:"
    if isinstance(item, Begin):
        every = "" if item.every is None else f", one every {format_duration(item.every)}"
        return f"{item.times} rounds{every}, each of:"
    if not item.rests:
        return "After all rounds:" if item.outermost else "After these rounds:"
    when = "after each round" if item.after_last else "between rounds"
    rests = item.rests[:1] if len(set(item.rests)) == 1 else item.rests
    return f"   Rest {', then '.join(map(format_duration, rests))} {when}."


_NUMBERS_SHOWN: Final = 4
"""The most numbers of an exercise in rounds that are all printed [own choice]."""


def _numbers(numbers: Sequence[int]) -> str:
    """Return the numbers that the options take: "3", "2, 4, 6", "1-10", "1, 3, ... 19"."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{first}-{last}"
    shown = [str(each) for each in numbers]
    return ", ".join(shown if len(shown) <= _NUMBERS_SHOWN else [*shown[:2], f"... {last}"])


def _as_written(exercise: Exercise, written: Exercise) -> str:
    """Tell the dose in the routine's file where it is not what is done; empty where it is."""
    dose = dose_in_words(written)
    if written.key != exercise.key:
        return f"{written.name}, {dose}."
    return "" if dose == dose_in_words(exercise) else f"{dose}."


def _needed(routine: Routine) -> list[str]:
    """Name the things to lay out, each weight by its load."""
    loads = routine.loads
    things = [thing for thing in routine.equipment if not (loads and thing == WEIGHT)]
    return things + [f"weight of {format_load(load)}" for load in loads]


def _when(routine: Routine, minutes: int) -> str:
    """Tell the length, the days and the phases: "About 10 minutes, 3-5 a week. For phase 1 (calm)"."""
    when = f"About {format_count(minutes, 'minute')}"
    if routine.for_region not in {Region.BACK, Region.GENERAL}:
        when += f", for the {routine.region}"
    if routine.days:
        when += f", {routine.days}"
    if routine.times_a_day > 1:
        when += f", {routine.times_a_day} times a day"
    if not routine.phases:
        return f"{when}."
    phases = ", ".join(f"{phase} ({PHASES[phase]})" for phase in routine.phases)
    return f"{when}. For phase{'s' if len(routine.phases) > 1 else ''} {phases}."


def _safety(region: Region) -> str:
    """Return what is printed with every routine for a region of the body."""
    return SAFETY if region is Region.BACK else f"Never bounce. {phrases.load()(f'region.{region}.intro')}"
