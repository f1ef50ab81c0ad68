"""What stands in the list of routines, for any width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True)
class Choice:
    """A routine to choose."""

    id: str
    name: str
    about: str = ""
    equipment: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    last: str = ""
    """When it was last done, in words."""
    trouble: str = ""
    """Why it cannot be played; empty when it can."""

    def has(self, words: Sequence[str]) -> bool:
        """Whether each of ``words``, in small letters, stands somewhere in what is known about it."""
        known = " ".join((self.id, self.name, self.about, *self.equipment, *self.kinds)).casefold()
        return all(word in known for word in words)


class Column(NamedTuple):
    """A column of the list: its heading, its width in characters, and what stands in it."""

    title: str
    width: int
    """At least."""
    cell: Callable[[Choice, Mapping[str, int]], str]
    """What stands in it for a routine; minutes are known by the routine's id, or not yet."""


def _minutes(choice: Choice, minutes: Mapping[str, int]) -> str:
    if choice.trouble:
        return "-"
    return f"{minutes[choice.id]:>2} min" if choice.id in minutes else "…"


def _things(choice: Choice, _: Mapping[str, int]) -> str:
    return "" if choice.trouble else ", ".join(choice.equipment) or "nothing"


MINUTES: Final = Column("time", 6, _minutes)
_LAST: Final = Column("last done", 12, lambda choice, _: choice.last)
_TEXTS: Final = (
    Column("routine", 18, lambda choice, _: choice.name),
    Column("you need", 14, _things),
    Column("kinds", 14, lambda choice, _: ", ".join(choice.kinds)),
)
"""Those that may be wider than they must, the ones that matter most first."""
WIDEST: Final = 48
"""Characters; eyes lose the row in longer gaps. [own choice]"""


def columns(choices: Sequence[Choice], width: int, padding: int) -> tuple[Column, ...]:
    """The columns for a list that is ``width`` characters wide, ``padding`` of them lost on each column.

    Each is as wide as what stands in it where there is room for that; the last ones go where there is none
    for what they must have.
    """
    left = width - sum(column.width + padding for column in (MINUTES, _LAST))
    shown: list[Column] = []
    for column in _TEXTS:
        left -= column.width + padding
        if left < 0 and shown:
            break
        shown.append(column)
    if left < 0 and len(shown) < len(_TEXTS):
        left += _TEXTS[len(shown)].width + padding
    wide = []
    for column in shown:
        longest = max((len(column.cell(choice, {})) for choice in choices), default=0)
        more = max(0, min(left, min(longest, WIDEST) - column.width))
        wide.append(column._replace(width=column.width + more))
        left -= more
    return (*wide[:1], MINUTES, _LAST, *wide[1:])


def cut(text: str, width: int) -> str:
    """``text``, its end replaced by "…" when it is wider than ``width`` characters."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def fitting(keys: Sequence[tuple[str, str]], width: int) -> str:
    """As many of ``keys``, with what each does, as fit into a line; the last two always do."""
    chosen = list(keys)
    while len(line := " · ".join(f"{key} {does}" for key, does in chosen)) > width and len(chosen) > 2:
        chosen.pop(-3)
    return line
