"""The table of changes: one row for each day, so that a bad day does not hide a rise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, Final

from voicecoach.language.dates import counted, past_day
from voicecoach.language.phrases import Phrases
from voicecoach.pages.charts import of_side
from voicecoach.pages.tables import MARKS, Table, clipped, more, times
from voicecoach.training.change_days import PAINFUL, Cause, ChangeDay, ChangePart

MOST_LINES: Final = 8
"""The most lines: one or two for each way in which doses went on a day."""
FEWER_LINES: Final = 3
"""The most of them where the two sheets are full without them."""
_LINE: Final = 92
"""The characters of a line."""
_SPARE: Final = 8
"""The characters of a line that its last word may leave empty."""
_MOST_NAMES: Final = 2
"""The most exercises of a part of a day that are named."""
_NAME: Final = 32
"""The most characters of a name."""
_LEAST_REASON: Final = 40
"""The characters of a reason for which there is always room."""


def what_changed(
    days: Sequence[ChangeDay],
    today: date,
    name_of: Callable[[str], str],
    say: Phrases,
    most: int = MOST_LINES,
) -> Table:
    """Return the days with changes and what they came after, latest first, in at most so many lines."""
    told: list[dict[str, Any]] = [
        {
            "day": past_day(each.day, today, say),
            "parts": [_part(one, today, name_of, say) for one in each.parts],
        }
        for each in days[:most]
    ]
    fits = (so_far <= most for so_far in accumulate(_lines(row["parts"]) for row in told))
    rows = told[: sum(fits)]
    return Table(
        rows=rows,
        heads=[say.part(f"report.changes.{head}") for head in ("day", "what")],
        more=more(len(days) - len(rows), "day", say),
    )


def _lines(parts: Sequence[dict[str, str]]) -> int:
    """Return the lines on paper that a day takes, about."""
    return sum(-(-(_bold(part["what"]) + len(part["why"])) // _LINE) for part in parts)


def _bold(words: str) -> int:
    """Return how many usual characters are as wide as ``words`` in bold, about."""
    return len(words) * 9 // 8


def _part(part: ChangePart, today: date, name_of: Callable[[str], str], say: Phrases) -> dict[str, str]:
    what = _what(part, name_of, say)
    return {
        "sign": MARKS[part.leads],
        "meaning": say.part(f"report.changes.{part.leads}"),
        "what": what,
        "why": times(clipped(_why(part, today, say), max(_LEAST_REASON, 2 * _LINE - _bold(what) - _SPARE))),
    }


def _what(part: ChangePart, name_of: Callable[[str], str], say: Phrases) -> str:
    names = [of_side(clipped(name_of(key), _NAME), side, say) for key, side in part.exercises]
    if len(names) == 1:
        return say.part("report.changes.one", name=names[0])
    shown, others = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    if others > 0:
        shown = say.part("report.changes.and_more", names=shown, n=str(others))
    count = say.part(f"report.changes.several.{part.leads}", exercises=counted(len(names), "exercise", say))
    return say.part("report.changes.names", count=count, names=shown)


def _why(part: ChangePart, today: date, say: Phrases) -> str:
    """Return the whole reason of a single change, after the pain it followed, and the causes of several."""
    causes = [_cause(each, part, today, say) for each in part.causes]
    reasons = list(dict.fromkeys(say.tell(each.reason) for each in part.changed if each.reason))
    if len(part.exercises) > 1 and causes:
        return " ".join(causes)
    return " ".join([*(causes if part.pain is not None or not reasons else []), *reasons])


def _cause(cause: Cause, part: ChangePart, today: date, say: Phrases) -> str:
    """Say what changes came after, with the pain of that session where it is known."""
    if cause not in PAINFUL:
        return say(f"report.changes.cause.{cause}")
    if part.after is None:
        return say(f"report.changes.cause.{cause}_when")
    day = past_day(part.after, today, say)
    if part.pain is None:
        return say(f"report.changes.cause.{cause}", day=day)
    return say("report.changes.cause.pain", n=str(part.pain), day=day)
