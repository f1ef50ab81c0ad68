"""What was measured, as rows of a table."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from operator import ge, le

UNEVEN = 1.5
"""From this ratio of the largest value to the median, or of that to the smallest, a verdict is not to be
trusted: something else was probably busy during a run."""
_WIDTHS = (64, 9, 17, 5)


@dataclass(frozen=True)
class Figure:
    """Several measurements of one thing; the median counts."""

    what: str
    values: list[float]
    unit: str
    aim: float | None = None
    at_least: bool = False
    """Whether the aim is a lower bound."""
    digits: int = 2

    def __str__(self) -> str:
        if not self.values:
            return _row(self.what, "-", "", "0", "could not be measured")
        median, low, high = statistics.median(self.values), min(self.values), max(self.values)
        spread = f"{self._number(low)} to {self._number(high)}"
        return _row(
            self.what,
            f"{self._number(median)} {self.unit}",
            spread,
            str(len(self.values)),
            "" if self.aim is None else self._verdict(low, median, high),
        )

    def _number(self, value: float) -> str:
        return f"{round(value, self.digits) + 0.0:.{self.digits}f}"  # + 0.0 makes -0 plain

    def _verdict(self, low: float, median: float, high: float) -> str:
        met = (ge if self.at_least else le)(median, self.aim)
        sign = "≥" if self.at_least else "≤"
        uneven = high > UNEVEN * median or median > UNEVEN * low
        return f"{'meets' if met else 'MISSES'} {sign} {self.aim:g} {self.unit}{', uneven' if uneven else ''}"


def heading() -> str:
    """The names of the columns."""
    return _row("", "median", "min to max", "n", "aim")


def _row(what: str, median: str, spread: str, count: str, remark: str) -> str:
    cells = (
        what.ljust(_WIDTHS[0]),
        median.rjust(_WIDTHS[1]),
        spread.rjust(_WIDTHS[2]),
        count.rjust(_WIDTHS[3]),
    )
    return "  ".join((*cells, remark)).rstrip()
