"""Parses how often something is done: days of a week, times of a day, and both in the words of a leaflet."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from voicecoach.routine.files.located_yaml import Data, show, wrong
from voicecoach.routine.files.values import collect, items_of
from voicecoach.units import digits

MAX_TIMES: Final = 12
"""The most times a day."""
_MINUTES: Final = 60
_TIME: Final = re.compile(r"\s*([01]?\d|2[0-3])[:.]([0-5]\d)\s*", re.ASCII)
_EVERY: Final = re.compile(r"\s*(\d{1,3})\s*(h|hours?|m|min|minutes?)\s*", re.ASCII | re.IGNORECASE)
_DAY_BEGINS: Final = time(9)
_DAY_ENDS: Final = time(17)
"""A day's work, when small doses are written for every few hours and nothing else [own choice]."""
_LEAST_APART: Final = 15
"""Minutes between two times of a day."""
OFTEN: Final = {"once": 1, "twice": 2, "thrice": 3}
"""How many times a word is that is no number."""
_TIMES: Final = (
    r"(?:(?P<n>\d{1,2})(?:\s*(?:-|\u2013|to|or)\s*\d{1,2})?(?:\s*(?:x|times?))?"
    rf"|(?P<word>{'|'.join(OFTEN)}))"
)
_A: Final = r"\s*(?:a|per|each|every|/)\s*"
_CLAUSES: Final = {
    name: re.compile(form, re.ASCII)
    for name, form in {
        "daily": r"daily|every\s+day|each\s+day",
        "other": r"every\s+(?:other|second)\s+day",
        "week": rf"{_TIMES}(?:\s*days?)?{_A}week",
        "day": rf"{_TIMES}(?:{_A}day|\s*daily)",
        "days": rf"{_TIMES}(?:\s*days?)?",
        "between": r"(?:with\s+)?(?:a|1)\s+(?:free\s+)?day\s+(?:off\s+)?(?:in\s+)?between"
        r"|(?:not|never)\s+(?:on\s+)?(?:2\s+)?days\s+in\s+a\s+row|48\s*(?:h|hours)\s+apart",
        "every": r"every\s+(?P<every>\d{1,3}\s*(?:hours?|h|minutes?|min))(?P<work>\s+at\s+work)?"
        r"(?:\s+from\s+(?P<first>\d{1,2}[:.]\d\d))?(?:\s+(?:to|until)\s+(?P<last>\d{1,2}[:.]\d\d))?",
    }.items()
}
"""What a clause of a leaflet may say, in digits. Of a range the least is the goal [own choice]."""
_HOURS: Final = {"every": "every", "from": "first", "to": "last"}


def _number(word: str) -> int:
    return OFTEN.get(word) or int(word)


def times(raw: Data) -> int:
    """Parse how often something is done on a day: ``2``, ``2 times``, ``twice``."""
    if isinstance(raw, str) and (found := re.fullmatch(_TIMES, digits(raw.strip().casefold()), re.ASCII)):
        raw = _number(found["n"] or found["word"])
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= MAX_TIMES:
        raise wrong(f"{show(raw)} does not fit here", f"how many times a day, from 1 to {MAX_TIMES}")
    return raw


def clock(raw: Data) -> time:
    """A time of day: ``18:30``."""
    if isinstance(raw, str) and (match := _TIME.fullmatch(raw)):
        return time(int(match[1]), int(match[2]))
    raise wrong(f"{show(raw)} is not a time of day", "hours and minutes, such as 18:00")


def clocks(raw: Data) -> tuple[time, ...]:
    """Parse times of day, a list or text such as ``8:00, 18:00``, into their order."""
    if not 1 <= len(items := items_of(raw)) <= MAX_TIMES:
        raise wrong(f"{show(raw)} does not name times of day", "a list such as ['8:00', '18:00']")
    return tuple(sorted(set(collect(items, clock))))


def every(raw: Data) -> int:
    """Parse the minutes from one time of a day to the next: ``2h``, ``90 min``."""
    if isinstance(raw, str) and (match := _EVERY.fullmatch(raw)):
        minutes = int(match[1]) * (_MINUTES if match[2][0].casefold() == "h" else 1)
        if _LEAST_APART <= minutes < 24 * _MINUTES:
            return minutes
    raise wrong(f"{show(raw)} does not fit here", f"a time such as 2h or 90 min, at least {_LEAST_APART} min")


def spaced(minutes: int, first: time = _DAY_BEGINS, last: time = _DAY_ENDS) -> tuple[time, ...]:
    """Return the times of day from ``first`` to ``last``, so many minutes apart."""
    begin, end = (each.hour * _MINUTES + each.minute for each in (first, last))
    found = [time(*divmod(at, _MINUTES)) for at in range(begin, end + 1, minutes)]
    if not 1 <= len(found) <= MAX_TIMES:
        said = f"every {minutes} minutes from {first:%H:%M} to {last:%H:%M} is {len(found)} times"
        raise wrong(said, f"from 1 to {MAX_TIMES} times a day")
    return tuple(found)


def meant(text: str) -> dict[str, Data] | None:
    """Return what the words of a leaflet say, as the keys of an activity; None for what is not understood.

    ``3-4 a week, a day between``, ``daily, twice a day`` or ``mon, wed, fri``.
    """
    raw: dict[str, Data] = {}
    rest = []
    for part in re.split(r"[,;]|\band\b", digits(text.casefold())):
        words = part.strip()
        found = next(((what, hit) for what, form in _CLAUSES.items() if (hit := form.fullmatch(words))), None)
        if found:
            raw |= _said(*found)
        elif words:
            rest.append(words)
    if rest and "days" not in raw:
        raw["on"] = ", ".join(rest)
    elif rest or not raw:
        return None
    if not {"days", "on"} & raw.keys():
        raw["days"] = 7
    if raw.get("apart") and isinstance(days := raw.get("days"), int):
        raw["days"] = min(days, 7 // 2)
    return raw


def _said(what: str, found: re.Match[str]) -> dict[str, Data]:
    """Return the keys for one clause."""
    said = found.groupdict()
    number = _number(said.get("n") or said.get("word") or "1")
    match what:
        case "daily":
            return {"days": 7}
        case "other":
            return {"days": 3, "apart": 2}
        case "week" | "days":
            return {"days": number}
        case "day":
            return {"times": number}
        case "between":
            return {"apart": 2}
    hours: dict[str, Data] = {key: said[name] for key, name in _HOURS.items() if said[name]}
    return hours | ({"on": "mon, tue, wed, thu, fri"} if said["work"] else {})
