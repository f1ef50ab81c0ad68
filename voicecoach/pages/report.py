"""The report: what to decide, exercise by exercise, four answers, then weeks, changes and comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from voicecoach import __version__
from voicecoach.journal.records import Session, Weakness
from voicecoach.language import phrases
from voicecoach.language.dates import counted, day_in_full, hours, one, past_day
from voicecoach.language.phrases import Phrases
from voicecoach.pages import regions, tables
from voicecoach.pages.changes_table import FEWER_LINES, MOST_LINES, what_changed
from voicecoach.pages.charts import Chart, adherence_chart, pain_chart, standing
from voicecoach.pages.decide_box import decide_box
from voicecoach.pages.dots import dot_styles, session_charts
from voicecoach.pages.exercise_table import TableContext, exercises
from voicecoach.pages.markup import filled_in
from voicecoach.pages.prescribed import boxes
from voicecoach.training.by_exercise import LATELY, by_routine
from voicecoach.training.change_days import change_days
from voicecoach.training.dose_history import (
    Changed,
    Direction,
    DoseCourse,
    changes,
    courses,
    directions,
    name_of,
)
from voicecoach.training.exercise_log import History
from voicecoach.training.stats import (
    Answers,
    Extent,
    Week,
    adherence,
    extent,
    length,
    mean,
    trained,
    trend,
    trend_weeks,
)
from voicecoach.training.to_decide import NextTime, is_unanswered, to_decide
from voicecoach.training.variation import FindVariation, no_variations

_STANDINGS: Final = ("reached", "below", "not-whole")
_MANY: Final = 3
"""So many things to decide, and more weeks than that, fill two sheets below the box of a clinician."""
_DECIDED: Final = timedelta(days=27)
"""How far back it is told what happened, besides today, when nobody says since when [own choice]."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The contents of the page."""

    weeks: tuple[Week, ...]
    """One or more, with at least one session in them."""
    today: date
    name: str = ""
    """The person's name; may be empty."""
    find_variation: FindVariation = no_variations
    """Knows the names of exercises."""
    weakness: tuple[Weakness, ...] = ()
    """Whether there was a sign that has to be looked at, earliest first, also before these weeks."""
    language: str = phrases.ENGLISH
    history: History | None = None
    """What the rules look at; None where that is nothing but these weeks."""
    plans: tuple[NextTime, ...] = ()
    """The routines in use, and what comes next in each."""
    since: date | None = None
    """The day since which it is told, such as that of the last visit; None for these weeks."""

    @cached_property
    def say(self) -> Phrases:
        return phrases.load(self.language)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions in which something was done, earliest first."""
        return tuple(session for week in self.weeks for session in week.sessions)

    @cached_property
    def courses(self) -> tuple[DoseCourse, ...]:
        return courses(self.sessions, self.find_variation)

    @cached_property
    def changes(self) -> tuple[Changed, ...]:
        """What was changed since the day that was asked for, also against what was before it."""
        before = self.history.sessions if self.history else ()
        first = self.sessions[0].started
        found = changes([*(each for each in before if each.started < first), *self.sessions])
        return tuple(each for each in found if each.day >= self.sessions[0].day)

    @cached_property
    def known(self) -> History:
        return self.history or History(sessions=self.sessions, weakness=self.weakness)

    @property
    def lately(self) -> tuple[Session, ...]:
        """The sessions of the last days, also those before the day since which it is told."""
        days = (each for each in self.known.sessions if timedelta() <= self.today - each.day < LATELY)
        return tuple(filter(trained, days))

    @property
    def decided_since(self) -> date:
        """The day since which what happened is still to be decided."""
        return self.since or max(self.today - _DECIDED, self.weeks[0].monday)

    @property
    def is_by_session(self) -> bool:
        """Whether each session is shown by itself: means would hide a bad one."""
        return len(self.weeks) <= tables.MOST_DOTS

    def name_of(self, key: str) -> str:
        """Return the name of an exercise, also of one that stands in a routine in use alone."""
        return self._names.get(key) or name_of(key, self.find_variation)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {each.key: each.name for plan in self.plans for each in plan.routine.exercises}


def page(report: Report) -> str:
    """Return the page as HTML, which loads nothing and runs no script."""
    say, weeks, today = report.say, report.weeks, report.today
    name = tables.clipped(report.name, tables.NAME)
    asked = any(week.before or week.worst or week.morning for week in weeks)
    decide = decide_box(
        to_decide(report.known, report.plans, report.decided_since, today),
        report.decided_since,
        today,
        report.name_of,
        say,
    )
    prescribed, numbers = boxes(report.sessions, today, say), tables.week_by_week(weeks, today, say)
    is_full = prescribed and len(decide.rows) >= _MANY and len(numbers.rows) > _MANY
    return filled_in(
        "report.html",
        say=say.part,
        language=report.language,
        title=say.part("report.title_for", name=name) if name else say.part("report.title"),
        period=_period(report),
        decide=decide,
        exercises=exercises(
            by_routine(report.plans, report.sessions, report.courses, report.lately),
            TableContext(report.name_of, weeks[0].monday, today, say),
        ),
        prescribed=prescribed,
        cards=_cards(report),
        days=_days(report),
        standings=[each for each in _STANDINGS if each in {standing(week) for week in weeks if week.days}],
        dots=_dots(report) if asked and report.is_by_session else [],
        dot_styles=dot_styles(report.sessions),
        pain=pain_chart(weeks, _pain_told(report), say) if asked and not report.is_by_session else None,
        weeks=numbers,
        changes=what_changed(
            change_days(report.changes, report.known.sessions),
            today,
            report.name_of,
            say,
            FEWER_LINES if is_full else MOST_LINES,
        ),
        comments=tables.comments(report.sessions, today, say),
        foot=_said(
            report,
            "foot",
            version=__version__,
            day=day_in_full(today, say),
        ),
    )


def _period(report: Report) -> str:
    first, last = report.since or report.weeks[0].monday, day_in_full(report.today, report.say)
    return _said(
        report,
        "period_since" if report.since else "period",
        first=day_in_full(first, report.say),
        last=last,
        weeks=counted(len(report.weeks), "week", report.say),
    )


class _Card(NamedTuple):
    """One of the four questions: its answer in one line, and details in small print."""

    question: str
    answer: str
    details: Sequence[str]


def _cards(report: Report) -> list[_Card]:
    answers = {
        "often": _how_often(report),
        "much": _how_much(report),
        "hurts": _what_hurts(report),
        "changed": _what_changed(report),
    }
    return [_Card(_said(report, f"{name}.title"), said[0], said[1:]) for name, said in answers.items()]


def _said(report: Report, name: str, /, **blanks: str | int) -> str:
    return report.say.part(f"report.{name}", **{key: str(value) for key, value in blanks.items()})


def _how_often(report: Report) -> tuple[str, ...]:
    say, on_target = report.say, adherence(report.weeks)
    days, parts = sum(week.days for week in report.weeks), sum(week.parts for week in report.weeks)
    goal = counted(report.weeks[-1].goal, "day", say)
    said = _said(report, "often.goal", goal=goal, days=counted(days, "day", say))
    return (
        _said(report, "often.on_target", n=on_target.reached, weeks=counted(on_target.of, "week", say))
        if on_target.of
        else _said(report, "often.begun"),
        _said(report, "often.in_part", said=said, n=parts) if parts else f"{said}.",
        _extents(report),
        _unanswered(report),
    )


def _extents(report: Report) -> str:
    """Say how many sessions were done in full, in part, and cut short by pain."""
    found = Counter(map(extent, report.sessions))
    parts = "_".join(each.value for each in Extent if found[each] or each is Extent.FULL)
    counts = {each.value: found[each] for each in Extent}
    done = counted(len(report.sessions), "session", report.say)
    return _said(report, f"often.{parts}", sessions=done, **counts)


def _unanswered(report: Report) -> str:
    silent = sum(map(is_unanswered, report.sessions))
    if not silent:
        return ""
    return _said(report, "often.unanswered", sessions=counted(silent, "session", report.say))


def _how_much(report: Report) -> tuple[str, ...]:
    minutes = sum(map(length, report.sessions)) / 60
    each = round(minutes / len(report.sessions))
    said = mean(report.weeks, lambda week: week.effort)
    return (
        hours(minutes, report.say),
        _said(report, "much.each", minutes=counted(each, "minute", report.say)),
        _said(report, "much.effort", effort=_from_to(report, lambda week: week.effort))
        if said is not None
        else "",
    )


def _what_hurts(report: Report) -> tuple[str, ...]:
    if mean(report.weeks, lambda week: (*week.before, *week.worst)) is None:
        return (_said(report, "hurts.nobody"), *_weak(report), *_asked(report))
    questions: dict[str, Answers] = {"before": lambda week: week.before, "worst": lambda week: week.worst}
    said = [
        _said(report, f"hurts.{what}", pain=_from_to(report, answers))
        for what, answers in questions.items()
        if mean(report.weeks, answers) is not None
    ]
    if report.is_by_session:
        return (said[0], *_weak(report), *said[1:], _highest(report), *_asked(report))
    compared = any(trend(report.weeks, answers) for answers in questions.values())
    part = counted(trend_weeks(report.weeks), "week", report.say)
    means = _said(report, "hurts.means_of", weeks=part) if compared else _said(report, "hurts.means")
    pain = ". ".join([*said[1:], means])
    return (said[0], *_weak(report), pain, _highest(report), *_asked(report))


def _highest(report: Report) -> str:
    """Say the worst pain of all, and when it was last reported."""
    said = [(pain, each.day) for each in report.sessions if (pain := each.after.worst_pain) is not None]
    pain, day = max(said, default=(0, report.today))
    return _said(report, "hurts.highest", n=pain, day=past_day(day, report.today, report.say)) if pain else ""


def _asked(report: Report) -> tuple[str, ...]:
    """Say what was answered to the questions of each region."""
    return tuple(regions.asked(report.sessions, report.say))


def _weak(report: Report) -> tuple[str, ...]:
    """Say when a sign had to be looked at in these weeks, and until when."""
    return tuple(regions.looked_at(report.weakness, report.weeks[0].monday, report.say))


def _what_changed(report: Report) -> tuple[str, ...]:
    if not report.changes:
        return _said(report, "changed.nothing"), _said(report, "changed.none")
    found = directions(report.changes)
    up, down, out = (f"{found[each]:,}" for each in (Direction.MORE, Direction.LESS, Direction.LEFT_OUT))
    paced = [each.day for each in report.changes if each.change.is_paced]
    name = "up_down_and_out" if found[Direction.LEFT_OUT] else "up_and_down"
    return (
        _said(report, f"changed.{name}", up=up, down=down, out=out),
        *([_said(report, "changed.paced", day=day_in_full(min(paced), report.say))] if paced else []),
        _said(report, "changed.last", day=day_in_full(report.changes[0].day, report.say)),
    )


def _from_to(report: Report, answers: Answers) -> str:
    """Return ``"4.3 → 1.8"``; one number when there is no trend, and a dash without answers.

    Where each session is shown by itself it is the lowest and the highest: ``"3 to 7"``.
    """
    if report.is_by_session:
        return tables.lowest_to_highest(report.weeks, answers, report.say)
    found = trend(report.weeks, answers) or (mean(report.weeks, answers),)
    return "\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}".join(
        one(each, report.say) for each in found
    )


def _days(report: Report) -> Chart:
    on_target = adherence(report.weeks)
    weeks = counted(on_target.of, "week", report.say)
    return adherence_chart(
        report.weeks, _said(report, "weeks.days_told", n=on_target.reached, weeks=weeks), report.say
    )


def _dots(report: Report) -> list[Chart]:
    told = _said(
        report,
        "weeks.dots_told",
        sessions=counted(len(report.sessions), "session", report.say),
        before=_from_to(report, lambda week: week.before),
        worst=_from_to(report, lambda week: week.worst),
    )
    return session_charts(report.weeks, told, report.say)


def _pain_told(report: Report) -> str:
    return _said(
        report,
        "weeks.pain_told",
        before=_from_to(report, lambda week: week.before),
        worst=_from_to(report, lambda week: week.worst),
        morning=_from_to(report, lambda week: week.morning),
    )
