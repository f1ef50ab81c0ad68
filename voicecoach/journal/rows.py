"""Records as rows of the journal's tables, and back. Unknown columns of a later version are left alone."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, Final

from voicecoach.journal.records import (
    Asked,
    Before,
    Choice,
    Decision,
    DoseChange,
    Event,
    Felt,
    Happening,
    Leg,
    Session,
    SetDone,
    Wish,
)
from voicecoach.routine.doses import Dose
from voicecoach.session.listener import Ending

Row = dict[str, Any]

SESSION_OF: Final = "session"
"""The column that says to which session a row belongs."""


def insert(table: str, row: Row) -> tuple[str, Row]:
    """The statement that adds ``row``, and its parameters. Names come from this module only."""
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", row  # noqa: S608 - names are constants


def update(table: str, ident: int, row: Row) -> tuple[str, Row]:
    """The statement that replaces the row ``ident``, and its parameters."""
    names = ", ".join(f"{name} = :{name}" for name in row)
    return f"UPDATE {table} SET {names} WHERE id = :id", {**row, "id": ident}  # noqa: S608 - as above


def of_session(session: Session) -> Row:
    """Without its id, sets and decisions."""
    return {
        "routine": session.routine,
        "version": session.version,
        "started": _moment(session.started),
        "day": session.day.isoformat(),
        "planned": session.planned,
        "sets_planned": session.sets_planned,
        "ended": session.ended and _moment(session.ended),
        "seconds": session.seconds,
        "finished": session.finished,
        "as_written": session.as_written,
        "by_hand": session.by_hand,
        "asked": session.asked and json.dumps(asdict(session.asked), ensure_ascii=False),
        "pain_before": session.before.pain,
        "leg_before": session.before.leg,
        "next_morning": session.next_morning,
        "comment": session.comment,
        **asdict(session.after),
    }


def to_session(row: sqlite3.Row, sets: tuple[SetDone, ...], decisions: tuple[Decision, ...]) -> Session:
    """The session in ``row`` with what belongs to it. Raises ValueError when it makes no sense."""
    return Session(
        id=row["id"],
        routine=row["routine"],
        version=row["version"],
        started=datetime.fromisoformat(row["started"]),
        day=date.fromisoformat(row["day"]),
        planned=row["planned"],
        sets_planned=row["sets_planned"],
        ended=row["ended"] and datetime.fromisoformat(row["ended"]),
        seconds=row["seconds"],
        finished=bool(row["finished"]),
        as_written=bool(row["as_written"]),
        by_hand=bool(row["by_hand"]),
        asked=_to_asked(row["asked"]),
        before=Before(pain=row["pain_before"], leg=_leg(row["leg_before"])),
        after=_felt(row),
        next_morning=row["next_morning"],
        comment=row["comment"],
        sets=sets,
        decisions=decisions,
    )


def of_set(done: SetDone, session: int) -> Row:
    row = {name: getattr(done, name) for name in _SET} | asdict(done.felt)
    return {
        SESSION_OF: session,
        **row,
        "written": done.written or done.exercise,
        "ending": str(done.ending),
        "at": _moment(done.at),
    }


def to_set(row: sqlite3.Row) -> SetDone:
    """The set in ``row``. Raises ValueError when it makes no sense."""
    return SetDone(
        **{name: row[name] for name in _SET},
        written=row["written"],
        ending=Ending(row["ending"]),
        at=datetime.fromisoformat(row["at"]),
        felt=_felt(row),
    )


def of_event(event: Event, session: int) -> Row:
    return {
        SESSION_OF: session,
        "at": _moment(event.at),
        "what": str(event.what),
        "command": event.command,
        "why": event.why,
    }


def to_event(row: sqlite3.Row) -> Event:
    """The event in ``row``. Raises ValueError when it makes no sense."""
    return Event(
        at=datetime.fromisoformat(row["at"]),
        what=Happening(row["what"]),
        command=row["command"],
        why=row["why"],
    )


def of_decision(decision: Decision, session: int) -> Row:
    return {
        SESSION_OF: session,
        "written": decision.written,
        "exercise": decision.exercise,
        "dose": _of_dose(decision.dose),
        "level": _of_dose(decision.level),
        "change": str(decision.change),
        "reason": decision.reason,
        "advice": decision.advice,
        "based_on": json.dumps(decision.based_on, ensure_ascii=False),
    }


def to_decision(row: sqlite3.Row) -> Decision:
    """The decision in ``row``. Raises ValueError when it makes no sense."""
    return Decision(
        written=row["written"],
        exercise=row["exercise"],
        dose=_to_dose(row["dose"]),
        level=_to_dose(row["level"]),
        change=DoseChange(row["change"]),
        reason=row["reason"],
        advice=row["advice"],
        based_on=tuple(json.loads(row["based_on"])),
    )


def of_choice(choice: Choice) -> Row:
    return {
        "at": _moment(choice.at),
        "written": choice.written,
        "wish": str(choice.wish),
        "dose": _of_dose(choice.dose),
    }


def to_choice(row: sqlite3.Row) -> Choice:
    """The choice in ``row``. Raises ValueError when it makes no sense."""
    return Choice(
        at=datetime.fromisoformat(row["at"]),
        written=row["written"],
        wish=Wish(row["wish"]),
        dose=_to_dose(row["dose"]),
    )


def changed(before: Session, after: Session) -> Row:
    """The columns in which two records of a session differ, as ``after`` has them."""
    old = of_session(before)
    return {name: value for name, value in of_session(after).items() if value != old[name]}


def of_correction(session: int, at: datetime, before: Row | None) -> Row:
    """``before``: the columns that are being changed, as they were; None when the session is new."""
    kept = None if before is None else json.dumps(before, ensure_ascii=False)
    return {SESSION_OF: session, "at": _moment(at), "before": kept}


def to_before(text: str, session: Session) -> Row:
    """The columns as they were. Raises ValueError when a session has no such columns."""
    before = json.loads(text)
    if not isinstance(before, dict) or not before.keys() <= of_session(session).keys():
        raise ValueError(f"a correction of {text}")
    return before


_SET: Final = (
    "exercise",
    "set_number",
    "sets",
    "block",
    "side",
    "sides",
    "reps",
    "reps_planned",
    "seconds",
    "seconds_planned",
    "hold",
    "lowering",
    "load",
    "tempo",
)
"""Columns that are kept as they are."""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _leg(value: int | None) -> Leg | None:
    return None if value is None else Leg(value)


def _to_asked(text: str | None) -> Asked | None:
    if text is None:
        return None
    raw = json.loads(text)
    return Asked(
        name=raw["name"],
        start=raw["start"],
        only=tuple(raw["only"]),
        sets=raw["sets"],
        minutes=raw["minutes"],
        coaching=raw["coaching"],
    )  # version 0.1.0 wrote more


def _felt(row: sqlite3.Row) -> Felt:
    form = row["form_ok"]
    return Felt(
        worst_pain=row["worst_pain"],
        effort=row["effort"],
        leg=_leg(row["leg"]),
        form_ok=None if form is None else bool(form),
    )


def _of_dose(dose: Dose | None) -> str | None:
    return None if dose is None else json.dumps(asdict(dose))


def _to_dose(text: str | None) -> Dose | None:
    if text is None:
        return None
    raw = json.loads(text)
    return Dose(**{**raw, "reps": tuple(raw["reps"])})
