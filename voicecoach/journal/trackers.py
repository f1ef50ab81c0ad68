"""The sets as CSV in the columns of other programs that keep what was done, by the name of the program.

What Strong exports is what other trackers import. Its columns are those of the app for phones of Apple, which
most readers know: they find them by name, and take the numbers for kilograms or ask for the unit. Strong
writes 0 where a number does not apply, and has a row for each side that is done by itself.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Final, NamedTuple

from voicecoach.journal.export import cell, length
from voicecoach.journal.records import Session, SetDone
from voicecoach.routine.dose import Counted
from voicecoach.session.listener import Ending


class Names(NamedTuple):
    """The names of what is kept by its key."""

    exercise: Callable[[str], str]
    routine: Callable[[str], str]


Write = Callable[[Iterable[Session], Names], str]
"""Returns CSV of sessions with their sets."""

STRONG: Final = (
    *("Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps", "Distance"),
    *("Seconds", "Notes", "Workout Notes", "RPE"),
)
"""The columns of Strong, in its order."""
_DATE: Final = "%Y-%m-%d %H:%M:%S"


def _strong(sessions: Iterable[Session], names: Names) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(STRONG)
    by_hand: Counter[date] = Counter()
    for session in sorted(sessions, key=lambda each: (each.started, each.id)):
        start = session.local(session.started)
        if session.by_hand:
            # Nobody gave an hour, and readers need one: midnight stands for none. Its seconds keep apart what
            # they would otherwise take for one workout.
            start = datetime.combine(session.day, time(second=min(by_hand[session.day], 59)))
            by_hand[session.day] += 1
        workout = (start.strftime(_DATE), names.routine(session.routine), _duration(length(session)))
        for *values, effort in _sets(session, names):
            writer.writerow(map(cell, (*workout, *values, session.comment, effort)))
    return table.getvalue()


def _sets(session: Session, names: Names) -> Iterator[tuple[object, ...]]:
    """Yield exercise, number, weight, reps, distance, seconds, notes and effort of each set with work in it.

    Sets are counted by exercise. What was noted by hand and has none is an exercise by the name of its
    routine.
    """
    numbers: Counter[str] = Counter()
    for done in session.sets:
        reps, seconds = _reps(done), _seconds(done)
        if reps or seconds:
            numbers[done.exercise] += 1
            exercise = (names.exercise(done.exercise), numbers[done.exercise])
            yield (*exercise, done.load, reps, 0, seconds, _notes(done, names), _effort(done))
    if session.by_hand and not session.sets and session.seconds:
        yield names.routine(session.routine), 1, 0, 0, 0, round(session.seconds), "", None


def _reps(done: SetDone) -> int:
    return done.reps if done.seconds_planned is None else done.counted


def _seconds(done: SetDone) -> int:
    """Return the seconds of timed work, or those of holding; 0 for a set that is counted alone."""
    if done.seconds_planned is not None:
        return round(done.seconds)
    if done.hold is None:
        return 0
    return round(done.hold * done.reps or min(done.hold, done.seconds))


def _effort(done: SetDone) -> int | None:
    """Return the effort that was said of the set itself; that of a whole session is none of a set."""
    return done.felt.effort or None


def _notes(done: SetDone, names: Names) -> str:
    said = [f"{done.side} side"] if done.side else []
    said += [done.level] if done.level else []
    said += [str(done.unit)] if done.unit is not Counted.REPS and done.reps else []
    said += [f"instead of {names.exercise(done.written)}"] if done.written not in {"", done.exercise} else []
    said += [str(done.ending)] if done.ending is not Ending.DONE else []
    return ", ".join(said)


def _duration(seconds: float) -> str:
    """Return a length as Strong writes it: ``1h 5m``, ``23m``, and seconds below a minute."""
    if seconds < 60:
        return f"{seconds:.0f}s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(f"{each}{unit}" for each, unit in ((hours, "h"), (minutes, "m")) if each)


TRACKERS: Final[Mapping[str, Write]] = {"strong": _strong}
"""What writes for a program, by the name that a person types."""
