"""Puts counts, figures, days and lengths into words (in English without phrases), and reads days."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How the English names of the months begin, by which they are recognised."""
_ISO: Final = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", re.ASCII)
_CLEAR: Final = 300
"""Days for which a date without its year cannot be taken for one of another year [own choice]."""


def parts_of(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day as in ``2026-10-05``, be there such a day or not; None for anything else."""
    found = _ISO.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def counted(count: int, what: str, say: Phrases | None = None) -> str:
    """``"1 week"``, ``"3 weeks"``; ``what`` is a key of ``counted`` in the phrases."""
    say = say or phrases.load()
    return say.part(f"counted.{what}", int(count != 1), n=_figure(f"{count:,}", say))


def short_day(day: date, say: Phrases | None = None) -> str:
    """Return a day without its year: ``"14 Sep"``."""
    return _dated("day", day, say)


def past_day(day: date, today: date, say: Phrases | None = None) -> str:
    """``"14 Sep"``, or ``"14 Sep 2025"`` when that is long ago."""
    return _dated("day" if (today - day).days < _CLEAR else "day_and_year", day, say)


def day_in_full(day: date, say: Phrases | None = None) -> str:
    """``"14 September 2026"``."""
    return _dated("in_full", day, say)


def with_weekday(day: date, say: Phrases | None = None) -> str:
    """``"Monday 14 September 2026"``."""
    return _dated("with_weekday", day, say)


def without_year(day: date, say: Phrases | None = None) -> str:
    """``"14 September"``."""
    return _dated("without_year", day, say)


def month(day: date, say: Phrases | None = None) -> str:
    """``"Sep 2026"``."""
    return _dated("month", day, say)


def hours(minutes: float, say: Phrases | None = None) -> str:
    """``"45 min"``, ``"5 h 12 min"``."""
    whole, rest = divmod(round(minutes), 60)
    name = "date.hours" if whole else "date.minutes"
    say = say or phrases.load()
    return say.part(name, hours=_figure(f"{whole:,}", say), minutes=str(rest))


def one(value: float | None, say: Phrases | None = None) -> str:
    """Return a mean with one decimal, or a dash for None."""
    return "-" if value is None else _figure(f"{value:.1f}", say or phrases.load())


def _figure(text: str, say: Phrases) -> str:
    """Return ``text`` with the comma and the point that the language writes."""
    return text.translate({ord(","): say.part("numbers.group"), ord("."): say.part("numbers.point")})


def _dated(order: str, day: date, say: Phrases | None) -> str:
    say = say or phrases.load()
    return say.part(
        f"date.{order}",
        day=str(day.day),
        month=say.part("date.months", day.month - 1),
        weekday=say.part("date.weekdays", day.weekday()),
        short_month=say.part("date.short_months", day.month - 1),
        year=str(day.year),
    )
