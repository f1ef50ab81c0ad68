"""The sheet of a routine, to exercise from on paper; a terminal and a printed page are two views of it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from voicecoach.language import phrases
from voicecoach.language.dates import counted
from voicecoach.language.phrases import Phrases
from voicecoach.routine.exercise_sheet import NO_NAMES, Names, Part, parts
from voicecoach.routine.exercise_words import dose_in_words
from voicecoach.routine.model import Do, Exercise, Rest, Routine, Say, Step, Wait
from voicecoach.routine.profile import WEIGHT
from voicecoach.routine.region import Region
from voicecoach.routine.rolled import Begin, End, Numbered, One, RolledItem, rolled
from voicecoach.units import format_duration, format_load

Written = Mapping[tuple[str, str], Exercise]
"""The exercise in the routine's file by the key and the only side of the one that is done for it."""
NO_EXERCISES: Final[Written] = MappingProxyType({})
BoxRows = Sequence[tuple[str, Sequence[str]]]
"""Headings, each with its texts."""


class Block(NamedTuple):
    """An exercise of a routine."""

    numbers: str
    """The numbers of its steps, as options take them: "3", "2, 4, 6", "1-10", "1, 3, ... 19"."""
    exercise: Exercise
    dose: str
    parts: tuple[Part, ...]
    """Where an exercise is repeated, only the dose that is written, if it is another one."""
    again: bool
    """Whether a block above describes it already."""


class Remark(NamedTuple):
    """What stands between exercises: a rest, a word, or where rounds begin and end."""

    text: str
    is_step: bool
    """Whether something is done here; else it is a heading for what follows."""


SheetItem: TypeAlias = Block | Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that there is to read of a routine."""

    name: str
    about: str
    box: BoxRows
    """What a clinician asks for; may be empty."""
    when: str
    """How long it takes, how often it is done and in which phases."""
    needs: str
    """What to lay out; may be empty."""
    safety: str
    """What is true of each exercise in it."""
    changes: tuple[str, ...]
    """What was changed for the person."""
    items: tuple[SheetItem, ...]
    by: str
    """Who wrote the routine for the person; empty where nobody is named."""
    region: Region
    language: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its exercises in their order, each time that they are done."""
        return tuple(item for item in self.items if isinstance(item, Block))


def sheet(
    routine: Routine,
    minutes: int,
    names: Names = NO_NAMES,
    changes: Iterable[str] = (),
    *,
    written: Written = NO_EXERCISES,
    box: BoxRows = (),
    language: str = phrases.ENGLISH,
) -> Sheet:
    """Return the sheet of a routine.

    ``minutes`` is the length of the session, ``names`` has the names of exercises that may be referred to,
    ``changes`` are sentences on what was changed for the person, and ``written`` has the exercises of the
    routine's file, by the key and the only side of what is done for them.
    """
    say = phrases.load(language)
    needed = _needed(routine, say)
    return Sheet(
        name=routine.name,
        about=routine.about,
        box=box,
        when=_when(routine, minutes, say),
        needs=say.part("sheet.needs", things=", ".join(needed)) if needed else "",
        safety=_safety(routine.for_region, say),
        changes=tuple(changes),
        items=tuple(_items(routine, names, written, say)),
        by=routine.instructions.by,
        region=routine.for_region,
        language=language,
    )


def _items(routine: Routine, names: Names, written: Written, say: Phrases) -> Iterator[SheetItem]:
    described: set[tuple[object, ...]] = set()
    for item in _joined(rolled(routine.steps)):
        match item:
            case Numbered(step=Do(exercise=exercise)):
                file_has = written.get((exercise.key, exercise.only_side), exercise)
                what = (exercise.name, exercise.position, exercise.movement, exercise.rep)
                again = what in described
                described.add(what)
                own = _as_written(exercise, file_has, say)
                about = (
                    *([Part("written", (own,))] if own else []),
                    *([] if again else parts(exercise, names, say)),
                )
                yield Block(_numbers(item.numbers), exercise, dose_in_words(exercise), about, again)
            case Numbered(step=step):
                yield Remark(_between(step, say), is_step=True)
            case End(rests=rests) if rests:
                yield Remark(_rest_of_rounds(item, say), is_step=True)
            case _:
                yield Remark(_of_rounds(item, say), is_step=False)


