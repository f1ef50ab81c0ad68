"""What was measured, as rows of a table."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from operator import ge, le

NOISY = 1.5
"""From this ratio of slowest to median on, something else was probably busy during a run."""
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
        spread = f"{low:.{self.digits}f} to {high:.{self.digits}f}"
        remarks = [self._verdict(median)] if self.aim is not None else []
        if median > 0 and max(high / median, median / low if low > 0 else 1) > NOISY:
            remarks.append("uneven")
        count = str(len(self.values))
        return _row(self.what, f"{median:.{self.digits}f} {self.unit}", spread, count, ", ".join(remarks))

    def _verdict(self, median: float) -> str:
        met = (ge if self.at_least else le)(median, self.aim)
        sign = "≥" if self.at_least else "≤"
        return f"{'meets' if met else 'MISSES'} {sign} {self.aim:g} {self.unit}"


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
