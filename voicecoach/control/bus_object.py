"""Describes, as tables, an object on the desktop's message bus (D-Bus) for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Typed(NamedTuple):
    """A value with its D-Bus type: "s" text, "x" 64-bit integer, "d" real, "a{sv}" names to Typed …"""

    signature: str
    value: Any


@dataclass(frozen=True, slots=True)
class Property:
    """A property that other programs may read."""

    signature: str
    get: Callable[[], Any]
    set: Callable[[Any], None] | None = None
    """Sets the property; None when it is read-only."""
    announced: bool = True
    """Whether other programs are told of a change; otherwise they have to ask."""

    @property
    def typed(self) -> Typed:
        """Return the present value."""
        return Typed(self.signature, self.get())


class Method(NamedTuple):
    """A method that other programs may call; it returns no value."""

    do: Callable[..., None]
    signature: str = ""
    """The types of its arguments."""


@dataclass(frozen=True, slots=True)
class Interface:
    """The members of an object under one name; all are called on the bus's thread."""

    name: str
    methods: Mapping[str, Method]
    properties: Mapping[str, Property]
    signals: Mapping[str, str] = field(default_factory=dict)
    """The types of each signal's arguments."""

    def announced(self) -> dict[str, Typed]:
        """Return the present values of the announced properties."""
        return {name: each.typed for name, each in self.properties.items() if each.announced}
