"""Dataclasses as the values that JSON and SQLite have, and back by the types of their fields.

A key for which there is no field is skipped: a later version may have written it. A field without its key has
its default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum, IntEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

SPARSE: Final = {"sparse": True}
"""The metadata of a field that is left out while it has its default."""

_AS_THEY_ARE: Final = {str: (str,), int: (int,), float: (float, int), bool: (bool, int)}
"""The types of values that stand for themselves; SQLite has no booleans, and JSON may write 2 for 2.0."""


def plain(value: Any) -> Any:  # noqa: ANN401 - any field of a record
    """Return ``value`` as JSON has it, by the names of its fields; a moment or a day is ISO 8601.

    An enumeration of numbers, such as ``Leg``, is a word: its name in small letters. What has a method
    ``as_plain`` says itself what it is, and its class has ``of_plain``, which reads that.
    """
    if own := getattr(value, "as_plain", None):
        return own()
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, Enum | date):
        return value.value if isinstance(value, Enum) else value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        held = {each: getattr(value, each.name) for each in fields(value)}
        kept = (each for each in held if "sparse" not in each.metadata or held[each] != each.default)
        return {each.name: plain(held[each]) for each in kept}
    return value


def read(kind: Callable[..., T], raw: Mapping[str, Any], **known: Any) -> T:  # noqa: ANN401 - any field
    """Return the record of that ``kind``, a dataclass, in ``raw``; fields that are ``known`` are not read.

    Where a field may be one of several dataclasses, the key ``type`` names its own. What is a record already
    stays as it is. Raises ValueError, TypeError or KeyError when ``raw`` makes no sense.
    """
    wanted = raw.keys() - known.keys()
    return kind(**{name: make(raw[name]) for name, make in _fields(kind) if name in wanted} | known)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    return tuple((each.name, _reader(hints[each.name])) for each in fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - any type of a field
    """Return a function from values of JSON or SQLite to ``kind``; a record in a column of SQLite is JSON."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        some = {each.__name__: _reader(each) for each in inside if each is not NoneType}
        only = next(iter(some.values())) if len(some) == 1 else None
        return lambda raw: None if raw is None else (only or some[raw["type"]])(raw)
    if origin is tuple:
        each = _reader(inside[0])
        return lambda raw: tuple(map(each, _of_json(list, raw)))
    if origin in {dict, Mapping}:
        held = _reader(inside[1])
        return lambda raw: {inside[0](key): held(raw[key]) for key in raw}
    if is_dataclass(kind) and isinstance(kind, type):
        own: Callable[[Any], Any] = getattr(kind, "of_plain", lambda raw: read(kind, _of_json(dict, raw)))
        return lambda raw: raw if isinstance(raw, kind) else own(raw)
    if types := _AS_THEY_ARE.get(kind):
        return partial(_number_or_text, kind, types)
    made: Mapping[Any, Callable[[Any], Any]] = {date: date.fromisoformat, datetime: _moment}
    return made.get(kind) or partial(_member, kind)


def _number_or_text(kind: type[Any], types: tuple[type, ...], raw: object) -> Any:  # noqa: ANN401 - as above
    try:
        return kind(raw) if isinstance(raw, types) else _refuse(kind, raw)
    except OverflowError as error:  # JSON may have a whole number of hundreds of digits where 2.0 is meant
        raise ValueError(f"no {kind.__name__} is so large") from error


def _member(kind: type[Enum], raw: object) -> Enum:
    return kind[raw.upper()] if issubclass(kind, IntEnum) and isinstance(raw, str) else kind(raw)


def _moment(raw: str) -> datetime:
    moment = datetime.fromisoformat(raw)
    return moment if moment.tzinfo else _refuse(datetime, raw)


def _of_json(kind: type[T], raw: Any) -> T:  # noqa: ANN401 - what JSON has
    found = json.loads(raw) if isinstance(raw, str) else raw
    return found if isinstance(found, kind) else _refuse(kind, raw)


def _refuse(kind: type[T], raw: object) -> T:
    raise TypeError(f"{raw!r} is no {kind.__name__}")
