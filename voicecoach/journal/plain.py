"""Records as values that JSON and SQLite have, and back by the types of their fields.

A key that a record has no field for is passed over: a later version may have written it. A field whose key
is missing has its default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from voicecoach.journal.records import Leg

T = TypeVar("T")

_AS_THEY_ARE: Final = {str: (str,), int: (int,), float: (float, int), bool: (bool, int)}
"""The types of values that stand for themselves; SQLite has no booleans, and JSON may write 2 for 2.0."""


def plain(value: Any) -> Any:  # noqa: ANN401 - any field of a record
    """``value`` as JSON has it, by the names of its fields; a leg is a word, a moment or day ISO 8601."""
    if isinstance(value, Leg):
        return value.name.lower()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


def read(kind: Callable[..., T], raw: Mapping[str, Any], **known: Any) -> T:  # noqa: ANN401 - any field
    """The record of that ``kind``, a dataclass, in ``raw``, with what is ``known`` of it besides.

    Raises ValueError, TypeError or KeyError when it makes no sense.
    """
    wanted = raw.keys() - known.keys()
    return kind(**{name: make(raw[name]) for name, make in _fields(kind) if name in wanted} | known)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    return tuple((each.name, _reader(hints[each.name])) for each in fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - any type of a field
    """What makes a field of that type of a value of JSON or SQLite, where a record in a column is JSON."""
    if isinstance(kind, UnionType):
        some = _reader(get_args(kind)[0])
        return lambda raw: None if raw is None else some(raw)
    if get_origin(kind) is tuple:
        each = _reader(get_args(kind)[0])
        return lambda raw: tuple(map(each, _of_json(list, raw)))
    if isinstance(kind, type) and is_dataclass(kind):
        return lambda raw: read(kind, _of_json(dict, raw))
    if types := _AS_THEY_ARE.get(kind):
        return lambda raw: kind(raw) if isinstance(raw, types) else _refuse(kind, raw)
    made: Mapping[Any, Callable[[Any], Any]] = {Leg: _leg, date: date.fromisoformat, datetime: _moment}
    return made.get(kind, kind)  # which is an enumeration


def _leg(raw: str | int) -> Leg:
    return Leg[raw.upper()] if isinstance(raw, str) else Leg(raw)


def _moment(raw: str) -> datetime:
    moment = datetime.fromisoformat(raw)
    return moment if moment.tzinfo else _refuse(datetime, raw)


def _of_json(kind: type[T], raw: Any) -> T:  # noqa: ANN401 - what JSON has
    found = json.loads(raw) if isinstance(raw, str) else raw
    return found if isinstance(found, kind) else _refuse(kind, raw)


def _refuse(kind: type[T], raw: object) -> T:
    raise TypeError(f"{raw!r} is no {kind.__name__}")
