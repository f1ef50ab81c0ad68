"""The tables of the page: weeks, exercises, changes and comments.

They hold what fits on two sheets of paper, and say how much more there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from voicecoach.journal.records import DoseChange, Session
from voicecoach.language.dates import counted, one, past_day, short_day
from voicecoach.pages.charts import dose_chart
from voicecoach.pages.markup import NOTHING, Markup, join, tag, text
from voicecoach.training.dose_history import Changed, DoseCourse, name_of
from voicecoach.training.stats import Week, mean
from voicecoach.training.variation import FindVariation

NAME: Final = 44
"""Characters of a name."""

MOST_ROWS: Final = 16
"""Weeks, or spans of several weeks."""
MOST_EXERCISES: Final = 12
MOST_CHANGES: Final = 8
MOST_COMMENTS: Final = 3
_REASON: Final = 110
_COMMENT: Final = 150
"""Characters of these."""

_SIGNS: Final = {
    **dict.fromkeys((DoseChange.ADVANCE, DoseChange.HARDER, DoseChange.RETURN, DoseChange.BACK), "▲"),
    **dict.fromkeys(
        (DoseChange.REGRESS, DoseChange.EASIER, DoseChange.LAY_OFF, DoseChange.FLARE, DoseChange.DELOAD), "▼"
    ),
    DoseChange.REMOVE: "✕",
    DoseChange.START: "+",
    DoseChange.CHOSEN: "=",
}
_SIGNS_IN_WORDS: Final = {
    "▲": "more",
    "▼": "less",
    "✕": "left out",
    "+": "new",
    "=": "chosen by the person",
}


def week_by_week(weeks: Sequence[Week], today: date) -> Markup:
    """What the charts show, in numbers; several weeks to a row when there are many."""
    each = -(-len(weeks) // MOST_ROWS)
    spans = [weeks[start : start + each] for start in range(0, len(weeks), each)]
    when = "Week of" if each == 1 else f"{each} weeks from"
    return _table(
        "weeks",
        "Pain and effort are means of what was said, 0 to 10."
        if each == 1
        else "Means of the weeks in a row.",
        (when, "Days", "Minutes", "Pain before", "worst", "next morning", "Effort"),
        [_week(span, today) for span in spans],
    )


def _week(span: Sequence[Week], today: date) -> list[Markup]:
    days, goal = sum(week.days for week in span), sum(week.goal for week in span)
    means = (
        mean(span, lambda week: week.before),
        mean(span, lambda week: week.worst),
        mean(span, lambda week: week.morning),
        mean(span, lambda week: week.effort),
    )
    return [
        text(past_day(span[0].monday, today)),
        tag("span", text(f"{days} of {goal}"), class_="strong" if days >= goal else None),
        text(f"{round(sum(week.minutes for week in span))}"),
        *(text(one(value)) for value in means),
    ]


def exercises(done: Sequence[DoseCourse], first: date, last: date) -> Markup:
    """The dose of each exercise over time."""
    if not done:
        return NOTHING
    return tag(
        "section",
        tag("h2", text("Exercises: dose over time")),
        _table(
            "exercises",
            "Doses: reps of each set \N{MULTIPLICATION SIGN} seconds of a hold, or minutes (m) and seconds"
            " (s) of work. The curves begin at nothing.",
            (
                "Exercise",
                f"Each session, {past_day(first, last)} to {short_day(last)}",
                "At first",
                "Now",
                "All done",
                "Stopped, hurt",
            ),
            [_exercise(number, each, first, last) for number, each in enumerate(done[:MOST_EXERCISES])],
        ),
        legend(("done", "all of the dose done"), ("part", "part of it"), ("hurt", "stopped because it hurt")),
        _more(len(done) - MOST_EXERCISES, "exercise", "done less often"),
        class_="whole",
    )


def _exercise(number: int, course: DoseCourse, first: date, last: date) -> list[Markup]:
    hurts = counted(len(course.hurts), "time") if course.hurts else "-"
    worst = f" (pain {course.worst_pain})" if course.hurts and course.worst_pain is not None else ""
    return [
        join(
            text(clipped(course.name, NAME)),
            tag("span", text(" each side"), class_="soft") if course.each_side else NOTHING,
        ),
        dose_chart(f"dose-{number}", course, first, last),
        _dose(course.first),
        _dose(course.last, "strong" if course.last != course.first else None),
        text(f"{course.as_planned} of {len(course.doings)}"),
        text(f"{hurts}{worst}"),
    ]


def _dose(words: str, style: str | None = None) -> Markup:
    """A dose as the plan writes it, broken into lines before its load only."""
    work, load, weight = words.partition(" with ")
    work = f"{work} reps" if work.isdecimal() else work
    return tag("span", tag("span", text(_times(work)), class_="dose"), text(load + weight), class_=style)


def _times(dose: str) -> str:
    return dose.replace(" x ", " \N{MULTIPLICATION SIGN} ")


def what_changed(changed: Sequence[Changed], today: date, forms: FindVariation) -> Markup:
    """What was changed and why, latest first."""
    title = tag("h2", text("What changed, and why"))
    if not changed:
        return tag("section", title, tag("p", text("Every dose stayed as it was."), class_="none"))
    return tag(
        "section",
        title,
        _table(
            "changes",
            "",
            ("Day", "", "Exercise", "Why"),
            [_change(each, today, forms) for each in changed[:MOST_CHANGES]],
        ),
        _more(len(changed) - MOST_CHANGES, "change", "earlier"),
    )


def _change(each: Changed, today: date, forms: FindVariation) -> list[Markup]:
    sign = _SIGNS.get(each.change, "")
    if len(each.exercises) == 1:
        name = clipped(name_of(each.exercises[0], forms), NAME)
    else:
        name = counted(len(each.exercises), "exercise")
    return [
        text(past_day(each.day, today)),
        tag("span", text(sign), role="img", aria_label=_SIGNS_IN_WORDS.get(sign, "")),
        text(name),
        text(_times(clipped(each.reason, _REASON))),
    ]


def comments(sessions: Sequence[Session], today: date) -> Markup:
    """What the person wrote, latest first."""
    said = [each for each in reversed(sessions) if each.comment.strip()]
    if not said:
        return NOTHING
    notes = (
        tag("li", tag("b", text(past_day(each.day, today))), text(f" {clipped(each.comment, _COMMENT)}"))
        for each in said[:MOST_COMMENTS]
    )
    return tag(
        "section",
        tag("h2", text("In the person's words")),
        tag("ul", *notes, class_="comments"),
        _more(len(said) - MOST_COMMENTS, "comment", "earlier"),
        class_="whole",
    )


def legend(*entries: tuple[str, str]) -> Markup:
    """What marks mean: pairs of a class and words."""
    return tag(
        "p",
        *(
            tag("span", tag("i", class_=f"key {style}", aria_hidden="true"), text(words))
            for style, words in entries
        ),
        class_="legend",
    )


def clipped(words: str, most: int) -> str:
    """``words`` in one line of at most ``most`` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _table(style: str, caption: str, heads: Iterable[str], rows: Iterable[Sequence[Markup]]) -> Markup:
    return tag(
        "table",
        tag("caption", text(caption)) if caption else NOTHING,
        tag("thead", tag("tr", *(tag("th", text(head), scope="col") for head in heads))),
        tag(
            "tbody",
            *(
                tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
                for row in rows
            ),
        ),
        class_=style,
    )


def _more(count: int, what: str, which: str) -> Markup:
    if count <= 0:
        return NOTHING
    return tag("p", text(f"And {counted(count, what)} {which}."), class_="none")
