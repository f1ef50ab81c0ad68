"""The charts as SVG shapes. Shapes and strokes tell things apart; colour only repeats the difference.

Lengths are in CSS pixels of a chart at its own size. The classes get their colours from ``report.css``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from voicecoach.journal.records import WORST
from voicecoach.language.dates import counted, month, short_day
from voicecoach.language.phrases import Phrases
from voicecoach.routine.dose import Dose
from voicecoach.training.dose_history import Doing, DoseCourse
from voicecoach.training.stats import Answers, Week, mean
from voicecoach.units import format_load

WIDTH: Final = 300
"""Narrower than a phone and than half a sheet of paper, so that letters keep their size on both."""
LEFT, RIGHT, TOP, BOTTOM = 26.0, 112.0, 14.0, 24.0
"""Margins of the plot: for the scale, the names of the lines, and dates."""
_LINE_GAP: Final = 15.0
"""The least distance between the names of two lines, so that they do not overlap."""
_DOSES: Final = 104
"""The width of the curve of a dose."""
_LOADS: Final = 15
"""Room for the names of loads below it."""
_LOAD_NAME: Final = 64
"""The length of such a name."""
_MARK_GAP: Final = 10.0
"""The least distance between two weeks for each to have its mark or its number."""
_MOST_DATES: Final = 3
_MOST_MONTHS: Final = 2
_MONTH: Final = 68
"""The length of the name of one, with its year."""
_MOST_DAYS: Final = 40
"""The most weeks for which days are written without their year [own choice]."""
_DAYS_IN_WEEK: Final = 7


class Shape:
    """An element of a chart. Numbers are rounded to tenths; ``class_`` is written ``class``."""

    def __init__(self, name: str, text: str = "", **attributes: str | float) -> None:
        self.name = name
        self.text = text
        self.attributes = {
            key.rstrip("_"): value if isinstance(value, str) else f"{round(value, 1):g}"
            for key, value in attributes.items()
        }


@dataclass(frozen=True)
class Chart:
    """A picture with a title, and a description for people who cannot see it."""

    ident: str
    """Unique on its page."""
    title: str
    told: str
    shapes: Sequence[Shape]
    """From the back to the front."""
    height: int
    width: int = WIDTH


def standing(week: Week) -> str:
    """Return the class of a week's bar: it reached its goal, missed it, or is not a whole week."""
    return "reached" if week.reached else "below" if week.whole else "not-whole"


def adherence_chart(weeks: Sequence[Week], told: str, say: Phrases) -> Chart:
    """Draw a bar for each week's days of exercise and a line at the goal; ``told`` describes it."""
    plot = _Plot(len(weeks), 126, _DAYS_IN_WEEK)
    days = weeks[-1].goal
    goal = plot.y(days)
    named = say.part("report.weeks.goal", days=counted(days, "day", say))
    shapes = [
        *_scale(plot, sorted({0, days, _DAYS_IN_WEEK})),
        *(_bar(plot, number, week) for number, week in enumerate(weeks) if week.days),
        Shape("line", class_="goal", x1=LEFT, x2=WIDTH - RIGHT, y1=goal, y2=goal),
        _label(named, WIDTH - RIGHT + 6, goal + 4, "goal-name"),
        *(
            _label(str(week.days), plot.x(number), plot.y(week.days) - 3, "value")
            for number, week in enumerate(weeks)
            if week.days and plot.step >= _MARK_GAP
        ),
        *_dates(plot, weeks, say),
    ]
    return Chart("adherence", say.part("report.weeks.days_title"), told, shapes, plot.height)


class _Line(NamedTuple):
    """One question in the chart of pain."""

    style: str
    """The class of its line and of its marks, and its name in the phrases."""
    answers: Answers
    mark: str
    """A path around (0, 0)."""


