"""The journal for other programs: as JSON, all of it, and as a table with a row for each set."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from voicecoach.journal.records import Decision, Event, Felt, Leg, Session, SetDone, tally
from voicecoach.text import clean

FORMAT: Final = 1
"""Counts up when a key changes its meaning or goes; new ones may come at any time."""

_FORMULA: Final = tuple("=+-@＝＋－＠")  # noqa: RUF001 - the wide forms, which spreadsheets take as well
"""What begins a formula in a spreadsheet (OWASP, "CSV Injection")."""


class Outcome(StrEnum):
    """How a session ended."""

    DONE = "done"
    STOPPED = "stopped"
    """By the person."""
    INTERRUPTED = "interrupted"
    """It was cut off, or is going on."""
    BY_HAND = "by hand"
    """It was not played but noted."""


def outcome(session: Session) -> Outcome:
    """How ``session`` ended."""
    if session.by_hand:
        return Outcome.BY_HAND
    if session.finished:
        return Outcome.DONE
    return Outcome.STOPPED if session.ended else Outcome.INTERRUPTED


def leg_word(leg: Leg | None) -> str | None:
    """How far down a leg, in a word."""
    return None if leg is None else leg.name.lower()


def as_json(sessions: Iterable[tuple[Session, Sequence[Event]]]) -> dict[str, Any]:
    """Everything that is known of ``sessions``, in their order; times in UTC, lengths in seconds."""
    return {"format": FORMAT, "sessions": [_session(session, events) for session, events in sessions]}


def as_csv(sessions: Iterable[Session]) -> str:
    """A table after RFC 4180, its first line the names of the columns; a session without sets has one row.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for session in sessions:
        of_session = _session_cells(session)
        writer.writerows(of_session + _set_cells(done) for done in session.sets or (None,))
    return table.getvalue()


_OF_SESSION: Final = (
    "session",
    "day",
    "started",
    "routine",
    "how_it_ended",
    "session_seconds",
    "pain_before",
    "leg_before",
    "session_worst_pain",
    "session_effort",
    "session_leg",
    "session_form_ok",
    "next_morning",
    "comment",
)
_OF_SET: Final = (
    "exercise",
    "written",
    "block",
    "set",
    "sets",
    "side",
    "reps",
    "reps_planned",
    "seconds",
    "seconds_planned",
    "hold",
    "lowering",
    "load_kg",
    "tempo",
    "ending",
    "left_at",
    "worst_pain",
    "effort",
    "leg",
    "form_ok",
)
COLUMNS: Final = (*_OF_SESSION, *_OF_SET)
"""Of the table: what is known of the session stands in each of its rows, then the set."""


def _session_cells(session: Session) -> tuple[str, ...]:
    return tuple(
        _cell(value)
        for value in (
            session.id,
            session.day.isoformat(),
            session.started.isoformat(timespec="seconds"),
            session.routine,
            outcome(session),
            session.seconds,
            session.before.pain,
            leg_word(session.before.leg),
            *_felt_values(session.after),
            session.next_morning,
            session.comment,
        )
    )


def _set_cells(done: SetDone | None) -> tuple[str, ...]:
    if done is None:
        return ("",) * len(_OF_SET)
    return tuple(
        _cell(value)
        for value in (
            done.exercise,
            done.written or done.exercise,
            done.block,
            done.set_number,
            done.sets,
            done.side,
            done.reps,
            done.reps_planned,
            done.seconds,
            done.seconds_planned,
            done.hold,
            done.lowering,
            done.load,
            done.tempo,
            done.ending,
            done.at.isoformat(timespec="seconds"),
            *_felt_values(done.felt),
        )
    )


def _felt_values(felt: Felt) -> Iterator[object]:
    yield felt.worst_pain
    yield felt.effort
    yield leg_word(felt.leg)
    yield felt.form_ok


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return _text(value) if isinstance(value, str) else str(value)


@lru_cache(1000)  # names come again and again
def _text(value: str) -> str:
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _session(session: Session, events: Sequence[Event]) -> dict[str, Any]:
    return {
        "number": session.id,
        "routine": session.routine,
        "version": session.version,
        "day": session.day.isoformat(),
        "started": session.started.isoformat(),
        "ended": session.ended and session.ended.isoformat(),
        "how_it_ended": str(outcome(session)),
        "seconds": session.seconds,
        "seconds_planned": session.planned,
        "sets_done": tally(session.sets).done,
        "sets_planned": session.sets_planned or None,
        "as_written": session.as_written,
        "before": {"pain": session.before.pain, "leg": leg_word(session.before.leg)},
        "after": _felt(session.after),
        "next_morning": session.next_morning,
        "comment": session.comment,
        "sets": [_set(done) for done in session.sets],
        "decisions": [_decision(decision) for decision in session.decisions],
        "events": [_event(event) for event in events],
    }


def _set(done: SetDone) -> dict[str, Any]:
    return {
        "exercise": done.exercise,
        "written": done.written or done.exercise,
        "block": done.block,
        "set": done.set_number,
        "sets": done.sets,
        "side": done.side,
        "reps": done.reps,
        "reps_planned": done.reps_planned,
        "seconds": done.seconds,
        "seconds_planned": done.seconds_planned,
        "hold": done.hold,
        "lowering": done.lowering,
        "load_kg": done.load,
        "tempo": done.tempo,
        "ending": str(done.ending),
        "left_at": done.at.isoformat(),
        "felt": _felt(done.felt),
    }


def _felt(felt: Felt) -> dict[str, Any]:
    return {
        "worst_pain": felt.worst_pain,
        "effort": felt.effort,
        "leg": leg_word(felt.leg),
        "form_ok": felt.form_ok,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "written": decision.written,
        "exercise": decision.exercise,
        "dose": decision.dose and asdict(decision.dose),
        "level": decision.level and asdict(decision.level),
        "change": str(decision.change),
        "reason": decision.reason,
        "advice": decision.advice,
        "based_on": list(decision.based_on),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "what": str(event.what),
        "command": event.command,
        "why": event.why,
    }
