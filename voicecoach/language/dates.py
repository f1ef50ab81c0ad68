"""Counts, days and lengths in words, as the screen and the report say them."""

from __future__ import annotations

from datetime import date
from typing import Final

_CLEAR: Final = 300
"""Days for which nobody takes a day without its year for one of another year [own choice]."""


def counted(count: int, what: str) -> str:
    """``"1 week"``, ``"3 weeks"``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def short_day(day: date) -> str:
    """A day without its year: ``"14 Sep"``."""
    return f"{day.day} {day:%b}"


def past_day(day: date, today: date) -> str:
    """``"14 Sep"``, or ``"14 Sep 2025"`` when that is long ago."""
    return short_day(day) if (today - day).days < _CLEAR else f"{day.day} {day:%b %Y}"


def day_in_full(day: date) -> str:
    """``"14 September 2026"``."""
    return f"{day.day} {day:%B %Y}"


def hours(minutes: float) -> str:
    """``"45 min"``, ``"5 h 12 min"``."""
    whole, rest = divmod(round(minutes), 60)
    return f"{whole:,} h {rest} min" if whole else f"{rest} min"


def one(value: float | None) -> str:
    """A mean with one decimal; a dash for none."""
    return "-" if value is None else f"{value:.1f}"
