"""Parses doses as people write them: ``12``, ``6-4-2 x 8s``, ``8 each side``, ``2 x 8 with 2 kg``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from voicecoach.routine.files.located_yaml import show, wrong
from voicecoach.units import POUND, format_load, parse_duration

MAX_REPS: Final = 100
MAX_SETS: Final = 20
MAX_SECONDS: Final = 3600.0
MAX_LOAD: Final = 100.0
"""Kilograms; more is a slip of the finger for a sore back. [own choice]"""
MAX_LENGTH: Final = 60
"""Characters; no dose is that long."""

EXPECTED: Final = (
    "a dose such as 12, '2 x 12', '3 x 10s', '6-4-2 x 8s', '8 each side', '2 x 8 with 2 kg' or 60s"
)
LOAD_EXPECTED: Final = "a load with its unit, such as 2 kg or 5 lb"
_SIDES: Final = (
    ("each", re.compile(r"(.*?)\s*(?:/|\b(?:each|per|a|every)\b)\s*(?:side|leg|arm|knee)", re.DOTALL)),
    ("each", re.compile(r"(.*?)\s*\beach", re.DOTALL)),
    ("alternate", re.compile(r"(.*?)\s*\b(?:alternating|alternately|alternate)", re.DOTALL)),
)
_TIMES = re.compile(r"\s*(?:[x\u00d7*]|\bsets?\s+of\b)\s*|\s*\btimes\b\s*(?=\d)")
_UNIT = re.compile(r"\s*\b(?:reps?|repetitions?|times|holds?)$")
_WITH = re.compile(r"\s*\bwith\b(?P<load>\s*[-+]?[\d.,]*\s*[^\W\d]*)")
_LOAD = re.compile(r"\s*(?P<number>[-+]?\d+(?:[.,]\d+)?)\s*(?P<unit>[^\W\d]*)\s*", re.ASCII)
_KILOGRAMS: Final = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), 1.0),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), POUND),
}
"""By each unit of a load."""
_COUNT = re.compile(r"\d+", re.ASCII)
_PYRAMID = re.compile(r"\d+(?:\s*[-\u2013,]\s*\d+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class WrittenDose:
    """A dose as far as it was written.

    In ``3 x 10s`` the 3 is in ``reps``. The exercise decides what it means: three reps held 10 s or, when it
    is timed, three sets of 10 s.
    """

    reps: tuple[int, ...] | None = None
    """Reps of each set; None when only a time or a load was given."""
    seconds: float | None = None
    """Seconds of each hold, or of each set of a timed exercise."""
    sides: str | None = None
    """``"each"`` or ``"alternate"`` when the dose says so."""
    load: float | None = None
    """Kilograms; 0 for ``with 0 kg``, None when the dose says nothing of a load."""


def parse_dose(raw: str) -> WrittenDose:
    """Parse a dose. Raises Mistakes."""
    if len(raw) > MAX_LENGTH:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    text, load = _take_load(raw.strip().casefold())
    text, sides = _take_sides(text)
    if load is not None and not text:
        return WrittenDose(None, None, sides, load)
    parts = [_UNIT.sub("", part) for part in _TIMES.split(text)]
    *counts, last = parts
    seconds = _seconds(last, raw)
    if seconds is None:
        counts = parts
    rows = [_row(part, raw) for part in counts]
    match rows:
        case []:
            reps = None
        case [row]:
            reps = row
        case [(sets,), (count,)]:
            reps = (count,) * check_sets(sets)
        case _:
            raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    if reps is not None:
        check_reps(reps)
    return WrittenDose(reps, seconds, sides, load)


def parse_load(raw: str) -> float:
    """Return the kilograms in ``2 kg`` or ``5 lb``; 0 is no load. Raises Mistakes."""
    found = _LOAD.fullmatch(raw.casefold()) if len(raw) <= MAX_LENGTH else None
    if found and not found["unit"]:
        raise wrong(f"{show(raw.strip())} has no unit", LOAD_EXPECTED)
    if not found or found["unit"] not in _KILOGRAMS:
        raise wrong(f"{show(raw.strip())} is not a load", LOAD_EXPECTED)
    number = float(found["number"].replace(",", "."))
    load = number * _KILOGRAMS[found["unit"]]
    if number < 0:
        raise wrong(f"{show(raw.strip())} is less than no load", LOAD_EXPECTED)
    if load > MAX_LOAD:
        raise wrong(f"{format_load(load)} is too heavy to exercise with", f"at most {format_load(MAX_LOAD)}")
    if not ((10 * number).is_integer() or (4 * number).is_integer()):
        raise wrong(f"{show(raw.strip())} is finer than can be said", "tenths or quarters, such as 1.2 kg")
    return load


def check_sets(sets: int) -> int:
    """Return ``sets`` when a person can do that many. Raises Mistakes."""
    if sets < 1:
        raise wrong(f"{sets} sets", "at least 1 set; write 'off: true' to leave a step out")
    if sets > MAX_SETS:
        raise wrong(f"{sets} sets are too many", f"at most {MAX_SETS} sets")
    return sets


def check_reps(reps: tuple[int, ...]) -> tuple[int, ...]:
    """Return ``reps`` when a person can do that many. Raises Mistakes."""
    check_sets(len(reps))
    if min(reps) < 1:
        raise wrong(f"{min(reps)} reps", "at least 1 rep; write 'off: true' to leave a step out")
    if max(reps) > MAX_REPS:
        raise wrong(f"{max(reps)} reps are too many", f"at most {MAX_REPS} reps a set")
    return reps


def check_seconds(seconds: float) -> float:
    """Return ``seconds`` when a person can go on that long. Raises Mistakes."""
    if not seconds <= MAX_SECONDS:
        raise wrong(f"{seconds:g} seconds are too long", "at most an hour for one thing")
    return seconds


def _take_load(text: str) -> tuple[str, float | None]:
    found = _WITH.search(text)
    if found is None:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), parse_load(found["load"])


def _take_sides(text: str) -> tuple[str, str | None]:
    for sides, pattern in _SIDES:
        if match := pattern.fullmatch(text):
            return match[1].strip(), sides
    return text, None


def _seconds(text: str, raw: str) -> float | None:
    """Return the seconds in ``text``, or None when it is a count or a pyramid."""
    if _COUNT.fullmatch(text) or _PYRAMID.fullmatch(text):
        return None
    try:
        seconds = parse_duration(text)
    except ValueError:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED) from None
    if seconds == 0:
        raise wrong(f"{show(raw)} lasts no time", EXPECTED)
    return check_seconds(seconds)


def _row(text: str, raw: str) -> tuple[int, ...]:
    if _COUNT.fullmatch(text):
        return (int(text),)
    if _PYRAMID.fullmatch(text):
        return tuple(int(count) for count in re.findall(r"\d+", text))
    raise wrong(f"{show(raw)} is not a dose", EXPECTED)
