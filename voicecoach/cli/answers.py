"""Parses a person's answers about a session, from options or questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

import typer

from voicecoach import names
from voicecoach.cli import page
from voicecoach.cli.days import day_called
from voicecoach.errors import UsageError
from voicecoach.journal.records import WORST, Arm, Leg
from voicecoach.text import clean
from voicecoach.units import parse_duration

UNKNOWN: Final = "unknown"
"""The word that takes an answer back."""
LEGS: Final = tuple(leg.name.lower() for leg in Leg)
ARMS: Final = tuple(arm.name.lower().replace("_", " ") for arm in Arm)
GOOD, LOST = "good", "lost"
NONE: Final = "none"
"""The word for no exercise in particular."""

_LONGEST_NAME: Final = 100
_LONGEST_COMMENT: Final = 1000
_LONGEST: Final = 24 * 3600
_YEARS: Final = 100


def name(text: str) -> str:
    """Parse the name of a session, a few words. Raises UsageError, as all these parsers do."""
    cleaned = clean(text)
    if not cleaned:
        raise UsageError("Say what you did: a routine's name, or your own words.")
    return _short(cleaned, _LONGEST_NAME, "name")


def day(text: str, today: date) -> date:
    """A day that is not in the future, nor in another century."""
    found = day_called(text, today)
    if found > today:
        raise UsageError(f"{found.isoformat()} is still to come: you can only note what you have done.")
    if found.year < today.year - _YEARS:
        raise UsageError(f"{found.isoformat()} is more than {_YEARS} years ago. Look at the year again.")
    return found


def length(text: str) -> float:
    """Seconds; a bare number is minutes."""
    text = text.strip()
    try:
        seconds = parse_duration(text, unit=60)
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= _LONGEST:
        raise UsageError(
            f"'{text}' is not how long it took: minutes such as 25, or a time such as 1h10m or 12:30."
        )
    return seconds


def scale(text: str, what: str) -> int | None:
    """Parse a number from 0 to 10; None for an answer taken back."""
    text = text.strip().lower()
    if text == UNKNOWN:
        return None
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or int(text) > WORST:
        raise UsageError(f"'{text}' is not {what}: a whole number from 0 to {WORST}, or '{UNKNOWN}'.")
    return int(text)


def leg(text: str) -> Leg | None:
    """Parse how far down a leg; None for an answer taken back."""
    text = text.strip().lower()
    if text == UNKNOWN:
        return None
    if text not in LEGS:
        raise UsageError(f"'{text}' is not a part of the leg: {', '.join(LEGS)}, or '{UNKNOWN}'.")
    return Leg(LEGS.index(text))


def arm(text: str) -> Arm | None:
    """Parse how far down an arm; None for an answer taken back."""
    text = text.strip().lower().replace("-", " ").replace("_", " ")
    if text == UNKNOWN:
        return None
    if text not in ARMS:
        raise UsageError(f"'{text}' is not a part of the arm: {', '.join(ARMS)}, or '{UNKNOWN}'.")
    return Arm(ARMS.index(text))


def form(text: str) -> bool | None:
    """Parse whether the form was good; None for an answer taken back."""
    text = text.strip().lower()
    if text not in {GOOD, LOST, UNKNOWN}:
        raise UsageError(f"'{text}' is not how the form was: {GOOD}, {LOST}, or '{UNKNOWN}'.")
    return None if text == UNKNOWN else text == GOOD


def yes_or_no(text: str) -> bool | None:
    """Parse yes or no; None for an answer taken back."""
    text = text.strip().lower()
    if text not in {"yes", "no", UNKNOWN}:
        raise UsageError(f"'{text}' is not an answer: yes, no, or '{UNKNOWN}'.")
    return None if text == UNKNOWN else text == "yes"


def exercise(text: str, done: Mapping[str, Sequence[str]]) -> str | None:
    """Parse which exercise hurt of those ``done``, each with its names: empty for none in particular, None
    for an answer taken back.
    """
    word = text.strip().lower()
    if word in {UNKNOWN, NONE}:
        return None if word == UNKNOWN else ""
    found = names.candidates(text, done)
    if not found:
        known = ", ".join([*done, NONE, f"or '{UNKNOWN}'"])
        raise UsageError(f"'{clean(text)}' was not done in that session. It had: {known}.")
    if len(found) > 1:
        raise names.AmbiguousName(text, found)
    return found[0]


def comment(text: str) -> str:
    """A comment on one line; it may be empty."""
    return _short(clean(text), _LONGEST_COMMENT, "comment")


def ask(question: str, check: Callable[[str], object], default: str | None = None) -> str:
    """The answer typed in the terminal; asked again as long as ``check`` raises UsageError."""

    def read(text: str) -> str:
        try:
            check(text)
        except UsageError as error:
            raise typer.BadParameter(str(error)) from None
        return text.strip()

    return page.ask(question, read, default)


def _short(text: str, longest: int, what: str) -> str:
    if len(text) > longest:
        raise UsageError(f"The {what} has {len(text)} letters; it may have {longest}.")
    return text
