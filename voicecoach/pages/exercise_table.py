"""The table of exercises: what is prescribed, what was done, what comes next, and where it hurt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any, Final

from voicecoach.language.dates import counted, past_day
from voicecoach.language.phrases import Phrases
from voicecoach.pages.charts import dose_chart
from voicecoach.pages.tables import MARKS, Table, clipped, dose_words, more
from voicecoach.routine.dose import Dose
from voicecoach.training.by_exercise import ExerciseNow, RoutineNow
from voicecoach.training.dose_history import Direction, direction

MOST_EXERCISES: Final = 12
_MOST_LINES: Final = 18
_LINE: Final = 23
"""The most lines of all rows, and the characters of a name in one."""
_NAME: Final = 32
"""The most characters of a name."""


@dataclass(frozen=True)
class TableContext:
    """What the table needs besides its rows."""

    name_of: Callable[[str], str]
    first: date
    today: date
    say: Phrases


def exercises(found: Sequence[RoutineNow], about: TableContext) -> Table:
    """Return the exercises under their routines; those with most to tell when there are too many."""
    say = about.say
    rows = [(each, one) for each in found for one in each.exercises]
    kept = _kept(rows)
    heads = ("exercise", "prescribed", "lately", "next", "pain", "stopped", "sessions")
    first = past_day(about.first, about.today, say)
    return Table(
        rows=list(_rows(rows, kept, about)),
        heads=[say.part(f"report.exercises.heads.{head}", first=first) for head in heads],
        caption=say.part("report.exercises.caption"),
        more=more(len(rows) - len(kept), "exercise", say),
    )


def _kept(rows: Sequence[tuple[RoutineNow, ExerciseNow]]) -> list[int]:
    """Return the numbers of the rows for which there is room, in their order."""
    order = sorted(range(len(rows)), key=lambda number: (_weight(rows[number][1]), number))[:MOST_EXERCISES]
    room = _MOST_LINES - len({id(rows[number][0]) for number in order})
    names = [row.written.name if row.written else row.key for _, row in rows]
    lines = accumulate(1 + (min(len(names[number]), _NAME) > _LINE) for number in order)
    return sorted(order[: sum(so_far <= room for so_far in lines)])


def _weight(row: ExerciseNow) -> tuple[bool, ...]:
    """Order rows by how much there is to tell of them, the most first."""
    out = row.next is not None and row.next.leaves_out
    return not (out or row.hurt), row.next is None, row.course is None


def _rows(
    rows: Sequence[tuple[RoutineNow, ExerciseNow]], kept: Sequence[int], about: TableContext
) -> Iterator[dict[str, Any]]:
    before: RoutineNow | None = None
    for number in kept:
        routine, row = rows[number]
        if routine is not before:
            yield {"routine": _routine(routine, about.say)}
        before = routine
        yield {"routine": "", **_exercise(number, row, about)}


def _routine(found: RoutineNow, say: Phrases) -> str:
    if found.routine is None:
        return say.part("report.exercises.others")
    return say.part(
        "report.exercises.routine",
        name=clipped(found.routine.name, _NAME),
        sessions=counted(found.sessions, "session", say),
    )


def _exercise(number: int, row: ExerciseNow, about: TableContext) -> dict[str, Any]:
    say, made = about.say, row.next
    leads = (Direction.LEFT_OUT if made.leaves_out else direction(made.change)) if made else None
    return {
        "name": clipped(row.written.name if row.written else about.name_of(row.key), _NAME),
        "sides": _sides(row, say),
        "prescribed": _prescribed(row, say),
        "lately": _lately(row, say),
        "next": _next(row, about),
        "sign": MARKS[leads] if leads else "",
        "meaning": say.part(f"report.changes.{leads}") if leads else "",
        "pain": _pain(row, say),
        "hurt": row.hurt,
        "stopped": _stopped(row, say),
        "chart": _chart(number, row, about),
    }


def _sides(row: ExerciseNow, say: Phrases) -> str:
    """Say on which sides it is done; empty when it has none, or counts both together."""
    side = row.side or (row.written.only_side if row.written else "")
    if side:
        return say.part("report.exercises.one_side", side=say.side(side))
    apart = row.written.sides_apart > 1 if row.written else bool(row.course and row.course.each_side)
    return say.part("report.exercises.each_side") if apart else ""


def _prescribed(row: ExerciseNow, say: Phrases) -> str:
    """Return the dose as it is written, with its range where it has one."""
    least = row.prescribed
    most = row.written.goal if row.written and row.written.dose_range else None
    return "".join(dose_words(least, say, most)) if least else "-"


def _dose(dose: Dose | None, say: Phrases) -> str:
    return "".join(dose_words(dose, say)) if dose else "-"


def _lately(row: ExerciseNow, say: Phrases) -> str:
    done, told = row.lately, []
    if done.times:
        of = counted(done.of, "set", say)
        told.append(say.part("report.exercises.lately", n=str(done.times), sets=str(done.sets), of=of))
    if done.instead:
        told.append(say.part("report.exercises.lately_instead", n=str(done.instead)))
    return "; ".join(told) or say.part("report.exercises.never")


def _next(row: ExerciseNow, about: TableContext) -> tuple[str, str]:
    """Return what the rules decide for the next session: the name of another exercise, and the dose."""
    made, say = row.next, about.say
    if made is None:
        return "", "-"
    if made.dose is None:
        return say.part("report.exercises.out"), ""
    dose = _dose(made.dose, say)
    if made.exercise == made.written:
        return "", dose
    name = "instead" if made.leaves_out else "variation"
    return say.part(f"report.exercises.{name}", name=clipped(about.name_of(made.exercise), _NAME)), dose


def _pain(row: ExerciseNow, say: Phrases) -> str:
    if not row.hurt:
        return "-"
    return say.part("report.exercises.unsaid") if row.pain is None else str(row.pain)


def _stopped(row: ExerciseNow, say: Phrases) -> str:
    """Say in how many sessions it was stopped, on each side."""
    if not row.stopped:
        return say.part("report.exercises.named") if row.hurt else "-"
    return ", ".join(
        say.part("report.exercises.times", side=say.side(side), n=str(count))
        if side
        else say.part("report.exercises.times_of_both", n=str(count))
        for side, count in row.stopped.items()
    )


def _chart(number: int, row: ExerciseNow, about: TableContext) -> object:
    if row.course is None:
        return None
    ends = tuple(_dose(row.course.doings[at].level, about.say) for at in (0, -1))
    return dose_chart(f"dose-{number}", row.course, about.first, about.today, ends, about.say)
