"""Reads the keys at the top of a routine in which a clinician says what to heed."""

from __future__ import annotations

import itertools
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from voicecoach.language.dates import MONTHS, parts_of
from voicecoach.routine.files import values
from voicecoach.routine.files.located_yaml import Data, Mistake, Mistakes, show, wrong
from voicecoach.routine.instructions import MAX_PAIN, MOST_PRECAUTIONS, AgreedPain
from voicecoach.units import format_count

MAX_SIGNS: Final = 6
MAX_BY: Final = 120
TOGETHER: Final = frozenset({"until", "precautions", "surgery", "written"})
"""The keys that only make sense together."""
_SPELT: Final = re.compile(r"\s*(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})\s*", re.IGNORECASE | re.ASCII)
_LATER: Final = re.compile(
    r"\s*(\d{1,3})\s*(day|week|month)s?(?:\s+(?:after|post)\s+(?:the\s+|your\s+)?(.+?))?\s*",
    re.IGNORECASE | re.ASCII,
)
_SURGERY: Final = frozenset({"surgery", "operation", "op", "replacement"})
_NO_WORSE: Final = frozenset({"no worse", "no worse than today", "no worse than before", "as before"})
_DAY_EXPECTED: Final = "a day such as 2026-10-05 or 5 October 2026"
_UNTIL_EXPECTED: Final = "a day such as 2026-12-28, or '12 weeks after surgery'"
_PAIN_EXPECTED: Final = "pain: {go: 3, slow: 5, stop: 6, morning: no worse than today}"


