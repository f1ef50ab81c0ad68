"""The charts, drawn by hand as SVG. Shapes and strokes tell things apart; colour only repeats it.

Lengths are in CSS pixels of a chart at its own size. The classes get their colours from ``page.css``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from voicecoach.journal.records import WORST
from voicecoach.language.dates import counted, short_day
from voicecoach.pages.markup import NOTHING, Markup, join, tag, text
from voicecoach.training import limits
from voicecoach.training.dose_history import DoseCourse
from voicecoach.training.stats import Answers, Week, mean

WIDTH: Final = 340.0
LEFT, RIGHT, TOP, BOTTOM = 26.0, 84.0, 10.0, 22.0
"""Room beside the plot: for the scale, names of the lines, and dates."""
_LINE_GAP: Final = 13.0
"""Between the names of two lines, which would otherwise be written over one another."""
_MOST_DATES: Final = 5
_MOST_MONTHS: Final = 3
_MOST_DAYS: Final = 40
"""Weeks beyond which a day without its year may be taken for one of another year [own choice]."""
_DAYS_IN_WEEK: Final = 7


def standing(week: Week) -> str:
    """The class of a week's bar: whether it reached its goal, and whether it had the days to."""
    return "reached" if week.reached else "below" if week.whole else "not-whole"


def adherence_chart(weeks: Sequence[Week], told: str) -> Markup:
    """A bar for each week with the days of exercise in it, and a line at the goal; ``told`` sums it up."""
    height = 132.0
    plot = _Plot(len(weeks), height, _DAYS_IN_WEEK)
    days = weeks[-1].goal
    goal = plot.y(days)
    numbers = () if plot.step < _LINE_GAP else enumerate(weeks)
    return _chart(
        "adherence",
        height,
        "Days with exercise in each week",
        told,
        _scale(plot, sorted({0, days, _DAYS_IN_WEEK})),
        *(_bar(plot, number, week) for number, week in enumerate(weeks)),
        tag("line", class_="goal", x1=LEFT, x2=WIDTH - RIGHT, y1=goal, y2=goal),
        _label(f"goal: {counted(days, 'day')}", WIDTH - RIGHT + 6, goal + 4, "goal-name"),
        *(
            _label(str(week.days), plot.x(number), plot.y(week.days) - 3, "value")
            for number, week in numbers
            if week.days
        ),
        _dates(plot, weeks, height),
    )


class _Line(NamedTuple):
    """One question in the chart of pain."""

    name: str
    answers: Answers
    style: str
    """The class of its line and of its marks."""
    mark: str
    """A path around (0, 0)."""


_LINES: Final = (
    _Line("worst during", lambda week: week.worst, "worst", "M0,-4.5L4.2,3.2L-4.2,3.2Z"),
    _Line("before", lambda week: week.before, "before", "M-3.4,0a3.4,3.4 0 1 0 6.8,0a3.4,3.4 0 1 0 -6.8,0Z"),
    _Line("next morning", lambda week: week.morning, "morning", "M-2.9,-2.9h5.8v5.8h-5.8Z"),
)


def pain_chart(weeks: Sequence[Week], told: str) -> Markup:
    """The mean pain of each week: before the sessions, the worst during them, and on the mornings after."""
    height = 170.0
    plot = _Plot(len(weeks), height, WORST)
    drawn = [(line, points) for line in _LINES if (points := _means(plot, weeks, line.answers))]
    ends = _apart([points[-1][1] for _, points in drawn], plot.y(0))
    return _chart(
        "pain",
        height,
        "Mean pain in each week, from 0 to 10",
        told,
        tag(
            "rect",
            class_="amber",
            x=LEFT,
            width=plot.width,
            y=plot.y(limits.RED_PAIN),
            height=plot.y(limits.AMBER_PAIN) - plot.y(limits.RED_PAIN),
        ),
        tag(
            "rect",
            class_="red",
            x=LEFT,
            width=plot.width,
            y=plot.y(WORST),
            height=plot.y(limits.RED_PAIN) - plot.y(WORST),
        ),
        _scale(plot, (0, limits.AMBER_PAIN, limits.RED_PAIN, WORST)),
        *(_line(plot, line, points) for line, points in drawn),
        _label("doses come down", LEFT + 5, plot.y(WORST) + 12, "zone in-red"),
        _label("doses do not rise", LEFT + 5, plot.y(limits.RED_PAIN) + 12, "zone in-amber"),
        *(
            _label(line.name, WIDTH - RIGHT + 8, y + 4, f"{line.style}-name")
            for (line, _), y in zip(drawn, ends, strict=True)
        ),
        _dates(plot, weeks, height),
    )


