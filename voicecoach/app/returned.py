"""Notes a session that was done on a page: what its record may say, and what follows from it.

A record comes from outside, so each figure in it has to be one that a session can have, and each name one
that is known here. What the rules decided is worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.app import by_hand
from voicecoach.app.journal import Notice
from voicecoach.errors import FileError
from voicecoach.journal.records import WORST, Event, Felt, Session, SetDone, Weakness
from voicecoach.journal.returned import Returned, read_from
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.routine.instructions import NO_INSTRUCTIONS
from voicecoach.routine.region import Region
from voicecoach.session.commands import Command
from voicecoach.session.listener import Ending
from voicecoach.text import clean

_OLDEST: Final = timedelta(days=366)
_AHEAD: Final = timedelta(days=1)
"""How old a session may be, and how far ahead its clock. [own choice]"""
_LONGEST: Final = timedelta(days=1)
"""From its start to its end: a page may stand paused over night. [own choice]"""
_FARTHEST: Final = 14 * 60
"""Minutes by which a clock is ahead of UTC, or behind it, at most (Kiritimati)."""
_SLACK: Final = timedelta(minutes=2)
"""By how much a moment may lie outside the session, and what was heard be longer than it. [own choice]"""
_LONGEST_TEXT: Final = 2000
"""Characters of a comment, and of any name. [own choice]"""


class _Bounds(NamedTuple):
    """The least and the most that a figure may be."""

    least: float
    most: float


_FIGURES: Final = {
    "set_number": _Bounds(1, 200),
    "sets": _Bounds(1, 200),
    "sides": _Bounds(1, 2),
    "block": _Bounds(0, 2000),
    "reps": _Bounds(0, 1000),
    "reps_planned": _Bounds(0, 1000),
    "counted": _Bounds(0, 1000),
    "seconds": _Bounds(0, 3 * 3600),
    "seconds_planned": _Bounds(0, 3 * 3600),
    "hold": _Bounds(0, 3600),
    "lowering": _Bounds(0, 3600),
    "load": _Bounds(0, 500),
    "tempo": _Bounds(0.2, 5),
}
"""The figures of a set, wider than any routine. [own choice]"""
_MOST_DIGITS: Final = 12
_MOST_SETS: Final = 1000
_MOST_EVENTS: Final = 5000
_SIDES: Final = ("", "left", "right")
_COMMANDS: Final = frozenset(map(str, Command))


def checked(returned: Returned, library: Library, now: datetime) -> tuple[Session, tuple[Event, ...]]:
    """Return the session of a record and its events, as the journal has them, without decisions.

    Raises FileError, which says what cannot be.
    """
    session, routine = bounded(returned, now), clean(returned.session.routine)
    place = by_hand.place_of(session.routine)
    if routine != session.routine or (place == routine and routine not in library.routines()):
        raise FileError(
            f"This record is of a routine called '{routine}', which is not here. Put its file into your"
            " folder of routines first ('voicecoach new' says where that is)."
        )
    itself = library.load(place)
    known = {each.key for each in itself.exercises} | set(library.exercises())
    for key in _named(session):
        if key not in known:
            raise FileError(f"This record has an exercise called '{clean(key)}', which is not in {routine}.")
    region = by_hand.region_of(session, library)
    # A page that was made for somebody else has no profile or plan, so that it is for the back by default.
    usual = itself.region or Region.BACK
    if session.region not in {region, usual}:
        raise FileError(
            f"This record is for another part of the body than {routine}, which is for: {region}."
        )
    return replace(session, instructions=by_hand.instructions_of(routine, library)), returned.events


def bounded(returned: Returned, now: datetime) -> Session:
    """Return the session of a record, if it can have been one, without what the rules decided.

    Raises FileError, which says what cannot be.
    """
    session = returned.session
    for fault in _faults(session, returned.events, now):
        raise FileError(f"This record cannot be right: {fault}.")
    return replace(
        session,
        id=0,
        asked=None,
        instructions=NO_INSTRUCTIONS,
        comment=clean(session.comment),
        sets=tuple(replace(each, written=each.written or each.exercise) for each in session.sets),
        decisions=(),
    )


class Gathered(NamedTuple):
    """The records in a folder."""

    sessions: tuple[Session, ...]
    """Earliest first, numbered from 1."""
    left_out: tuple[str, ...]
    """A sentence for each file that is no record, or cannot be right."""


def gathered(folder: Path, now: datetime) -> Gathered:
    """Read the records that came back into a folder; one that is there twice counts once, as it was last.

    Raises FileError when the folder cannot be read.
    """
    found: dict[str, Session] = {}
    left_out = []
    for path in _files(folder):
        try:
            record = read_from(str(path))
            found[record.record] = bounded(record, now)
        except FileError as error:
            left_out.append(f"{clean(path.name)} is left out. {error}")
    ordered = sorted(found.values(), key=lambda each: each.started)
    numbered = tuple(replace(each, id=number) for number, each in enumerate(ordered, 1))
    return Gathered(numbered, tuple(left_out))


def _files(folder: Path) -> list[Path]:
    """Return the files in a folder, those that were written last at the end."""
    try:
        found = [each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")]
        return sorted(found, key=lambda each: (each.stat().st_mtime, each.name))
    except OSError as error:
        raise FileError(f"The folder {folder} cannot be read ({error.strerror or error}).") from error


def note(journal: Journal, returned: Returned, library: Library, now: datetime, notice: Notice) -> Session:
    """Write the session of a record into the journal, and return it with its number.

    Raises FileError, which says why not, for a record that is noted already, too; and JournalError.
    """
    session, events = checked(returned, library, now)
    noted = journal.add_returned(
        returned.record,
        _with_decisions(session, library, notice),
        events,
        now.astimezone(UTC),
        weakness_in([session]),
    )
    if noted is None:
        raise FileError("This record is already in your journal; each one counts once.")
    return noted


def weakness_in(sessions: Iterable[Session]) -> tuple[Weakness, ...]:
    """Return the signs that were told in ``sessions``, and that have to be looked at.

    A no ends none: a page cannot know whether somebody has looked at an earlier one.
    """
    return tuple(
        Weakness(at=at, present=True, region=each.region)
        for each in sessions
        for at, present in (
            (each.started, each.before.weak if each.region is Region.BACK else each.before.sign),
            (each.ended or each.started, each.after.sign),
        )
        if present
    )


def _with_decisions(session: Session, library: Library, notice: Notice) -> Session:
    """Return ``session`` with what was due on its day, which the next dose follows from.

    Raises FileError for a profile that cannot be understood.
    """
    found = None if session.as_written else by_hand.routine_called(session, library, notice)
    if found is None:
        return session
    routine, find_variation = found
    history = by_hand.history_before(session, notice)
    return replace(session, decisions=by_hand.decided(routine, session, history, find_variation))


def _named(session: Session) -> Iterator[str]:
    for each in session.sets:
        yield each.exercise
        yield each.written or each.exercise
    if session.named:
        yield session.named


def _faults(session: Session, events: tuple[Event, ...], now: datetime) -> Iterator[str]:
    """Yield what a session of a page cannot be."""
    if session.by_hand:
        yield "it was noted by hand, not by a page"
    if not session.sets:
        yield "nothing was done in it"
    if max(len(session.sets), session.sets_planned) > _MOST_SETS or session.sets_planned < 0:
        yield "it has more sets than a session can have"
    names = (session.version, session.routine, *_named(session), *(each.level for each in session.sets))
    if max(map(len, (session.comment, *names))) > _LONGEST_TEXT:
        yield "one of its texts is too long"
    if any(clean(each) != each for each in names):
        yield "a name in it has characters that do not belong there"
    yield from _faults_of_time(session, now)
    yield from _faults_of_answers(session)
    for done in session.sets:
        yield from _faults_of_set(done, session)
    yield from _faults_of_events(events, session)


def _faults_of_events(events: tuple[Event, ...], session: Session) -> Iterator[str]:
    if len(events) > _MOST_EVENTS:
        yield "it has more taps than anybody makes"
    for event in events:
        if event.command not in _COMMANDS or event.why:
            yield "it has a tap on something that is not on the page"
        if not _is_in(session, event.at):
            yield "a tap in it was before the session or after it"


def _faults_of_time(session: Session, now: datetime) -> Iterator[str]:
    if session.utc_offset is None or abs(session.utc_offset) > _FARTHEST:
        yield "its time zone is missing or wrong"
        return
    if session.started > now + _AHEAD:
        yield f"{session.day.isoformat()} is still to come"
        return
    if session.started < now - _OLDEST:
        yield f"{session.day.isoformat()} is more than a year ago"
        return
    if session.ended is None or session.ended < session.started:
        yield "it does not say when it ended"
        return
    local = session.local(session.started)
    if session.day != local.date():
        yield f"it began on {local.date().isoformat()} and says {session.day.isoformat()}"
    if session.ended - session.started > _LONGEST:
        yield "it took longer than any session"
    heard = (session.ended - session.started + _SLACK).total_seconds()
    if not 0 <= session.seconds <= heard or not 0 <= session.planned <= _LONGEST.total_seconds():
        yield "more of it was played than there was time for"
    if not all(_is_in(session, each.at) for each in session.sets):
        yield "a set was before the session or after it"


def _is_in(session: Session, at: datetime) -> bool:
    return session.ended is not None and session.started - _SLACK <= at <= session.ended + _SLACK


def _faults_of_answers(session: Session) -> Iterator[str]:
    before, after = session.before, session.after
    for value in (before.pain, after.worst_pain, after.effort, session.next_morning):
        if value is not None and not 0 <= value <= WORST:
            yield f"pain and effort are from 0 to {WORST}, not {_short(value)}"


def _short(value: float) -> str:
    """Return a figure for a message, however many digits it has."""
    text = str(value)
    return text if len(text) <= _MOST_DIGITS else f"{text[:_MOST_DIGITS]}…"


def _faults_of_set(done: SetDone, session: Session) -> Iterator[str]:
    for name, bounds in _FIGURES.items():
        value = getattr(done, name)
        if value is not None and not bounds.least <= value <= bounds.most:
            yield f"a set cannot have {name.replace('_', ' ')} {_short(value)}"
    if done.reps > done.reps_planned or done.set_number > done.sets:
        yield "more of a set was done than there was of it"
    if done.side not in _SIDES or done.alone not in _SIDES:
        yield f"'{clean(done.side or done.alone)}' is no side"
    if len(done.rounds) > 10 or any(not 1 <= each.number <= each.of <= 1000 for each in done.rounds):
        yield "a set belongs to a round that does not exist"
    if done.seconds > session.seconds + _SLACK.total_seconds():
        yield "a set is longer than the session"
    if done.felt != Felt():
        yield "a set has an answer to something that a page does not ask"
    if done.ending is Ending.DONE and not (done.reps or done.seconds):
        yield "a set is done in which nothing was done"
