"""Parses values of any sort in a file: texts, times, numbers, switches, choices, lists and groups of keys.

Each parser returns the value or raises Mistakes, and knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from voicecoach.errors import MISSPELT, nearest
from voicecoach.routine.files import placeholders
from voicecoach.routine.files.dose_words import check_seconds
from voicecoach.routine.files.located_yaml import At, Data, Mistake, Mistakes, show, wrong
from voicecoach.routine.files.placeholders import IN_TEXT
from voicecoach.routine.region import Region
from voicecoach.text import clean
from voicecoach.units import parse_duration

E = TypeVar("E", bound=StrEnum)

NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})
"""No keys that belong elsewhere."""
MAX_TEXT: Final = 500
MAX_RAW: Final = 10 * MAX_TEXT
"""The most characters, before invisible ones are removed."""
MAX_NAME: Final = 60
MAX_STEPS: Final = 300

SWITCHES: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_TIME_EXPECTED: Final = "a time such as 10s, 1m30s or 2 min"


def text(raw: Data, *, what: str = "text", longest: int = MAX_TEXT) -> str:
    """Parse a text in which ``{side}`` and ``{other}`` may stand for left and right.

    ``what`` it is called in an error, and how many characters it may have.
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        raw = show(raw)
    if not isinstance(raw, str):
        raise wrong(
            f"{show(raw)} is not a text", "one text, in quotes if it holds ': ' or begins with '{' or '['"
        )
    cleaned = clean(raw) if len(raw) <= MAX_RAW else raw
    if len(cleaned) > longest:
        raise wrong(
            f"the {what} {show(cleaned)} has {len(cleaned)} characters", f"a {what} has at most {longest}"
        )
    if not cleaned:
        raise wrong(f"the {what} is empty", "at least one word, or leave the key out")
    if not any(char.isalnum() for char in cleaned):
        raise wrong(f"the {what} {show(cleaned)} has nothing that can be said", "at least one word")
    rest = IN_TEXT.sub("", cleaned)
    if brace := re.search(r"\{[^{}]*\}?|\}", rest):
        if brace[0][1:-1] in placeholders.AFFECTED | placeholders.UNAFFECTED:
            raise wrong(f"'{brace[0]}' is known only in a routine", "{side} or {other}")
        raise wrong(f"{show(brace[0])} stands for nothing", "only {side} and {other} can be filled in")
    return cleaned


def plain_text(raw: Data, *, what: str = "text", longest: int = MAX_TEXT) -> str:
    """A text without ``{side}`` and ``{other}``."""
    cleaned = text(raw, what=what, longest=longest)
    if found := IN_TEXT.search(cleaned):
        raise wrong(f"'{found[0]}' has no side here", "left and right exist only inside an exercise")
    return cleaned


def name(raw: Data) -> str:
    """A short text without placeholders."""
    return plain_text(raw, what="name", longest=MAX_NAME)


def texts(raw: Data) -> tuple[str, ...]:
    """One text or a list of texts."""
    return many(text, "a text or a list of texts")(raw if isinstance(raw, list) else [raw])


def names(raw: Data) -> tuple[str, ...]:
    """One name or a list of names."""
    return many(name, "a name or a list of names")(raw if isinstance(raw, list) else [raw])


def seconds(raw: Data) -> float:
    """A time in seconds, 0 included, at most an hour."""
    if isinstance(raw, (bool, list, dict)) or raw is None or (isinstance(raw, str) and len(raw) > MAX_NAME):
        raise wrong(f"{show(raw)} is not a time", _TIME_EXPECTED)
    below_zero = raw.strip().startswith("-") if isinstance(raw, str) else raw < 0
    try:
        parsed = parse_duration(raw)
    except ValueError:
        why = "is less than no time" if below_zero else "is not a time"
        raise wrong(f"{show(raw)} {why}", _TIME_EXPECTED) from None
    return check_seconds(parsed)


def some_seconds(raw: Data) -> float:
    """A time in seconds, more than 0."""
    parsed = seconds(raw)
    if parsed == 0:
        raise wrong(f"{show(raw)} is no time at all", f"{_TIME_EXPECTED}; 'off: true' leaves a step out")
    return parsed


