"""The tables of the report: weeks, exercises, changes and comments.

They hold what fits on two sheets of paper, and say how much is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from voicecoach.journal.records import Session
from voicecoach.language.dates import counted, one, past_day, short_day
from voicecoach.language.phrases import Phrases
from voicecoach.pages.charts import dose_chart, of_side
from voicecoach.routine.model import Dose
from voicecoach.training.dose_history import Changed, Direction, DoseCourse, direction, name_of
from voicecoach.training.stats import Week, mean
from voicecoach.training.variation import FindVariation
from voicecoach.training.words import amount
from voicecoach.units import format_load

NAME: Final = 44
"""The most characters of a name."""

MOST_ROWS: Final = 16
"""The most weeks, or spans of several weeks."""
MOST_EXERCISES: Final = 12
MOST_CHANGES: Final = 8
MOST_COMMENTS: Final = 3
_UNIT: Final = re.compile(r"(?<=\d)[ms]")
"""The unit of a time in a dose."""
_REASON: Final = 110
_COMMENT: Final = 150
"""The most characters of these."""

_MARKS: Final = {
    Direction.MORE: "▲",
    Direction.LESS: "▼",
    Direction.LEFT_OUT: "✕",
    Direction.NEW: "+",
    Direction.CHOSEN: "=",
    Direction.WAITS: "?",
}


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
    """Return the numbers behind the charts; a row has several weeks when there are many."""
    each = -(-len(weeks) // MOST_ROWS)
    spans = [weeks[start : start + each] for start in range(0, len(weeks), each)]
    when = "week" if each == 1 else "some_weeks"
    heads = (when, "days", "minutes", "before", "worst", "morning", "effort")
    return Table(
        rows=[_week(span, today, say) for span in spans],
        heads=[say.part(f"report.weeks.heads.{head}", n=str(each)) for head in heads],
        caption=say.part(f"report.weeks.means_of_{when}"),
    )


def _week(span: Sequence[Week], today: date, say: Phrases) -> dict[str, Any]:
    days, goal = sum(week.days for week in span), sum(week.goal for week in span)
    means = (
        mean(span, lambda week: week.before),
        mean(span, lambda week: week.worst),
        mean(span, lambda week: week.morning),
        mean(span, lambda week: week.effort),
    )
    return {
        "when": past_day(span[0].monday, today, say),
        "days": _of(days, goal, say),
        "reached": days >= goal,
        "minutes": round(sum(week.minutes for week in span)),
        "means": [one(each, say) for each in means],
    }


def exercises(done: Sequence[DoseCourse], first: date, last: date, say: Phrases) -> Table:
    """Return the dose of each exercise over time."""
    heads = ("exercise", "sessions", "first", "last", "whole", "hurt")
    days = {"first": past_day(first, last, say), "last": short_day(last, say)}
    return Table(
        rows=[_exercise(number, each, first, last, say) for number, each in enumerate(done[:MOST_EXERCISES])],
        heads=[say.part(f"report.exercises.heads.{head}", **days) for head in heads],
        caption=say.part("report.exercises.caption"),
        more=_more(len(done) - MOST_EXERCISES, "exercise", say),
    )


def _exercise(number: int, course: DoseCourse, first: date, last: date, say: Phrases) -> dict[str, Any]:
    hurts = counted(len(course.hurts), "time", say) if course.hurts else "-"
    first_dose, last_dose = (_dose(course.doings[at].level, say) for at in (0, -1))
    ends, now = ("".join(first_dose), "".join(last_dose)), course.doings[-1]
    less = "".join(_dose(now.planned, say))
    why = now.for_a_time and f"report.exercises.for_now.{now.for_a_time.name.lower()}"
    return {
        "name": clipped(course.name, NAME),
        "sides": _sides(course, say),
        "chart": dose_chart(f"dose-{number}", course, first, last, ends, say),
        "doses": (first_dose, last_dose),
        "changed": course.last != course.first,
        "for_now": say.part(why, dose=less) if why else "",
        "as_planned": _of(course.as_planned, len(course.doings), say),
        "hurts": hurts,
    }


def _sides(course: DoseCourse, say: Phrases) -> str:
    """Say on which sides a dose is done; empty when it has none, or counts both together."""
    if course.side:
        return say.part("report.exercises.one_side", side=say.side(course.side))
    return say.part("report.exercises.each_side") if course.each_side else ""


def _dose(dose: Dose, say: Phrases) -> tuple[str, str]:
    """Return a dose in the units of the language, and its load apart, as a line may break between them."""

    def unit(found: re.Match[str]) -> str:
        return say.part(f"report.dose.{found[0]}")

    work = amount(replace(dose, load=0.0, grade=None))
    load = f" {say.part('report.dose.load', n=format_load(dose.load))}" if dose.load else ""
    load += f" {say.part('report.dose.level', level=dose.grade.words)}" if dose.grade else ""
    if work.isdecimal():
        return say.part("report.dose.reps", n=work), load
    return _times(_UNIT.sub(unit, work)), load


def _times(words: str) -> str:
    return words.replace(" x ", " \N{MULTIPLICATION SIGN} ")


def what_changed(
    changed: Sequence[Changed], today: date, find_variation: FindVariation, say: Phrases
) -> Table:
    """Return the changes and their reasons, latest first."""
    heads = (say.part(f"report.changes.{head}") for head in ("day", "exercise", "why"))
    day, *others = heads
    return Table(
        rows=[_change(each, today, find_variation, say) for each in changed[:MOST_CHANGES]],
        heads=[day, "", *others],
        more=_more(len(changed) - MOST_CHANGES, "change", say),
    )


def _change(each: Changed, today: date, find_variation: FindVariation, say: Phrases) -> dict[str, Any]:
    leads = direction(each.change)
    alone = len(each.exercises) == 1
    reason = (
        say.tell(each.reason)
        if each.reason
        else say.part(f"report.changes.for_all.{each.change.name.lower()}")
    )
    return {
        "day": past_day(each.day, today, say),
        "sign": _MARKS[leads] if leads else "",
        "meaning": say.part(f"report.changes.{leads}") if leads else "",
        "name": of_side(clipped(name_of(each.exercises[0], find_variation), NAME), each.side, say)
        if alone
        else counted(len(each.exercises), "exercise", say),
        "reason": _times(clipped(reason, _REASON)),
    }


def comments(sessions: Sequence[Session], today: date, say: Phrases) -> Table:
    """Return the person's comments, latest first."""
    said = [each for each in reversed(sessions) if each.comment.strip()]
    return Table(
        rows=[
            {"day": past_day(each.day, today, say), "said": clipped(each.comment, _COMMENT)}
            for each in said[:MOST_COMMENTS]
        ],
        more=_more(len(said) - MOST_COMMENTS, "comment", say),
    )


def clipped(words: str, most: int) -> str:
    """Shorten ``words`` to one line of at most ``most`` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _of(part: int, whole: int, say: Phrases) -> str:
    return say.part("report.of", n=str(part), of=str(whole))


def _more(count: int, what: str, say: Phrases) -> str:
    return say.part(f"report.more.{what}", more=counted(count, what, say)) if count > 0 else ""
