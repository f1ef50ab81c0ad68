"""Days as a person types them, and as they are printed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from voicecoach.errors import UsageError
from voicecoach.language.dates import MONTHS, parts_of
from voicecoach.units import digits

EXPECTED: Final = "a day is written as 2026-09-14, or 'today' or 'yesterday'"
"""For the end of a sentence that refuses one."""

SINCE: Final = "say since when as 2026-09-14, '14 September', '3 weeks' or '10 days'"
"""The same for a day since when something is told."""
_DAYS_OF: Final = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_AGO = re.compile(
    r"(?:last |past )?(?P<count>\d{1,4}|a)? ?"
    rf"(?P<unit>{'|'.join(_DAYS_OF)})s?(?: ago)?",
    re.ASCII,
)
_OF_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.? )?(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
    r"(?: (?P<after>\d{1,2}))?(?:,? (?P<year>\d{4}))?",
    re.ASCII,
)


def day_called(text: str, today: date, expected: str = EXPECTED) -> date:
    """The day that ``text`` means; ``expected`` ends the sentence that refuses one. Raises UsageError."""
    word = text.strip().lower()
    if word in {"today", "yesterday"}:
        return today - timedelta(word == "yesterday")
    if parts := parts_of(word):
        try:
            return date(*parts)
        except ValueError:
            raise UsageError(f"There is no such day as {word}: {expected}.") from None
    raise UsageError(f"'{text}' is not a day: {expected}.")


def since_called(text: str, today: date) -> date:
    """The day that ``text`` means, or the one that is so long ago: "3 weeks", "10 days ago", "2 Nov".

    A day that is still to come is refused. Raises UsageError.
    """
    words = " ".join(text.lower().split())
    if found := _AGO.fullmatch(digits(words)):
        count = found["count"] or "a"
        days = (1 if count == "a" else int(count)) * _DAYS_OF[found["unit"]]
        return today - timedelta(days) if days < today.toordinal() else date.min
    day = _of_month(words, today) or day_called(text, today, SINCE)
    if day > today:
        raise UsageError(f"{day.isoformat()} is still to come: {SINCE}.")
    return day


def _of_month(words: str, today: date) -> date | None:
    """The last day that is called so, as "3 november", "nov 3" or "3 nov 2026"; None when none is."""
    found = _OF_MONTH.fullmatch(words)
    if found is None or (found["day"] is None) == (found["after"] is None):
        return None
    number, month = int(found["day"] or found["after"]), MONTHS.index(found["month"]) + 1
    years = [int(found["year"])] if found["year"] else [today.year, today.year - 1]
    with suppress(ValueError):
        days = [date(year, month, number) for year in years]
        return next((each for each in days if each <= today), days[0])
    return None


def ago(last: date | None, today: date) -> str:
    """When that was, in words: "never", "today", "yesterday", "3 days ago", "5 weeks ago"."""
    if last is None:
        return "never"
    days = (today - last).days
    if days <= 1:
        return "yesterday" if days == 1 else "today"
    if days < 21:
        return f"{days} days ago"
    weeks = days // 7
    return f"{weeks} weeks ago" if weeks < 100 else "long ago"