_LINES: Final = (
    _Line("worst", lambda week: week.worst, "M0,-4.5L4.2,3.2L-4.2,3.2Z"),
    _Line("before", lambda week: week.before, "M-3.4,0a3.4,3.4 0 1 0 6.8,0a3.4,3.4 0 1 0 -6.8,0Z"),
    _Line("morning", lambda week: week.morning, "M-2.9,-2.9h5.8v5.8h-5.8Z"),
)
TICKS: Final = (0, WORST // 2, WORST)
"""The pain at which the chart has a line across."""


def pain_chart(weeks: Sequence[Week], told: str, say: Phrases) -> Chart:
    """Draw each week's mean pain before sessions, at its worst during them, and on the mornings after.

    A mean hides a bad day, so that a line leads from that of the worst up to the highest.
    """
    plot = _Plot(len(weeks), 156, WORST)
    drawn = [(line, points) for line in _LINES if (points := _means(plot, weeks, line.answers))]
    ends = _apart([points[-1][1] for _, points in drawn], plot.y(0))
    shapes = [
        *_scale(plot, TICKS),
        *_up_to_highest(plot, weeks),
        *(shape for line, points in drawn for shape in _line(plot, line, points)),
        *(
            _label(
                say.part(f"report.weeks.line.{line.style}"), WIDTH - RIGHT + 8, y + 4, f"{line.style}-name"
            )
            for (line, _), y in zip(drawn, ends, strict=True)
        ),
        *_dates(plot, weeks, say),
    ]
    return Chart("pain", say.part("report.weeks.pain_title"), told, shapes, plot.height)


def dose_chart(
    ident: str, course: DoseCourse, first: date, last: date, doses: Sequence[str], say: Phrases
) -> Chart:
    """Draw what was reached of an exercise as steps, and a mark for each session, full when all was done.

    A mark below the line is a session with less for a time, as on sore days. When the load changes, the reps
    begin anew and so does the line, with the load beside it. ``doses`` are the first and the last in words.
    """
    width, height, edge = _DOSES, 27, 5
    days = max(1, (last - first).days)
    doings = course.doings
    most = max(max(each.size, each.reached) for each in doings)
    loads = [list(run) for _, run in groupby(doings, key=lambda each: _named_load(each.level, say))]

    def x(day: date) -> float:
        return edge + (width - 2 * edge) * (day - first).days / days

    def y(size: float) -> float:
        return height - edge - (height - 2 * edge) * size / most

    def steps(run: Sequence[Doing]) -> str:
        return f"M{x(run[0].day):.1f},{y(run[0].reached):.1f}" + "".join(
            f"H{x(each.day):.1f}V{y(each.reached):.1f}" for each in run[1:]
        )

    begun = [(x(run[0].day), _named_load(run[0].level, say)) for run in loads] if len(loads) > 1 else []
    names = list(_loads(begun, width, height + _LOADS - edge))
    marks = (
        Shape("circle", class_="done" if each.share >= 1 else "part", cx=x(each.day), cy=y(each.size), r=2.2)
        if not each.hurt
        else Shape("path", class_="hurt", d=f"M{x(each.day):.1f},{y(each.size):.1f}m-3.5,-3.5l7,7m0,-7l-7,7")
        for each in doings
    )
    floor = Shape("line", class_="grid", x1=0.0, x2=width, y1=height - edge, y2=height - edge)
    return Chart(
        ident,
        say.part("report.exercises.dose_of", name=of_side(course.name, course.side, say)),
        _dose_told(course, doses, say),
        [floor, Shape("path", class_="dose", d="".join(map(steps, loads))), *marks, *names],
        height + (_LOADS if names else 0),
        width,
    )


def _named_load(dose: Dose, say: Phrases) -> str:
    """Return what a load or a level is called; empty without one."""
    load = say.part("report.dose.load", n=format_load(dose.load)) if dose.load else ""
    return ", ".join(filter(None, (load, dose.grade.words if dose.grade else "")))


def _loads(begun: Sequence[tuple[float, str]], width: float, y: float) -> Iterator[Shape]:
    """Name the loads that begin at these places, as far as there is room before the next one."""
    ends = [*(at for at, _ in begun[1:]), float(width)]
    for (at, load), end in zip(begun, ends, strict=False):  # there may be none
        style = "load" if end - at > _LOAD_NAME else "load-before"
        if load and (style == "load" or end == width):
            yield _label(load, at, y, style)


def of_side(name: str, side: str, say: Phrases) -> str:
    """Return the name of an exercise with the side that is meant; alone when that is "" for both."""
    return say.part("report.exercises.of_side", name=name, side=say.side(side)) if side else name


def _dose_told(course: DoseCourse, doses: Sequence[str], say: Phrases) -> str:
    told = say.part(
        "report.exercises.told" if not course.each_side else "report.exercises.told_each_side",
        first=doses[0],
        last=doses[1],
        n=str(course.as_planned),
        sessions=counted(len(course.doings), "session", say),
    )
    if not course.hurts:
        return told
    return f"{told} {say.part('report.exercises.told_hurt', hurt=counted(len(course.hurts), 'session', say))}"


class _Plot:
    """Maps weeks and values to pixels."""

    def __init__(self, weeks: int, height: int, most: float) -> None:
        self.height = height
        self.width = WIDTH - LEFT - RIGHT
        self.step = self.width / weeks
        self._bottom = height - BOTTOM
        self._scale = (self._bottom - TOP) / most

    def x(self, number: int) -> float:
        """Return the middle of a week, counted from 0."""
        return LEFT + (number + 0.5) * self.step

    def y(self, value: float) -> float:
        return self._bottom - value * self._scale


def _bar(plot: _Plot, number: int, week: Week) -> Shape:
    width = min(26.0, plot.step * 0.72)
    return Shape(
        "rect",
        class_=standing(week),
        x=plot.x(number) - width / 2,
        y=plot.y(week.days),
        width=width,
        height=plot.y(0) - plot.y(week.days),
    )


def _means(plot: _Plot, weeks: Sequence[Week], answers: Answers) -> list[tuple[int, float]]:
    """Return the number of each week with answers, and the height of its mean."""
    found = ((number, mean((week,), answers)) for number, week in enumerate(weeks))
    return [(number, plot.y(value)) for number, value in found if value is not None]


def _up_to_highest(plot: _Plot, weeks: Sequence[Week]) -> Iterator[Shape]:
    """Draw a line from the mean of the worst pain in each week up to the highest of it."""
    for number, week in enumerate(weeks):
        if week.worst:
            x, middle, top = plot.x(number), mean((week,), lambda each: each.worst), max(week.worst)
            yield Shape("line", class_="up-to", x1=x, x2=x, y1=plot.y(middle or 0), y2=plot.y(top))


def _line(plot: _Plot, line: _Line, points: Sequence[tuple[int, float]]) -> Iterator[Shape]:
    """Draw a line through the points, with gaps for weeks without answers, and marks where they have room."""
    runs = groupby(enumerate(points), key=lambda item: item[1][0] - item[0])
    path = "".join(
        "M" + "L".join(f"{plot.x(number):.1f},{y:.1f}" for _, (number, y) in run) for _, run in runs
    )
    yield Shape("path", class_=line.style, d=path)
    for number, y in points if plot.step >= _MARK_GAP else points[-1:]:
        where = f"translate({plot.x(number):.1f},{y:.1f})"
        yield Shape("path", class_=f"{line.style}-mark", d=line.mark, transform=where)


def _apart(heights: Sequence[float], lowest: float) -> list[float]:
    """Move heights at least a line of text apart and none below ``lowest``, in their order."""
    placed = list(heights)
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + _LINE_GAP)
    placed[order[-1]] = min(placed[order[-1]], lowest)
    for below, above in pairwise(reversed(order)):
        placed[above] = min(placed[above], placed[below] - _LINE_GAP)
    return placed


def _scale(plot: _Plot, values: Iterable[int]) -> Iterator[Shape]:
    for value in values:
        y = plot.y(value)
        yield Shape("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y)
        yield _label(str(value), LEFT - 7, y + 4, "number")


def _dates(plot: _Plot, weeks: Sequence[Week], say: Phrases) -> Iterator[Shape]:
    """Label some Mondays, as far as there is room; their months when there are very many weeks."""
    many = len(weeks) > _MOST_DAYS
    every = -(-len(weeks) // (_MOST_MONTHS if many else _MOST_DATES))
    for number in range(0, len(weeks), every):
        said = (month if many else short_day)(weeks[number].monday, say)
        yield _label(said, max(plot.x(number), _MONTH / 2 if many else 0), plot.height - 6, "date")


def _label(said: str, x: float, y: float, style: str) -> Shape:
    return Shape("text", said, class_=style, x=x, y=y)
