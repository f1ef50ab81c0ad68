"""Sorts of values that a setting can have: how each is read, checked and written."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from voicecoach.routine.files.located_yaml import Data, show, wrong
from voicecoach.routine.files.values import choice, switch
from voicecoach.units import parse_duration


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of values: how one is read, what is expected, and how one is written."""

    parse: Callable[[Data], Any]
    """From a value of the file, or from what was typed, to the setting's; raises Mistakes."""
    expected: str
    """What it takes, for a sentence: "a whole number from 0 to 150"."""
    plain: Callable[[Any], str | float] = lambda value: value
    """From the setting's value to the one of the file."""


def whole(least: int, most: int, unit: str = "") -> Sort:
    """Whole numbers in these limits, which are included."""
    expected = ", ".join(filter(None, (f"a whole number from {least} to {most}", unit)))

    def parse(raw: Data) -> int:
        found = _number(raw)
        if found is None or found != round(found):
            raise wrong(f"{show(raw)} is not a whole number", expected)
        if not least <= found <= most:
            raise wrong(f"{show(raw)} is too {'small' if found < least else 'large'}", expected)
        return round(found)

    return Sort(parse, expected)


def number(least: float, most: float, unit: str) -> Sort:
    """Numbers in these limits, which are included."""
    expected = f"a number from {least:g} to {most:g}, {unit}"

    def parse(raw: Data) -> float:
        found = _number(raw)
        if found is None:
            raise wrong(f"{show(raw)} is not a number", expected)
        if not least <= found <= most:
            raise wrong(f"{show(raw)} is too {'small' if found < least else 'large'}", expected)
        return found

    return Sort(parse, expected, _shortest)


def seconds(most: float) -> Sort:
    """Times from none at all to ``most`` seconds."""
    expected = f"a time from 0 to {most:g} seconds"

    def parse(raw: Data) -> float:
        try:
            length = parse_duration(raw) if isinstance(raw, (str, int, float)) else math.nan
        except ValueError:
            length = math.nan
        if not 0 <= length <= most:
            raise wrong(f"{show(raw)} is not such a time", expected)
        return length

    return Sort(parse, expected, _shortest)


def one_of(values: type[StrEnum]) -> Sort:
    """One of a few words."""
    return Sort(choice(values), f"one of {', '.join(values)}", str)


def _file_or_folder(raw: Data) -> Path | None:
    if not isinstance(raw, str) or not (raw := raw.strip()).isprintable():
        raise wrong(f"{show(raw)} is not a file or folder", _PLACE)
    if not raw:
        return None
    try:
        path = Path(raw).expanduser()
    except RuntimeError:
        raise wrong(f"{show(raw)} is in the home of nobody", _PLACE) from None
    if not path.is_absolute():
        raise wrong(f"{show(raw)} does not say where it begins", _PLACE)
    return path


def _number(raw: Data) -> float | None:
    """A number that was written as one or typed as text; None when it is none."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return None
    try:
        number = float(raw)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _shortest(value: float) -> float:
    return round(value) if value == round(value) else value


_PLACE: Final = "a file or folder with its whole path, or '' for none"
SWITCH: Final = Sort(switch, "true or false")
PLACE: Final = Sort(_file_or_folder, _PLACE, lambda path: str(path or ""))
"""A file or folder, as a Path; None for none. Whether it is there is not looked at: disks come and go."""
