"""Plain data, and how a parser says that it is wrong before anybody knows the file and the line."""

from __future__ import annotations

from typing import NamedTuple

Data = str | int | float | bool | None | list["Data"] | dict[str, "Data"]
At = tuple[str | int, ...]
"""Where in the data: keys and list indices from the outside in."""


class Mistake(NamedTuple):
    """What is wrong with a part of a value, and what is expected there instead."""

    wrong: str
    expected: str
    at: At = ()
    """Which part: keys and list indices from the value inwards; empty for all of it."""
    key: bool = False
    """Whether it is the key that is wrong, not what stands behind it."""

    def inside(self, *at: str | int) -> Mistake:
        """The same mistake, seen from further out."""
        return self._replace(at=at + self.at)


class Mistakes(Exception):
    """All the mistakes in a value."""

    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes
        super().__init__(*mistakes)


def wrong(what: str, expected: str) -> Mistakes:
    """One mistake, to raise."""
    return Mistakes(Mistake(what, expected))


def show(raw: Data) -> str:
    """A value as it can be quoted in a message."""
    match raw:
        case None:
            return "nothing"
        case bool():
            return str(raw).lower()
        case int() | float():
            return str(raw)
        case str():
            printable = "".join(char if char.isprintable() else "�" for char in raw)
            return f"'{printable}'" if len(printable) <= 40 else f"'{printable[:39]}…'"
        case list():
            return "a list"
        case dict():
            return "a group of keys"
