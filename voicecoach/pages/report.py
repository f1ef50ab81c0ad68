"""The page as a whole: what a physiotherapist asks first, then weeks, exercises, changes and comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from voicecoach import __version__
from voicecoach.journal.records import Leg, Session
from voicecoach.language.dates import counted, day_in_full, hours, one, past_day
from voicecoach.pages import tables
from voicecoach.pages.charts import adherence_chart, pain_chart, standing
from voicecoach.pages.markup import Markup, tag, text
from voicecoach.training import limits
from voicecoach.training.dose_history import Changed, DoseCourse, changes, courses, ups_and_downs
from voicecoach.training.stats import (
    Answers,
    Week,
    adherence,
    furthest_leg,
    leg_rose,
    length,
    mean,
    trend,
    trend_weeks,
    worst_pain,
)
from voicecoach.training.variation import FindVariation, no_variations

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser is told: to load nothing and run nothing, whatever stands on the page."""
_STYLE = Path(__file__).with_name("page.css")
_LEGS = {
    Leg.NONE: "no pain in back or leg",
    Leg.BACK: "the back or the buttock",
    Leg.THIGH: "the thigh",
    Leg.KNEE: "the knee",
    Leg.CALF: "the calf",
    Leg.FOOT: "the foot",
}

_STANDINGS = {"reached": "goal reached", "below": "below the goal", "not-whole": "week not whole"}


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that stands on the page."""

    weeks: tuple[Week, ...]
    """At least one, with a session in at least one."""
    today: date
    name: str = ""
    """The person's; may be empty."""
    forms: FindVariation = no_variations
    """Knows the names of exercises."""

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Those in which something was done, earliest first."""
        return tuple(session for week in self.weeks for session in week.sessions)

    @cached_property
    def courses(self) -> tuple[DoseCourse, ...]:
        return courses(self.sessions, self.forms)

    @cached_property
    def changes(self) -> tuple[Changed, ...]:
        return changes(self.sessions)


def page(report: Report) -> str:
    """The page as HTML, which loads nothing and runs no script."""
    name = tables.clipped(report.name, tables.NAME)
    title = f"Exercise report{f' for {name}' if name else ''}"
    head = tag(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        tag("title", text(title)),
        tag("style", Markup(_STYLE.read_text(encoding="utf-8"))),
    )
    body = tag(
        "body",
        tag(
            "main",
            tag(
                "header",
                tag("h1", text(title)),
                tag("p", text(_period(report)), class_="period"),
                class_="top",
            ),
            _answers(report),
            _weeks(report),
            tables.what_changed(report.changes, report.today, report.forms),
            tables.exercises(report.courses, report.weeks[0].monday, report.today),
            tables.comments(report.sessions, report.today),
            _foot(report),
        ),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def _period(report: Report) -> str:
    first = report.weeks[0].monday
    return f"{day_in_full(first)} to {day_in_full(report.today)} · {counted(len(report.weeks), 'week')}"


def _answers(report: Report) -> Markup:
    """The four questions, each with its answer in one line and the rest of it in small print."""
    return tag(
        "section",
        _card("How often", *_how_often(report)),
        _card("How much", *_how_much(report)),
        _card("What hurts", *_what_hurts(report)),
        _card("What changed", *_what_changed(report)),
        class_="answers",
        aria_label="In short",
    )


def _card(question: str, answer: str, *details: str) -> Markup:
    return tag(
        "div",
        tag("h2", text(question)),
        tag("p", text(answer), class_="answer"),
        *(tag("p", text(each)) for each in details if each),
        class_="card",
    )


def _how_often(report: Report) -> tuple[str, ...]:
    on_target = adherence(report.weeks)
    done, finished = len(report.sessions), sum(each.finished for each in report.sessions)
    days, goal = sum(week.days for week in report.weeks), report.weeks[-1].goal
    return (
        f"{on_target.reached} of {counted(on_target.of, 'week')} on target" if on_target.of else "Just begun",
        f"Goal: {counted(goal, 'day')} a week. Exercise on {counted(days, 'day')}.",
        f"{finished} of {counted(done, 'session')} done to the end.",
    )


def _how_much(report: Report) -> tuple[str, ...]:
    seconds = sum(map(length, report.sessions))
    said = mean(report.weeks, lambda week: week.effort)
    return (
        hours(seconds / 60),
        f"{round(seconds / 60 / len(report.sessions))} minutes a session.",
        f"Effort {_from_to(report, lambda week: week.effort)} of 10." if said is not None else "",
    )


def _what_hurts(report: Report) -> tuple[str, ...]:
    if mean(report.weeks, lambda week: (*week.before, *week.worst)) is None:
        return ("Nobody said", _stopped(report), _leg(report))
    questions: tuple[tuple[str, Answers], ...] = (
        ("Pain before", lambda week: week.before),
        ("Worst during", lambda week: week.worst),
    )
    said = [
        f"{what}: {_from_to(report, answers)}"
        for what, answers in questions
        if mean(report.weeks, answers) is not None
    ]
    compared = any(trend(report.weeks, answers) for _, answers in questions)
    part = counted(trend_weeks(report.weeks), "week")
    return (
        said[0],
        f"{'. '.join([*said[1:], 'Means'])}{f' of the first and last {part}' if compared else ''}.",
        _highest(report),
        _stopped(report),
        _leg(report),
    )


def _highest(report: Report) -> str:
    """The worst pain of all, and when it was said the last time."""
    said = [(pain, each.day) for each in report.sessions if (pain := worst_pain(each)) is not None]
    if not said:
        return ""
    pain, day = max(said)
    return f"Highest: {pain} of 10, on {past_day(day, report.today)}." if pain else ""


def _stopped(report: Report) -> str:
    hurt = [
        f"{tables.clipped(each.name, 32)} ({counted(len(each.hurts), 'time')})"
        for each in report.courses
        if each.hurts
    ]
    if not hurt:
        return "No exercise was stopped because it hurt."
    shown = ", ".join(hurt[:3])
    return f"Stopped because it hurt: {shown}{f' and {len(hurt) - 3} more' if len(hurt) > 3 else ''}."


def _leg(report: Report) -> str:
    furthest = furthest_leg(report.sessions)
    if furthest is None:
        return ""
    rose = [each for each in report.sessions if leg_rose(each)]
    where = f"Felt at most as far as {_LEGS[furthest]}" if furthest else "No pain in back or leg"
    if not rose:
        return f"{where}; never further after a session than before."
    return f"{where}; further down the leg after {counted(len(rose), 'session')}."


def _what_changed(report: Report) -> tuple[str, ...]:
    up, down = ups_and_downs(report.changes)
    if not report.changes:
        return "Nothing", "Every dose stayed as it was."
    return (
        f"{up:,} up, {down:,} down",
        "Doses raised after good sessions, and lowered after pain or too much effort.",
        f"Last change: {day_in_full(report.changes[0].day)}.",
    )


def _from_to(report: Report, answers: Answers) -> str:
    """``"4.3 → 1.8"``; one number when there is too little for a trend; a dash for none."""
    found = trend(report.weeks, answers)
    return (
        f"{one(found.first)}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}{one(found.last)}"
        if found
        else one(mean(report.weeks, answers))
    )


def _weeks(report: Report) -> Markup:
    on_target = adherence(report.weeks)
    asked = any(week.before or week.worst or week.morning for week in report.weeks)
    pain = (
        tag(
            "figure",
            tag("figcaption", text("Pain: mean of each week, 0 to 10")),
            pain_chart(
                report.weeks,
                f"Before {_from_to(report, lambda week: week.before)},"
                f" worst during {_from_to(report, lambda week: week.worst)},"
                f" next morning {_from_to(report, lambda week: week.morning)}. The table has every week.",
            ),
        )
        if asked
        else tag("p", text("Nothing was said about pain."), class_="none")
    )
    return tag(
        "section",
        tag("h2", text("Week by week")),
        tag(
            "div",
            tag(
                "div",
                tag(
                    "figure",
                    tag("figcaption", text("Days with exercise")),
                    adherence_chart(
                        report.weeks,
                        f"{on_target.reached} of {counted(on_target.of, 'week')} reached the goal."
                        " The table has every week.",
                    ),
                    tables.legend(
                        *(
                            (style, words)
                            for style, words in _STANDINGS.items()
                            if style in {standing(week) for week in report.weeks if week.days}
                        )
                    ),
                ),
                pain,
                class_="charts",
            ),
            tables.week_by_week(report.weeks, report.today),
            class_="beside",
        ),
    )


def _foot(report: Report) -> Markup:
    return tag(
        "footer",
        tag(
            "p",
            text(
                "Pain and effort are what the person said, from 0 to 10; nothing was measured or examined."
                f" In the shaded zones of the pain chart (from {limits.AMBER_PAIN}, and from"
                f" {limits.RED_PAIN}) the program does not raise doses, and lowers them."
                f" Made by voicecoach {__version__} on {day_in_full(report.today)} on the person's own"
                " computer. It is information, not medical advice."
            ),
        ),
    )
