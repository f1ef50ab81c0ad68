"""What an object on the desktop's message bus (D-Bus) offers to other programs, as tables."""

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
    """Something that other programs may look at."""

    signature: str
    get: Callable[[], Any]
    set: Callable[[Any], None] | None = None
    """None when it can only be read."""
    announced: bool = True
    """Whether others are told when it changes; else they have to ask."""

    @property
    def typed(self) -> Typed:
        """The present value."""
        return Typed(self.signature, self.get())


class Method(NamedTuple):
    """Something that other programs may call. It answers nothing."""

    do: Callable[..., None]
    signature: str = ""
    """The types of its arguments."""


@dataclass(frozen=True, slots=True)
class Interface:
    """What an object offers under one name; all of it is called on the bus's thread."""

    name: str
    methods: Mapping[str, Method]
    properties: Mapping[str, Property]
    signals: Mapping[str, str] = field(default_factory=dict)
    """The types of what each signal tells."""

    def announced(self) -> dict[str, Typed]:
        """The present values of the properties whose changes are told."""
        return {name: each.typed for name, each in self.properties.items() if each.announced}
