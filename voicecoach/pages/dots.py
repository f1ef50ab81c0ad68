"""The chart of pain with a mark for each session, as a mean of a week hides its worst day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from voicecoach.journal.records import WORST, Session
from voicecoach.language.dates import short_day
from voicecoach.language.phrases import Phrases
from voicecoach.pages.charts import TICKS, Chart, Shape
from voicecoach.training.stats import WEEK, Week, was_hurt

_MOST_WEEKS: Final = 4
"""The most weeks of a chart, which is no wider than a phone; further ones have another [own choice]."""
_WIDTH: Final = 330
_HEIGHT: Final = 126
_LEFT, _RIGHT, _TOP, _BOTTOM = 24.0, 6.0, 14.0, 34.0
_STEP: Final = WEEK / timedelta(days=1)
_TRIANGLE: Final = "M0,-4.6L4.4,3.4L-4.4,3.4Z"
_CROSS: Final = "m-3.8,-3.8l7.6,7.6m0,-7.6l-7.6,7.6"
_BESIDE: Final = 9.0
"""The most pixels between two sessions of a day."""


def dot_styles(sessions: Iterable[Session]) -> list[str]:
    """Return the classes of the marks that these sessions have, for a legend."""
    found = {style for each in sessions for style in _styles(each)}
    return [each for each in ("dot-before", "dot-worst", "dot-hurt", "dot-unsaid") if each in found]


def _styles(session: Session) -> Iterator[str]:
    if session.before.pain is not None:
        yield "dot-before"
    if was_hurt(session):
        yield "dot-hurt"
    elif session.after.worst_pain is not None:
        yield "dot-worst"
    if session.after.worst_pain is None:
        yield "dot-unsaid"


def session_charts(weeks: Sequence[Week], told: str, say: Phrases) -> list[Chart]:
    """Draw the pain before each session and the worst during it, in as few charts of equal spans as needed.

    ``told`` describes them all.
    """
    charts = -(-len(weeks) // _MOST_WEEKS)
    span = -(-len(weeks) // charts)
    sessions = [each for week in weeks for each in week.sessions]
    highest = max((each.after.worst_pain or 0 for each in sessions), default=0)
    last = next((each for each in reversed(sessions) if each.after.worst_pain == highest), None)
    marked = last if highest else None
    return [
        _chart(f"pain-{first}", weeks[first : first + span], span, marked, told, say)
        for first in range(0, len(weeks), span)
    ]


def _chart(
    ident: str, weeks: Sequence[Week], span: int, marked: Session | None, told: str, say: Phrases
) -> Chart:
    """Draw some weeks where ``span`` have room; the pain of the session that is ``marked`` has its number."""
    day_width = (_WIDTH - _LEFT - _RIGHT) / (span * _STEP)
    bottom = float(_HEIGHT - _BOTTOM)

    def y(pain: float) -> float:
        return bottom - (bottom - _TOP) * pain / WORST

    shapes: list[Shape] = []
    end = float(_WIDTH) - _RIGHT
    for tick in TICKS:
        shapes.append(Shape("line", class_="grid", x1=_LEFT, x2=end, y1=y(tick), y2=y(tick)))
        shapes.append(Shape("text", str(tick), class_="number", x=_LEFT - 7, y=y(tick) + 4))
    for number, week in enumerate(weeks):
        x = _LEFT + number * _STEP * day_width
        shapes.append(Shape("line", class_="grid", x1=x, x2=x, y1=_TOP, y2=bottom + 14))
        shapes.append(Shape("text", short_day(week.monday, say), class_="monday", x=x + 4, y=_HEIGHT - 5.0))
    for session, part in _places([each for week in weeks for each in week.sessions]):
        middle = _LEFT + ((session.day - weeks[0].monday).days + 0.5) * day_width
        x = middle + part * min(_BESIDE, day_width / 2)
        shapes += _marks(session, x, y, bottom)
        if session is marked and session.after.worst_pain:
            shapes.append(
                Shape(
                    "text",
                    str(session.after.worst_pain),
                    class_="value",
                    x=x,
                    y=y(session.after.worst_pain) - 6,
                )
            )
    return Chart(ident, say.part("report.weeks.dots_title"), told, shapes, _HEIGHT, _WIDTH)


def _places(sessions: Sequence[Session]) -> Iterator[tuple[Session, float]]:
    """Yield each session with its place within its day, in steps around the middle."""
    by_day: dict[object, list[Session]] = {}
    for each in sessions:
        by_day.setdefault(each.day, []).append(each)
    for some in by_day.values():
        for number, each in enumerate(some):
            yield each, number - (len(some) - 1) / 2


def _marks(session: Session, x: float, y: Callable[[float], float], bottom: float) -> Iterator[Shape]:
    before, worst = session.before.pain, session.after.worst_pain
    if worst is None:
        yield Shape("text", "?", class_="dot-unsaid", x=x, y=bottom + 14)
    if before is not None and worst is not None and worst != before:
        yield Shape("line", class_="dot-line", x1=x, x2=x, y1=y(before), y2=y(worst))
    if before is not None:
        yield Shape("circle", class_="dot-before", cx=x, cy=y(before), r=2.6)
    if was_hurt(session):
        at = worst if worst is not None else before or 0
        yield Shape("path", class_="dot-hurt", d=f"M{x:.1f},{y(at):.1f}{_CROSS}")
    elif worst is not None:
        yield Shape("path", class_="dot-worst", d=_TRIANGLE, transform=f"translate({x:.1f},{y(worst):.1f})")
