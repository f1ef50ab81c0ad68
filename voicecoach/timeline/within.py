"""What the written times before and after a set make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Within:
    """The neighbours of a set, as far as they change it."""

    count_in: int | None = None
    """The frames of its count-in; None where there is time for a whole one."""
    runs_on: bool = False
    """Whether the next set begins at its end, so that no tone closes it."""
    announces: str = ""
    """What it says of the next set, as there is no time for that after it."""


UNHURRIED: Final = Within()
"""With all the time it needs before and after it."""