@dataclass(frozen=True, slots=True)
class Later:
    """So long after another day."""

    count: int
    unit: str
    """Day, week or month."""
    after: str
    """After what, as it is written; empty when it only says how long."""

    def since(self, day: date) -> date:
        """Return the day that it is, counted from ``day``."""
        if self.unit != "month":
            return day + timedelta(self.count * (7 if self.unit == "week" else 1))
        years, month = divmod(day.month - 1 + self.count, 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day(raw: Data) -> date:
    """Parse a day with its year: ``2026-10-05`` or ``5 October 2026``."""
    if isinstance(raw, str):
        if parts := parts_of(raw):
            return _day(raw, *parts)
        found = _SPELT.fullmatch(raw)
        month = found[2].casefold()[:3] if found else ""
        if found and month in MONTHS:
            return _day(raw, int(found[3]), MONTHS.index(month) + 1, int(found[1]))
    raise wrong(f"{show(raw)} is not a day", _DAY_EXPECTED)


def _day(raw: str, *parts: int) -> date:
    try:
        return date(*parts)
    except ValueError:
        raise wrong(f"there is no {show(raw)}", _DAY_EXPECTED) from None


def surgery(raw: Data) -> date | None:
    """Parse the day of the surgery; ``none`` says on paper that there was none."""
    return None if _is_none(raw) else day(raw)


def until(raw: Data) -> date | Later | None:
    """Parse the end of the precautions: a day, how long after the surgery, or ``none``."""
    if _is_none(raw):
        return None
    if isinstance(raw, str) and (found := _LATER.fullmatch(raw)):
        return Later(int(found[1]), found[2].casefold(), found[3] or "")
    try:
        return day(raw)
    except Mistakes:
        raise wrong(f"{show(raw)} is no end", _UNTIL_EXPECTED) from None


def clinician(raw: Data) -> str:
    """Parse who wrote a routine, or whom it is for."""
    return values.plain_text(raw, what="name", longest=MAX_BY)


def text(raw: Data) -> str:
    """Parse a text of their own; ``none`` says on paper that there is none."""
    return "" if _is_none(raw) else values.plain_text(raw)


def precautions(raw: Data) -> tuple[str, ...]:
    """Parse one precaution or several."""
    which = "the most important ones, as nobody keeps more in mind"
    return _sentences(MOST_PRECAUTIONS, "precaution", which)(raw)


def signs(raw: Data) -> tuple[str, ...]:
    """Parse one sign to stop at, or several."""
    return _sentences(MAX_SIGNS, "sign", "those that matter most")(raw)


def _sentences(most: int, what: str, which: str) -> Callable[[Data], tuple[str, ...]]:
    parse = values.many(_sentence, f"a {what}, or a list with a line '- …' for each")

    def parse_all(raw: Data) -> tuple[str, ...]:
        if _is_none(raw):
            return ()
        found = parse(raw if isinstance(raw, list) else [raw])
        if len(found) > most:
            raise wrong(format_count(len(found), what), f"at most {most}: {which}")
        if not found:
            raise wrong(f"there is no {what}", "at least one, or leave the key out")
        return found

    return parse_all


def _is_none(raw: Data) -> bool:
    return isinstance(raw, str) and raw.strip().casefold().rstrip(".") == "none"


def _sentence(raw: Data) -> str:
    """Parse one sentence; to YAML one with ': ' in it is a key with its value."""
    if isinstance(raw, dict) and len(raw) == 1:
        [(first, then)] = raw.items()
        if isinstance(then, str):
            raw = f"{first}: {then}"
    return values.plain_text(raw)


def pain(raw: Data) -> AgreedPain:
    """Parse the pain that is agreed."""
    if not isinstance(raw, dict) or not raw:
        raise wrong(f"{show(raw)} does not say what pain is agreed", f"a line such as '{_PAIN_EXPECTED}'")
    levels: dict[str, values.Parser] = dict.fromkeys(("go", "slow", "stop"), _level)
    found = values.group(raw, {}, levels | {"say": values.plain_text, "morning": _morning})
    said = [(name, found[name]) for name in levels if name in found]
    for (lower, least), (higher, most) in itertools.pairwise(said):
        if least > most or (higher == "stop" and least == most):
            raise wrong(f"'{lower}: {least}' and '{higher}: {most}' do not fit together", _PAIN_EXPECTED)
    return AgreedPain(**found)


def _level(raw: Data) -> int:
    spelt = raw.strip() if isinstance(raw, str) else raw
    if isinstance(spelt, str) and spelt.isdecimal():
        spelt = int(spelt)
    if isinstance(spelt, bool) or not isinstance(spelt, int) or not 0 <= spelt <= MAX_PAIN:
        raise wrong(f"{show(raw)} is no pain", f"a whole number from 0 to {MAX_PAIN}")
    return spelt


def _morning(raw: Data) -> bool:
    if isinstance(raw, str) and raw.strip().casefold().rstrip(".") in _NO_WORSE:
        return True
    raise wrong(f"{show(raw)} is not known here", "'no worse than today', or leave the line out")


def end(
    until: date | Later | None, precautions: tuple[str, ...], *, surgery: date | None, written: date | None
) -> tuple[date | None, tuple[Mistake, ...]]:
    """Return the last day of the precautions, and the mistakes that only show beside other keys.

    What counts from another day needs a line with that.
    """
    if until is not None and not precautions:
        what = "'until' says when precautions end, and there are none"
        return None, (Mistake(what, "a list 'precautions:', or no 'until'", ("until",), key=True),)
    if not isinstance(until, Later):
        return until, ()
    which = "surgery" if until.after else "written"
    since = surgery if until.after else written
    told = format_count(until.count, until.unit)
    if until.after and until.after.casefold() not in _SURGERY and since is None:
        said = f"'{told} after {until.after}' does not say which day that is"
        return None, (Mistake(said, "a day such as 'until: 2026-12-28'", ("until",)),)
    if since is None:
        said = f"'{told}{' after surgery' if until.after else ''}' needs the day from which it counts"
        return None, (Mistake(said, f"a line '{which}: 2026-10-05' beside it", ("until",)),)
    try:
        return until.since(since), ()
    except (OverflowError, ValueError):
        return None, (Mistake(f"'{told}' is too long", _UNTIL_EXPECTED, ("until",)),)
