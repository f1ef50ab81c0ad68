"""Days as a person types them, and as they are printed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from voicecoach.errors import UsageError

EXPECTED: Final = "a day is written as 2026-09-14, or 'today' or 'yesterday'"
"""For the end of a sentence that refuses one."""

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)


def day_called(text: str, today: date) -> date:
    """The day that ``text`` means. Raises UsageError."""
    word = text.strip().lower()
    if word in {"today", "yesterday"}:
        return today - timedelta(word == "yesterday")
    if _DAY.fullmatch(word):
        year, month, day = map(int, word.split("-"))
        try:
            return date(year, month, day)
        except ValueError:
            raise UsageError(f"There is no such day as {word}: {EXPECTED}.") from None
    raise UsageError(f"'{text}' is not a day: {EXPECTED}.")


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
