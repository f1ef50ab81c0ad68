"""The rows of the list of routines: what decides stands in full, in as many lines as that takes.

All of it stands side by side where there is room, the purpose below the rest where there is less, and one
thing below the other in a narrow window. When a routine was last done is left out first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.display.cells import pad, width_of, wrap

_GAP: Final = "  "
_INDENT: Final = "  "
"""Blanks before what stands below a name."""
_TIME: Final = 7
_WIDEST: Final = (26, 30, 14)
"""The most columns of names, of things and of days; longer ones go on below [own choice]."""
_LEAST_PURPOSE: Final = 30
"""The least columns of a purpose that stands beside the others [own choice]."""
_MOST_PURPOSE: Final = 60
"""The most of them: eyes lose the row in longer lines. [own choice]"""
_ENDLESS: Final = 99
"""More lines than any row has."""


@dataclass(frozen=True, slots=True)
class RoutineEntry:
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
    due: bool = False
    """Whether the person's plan has it for today."""

    def has(self, words: Sequence[str]) -> bool:
        """Whether each of ``words``, in small letters, stands somewhere in what is known about it."""
        known = " ".join((self.id, self.name, self.about, *self.equipment, *self.kinds)).casefold()
        return all(word in known for word in words)

    @property
    def purpose(self) -> str:
        """What it is for, in a sentence; why it cannot be done, where that is so."""
        first = re.split(r"(?<=[.!?])\s", self.about.strip(), maxsplit=1)[0]
        return self.trouble or (f"In your plan today. {first}".strip() if self.due else first)

    @property
    def things(self) -> str:
        """What is needed for it."""
        return "" if self.trouble else ", ".join(self.equipment) or "nothing"

    def minutes(self, known: Mapping[str, int]) -> str:
        """How long it takes; minutes are ``known`` by the routine's id, or not yet."""
        if self.trouble:
            return "-"
        return f"{known[self.id]} min" if self.id in known else "…"


class RoutineList:
    """The rows for a list that is ``width`` columns wide."""

    def __init__(self, choices: Sequence[RoutineEntry], width: int) -> None:
        self._width = max(width, 2)
        heads = ("routine", "you need", "last done")
        cells = zip(heads, *((each.name, each.things, each.last) for each in choices), strict=True)
        self._names, self._things, self._last = (
            min(max(map(width_of, column)), most) for column, most in zip(cells, _WIDEST, strict=True)
        )
        needed = self._names + _TIME + self._things + 2 * len(_GAP)
        left = self._width - needed - len(_GAP) - self._last
        beside = left - len(_GAP)
        self._purpose = min(beside, _MOST_PURPOSE) if beside >= _LEAST_PURPOSE else 0
        """The columns of the purpose; 0 where it stands below."""
        self._stacked = needed > self._width
        if left < 0:
            self._last = 0

    @property
    def heading(self) -> str:
        """What stands above the columns; nothing where there are none."""
        if self._stacked:
            return ""
        heads = ["routine", "time", "you need", *(["last done"] if self._last else [])]
        return next(_side_by_side([*heads, *(["purpose"] if self._purpose else [])], self._sizes))

    @property
    def _sizes(self) -> tuple[int, ...]:
        return (self._names, _TIME, self._things, *filter(None, (self._last, self._purpose)))

    def row(self, choice: RoutineEntry, minutes: Mapping[str, int]) -> list[str]:
        """The lines of a routine; how many they are does not depend on what is known of its ``minutes``."""
        time = choice.minutes(minutes)
        if self._stacked:
            first = _side_by_side([choice.name, time], (max(self._width - _TIME - len(_GAP), 2), _TIME))
            need = f"You need: {choice.things}" if choice.things else ""
            return [*first, *self._below(need), *self._below(choice.purpose)]
        cells = [choice.name, time, choice.things, *([choice.last] if self._last else [])]
        if self._purpose:
            return [*_side_by_side([*cells, choice.purpose], self._sizes)]
        return [*_side_by_side(cells, self._sizes), *self._below(choice.purpose)]

    def _below(self, text: str) -> Iterator[str]:
        for line in wrap(text, self._width - len(_INDENT), _ENDLESS):
            yield _INDENT + line


def _side_by_side(cells: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of cells beside each other, each broken between words where it needs to be.

    The second is a time, and stands to the right.
    """
    columns = [wrap(cell, size, _ENDLESS) for cell, size in zip(cells, sizes, strict=True)]
    for row in itertools.zip_longest(*columns, fillvalue=""):
        padded = [pad(cell, size) for cell, size in zip(row, sizes, strict=True)]
        padded[1] = " " * (sizes[1] - width_of(row[1])) + row[1]
        yield _GAP.join(padded).rstrip()
