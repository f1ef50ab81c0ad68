"""Parses doses as people write them: ``12``, ``2 x 12``, ``3 x 10s``, ``6-4-2 x 8s``, ``8 each side``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from voicecoach.routine.files.located_yaml import show, wrong
from voicecoach.units import parse_duration

MAX_REPS: Final = 100
MAX_SETS: Final = 20
MAX_SECONDS: Final = 3600.0
MAX_LENGTH: Final = 60
"""Characters; no dose is that long."""

EXPECTED: Final = "a dose such as 12, '2 x 12', '3 x 10s', '6-4-2 x 8s', '8 each side' or 60s"
_SIDES: Final = (
    ("each", re.compile(r"(.*?)\s*(?:/|\b(?:each|per|a|every)\b)\s*(?:side|leg|arm|knee)", re.DOTALL)),
    ("each", re.compile(r"(.*?)\s*\beach", re.DOTALL)),
    ("alternate", re.compile(r"(.*?)\s*\b(?:alternating|alternately|alternate)", re.DOTALL)),
)
_TIMES = re.compile(r"\s*(?:[x\u00d7*]|\bsets?\s+of\b)\s*|\s*\btimes\b\s*(?=\d)")
_UNIT = re.compile(r"\s*\b(?:reps?|repetitions?|times|holds?)$")
_COUNT = re.compile(r"\d+", re.ASCII)
_PYRAMID = re.compile(r"\d+(?:\s*[-\u2013,]\s*\d+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class WrittenDose:
    """A dose as far as it was written.

    In ``3 x 10s`` the 3 is in ``reps``. The exercise decides what it means: three reps held 10 s or, when it
    is timed, three sets of 10 s.
    """

    reps: tuple[int, ...] | None = None
    """Reps of each set; None when only a time was given."""
    seconds: float | None = None
    """Seconds of each hold, or of each set of a timed exercise."""
    sides: str | None = None
    """``"each"`` or ``"alternate"`` when the dose says so."""


def parse_dose(raw: str) -> WrittenDose:
    """Parse a dose. Raises Mistakes."""
    if len(raw) > MAX_LENGTH:
        raise wrong(f"{show(raw)} is not a dose", EXPECTED)
    text, sides = _take_sides(raw.strip().casefold())
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
    return WrittenDose(reps, seconds, sides)


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
