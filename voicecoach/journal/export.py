"""Exports sessions for other programs: as complete JSON, which can be read back, and as CSV by set."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from voicecoach.errors import FileError
from voicecoach.journal.records import (
    Agreement,
    Arm,
    Decision,
    Event,
    Leg,
    Lifted,
    Session,
    SetDone,
    Weakness,
    tally,
)
from voicecoach.language import phrases
from voicecoach.plain import plain, read
from voicecoach.routine.dose import Counted
from voicecoach.text import clean

FORMAT: Final = 1
"""Raised when a key changes its meaning or goes; new keys may come at any time."""

Recorded = tuple[Session, Sequence[Event]]
"""A session and its events."""

_KEYS: Final = {"set_number": "set", "load": "load_kg", "at": "left_at"}
"""The names in the export of the fields of a set, where they differ."""
_NAMES: Final = {key: name for name, key in _KEYS.items()}

_SAID: Final = ("as_written", "region", "before", "after", "named", "next_morning", "comment")
"""The fields of a session that go into the export as they are, after what was done."""
_WEAK: Final = "weak"
"""How earlier versions kept new weakness, among what was agreed about a pace."""
_FORMULA: Final = tuple("=+-@＝＋－＠")  # noqa: RUF001 - the wide forms, which spreadsheets take as well
"""The characters that begin a formula in a spreadsheet (OWASP, "CSV Injection")."""


class Outcome(StrEnum):
    """How a session ended."""

    DONE = "done"
    STOPPED = "stopped"
    """By the person."""
    INTERRUPTED = "interrupted"
    """Cut off, or still going on."""
    BY_HAND = "by hand"
    """Not played here, but noted."""


def outcome(session: Session) -> Outcome:
    """Return how ``session`` ended."""
    if session.by_hand:
        return Outcome.BY_HAND
    if session.finished:
        return Outcome.DONE
    return Outcome.STOPPED if session.ended else Outcome.INTERRUPTED


def leg_word(leg: Leg | Arm | None) -> str | None:
    """Return the word for how far down a leg or an arm."""
    return None if leg is None else leg.name.lower().replace("_", " ")


def as_json(
    sessions: Iterable[Recorded],
    agreements: Sequence[Agreement] = (),
    weakness: Sequence[Weakness] = (),
    lifted: Sequence[Lifted] = (),
) -> str:
    """Return ``sessions`` as JSON in their order, then what was said of a pace, of new weakness, and of
    precautions that ended.

    Times are by the clock where a session was done, with its offset from UTC, or in UTC; lengths in seconds.
    """
    written = [session_as_plain(session) | {"events": plain(tuple(events))} for session, events in sessions]
    said = {
        "pace": plain(tuple(agreements)),
        "weakness": plain(tuple(weakness)),
        "precautions_lifted": plain(tuple(lifted)),
    }
    between = {name: each for name, each in said.items() if each}
    return json.dumps({"format": FORMAT, "sessions": written, **between}, indent=2)


def from_json(text: str) -> tuple[Recorded, ...]:
    """Read what :func:`as_json` wrote, in any version up to this one.

    Everything comes back except :attr:`Session.asked`, which means something on its own computer only. Raises
    FileError, whose message is for the person.
    """
    try:
        raw = json.loads(text)
        if raw["format"] > FORMAT:
            raise FileError(
                f"These sessions were written by a newer voicecoach (version {raw['format']} of its format;"
                f" this one knows {FORMAT}). Update voicecoach to read them."
            )
        return tuple(_recorded(each) for each in raw["sessions"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _no_record(error) from error


def agreements_in(text: str) -> tuple[Agreement, ...]:
    """Read what was agreed about a pace from what :func:`as_json` wrote, in any version up to this one.

    Raises FileError, as :func:`from_json`.
    """
    try:
        said = json.loads(text).get("pace", ())
        return tuple(read(Agreement, each) for each in said if each["said"] != _WEAK)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _no_record(error) from error


def weakness_in(text: str) -> tuple[Weakness, ...]:
    """Read whether a leg was weak from what :func:`as_json` wrote, in any version up to this one.

    Raises FileError, as :func:`from_json`.
    """
    try:
        raw = json.loads(text)
        if (said := raw.get("weakness")) is not None:
            return tuple(read(Weakness, each) for each in said)
        said = [{"at": each["at"], "present": True} for each in raw.get("pace", ()) if each["said"] == _WEAK]
        said += [
            {"at": each["started"], "present": each["before"]["weak"]}
            for each in raw["sessions"]
            if each["before"].get("weak") is not None
        ]
        return tuple(sorted((read(Weakness, each) for each in said), key=lambda each: each.at))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _no_record(error) from error


def lifted_in(text: str) -> tuple[Lifted, ...]:
    """Read whether precautions have been lifted from what :func:`as_json` wrote, in any version up to this.

    Raises FileError, as :func:`from_json`.
    """
    try:
        return tuple(read(Lifted, each) for each in json.loads(text).get("precautions_lifted", ()))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _no_record(error) from error


def _no_record(error: Exception) -> FileError:
    return FileError(f"This is no record of sessions as 'voicecoach history --json' writes it: {error!r}.")


def _local(session: Session) -> Session:
    """Return ``session`` with its moments by the clock where it was done, as its day is, if that is known."""
    if session.utc_offset is None:
        return session
    return replace(
        session,
        started=session.local(session.started),
        ended=session.ended and session.local(session.ended),
        sets=tuple(replace(each, at=session.local(each.at)) for each in session.sets),
    )


def session_as_plain(session: Session) -> dict[str, Any]:
    """Return a session as the export has it, without its events."""
    session = _local(session)
    told = plain(session)
    return {
        "number": session.id,
        **{key: told[key] for key in ("routine", "version", "day", "started", "ended", "utc_offset")},
        "how_it_ended": str(outcome(session)),
        "seconds": length(session),
        "seconds_planned": session.planned,
        "sets_done": tally(session.sets).done,
        "sets_planned": session.sets_planned or None,
        **{key: told[key] for key in _SAID},
        **({"instructions": told["instructions"]} if session.instructions else {}),
        "sets": [set_as_plain(done) for done in session.sets],
        "decisions": [_decision(each) for each in session.decisions],
    }


def length(session: Session) -> float:
    """Return its seconds; where an old version was killed, those until its last set."""
    return session.seconds or tally(session.sets).length(session.started)


def _decision(decision: Decision) -> dict[str, Any]:
    """With its messages as English sentences for whoever reads them, and as they are for a program."""
    say, told = phrases.load(), plain(decision)
    sentences = {"reason": say.tell(decision.reason), "based_on": list(map(say.tell, decision.based_on))}
    return {**told, **sentences, "messages": {name: told[name] for name in sentences}}


def set_as_plain(done: SetDone) -> dict[str, Any]:
    """Return a set as the export has it."""
    told = plain(replace(done, written=done.written or done.exercise))
    if done.unit is Counted.REPS:
        del told["unit"]
    return {_KEYS.get(name, name): value for name, value in told.items()}


def _recorded(raw: Mapping[str, Any]) -> Recorded:
    how = Outcome(raw["how_it_ended"])
    told: dict[str, Any] = {
        "id": raw["number"],
        "planned": raw["seconds_planned"],
        "sets_planned": raw["sets_planned"] or 0,
    }
    if isinstance(decisions := raw["decisions"], list):
        told["decisions"] = [each | each.get("messages", {}) for each in decisions]
    session = read(
        Session,
        {**raw, **told},
        finished=how in {Outcome.DONE, Outcome.BY_HAND},
        by_hand=how is Outcome.BY_HAND,
        sets=tuple(read(SetDone, {_NAMES.get(key, key): each[key] for key in each}) for each in raw["sets"]),
    )
    return session, tuple(read(Event, each) for each in raw["events"])


def as_csv(sessions: Iterable[Session]) -> str:
    """Return CSV (RFC 4180) with a header and a row for each set; a session without sets has one row.

    A text that a spreadsheet would take for a formula gets an apostrophe in front. A session noted by hand
    has a day, and no time of it.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for session in map(_local, sessions):
        of_session = tuple(map(cell, _session_values(session)))
        of_region = tuple(map(cell, _region_values(session)))
        for done in session.sets or (None,):
            written = set_as_plain(done) if done else {}
            values = written | written.get("felt", {})
            values["left_at"] = done and _hour(session, done.at)
            values["rounds"] = (
                ", ".join(f"{each.number} of {each.of}" for each in done.rounds) if done else ""
            )
            writer.writerow((*of_session, *(cell(values.get(name)) for name in _OF_SET), *of_region))
    return table.getvalue()