def _between(step: Step, say: Phrases) -> str:
    """Tell what is no exercise."""
    match step:
        case Rest(seconds=seconds):
            return say.part("sheet.rest", time=format_duration(seconds))
        case Wait(what=what):
            return say.part("sheet.wait", what=what)
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


def _of_rounds(item: Begin | End | One, say: Phrases) -> str:
    """Tell where rounds begin and end: "3 rounds, each of:", "After these rounds:"."""
    if isinstance(item, One):
        return say.part("sheet.rounds.one", n=str(item.round.number), of=str(item.round.of))
    if isinstance(item, End):
        return say.part("sheet.rounds.after_all" if item.outermost else "sheet.rounds.after_these")
    times = str(item.times)
    if item.every is None:
        return say.part("sheet.rounds.each", n=times)
    return say.part("sheet.rounds.each_every", n=times, time=format_duration(item.every))


def _rest_of_rounds(item: End, say: Phrases) -> str:
    """Tell how long to rest between rounds: "Rest 30s between rounds."."""
    rests = item.rests[:1] if len(set(item.rests)) == 1 else item.rests
    times = functools.reduce(
        lambda first, each: say.part("sheet.rounds.then", first=first, next=each),
        map(format_duration, rests),
    )
    return say.part(f"sheet.rounds.{'rest_after_each' if item.after_last else 'rest_between'}", times=times)


_NUMBERS_SHOWN: Final = 4
"""The most numbers of an exercise in rounds that are all printed [own choice]."""


def _numbers(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{first}-{last}"
    shown = [str(each) for each in numbers]
    return ", ".join(shown if len(shown) <= _NUMBERS_SHOWN else [*shown[:2], f"... {last}"])


def _as_written(exercise: Exercise, written: Exercise, say: Phrases) -> str:
    """Tell the dose in the routine's file where it is not what is done; empty where it is."""
    dose = dose_in_words(written)
    if written.key != exercise.key:
        return say.part("sheet.written_exercise", name=written.name, dose=dose)
    return "" if dose == dose_in_words(exercise) else f"{dose}."


def _needed(routine: Routine, say: Phrases) -> list[str]:
    """Name the things to lay out, each weight by its load."""
    loads = routine.loads
    things = [thing for thing in routine.equipment if not (loads and thing == WEIGHT)]
    return things + [say.part("sheet.weight", load=format_load(load)) for load in loads]


def _when(routine: Routine, minutes: int, say: Phrases) -> str:
    """Tell the length, the days and the phases: "About 10 minutes, 3-5 a week. For phase 1 (calm)"."""
    told = [say.part("sheet.length", minutes=counted(minutes, "minute", say))]
    if routine.for_region not in {Region.BACK, Region.GENERAL}:
        told.append(say.part("sheet.for_region", region=say.part(f"region.{routine.for_region}.part")))
    if routine.days:
        told.append(routine.days)
    if routine.times_a_day > 1:
        told.append(say.part("sheet.times_a_day", n=str(routine.times_a_day)))
    when = ", ".join(told)
    if not routine.phases:
        return f"{when}."
    names = say.all_of("sheet.phase_names")
    shown = [say.part("sheet.phase", n=str(each), name=names[each - 1]) for each in routine.phases]
    return say.part("sheet.phases", int(len(shown) > 1), when=when, phases=", ".join(shown))


def _safety(region: Region, say: Phrases) -> str:
    """Return what is true of each exercise for a region of the body."""
    if region is Region.BACK:
        return say.part("sheet.safety")
    return say.part("sheet.safety_elsewhere", intro=say(f"region.{region}.intro"))