def whole(raw: Data) -> int:
    """Parse a whole number of any size."""
    if isinstance(raw, str) and re.fullmatch(r"\s*-?\d{1,9}\s*", raw, re.ASCII):
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise wrong(f"{show(raw)} is not a whole number", "a number such as 3")
    return raw


def repeats(raw: Data) -> int:
    """Parse how often a group of steps is done."""
    if isinstance(raw, str) and "mom" in raw.casefold():
        raise wrong(
            f"{show(raw)} is not a number of rounds", "a number, and 'every: 2m' for a round each 2 minutes"
        )
    count = whole(raw)
    if not 1 <= count <= MAX_ITEMS:
        raise wrong(f"{count} times", f"'repeat' takes a number from 1 to {MAX_ITEMS}")
    return count


def switch(raw: Data) -> bool:
    """Parse a boolean, or text for one, as a command line gives only text."""
    if isinstance(raw, str):
        raw = SWITCHES.get(raw.casefold(), raw)
    if not isinstance(raw, bool):
        raise wrong(f"{show(raw)} is neither true nor false", "true or false")
    return raw


def choice(values: Iterable[E]) -> Callable[[Data], E]:
    """Make a parser for one of ``values``, spelt with spaces, hyphens or underscores."""
    known = {str(value): value for value in values}

    def parse(raw: Data) -> E:
        spelt = show(raw).strip("'").casefold().replace("-", "_").replace(" ", "_")
        if isinstance(raw, str) and spelt in known:
            return known[spelt]
        switched = _SWITCHED.get(spelt, "")
        near = meant(spelt if isinstance(raw, str) else "", known)
        remedy = f"did you mean '{switched}'?" if switched in known else near
        raise wrong(f"{show(raw)} is not known here", remedy)

    return parse


_SWITCHED: Final = {
    **dict.fromkeys(("no", "none", "never", "false"), "off"),
    **dict.fromkeys(("yes", "always", "true"), "on"),
}
"""What a word means where one of a few is expected, and on or off is among them."""


region = choice(Region)


def programme_phases(raw: Data) -> tuple[int, ...]:
    """Parse one or several of the phases 1 to 4: ``2`` or ``1-4``."""
    if match := re.fullmatch(r"\s*([1-4])(?:\s*[-\u2013]\s*([1-4]))?\s*", show(raw).strip("'"), re.ASCII):
        first, last = int(match[1]), int(match[2] or match[1])
        if first <= last:
            return tuple(range(first, last + 1))
    raise wrong(f"{show(raw)} is not a phase", "a number from 1 (calm) to 4 (maintain), or two such as 2-4")


def wait(raw: Data) -> tuple[str, float | None]:
    """Parse what to wait for and the longest wait; None stands for the model's own limit."""
    if not isinstance(raw, dict):
        return plain_text(raw), None
    read = group(raw, {"for": plain_text}, {"limit": some_seconds})
    return read["for"], read.get("limit")


def steps(raw: Data) -> list[Data]:
    """Parse a list of steps, each still as written."""
    if isinstance(raw, list) and len(raw) > MAX_STEPS:
        raise wrong(f"{len(raw)} steps", f"at most {MAX_STEPS}")
    if raw == []:
        raise wrong("there are no steps", "at least one, such as '- bird_dog'")
    if not isinstance(raw, list):
        raise wrong(f"{show(raw)} is not a list of steps", "lines that begin with '- ', such as '- bird_dog'")
    return raw


Parser = Callable[[Data], Any]
T = TypeVar("T")

MAX_ITEMS: Final = 30


def many(parse: Callable[[Data], T], expected: str) -> Callable[[Data], tuple[T, ...]]:
    """Make a parser for lists of values that ``parse`` takes; it raises the mistakes of all items at once."""

    def parse_all(raw: Data) -> tuple[T, ...]:
        if not isinstance(raw, list):
            raise wrong(f"{show(raw)} is not a list", expected)
        if len(raw) > MAX_ITEMS:
            raise wrong(f"the list has {len(raw)} items", f"at most {MAX_ITEMS}")
        return tuple(collect((((index,), item) for index, item in enumerate(raw)), parse))

    return parse_all


