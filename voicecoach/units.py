"""Time and loads: frames and kilograms inside the program, "1m30s" and "5 lb" at its edges.

The only unit of time inside is the integer **frame** at :data:`RATE` frames a second. A frame number
is always computed from an absolute time, never by adding up rounded pieces, so nothing drifts.

A load keeps the unit in which it was written without storing it: no whole number of hundredths of a pound is
a whole number of grams times ten, so kilograms with at most two decimals were written as kilograms, and all
others as pounds.
"""

from __future__ import annotations

import math
import re
from typing import Final, NewType

Frames = NewType("Frames", int)
"""A length or position in frames; one frame is 1/48 000 s, one sample per channel."""

RATE: Final = 48_000
"""Frames a second. Every clip, segment and output stream uses it."""

_DURATION = re.compile(
    r"""\s*
    (?:(?P<h>\d+(?:\.\d+)?)\s*(?:h|hours?|hrs?))?\s*
    (?:(?P<m>\d+(?:\.\d+)?)\s*(?:m|min|mins|minutes?))?\s*
    (?:(?P<s>\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?))?
    \s*""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


_LONGEST_TIME: Final = 99
"""Characters: a number of hundreds of digits is infinite."""


def frames(seconds: float) -> Frames:
    """Return the frame nearest to ``seconds``; halves round up.

    Raises ValueError when ``seconds`` is not finite.
    """
    if not math.isfinite(seconds):
        raise ValueError(f"not a time: {seconds}")
    return Frames(math.floor(seconds * RATE + 0.5))


def seconds(length: int) -> float:
    """Return the seconds that ``length`` frames last."""
    return length / RATE


def parse_duration(text: str | float, unit: float = 1) -> float:
    """Return the seconds in ``"10s"``, ``"1m30s"``, ``"2 min"``, ``"1:30"``, ``"1h"`` or ``"1:10:00"``.

    A bare number is multiplied by ``unit``. Raises ValueError for anything else, for negative times and for
    NaN or infinity.
    """
    if isinstance(text, bool):
        raise ValueError(f"not a time: {text}")  # noqa: TRY004 - one kind of error for every bad time
    if isinstance(text, (int, float)):
        if not math.isfinite(text) or text < 0:
            raise ValueError(f"not a time: {text}")
        return float(text) * unit
    if len(text) > _LONGEST_TIME:
        raise ValueError(f"not a time: {text[:_LONGEST_TIME]!r}")
    if re.fullmatch(r"\s*\d+(\.\d+)?\s*", text, re.ASCII):
        return float(text) * unit
    if clock := re.fullmatch(r"\s*(?:(\d+):(?=\d\d:))?(\d+):([0-5]\d)\s*", text, re.ASCII):
        return 3600.0 * int(clock[1] or 0) + 60 * int(clock[2]) + int(clock[3])
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(f"not a time: {text!r}")
    hours, minutes, secs = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + secs


def whole_minutes(length: float) -> int:
    """Return ``length`` seconds as the minutes that are said and shown everywhere: at least one."""
    return max(1, round(length / 60))


def format_duration(length: float) -> str:
    """Return ``length`` seconds as people write them in a routine: ``"45s"``, ``"1m30s"``, ``"2.5s"``."""
    minutes, rest = divmod(round(length, 3), 60)
    secs = f"{rest:.3f}".rstrip("0").rstrip(".")
    if not minutes:
        return f"{secs}s"
    return f"{int(minutes)}m{secs}s" if rest else f"{int(minutes)}m"


def format_count(number: float, what: str) -> str:
    """Return a number of things in English: ``"1 minute"``, ``"2.5 minutes"``, ``"3 reps"``."""
    return f"{number:g} {what}" if number == 1 else f"{number:g} {what}s"


def format_clock(length: float) -> str:
    """Return ``length`` seconds as a clock shows them, rounded down: ``"0:05"``, ``"12:30"``."""
    minutes, secs = divmod(int(length), 60)
    return f"{minutes}:{secs:02d}"


POUND: Final = 0.45359237
"""Kilograms, exactly (international yard and pound agreement, 1959)."""


def load_as_written(load: float) -> tuple[float, str]:
    """Return the number and the unit, "kg" or "lb", in which a load of so many kilograms was written."""
    return (load, "kg") if round(load, 2) == load else (round(load / POUND, 2), "lb")


def format_load(load: float) -> str:
    """Return a load of so many kilograms as it was written: ``"2.5 kg"``, ``"5 lb"``."""
    number, unit = load_as_written(load)
    return f"{number:g} {unit}"