_OF_SESSION: Final = (
    *("session", "day", "started", "routine", "how_it_ended", "session_seconds", "pain_before", "leg_before"),
    *("flare", "weak", "session_worst_pain", "session_effort", "session_leg", "session_form_ok", "named"),
    *("next_morning", "comment"),
)
_OF_SET: Final = (
    *("exercise", "written", "block", "set", "sets", "side", "reps", "reps_planned", "seconds"),
    *("seconds_planned", "hold", "lowering", "load_kg", "tempo", "ending", "left_at"),
    *("worst_pain", "effort", "leg", "form_ok", "rounds", "counted", "level"),
)
_OF_REGION: Final = ("region", "arm_before", "sign_before", "session_arm", "session_sign")
COLUMNS: Final = (*_OF_SESSION, *_OF_SET, *_OF_REGION)
"""The columns of the table: first those of the session, in each of its rows, then those of the set, and what
was said of another region than the back."""


def _session_values(session: Session) -> Iterator[object]:
    yield from (session.id, session.day.isoformat(), _hour(session, session.started))
    yield from (session.routine, outcome(session), length(session))
    before, after = plain(session.before), plain(session.after)
    yield from (before[name] for name in ("pain", "leg", "flare", "weak"))
    yield from (after[name] for name in ("worst_pain", "effort", "leg", "form_ok"))
    yield from (session.named, session.next_morning, session.comment)


def _hour(session: Session, at: datetime) -> str | None:
    """Return a moment of a session; None in one noted by hand, as nobody said at what time that was."""
    return None if session.by_hand else at.isoformat(timespec="seconds")


def _region_values(session: Session) -> Iterator[object]:
    before, after = plain(session.before), plain(session.after)
    yield from (session.region, before["arm"], before["sign"], after["arm"], after["sign"])


def cell(value: object) -> str:
    """Return a value as a table has it; a text that a spreadsheet would take for a formula is none there."""
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
