"""Parsers of lists and small groups, made from parsers of what is in them; all mistakes come together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, TypeVar

from voicecoach.errors import nearest
from voicecoach.routine.mistakes import At, Data, Mistake, Mistakes, show, wrong

Parser = Callable[[Data], Any]
T = TypeVar("T")

MAX_ITEMS: Final = 30


def many(parse: Callable[[Data], T], expected: str) -> Callable[[Data], tuple[T, ...]]:
    """A parser of lists of what ``parse`` takes; the mistakes of every item come together."""

    def parse_all(raw: Data) -> tuple[T, ...]:
        if not isinstance(raw, list):
            raise wrong(f"{show(raw)} is not a list", expected)
        if len(raw) > MAX_ITEMS:
            raise wrong(f"the list has {len(raw)} items", f"at most {MAX_ITEMS}")
        return tuple(collect((((index,), item) for index, item in enumerate(raw)), parse))

    return parse_all


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


def group(raw: dict[str, Data], needed: dict[str, Parser], more: dict[str, Parser]) -> dict[str, Any]:
    """The values of a small group of keys, or all the mistakes in it."""
    known = needed | more
    mistakes = [Mistake(f"'{key}' is missing", f"a line '{key}: …'") for key in needed if key not in raw]
    mistakes += [Mistake(*unknown_key(key, known), (key,), key=True) for key in raw if key not in known]
    read: dict[str, Any] = {}
    for key in (each for each in raw if each in known):
        try:
            read |= {key: known[key](raw[key])}
        except Mistakes as found:
            mistakes += [each.inside(key) for each in found.mistakes]
    if mistakes:
        raise Mistakes(*mistakes)
    return read


def unknown_key(key: str, known: Collection[str]) -> tuple[str, str]:
    """What to say about a key that means nothing here."""
    near = nearest(key, known)
    return f"unknown key {show(key)}", f"did you mean '{near}'?" if near else f"one of {', '.join(known)}"
