"""Reads a programme file into a :class:`Programme`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Any, Final

from voicecoach.errors import nearest
from voicecoach.routine.files import day_words, shapes, values
from voicecoach.routine.files.located_yaml import At, Data, Document, parse, show, wrong
from voicecoach.routine.files.values import MAX_ITEMS, collect, group, items_of
from voicecoach.routine.instructions import MAX_PAIN
from voicecoach.routine.programme import Activity, Gate, PhaseName, Programme, ProgrammePhase, Weekday
from voicecoach.routine.region import Region
from voicecoach.units import format_count

WEEK: Final = 7
MAX_WEEKS: Final = 24
MAX_ACTIVITIES: Final = 10
_DAYS = re.compile(
    r"\s*([0-9]{1,3})\s*(?:days?|x|times)?\s*(?:(?:a|per|/)\s*week)?\s*", re.IGNORECASE | re.ASCII
)
_WEEKS = re.compile(r"\s*([0-9]{1,3})\s*(?:weeks?)?\s*", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"\s*([0-9]{1,3})\s*", re.ASCII)
_FOR = re.compile(r"\s*([0-9]{1,3})\s*(?:days?)?\s*", re.IGNORECASE | re.ASCII)
_DAYS_EXPECTED: Final = "days a week such as 3, daily, or {days: 2, apart: 2}"

_LETTERS: Final = 3
_NAMES: Final = dict(
    zip(Weekday, ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), strict=True)
)

phase_name = values.choice(PhaseName)


def days(raw: Data) -> int:
    """Parse days a week: ``3``, ``3 days a week`` or ``daily``."""
    if isinstance(raw, str) and raw.strip().casefold() in {"daily", "every day"}:
        return WEEK
    return _count(raw, _DAYS, 1, WEEK, _DAYS_EXPECTED)


def apart(raw: Data) -> int:
    """Parse the least number of days between sessions."""
    return _count(raw, _FOR, 1, WEEK, "1 for any day, 2 for never two days in a row, at most 7")


def weekday(raw: Data) -> Weekday:
    """Parse a day of the week, in full or shortened to three letters or more."""
    spelt = raw.strip().casefold() if isinstance(raw, str) else ""
    found = [day for day, name in _NAMES.items() if len(spelt) >= _LETTERS and name.startswith(spelt)]
    if found:
        return found[0]
    near = nearest(spelt, [*(day.short for day in Weekday), *_NAMES.values()])
    expected = f"did you mean '{near[:3]}'?" if near else f"one of {', '.join(day.short for day in Weekday)}"
    raise wrong(f"{show(raw)} is not a day of the week", expected)


def weekdays(raw: Data) -> tuple[Weekday, ...]:
    """Parse days of the week, a list or text such as ``mon, thu``, into the order of the week."""
    items = items_of(raw)
    if not items:
        raise wrong(f"{show(raw)} does not name days of the week", "a list such as [mon, thu]")
    if len(items) > WEEK:
        raise wrong(f"{len(items)} days of the week", f"at most {WEEK}")
    return tuple(sorted(set(collect(items, weekday))))


def activity(routine: str, raw: Data) -> Activity:
    """Parse how many days, and which, a routine is done on."""
    if not isinstance(raw, dict):
        return Activity(routine=routine, days=days(raw))
    more: dict[str, values.Parser] = {
        "days": days,
        "apart": apart,
        "on": weekdays,
        "or": values.names,
        "times": day_words.times,
        "at": day_words.clocks,
        "every": day_words.every,
        "from": day_words.clock,
        "to": day_words.clock,
    }
    read = group(raw, {} if "on" in raw else {"days": days}, more)
    on, gap = read.get("on", ()), read.get("apart", 1)
    count = read.get("days", len(on))
    if on and count != len(on):
        said = f"{format_count(count, 'day')}, and {len(on)} named"
        raise wrong(said, "as many as 'days' says, or no 'days'")
    if count * gap > WEEK:
        most = format_count(WEEK // gap, "day")
        raise wrong(f"{count} days a week cannot all be {gap} days apart", f"at most {most}, or less apart")
    if on and any(distance < gap for distance in distances(on)):
        named = ", ".join(day.short for day in on)
        raise wrong(f"{named} are not all {gap} days apart", "other days, or less apart")
    at = _times_of_day(read)
    return Activity(
        routine=routine,
        days=count,
        apart=gap,
        on=on,
        others=read.get("or", ()),
        times=read.get("times", max(1, len(at))),
        at=at,
    )


def _times_of_day(read: Mapping[str, Any]) -> tuple[time, ...]:
    """Return the times of day in the keys of an activity; none to spread them."""
    hours = {name: read[key] for key, name in (("from", "first"), ("to", "last")) if key in read}
    if hours and "every" not in read:
        raise wrong("'from' and 'to' say when, and not how often", "'every: 2h' beside them")
    at: tuple[time, ...] = day_words.spaced(read["every"], **hours) if "every" in read else read.get("at", ())
    if at and read.get("times", len(at)) != len(at):
        said = f"{format_count(read['times'], 'time')} a day, and {format_count(len(at), 'time of day')}"
        raise wrong(said.replace("time of days", "times of day"), "as many as 'times' says, or no 'times'")
    return at


def distances(on: tuple[Weekday, ...]) -> list[int]:
    """Return the number of days from each day to the next one, and from the last to the first."""
    ahead = [(later - earlier) % WEEK for earlier, later in itertools.pairwise((*on, on[0]))]
    return [distance or WEEK for distance in ahead]


def activities(raw: Data) -> tuple[Activity, ...]:
    """Parse routines by name, each with its days."""
    if not isinstance(raw, dict) or not raw:
        raise wrong(
            f"{show(raw)} is no set of routines with their days", "lines such as 'core: 3 days a week'"
        )
    if len(raw) > MAX_ACTIVITIES:
        raise wrong(f"{len(raw)} routines in a phase", f"at most {MAX_ACTIVITIES}")
    found = collect((((name,), name) for name in raw), lambda name: activity(str(name), raw[str(name)]))
    named = [name for each in found for name in each.routines]
    if twice := next((name for name in named if named.count(name) > 1), ""):
        raise wrong(f"'{twice}' is here twice", "each routine once, with its days or after 'or'")
    return tuple(found)


def gate(raw: Data) -> Gate:
    """Parse the conditions for proposing the next phase."""
    if not isinstance(raw, dict) or not raw:
        raise wrong(f"{show(raw)} is not a gate", "lines such as 'after: 2 weeks' or 'pain: 4'")
    read = group(raw, {}, {"after": _weeks, "pain": _pain, "for": _for, "leg": _leg, "reached": _reached})
    if "for" in read and not {"pain", "leg"} & read.keys():
        raise wrong("'for' says for how many days, and not what", "'pain: 4' or 'leg: steady' beside it")
    routine, successes = read.get("reached", ("", 0))
    return Gate(
        weeks=read.get("after", 0),
        pain=read.get("pain"),
        pain_days=read.get("for", 1),
        leg_steady=read.get("leg", False),
        routine=routine,
        successes=successes,
    )


def _reached(raw: Data) -> tuple[str, int]:
    if not isinstance(raw, dict) or len(raw) != 1:
        raise wrong(
            f"{show(raw)} does not say what was reached", "a routine and how often, such as 'core: 2'"
        )
    [(routine, times)] = raw.items()
    return routine, _count(times, _FOR, 1, 10, "sessions in a row, from 1 to 10")


def _weeks(raw: Data) -> int:
    return _count(raw, _WEEKS, 1, MAX_WEEKS, f"weeks such as '2 weeks', at most {MAX_WEEKS}")


def _pain(raw: Data) -> int:
    return _count(raw, _NUMBER, 0, MAX_PAIN, f"pain from 0 to {MAX_PAIN}")


def _for(raw: Data) -> int:
    return _count(raw, _FOR, 1, 4 * WEEK, "days such as '3 days', at most 28")


def _leg(raw: Data) -> bool:
    if raw != "steady":
        raise wrong(f"{show(raw)} is not known here", "steady, or leave the line out")
    return True


def _count(raw: Data, pattern: re.Pattern[str], least: int, most: int, expected: str) -> int:
    if isinstance(raw, str) and (match := pattern.fullmatch(raw)):
        raw = int(match[1])
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
        raise wrong(f"{show(raw)} does not fit here", expected)
    return raw


def _phases(raw: Data) -> list[Data]:
    if not isinstance(raw, list) or not raw:
        raise wrong(f"{show(raw)} is not a list of phases", "at least one, beginning with '- name: calm'")
    if len(raw) > MAX_ITEMS:
        raise wrong(f"{len(raw)} phases", f"at most one of each: {', '.join(PhaseName)}")
    return raw


@shapes.shape
class ProgrammeShape(shapes.InstructionsShape):
    """A programme."""

    name: str = shapes.needed(values.name, default="")
    about: str = shapes.key(values.plain_text, default="")
    region: Region | None = shapes.key(values.region, "what it is for, such as knee")
    sore: str = shapes.key(
        values.name, "the routine for the days of a flare; without it one rests", default=""
    )
    phases: list[Data] | None = shapes.needed(_phases, default=None)


@shapes.shape
class PhaseShape(shapes.Shape):
    """A phase of a programme."""

    name: PhaseName | None = shapes.needed(phase_name, default=None)
    about: str = shapes.key(values.plain_text, default="")
    routines: tuple[Activity, ...] | None = shapes.needed(activities, default=None)
    next: Gate | None = shapes.key(gate, "when the next phase is proposed")


def read_programme(source: bytes, path: Path, ident: str, routines: Collection[str]) -> Programme:
    """Read a programme from the text of a file; ``routines`` are the names of all routines.

    Raises RoutineError with every problem in it.
    """
    document = parse(source, path)
    found, bad = shapes.check(ProgrammeShape, document.data, document, ())
    if found is None:
        raise document.error()
    asked = found.together(ident, bad, document)
    phases: list[ProgrammePhase] = []
    if found.sore:
        check_routine(found.sore, ("sore",), routines, document)
    for index, raw in enumerate(found.phases or ()):
        if phase := _phase(raw, ("phases", index), routines, document):
            _check_order(phase, phases, ("phases", index, "name"), document)
            phases.append(phase)
    if document.problems:
        raise document.error()
    return Programme(
        id=ident,
        name=found.name,
        about=found.about,
        region=found.region,
        sore=found.sore,
        phases=tuple(phases),
        instructions=asked,
        path=path,
    )


def _phase(raw: Data, at: At, routines: Collection[str], document: Document) -> ProgrammePhase | None:
    found, _ = shapes.check(PhaseShape, raw, document, at)
    if found is None or not isinstance(raw, dict):
        return None
    # Uses the written data, so that a name is looked up even when something else about it is wrong.
    named = raw.get("routines")
    for name, how in named.items() if isinstance(named, dict) else ():
        check_routine(name, (*at, "routines", name), routines, document)
        for where, other in _others(how):
            check_routine(other, (*at, "routines", name, *where), routines, document)
    if found.next and found.next.routine and isinstance(named, dict):
        check_routine(found.next.routine, (*at, "next", "reached", found.next.routine), named, document)
    if found.name is None:
        return None
    return ProgrammePhase(
        name=found.name, about=found.about, activities=found.routines or (), gate=found.next
    )


def _others(raw: Data) -> Iterator[tuple[At, str]]:
    """Yield the names after 'or', each with its place, as far as they are names."""
    others = raw.get("or") if isinstance(raw, dict) else None
    for index, other in enumerate(others if isinstance(others, list) else [others]):
        if isinstance(other, str):
            yield ("or", index) if isinstance(others, list) else ("or",), other


def check_routine(name: str, at: At, routines: Collection[str], document: Document) -> None:
    """Note a problem when no routine has this name; ``at`` is the place of a key or value."""
    if name in routines:
        return
    wrong = f"no routine is called {show(name)} here"
    document.complain(at, wrong, values.meant(name, routines), key=at[-1] == name)


def _check_order(phase: ProgrammePhase, before: list[ProgrammePhase], at: At, document: Document) -> None:
    if any(each.name is phase.name for each in before):
        document.complain(at, f"'{phase.name}' is here twice", "each phase once")
    elif before and before[-1].name.number > phase.name.number:
        document.complain(
            at, f"'{phase.name}' comes after '{before[-1].name}'", f"the order {', '.join(PhaseName)}"
        )
