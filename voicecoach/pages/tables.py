"""The tables of weeks and of comments in the report, and what all of its tables share.

They hold what fits on two sheets of paper, and say how much is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from voicecoach.journal.records import Session
from voicecoach.language.dates import counted, one, past_day
from voicecoach.language.phrases import Phrases
from voicecoach.routine.dose import Dose
from voicecoach.training.dose_history import Direction
from voicecoach.training.stats import Answers, Week, mean
from voicecoach.training.words import amount_to
from voicecoach.units import format_load

NAME: Final = 44
"""The most characters of a name."""

MOST_ROWS: Final = 16
"""The most weeks, or spans of several weeks."""
MOST_COMMENTS: Final = 3
_UNIT: Final = re.compile(r"(?<=\d)[ms]")
"""The unit of a time in a dose."""
_COUNT: Final = re.compile(r"\d+(?:-\d+)?", re.ASCII)
"""One set of reps."""
_COMMENT: Final = 80
"""The most characters of one."""
MOST_DOTS: Final = 8
"""The most weeks in which each session is shown by itself; means hide a bad one [own choice]."""

MARKS: Final = {
    Direction.MORE: "▲",
    Direction.LESS: "▼",
    Direction.LEFT_OUT: "✕",
    Direction.NEW: "+",
    Direction.CHOSEN: "=",
    Direction.WAITS: "?",
}
"""What shows where a change leads."""


@dataclass(frozen=True)
class Table:
    """A table for the template."""

    rows: Sequence[dict[str, Any]]
    """The cells of each row by name: words, flags, or a chart."""
    heads: Sequence[str] = ()
    caption: str = ""
    more: str = ""
    """Says how much was left out; empty when nothing was."""


def week_by_week(weeks: Sequence[Week], today: date, say: Phrases) -> Table:
    """Return the numbers behind the charts; a row has several weeks when there are many.

    Of few weeks it has the lowest and the highest answer, of many the mean, always with the highest pain.
    """
    each = -(-len(weeks) // MOST_ROWS)
    spans = [weeks[start : start + each] for start in range(0, len(weeks), each)]
    when = "week" if each == 1 else "some_weeks"
    heads = (when, "days", "minutes", "before", "worst", "morning", "effort")
    means = len(weeks) > MOST_DOTS
    return Table(
        rows=[_week(span, today, say, means=means) for span in spans],
        heads=[say.part(f"report.weeks.heads.{head}", n=str(each)) for head in heads],
        caption=say.part(f"report.weeks.means_of_{when}" if means else "report.weeks.ranges"),
    )


_ANSWERS: Final[tuple[Answers, ...]] = (
    lambda week: week.before,
    lambda week: week.worst,
    lambda week: week.morning,
    lambda week: week.effort,
)
_HIGHEST: Final = 1
"""Which of them is shown with the highest beside its mean."""


def _week(span: Sequence[Week], today: date, say: Phrases, *, means: bool) -> dict[str, Any]:
    days, goal = sum(week.days for week in span), sum(week.goal for week in span)
    told = [lowest_to_highest(span, answers, say) for answers in _ANSWERS]
    if means:
        told = [_mean(span, answers, say, with_highest=n == _HIGHEST) for n, answers in enumerate(_ANSWERS)]
    return {
        "when": past_day(span[0].monday, today, say),
        "days": of_whole(days, goal, say),
        "reached": days >= goal,
        "minutes": round(sum(week.minutes for week in span)),
        "means": told,
    }


def lowest_to_highest(weeks: Iterable[Week], answers: Answers, say: Phrases) -> str:
    """Return ``"3 to 7"``, one number when all answers were the same, and a dash without answers."""
    said = [answer for week in weeks for answer in answers(week)]
    if not said:
        return one(None, say)
    least, most = str(min(said)), str(max(said))
    return most if least == most else say.part("report.range", least=least, most=most)


def _mean(weeks: Sequence[Week], answers: Answers, say: Phrases, *, with_highest: bool) -> str:
    shown = one(mean(weeks, answers), say)
    said = [answer for week in weeks for answer in answers(week)]
    if not said or not with_highest:
        return shown
    return say.part("report.weeks.with_highest", mean=shown, most=str(max(said)))


def dose_words(dose: Dose, say: Phrases, most: Dose | None = None) -> tuple[str, str]:
    """Return a dose in the units of the language, and its load apart, as a line may break between them.

    With ``most`` it is the range from the one to the other.
    """

    def unit(found: re.Match[str]) -> str:
        return say.part(f"report.dose.{found[0]}")

    work = amount_to(dose, most or dose)
    load = f" {say.part('report.dose.load', n=format_load(dose.load))}" if dose.load else ""
    load += f" {say.part('report.dose.level', level=dose.grade.words)}" if dose.grade else ""
    if _COUNT.fullmatch(work):
        return say.part("report.dose.reps", n=work), load
    return times(_UNIT.sub(unit, work)), load


def times(words: str) -> str:
    """Return words with a multiplication sign between numbers."""
    return words.replace(" x ", " \N{MULTIPLICATION SIGN} ")


def comments(sessions: Sequence[Session], today: date, say: Phrases) -> Table:
    """Return the person's comments, latest first."""
    said = [each for each in reversed(sessions) if each.comment.strip()]
    return Table(
        rows=[
            {"day": past_day(each.day, today, say), "said": clipped(each.comment, _COMMENT)}
            for each in said[:MOST_COMMENTS]
        ],
        more=more(len(said) - MOST_COMMENTS, "comment", say),
    )


def clipped(words: str, most: int) -> str:
    """Shorten ``words`` to one line of at most ``most`` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def of_whole(part: int, whole: int, say: Phrases) -> str:
    """Return ``"2 of 3"``."""
    return say.part("report.of", n=str(part), of=str(whole))


def more(count: int, what: str, say: Phrases) -> str:
    """Say how many more there are of what has that name in the phrases; empty when there are none."""
    return say.part(f"report.more.{what}", more=counted(count, what, say)) if count > 0 else ""