def dose_chart(ident: str, course: DoseCourse, first: date, last: date) -> Markup:
    """The dose of an exercise between two days as steps, and a mark for each session: full when all was done.

    ``ident`` is for this chart alone within its page.
    """
    width, height, edge = 176.0, 27.0, 5.0
    days = max(1, (last - first).days)
    most = max(each.size for each in course.doings)

    def x(day: date) -> float:
        return edge + (width - 2 * edge) * (day - first).days / days

    def y(size: float) -> float:
        return height - edge - (height - 2 * edge) * size / most

    doings = course.doings
    steps = f"M{x(doings[0].day):.1f},{y(doings[0].size):.1f}" + "".join(
        f"H{x(each.day):.1f}V{y(each.size):.1f}" for each in doings[1:]
    )
    marks = (
        tag("circle", class_="done" if each.share >= 1 else "part", cx=x(each.day), cy=y(each.size), r=2.2)
        if not each.hurt
        else tag("path", class_="hurt", d=f"M{x(each.day):.1f},{y(each.size):.1f}m-3.5,-3.5l7,7m0,-7l-7,7")
        for each in doings
    )
    each = ", each side" if course.each_side else ""
    told = (
        f"From {course.first} to {course.last}{each}; all of it was done in {course.as_planned} of"
        f" {len(doings)} sessions, and it was stopped because it hurt in {len(course.hurts)}."
    )
    return _figure(
        ident,
        (width, height),
        f"Dose of {course.name}",
        told,
        tag("line", class_="grid", x1=0.0, x2=width, y1=height - edge, y2=height - edge),
        tag("path", class_="dose", d=steps),
        *marks,
    )


class _Plot:
    """Where weeks and values are in a chart."""

    def __init__(self, weeks: int, height: float, most: float) -> None:
        self.weeks = weeks
        self.width = WIDTH - LEFT - RIGHT
        self.step = self.width / weeks
        self._bottom = height - BOTTOM
        self._scale = (self._bottom - TOP) / most

    def x(self, number: int) -> float:
        """The middle of a week, counted from 0."""
        return LEFT + (number + 0.5) * self.step

    def y(self, value: float) -> float:
        return self._bottom - value * self._scale


def _bar(plot: _Plot, number: int, week: Week) -> Markup:
    if not week.days:
        return NOTHING
    width = min(26.0, plot.step * 0.72)
    return tag(
        "rect",
        class_=standing(week),
        x=plot.x(number) - width / 2,
        y=plot.y(week.days),
        width=width,
        height=plot.y(0) - plot.y(week.days),
    )


def _means(plot: _Plot, weeks: Sequence[Week], answers: Answers) -> list[tuple[int, float]]:
    """The number of each week in which something was said, and how high its mean is."""
    found = ((number, mean((week,), answers)) for number, week in enumerate(weeks))
    return [(number, plot.y(value)) for number, value in found if value is not None]


def _line(plot: _Plot, line: _Line, points: Sequence[tuple[int, float]]) -> Markup:
    """Through the points, with a gap where nothing was said; marks while there is room for them."""
    runs = groupby(enumerate(points), key=lambda item: item[1][0] - item[0])
    path = "".join(
        "M" + "L".join(f"{plot.x(number):.1f},{y:.1f}" for _, (number, y) in run) for _, run in runs
    )
    room = plot.step >= _LINE_GAP
    marks = (
        tag("path", class_=f"{line.style}-mark", d=line.mark, transform=f"translate({plot.x(n):.1f},{y:.1f})")
        for n, y in (points if room else points[-1:])
    )
    return join(tag("path", class_=line.style, d=path), *marks)


def _apart(heights: Sequence[float], lowest: float) -> list[float]:
    """Heights at least a line of text apart and none below ``lowest``, in the same order, near the given."""
    placed = list(heights)
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + _LINE_GAP)
    placed[order[-1]] = min(placed[order[-1]], lowest)
    for below, above in pairwise(reversed(order)):
        placed[above] = min(placed[above], placed[below] - _LINE_GAP)
    return placed


def _scale(plot: _Plot, values: Sequence[int]) -> Markup:
    return join(
        *(
            join(
                tag("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=plot.y(value), y2=plot.y(value)),
                _label(str(value), LEFT - 7, plot.y(value) + 4, "number"),
            )
            for value in values
        )
    )


def _dates(plot: _Plot, weeks: Sequence[Week], height: float) -> Markup:
    """The Mondays of some weeks, as far as there is room; their months when there are very many."""
    many = len(weeks) > _MOST_DAYS
    every = -(-len(weeks) // (_MOST_MONTHS if many else _MOST_DATES))
    said = [f"{week.monday:%b %Y}" if many else short_day(week.monday) for week in weeks]
    return join(
        *(_label(said[number], plot.x(number), height - 6, "date") for number in range(0, len(weeks), every))
    )


def _label(said: str, x: float, y: float, style: str) -> Markup:
    return tag("text", text(said), class_=style, x=x, y=y)


def _chart(ident: str, height: float, title: str, told: str, *shapes: Markup) -> Markup:
    return _figure(ident, (WIDTH, height), title, told, *shapes)


def _figure(ident: str, size: tuple[float, float], title: str, told: str, *shapes: Markup) -> Markup:
    """A picture with a title and a description for those who do not see it."""
    width, height = size
    return tag(
        "svg",
        tag("title", text(title), id=f"{ident}-title"),
        tag("desc", text(told), id=f"{ident}-desc"),
        *shapes,
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{ident}-title {ident}-desc",
    )