def items_of(raw: Data) -> list[tuple[At, Data]]:
    """Return the items of a list, or the words of a text such as ``mon, thu``, each with its place there."""
    if isinstance(raw, str):
        return [((), word) for word in raw.replace(",", " ").split()]
    return [((index,), item) for index, item in enumerate(raw)] if isinstance(raw, list) else []


def collect(items: Iterable[tuple[At, Data]], parse: Callable[[Data], T]) -> list[T]:
    """Parse each ``(at, raw)`` of ``items``, or raise all their mistakes."""
    values: list[T] = []
    mistakes: list[Mistake] = []
    for at, raw in items:
        try:
            values.append(parse(raw))
        except Mistakes as found:
            mistakes += [each.inside(*at) for each in found.mistakes]
    if mistakes:
        raise Mistakes(*mistakes)
    return values


def group(
    raw: dict[str, Data],
    needed: dict[str, Parser],
    more: dict[str, Parser],
    elsewhere: Mapping[str, str] = NOWHERE,
) -> dict[str, Any]:
    """Parse a small group of keys; ``elsewhere`` as in :func:`read_keys`. Raises all its mistakes at once."""
    read, mistakes = read_keys(raw, needed, more, elsewhere)
    if mistakes:
        raise Mistakes(*mistakes)
    return read


def read_keys(
    raw: dict[str, Data],
    needed: dict[str, Parser],
    more: dict[str, Parser],
    elsewhere: Mapping[str, str] = NOWHERE,
) -> tuple[dict[str, Any], list[Mistake]]:
    """Parse a group of keys; return the values of those that are right, and all mistakes.

    ``elsewhere`` has the keys that do not belong to this group, each with where it is to be written.
    """
    known = needed | more
    mistakes = [Mistake(f"'{key}' is missing", f"a line '{key}: …'") for key in needed if key not in raw]
    mistakes += [
        Mistake(*(_CUT if _is_cut(key, raw[key]) else unknown_key(key, known, elsewhere)), (key,), key=True)
        for key in raw
        if key not in known
    ]
    read: dict[str, Any] = {}
    for key in (each for each in raw if each in known):
        try:
            read[key] = known[key](raw[key])
        except Mistakes as found:
            mistakes += [each.inside(key) for each in found.mistakes]
    return read, mistakes


_CUT: Final = ("a text ends at a comma here", "a comma inside brackets? put the sentence in quotes")


def _is_cut(key: str, value: Data) -> bool:
    """Tell whether what stands as a key is the rest of a sentence that a comma in braces cut in two."""
    return value is None and " " in key


_MEANT_BY: Final = {
    **dict.fromkeys(("time", "seconds", "length"), "duration"),
    **dict.fromkeys(("weight", "resistance"), "load"),
    **dict.fromkeys(("repetitions", "times"), "reps"),
}
_TALK: Final = (
    "how much is said is chosen for a session: 'voicecoach play --talk cues', or 'talk' in the settings"
)
"""What takes the place of a key for counting."""


_MOST_LISTED: Final = 20
"""The most keys that a message lists. [own choice]"""
_ALL_KEYS: Final = "the keys that 'voicecoach help routine-format' explains"


def unknown_key(key: str, known: Collection[str], elsewhere: Mapping[str, str] = NOWHERE) -> tuple[str, str]:
    """Return the mistake and the remedy for an unknown key, or one that belongs ``elsewhere``."""
    if place := elsewhere.get(key):
        near = nearest(key, known, MISSPELT)
        other = f", or '{near}' if that is meant" if near else ""
        return f"{show(key)} does not belong here", f"write it {place}{other}"
    spelt = key.casefold()
    if spelt in {"count", "counting"} and ("steps" in known or "cues" in known):
        return f"unknown key {show(key)}", _TALK
    other = _MEANT_BY.get(spelt, "")
    otherwise = _ALL_KEYS if len(known) > _MOST_LISTED else ""
    return f"unknown key {show(key)}", (
        f"did you mean '{other}'?" if other in known else meant(key, known, otherwise)
    )


def meant(name: str, known: Collection[str], otherwise: str = "") -> str:
    """Return what to write in place of an unknown name: the nearest one, else ``otherwise`` or any known."""
    near = nearest(name, known)
    return f"did you mean '{near}'?" if near else otherwise or f"one of {', '.join(known)}"
