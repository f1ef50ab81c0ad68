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

_FRACTIONS: Final = {
    "\N{VULGAR FRACTION ONE QUARTER}": 0.25,
    "\N{VULGAR FRACTION ONE HALF}": 0.5,
    "\N{VULGAR FRACTION THREE QUARTERS}": 0.75,
}
_SIGN: Final = f"[{''.join(_FRACTIONS)}]"
_NUMBER: Final = rf"(?:(?:\d+\ +)?\d+/[1-9]\d*|\d+(?:\.\d+|,\d{{1,2}}(?!\d))?\ *{_SIGN}?|{_SIGN})"
"""A number as people write it: 2, 2.5, 2,5, 1/2, 1 1/2 or the sign for a half."""
_DURATION = re.compile(
    rf"""\s*
    (?:(?P<h>{_NUMBER})\s*(?:h|hours?|hrs?)(?![a-z])\.?)?\s*
    (?:(?P<m>{_NUMBER})\s*(?:(?:m|mins?|minutes?)(?![a-z])\.?|['\u2019\u2032](?!['\u2019])))?\s*
    (?:(?P<s>{_NUMBER})\s*(?:(?:s|secs?|seconds?)(?![a-z])\.?|["\u201d\u2033]|''|\u2019\u2019))?
    \s*""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


_CLOCK = re.compile(
    r"\s*(?:(\d+):(?=\d\d:))?(\d*):([0-5]\d)\s*(?:mins?|minutes?)?\.?\s*", re.ASCII | re.IGNORECASE
)
_NEXT_UNIT = re.compile(
    r"(?<=\d)\s*(?:(h|hours?|hrs?)|m|mins?|minutes?|['\u2019\u2032])\.?\s*([0-5]\d)\s*$",
    re.ASCII | re.IGNORECASE,
)
"""Two digits after hours or minutes, without a unit of their own."""
_ONES: Final = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS: Final = {word: str(number) for number, word in enumerate(_ONES.split())} | {
    "fifteen": "15",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "forty-five": "45",
    "sixty": "60",
    "ninety": "90",
    "half a": "1/2",
    "and a half": "1/2",
    "a": "1",
}
_WORD: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(set(_WORDS) - {'a'}, key=len, reverse=True))}|a(?=\s+(?:minute|second)\b))\b",
    re.IGNORECASE,
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

    Numbers may be ``"2,5"``, ``"1/2"`` and ``"half a"``, and units ``"secs."`` or those of a stopwatch,
    ``1'30"``. After a unit the next one may be left out: ``"1 min 30"``. A bare number, in digits, is
    multiplied by ``unit``. Raises ValueError for anything else, for negative times and for NaN or infinity.
    """
    if isinstance(text, bool):
        raise ValueError(f"not a time: {text}")  # noqa: TRY004 - one kind of error for every bad time
    if isinstance(text, (int, float)):
        if not math.isfinite(text) or text < 0:
            raise ValueError(f"not a time: {text}")
        return float(text) * unit
    if len(text) > _LONGEST_TIME:
        raise ValueError(f"not a time: {text[:_LONGEST_TIME]!r}")
    written = text = " ".join(text.split())
    text = _NEXT_UNIT.sub(lambda found: f"{found[0].strip()}{'m' if found[1] else 's'}", digits(text))
    if re.fullmatch(rf"\s*{_NUMBER}\s*", text, re.ASCII):
        if written != text:
            raise ValueError(f"not a time: {written!r}")
        return _number(text) * unit
    if clock := _CLOCK.fullmatch(text):
        return 3600.0 * int(clock[1] or 0) + 60 * int(clock[2] or 0) + int(clock[3])
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(f"not a time: {text!r}")
    hours, minutes, secs = (_number(part) if part else 0.0 for part in match.groups())
    return hours * 3600 + minutes * 60 + secs


def digits(text: str) -> str:
    """Return ``text`` with small numbers in words (``"ten"``, ``"half a minute"``) as digits."""
    return _WORD.sub(lambda found: _WORDS[found[0].casefold()], text)


def _number(text: str) -> float:
    """Return the number in ``text``, which is one as in :data:`_NUMBER`."""
    whole, fraction = text.strip().replace(",", "."), 0.0
    if whole[-1] in _FRACTIONS:
        whole, fraction = whole[:-1].strip(), _FRACTIONS[whole[-1]]
    elif "/" in whole:
        whole, _, broken = whole.rpartition(" ")
        above, below = broken.split("/")
        fraction = int(above) / int(below)
    return float(whole or 0) + fraction


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


def timestamp(frame: int) -> str:
    """Return a place in a sound file as captions and chapters have it: ``00:01:02.345``."""
    whole, thousandths = divmod(frame * 1000 // RATE, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


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
