"""``voicecoach history``: the sessions as a table, or one of them with everything in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Final

import typer

from voicecoach import cli, names
from voicecoach.cli import page, table
from voicecoach.cli.days import EXPECTED, day_called
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.values import whole
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.journal import export as exported
from voicecoach.journal import store
from voicecoach.journal.claims import playing
from voicecoach.journal.export import Outcome, leg_word, outcome
from voicecoach.journal.records import (
    NOTHING,
    Before,
    Decision,
    Event,
    Felt,
    Happening,
    Session,
    SetDone,
    Tally,
    tally,
)
from voicecoach.journal.store import Journal
from voicecoach.journal.trackers import TRACKERS, Names
from voicecoach.language.dates import with_weekday
from voicecoach.language.phrases import Phrases
from voicecoach.routine.region import Region
from voicecoach.session.listener import Ending
from voicecoach.settings import file
from voicecoach.text import clean
from voicecoach.training.words import amount
from voicecoach.units import format_clock, format_count, format_duration, format_load, whole_minutes

USUAL: Final = 20
"""The default number of sessions in the table: one screen."""
EMPTY: Final = (
    "There is nothing in your journal yet. It begins with your first session: voicecoach play quick\n"
    "To note what you did elsewhere: voicecoach log"
)
_HEADINGS: Final = ("no", "day", "time", "routine", "min", "sets", "pain", "effort", "ended")
_TO_THE_RIGHT: Final = [*map(_HEADINGS.index, ("no", "min", "sets", "pain", "effort"))]


MOST: Final = 1_000_000
"""More than anybody does."""


def history(
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="SESSION", help="One of them in full: its number, 'last', or a day such as 2026-09-14."
        ),
    ] = None,
    *,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", parser=whole(0, MOST), help="At most this many, the latest; 0 means all."),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only from this day on.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything in them, for programs.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="A row for each set, for spreadsheets (UTF-8).")
    ] = False,
    csv_for: Annotated[
        str | None,
        typer.Option(
            metavar="TRACKER", help=f"The same in the columns of another program: {', '.join(TRACKERS)}."
        ),
    ] = None,
) -> None:
    """List what you did, or show one session in full.

    The latest comes first; pain stands as before/worst. The list has the last twenty sessions, --json, --csv
    and --csv-for have all.
    """
    tracker = None if csv_for is None else _tracker(csv_for)
    chosen = {"--json": as_json, "--csv": as_csv, "--csv-for": tracker is not None}
    export, *others = [each for each, is_chosen in chosen.items() if is_chosen] or [""]
    if others:
        raise UsageError(f"Choose {export} or {others[0]}, not both.")
    wanted = HistoryQuery(which, None if since is None else day_called(since, cli.clock.today()), limit)
    if not store.begun() and not export:
        page.show(EMPTY)
        return
    with store.Journal.open_to_read(store.file(), to_stderr) as journal:
        if tracker is not None:
            # without a byte order mark, by which some would not find the first column
            page.put(TRACKERS[tracker](chosen_from(journal, wanted), _names()).encode(), nl=False)
        elif as_csv:
            put_csv(journal, wanted)
        elif as_json:
            put_json(journal, wanted)
        else:
            show(journal, wanted)


def _tracker(typed: str) -> str:
    """Return the name of the program for which the columns are. Raises UnknownName."""
    known = {each: (each,) for each in TRACKERS}
    return names.meant("tracker", typed, known, hint=f"Known is: {', '.join(known)}.")


@dataclass(frozen=True)
class HistoryQuery:
    """Which sessions, and how many of them at most (None: as many as is usual)."""

    which: str | None
    since: date | None
    limit: int | None


def show(journal: Journal, wanted: HistoryQuery) -> None:
    """Print the table, or the sessions that were named. Raises UsageError or JournalError."""
    if wanted.which is not None:
        for session in _named(journal, wanted):
            _show_in_full(session, journal.events(session.id))
        return
    since = wanted.since
    limit = USUAL if wanted.limit is None else wanted.limit or None
    sessions = journal.newest(limit, since)
    if not sessions:
        _say_nothing_found(journal, since)
        return
    tallies = journal.tallies(min(session.day for session in sessions))
    rows = [_row(session, tallies.get(session.id, NOTHING)) for session in sessions]
    table.show(rows, headings=_HEADINGS, right=_TO_THE_RIGHT, flows=_HEADINGS.index("routine"))
    if ahead := next(filter(_is_ahead, sessions), None):
        page.show(
            "\nA session that is dated ahead counts for nothing until that day. If the clock was wrong, say"
            f" when it was: voicecoach log --session {ahead.id} --day today"
        )
    if len(sessions) < (there := journal.count(since)):
        page.show(f"\nThe last {len(sessions)} of {there} sessions; all of them: --limit 0")


def put_csv(journal: Journal, wanted: HistoryQuery) -> None:
    """Print the sessions for spreadsheets. Raises UsageError or JournalError.

    A byte order mark is what tells a spreadsheet that the letters are UTF-8; a terminal needs none.
    """
    encoding = "utf-8" if sys.stdout.isatty() else "utf-8-sig"
    table = exported.as_csv(chosen_from(journal, wanted))
    page.put(table.encode(encoding), nl=False)  # its line ends, and its letters, are not the terminal's


def put_json(journal: Journal, wanted: HistoryQuery) -> None:
    """Print the sessions for programs. Raises UsageError or JournalError."""
    full = ((session, journal.events(session.id)) for session in chosen_from(journal, wanted))
    page.put(exported.as_json(full, journal.agreements(), journal.weakness(), journal.lifted()))


def chosen_from(journal: Journal, wanted: HistoryQuery) -> tuple[Session, ...]:
    """Return the sessions to export, latest first. Raises UsageError or JournalError."""
    return _named(journal, wanted) if wanted.which is not None else _all(journal, wanted)


def _all(journal: Journal, wanted: HistoryQuery) -> tuple[Session, ...]:
    """All sessions with their sets, latest first."""
    newest = journal.newest(wanted.limit or None, wanted.since)
    if not newest:
        return ()
    found = {session.id: session for session in journal.sessions(min(each.day for each in newest))}
    return tuple(found[each.id] for each in newest if each.id in found)


def find(journal: Journal, number: str) -> Session:
    """The session with that number, or the last one that is not dated ahead. Raises UsageError."""
    if number.strip().lower() == "last":
        found = journal.latest(cli.clock.today()) or journal.latest()
    elif re.fullmatch(r"\d{1,18}", number.strip(), re.ASCII):
        found = journal.session(int(number))
    else:
        raise UsageError(f"'{number}' is not the number of a session: 'voicecoach history' shows them.")
    if found is None:
        raise UsageError(f"There is no session {number} in your journal: 'voicecoach history' shows them.")
    return found


def _named(journal: Journal, wanted: HistoryQuery) -> tuple[Session, ...]:
    """One session by its number, or all of a day."""
    which = wanted.which or ""
    if wanted.since is not None or wanted.limit is not None:
        raise UsageError("Name one session or day, or choose some with --since and --limit, not both.")
    if which.strip().lower() == "last" or re.fullmatch(r"\s*\d+\s*", which, re.ASCII):
        return (find(journal, which),)
    try:
        day = day_called(which, cli.clock.today())
    except UsageError:
        raise UsageError(
            f"'{which}' is neither the number of a session, nor 'last', nor a day ({EXPECTED})."
        ) from None
    if found := tuple(each for each in journal.sessions(day) if each.day == day):
        return found
    raise UsageError(f"There is no session on {day.isoformat()}: 'voicecoach history' shows all.")


def _say_nothing_found(journal: Journal, since: date | None) -> None:
    if since is None or not journal.count():
        page.show(EMPTY)
    else:
        page.show(f"There is no session since {since.isoformat()}. All of them: voicecoach history")


def _row(session: Session, sets: Tally) -> tuple[str, ...]:
    seconds = session.seconds or sets.length(session.started)  # as stats.length, without its sets
    worst = [pain for pain in (session.after.worst_pain, sets.worst_pain) if pain is not None]
    effort = sets.effort if session.after.effort is None else session.after.effort
    how = outcome(session)
    return (
        str(session.id),
        session.day.isoformat(),
        "" if how is Outcome.BY_HAND else f"{session.local(session.started):%H:%M}",
        clean(session.routine),
        str(whole_minutes(seconds)) if seconds else "-",
        "" if how is Outcome.BY_HAND and not sets.done else _sets(sets.done, session.sets_planned),
        f"{_or_dash(session.before.pain)}/{_or_dash(max(worst, default=None))}",
        _or_dash(effort),
        f"{_how(session)}, hurt" if sets.hurt else _how(session),
    )


def _how(session: Session) -> str:
    """How it ended, or that it is going on; and whether its day is still to come."""
    how = "now" if session.ended is None and playing(session) else str(outcome(session))
    return f"{how}, dated ahead" if _is_ahead(session) else how


def _is_ahead(session: Session) -> bool:
    """Whether its day is still to come: the clock was wrong, and it counts for nothing yet."""
    return session.day > cli.clock.today()


def _sets(done: int, planned: int) -> str:
    return f"{done}/{planned}" if planned else str(done)


def _or_dash(number: int | None) -> str:
    return "-" if number is None else str(number)


def _show_in_full(session: Session, events: Sequence[Event]) -> None:
    """Print how a session went, each set, what was planned and why, what was pressed."""
    name, say = _names().exercise, file.own_phrases()
    _show_head(session, name)
    if session.sets:
        page.show("\nSets")
        table.show([_set(done, name) for done in session.sets], indent=2)
    if session.decisions:
        page.show("\nThe plan, and why")
        for decision in session.decisions:
            _show_decision(decision, name, say)
    if events:
        page.show("\nPressed")
        pressed = []
        for event in events:
            refused = f": not possible. {clean(event.why)}" if event.what is Happening.REFUSED else ""
            pressed.append((f"{session.local(event.at):%H:%M:%S}", f"{clean(event.command)}{refused}"))
        table.show(pressed, indent=2)
    page.show()


def _show_head(session: Session, name: Callable[[str], str]) -> None:
    how, sets = outcome(session), tally(session.sets)
    by_hand = how is Outcome.BY_HAND
    clock = "" if by_hand else f", {session.local(session.started):%H:%M}"
    page.show(f"Session {session.id}: {clean(session.routine)}, {with_weekday(session.day)}{clock}", hang=2)
    length = f"{format_clock(session.seconds or sets.length(session.started))} min"
    if session.planned and not by_hand:
        length += f" of about {whole_minutes(session.planned)}"
    parts = [length, "noted by hand" if by_hand else _how(session)]
    if session.sets:
        planned = session.sets_planned
        parts.append(f"{sets.done} of {planned} sets" if planned else format_count(sets.done, "set"))
    if session.region is not Region.BACK:
        general = session.region is Region.GENERAL
        parts.append("for no part in particular" if general else f"for the {session.region}")
    if session.as_written:
        parts.append("as written in the routine")
    page.show(", ".join(parts), indent=2)
    before = [f"pain {session.before.pain}"] if session.before.pain is not None else []
    if leg := leg_word(session.before.leg):
        before.append(f"leg: {leg}")
    before += _limb(session.before)
    if session.before.flare is not None:
        before.append("a flare" if session.before.flare else "no flare")
    after = [*_felt(session.after), *([f"{name(session.named)} hurt"] if session.named else [])]
    morning = [f"pain {session.next_morning}"] if session.next_morning is not None else []
    said = {
        "Before:": ", ".join(before),
        "After:": ", ".join(after),
        "Next morning:": ", ".join(morning),
        "Comment:": clean(session.comment),
    }
    table.show([row for row in said.items() if row[1]], indent=2)


def _limb(said: Before | Felt) -> Iterator[str]:
    """Yield what was said of an arm, and of a warning sign of another region than the back."""
    if arm := leg_word(said.arm):
        yield f"arm: {arm}"
    if said.sign is not None:
        yield "a warning sign" if said.sign else "no warning sign"


def _felt(felt: Felt) -> Iterator[str]:
    if felt.worst_pain is not None:
        yield f"worst pain {felt.worst_pain}"
    if felt.effort is not None:
        yield f"effort {felt.effort}"
    if leg := leg_word(felt.leg):
        yield f"leg: {leg}"
    yield from _limb(felt)
    if felt.form_ok is not None:
        yield "good form" if felt.form_ok else "form was lost"


def _set(done: SetDone, name: Callable[[str], str]) -> tuple[str, ...]:
    """Return the cells of a set; the last one has what was unusual, and what was said."""
    also = [] if done.ending is Ending.DONE else [str(done.ending)]
    if done.written not in {"", done.exercise}:
        also.append(f"instead of {name(done.written)}")
    return (
        name(done.exercise),
        _which(done),
        str(done.side),
        _done(done),
        ", ".join((*also, *_felt(done.felt))),
    )


def _which(done: SetDone) -> str:
    """Return which set it is: "2 of 3"; in rounds "round 2 of 3", with the set where a round has several."""
    rounds = [f"round {each.number} of {each.of}" for each in done.rounds]
    if rounds and done.sets > 1:
        rounds.append(f"set {done.set_number} of {done.sets}")
    return ", ".join(rounds) or f"{done.set_number} of {done.sets}"


def _done(done: SetDone) -> str:
    if done.seconds_planned is not None:
        text = f"{format_duration(round(done.seconds))} of {format_duration(done.seconds_planned)}"
        text += f", {done.counted} counted" if done.counted else ""
    else:
        text = f"{done.reps} of {done.reps_planned} {done.unit}"
        if done.hold is not None:
            text += f" x {format_duration(done.hold)}"
    if done.load:
        text += f", {format_load(done.load)}"
    if done.level:
        text += f", {clean(done.level)}"
    return text if done.tempo == 1 else f"{text}, {done.tempo:.0%} speed"


def _show_decision(decision: Decision, name: Callable[[str], str], say: Phrases) -> None:
    dose = f" {amount(decision.dose)}" if decision.dose else ""
    instead = f" instead of {name(decision.written)}" if decision.written != decision.exercise else ""
    side = f", {decision.side} side" if decision.side else ""
    page.show(f"{name(decision.exercise)}{instead}{side}:{dose} ({decision.change})", indent=2, hang=2)
    for text in (say.tell(decision.reason), decision.advice):
        if text:
            page.show(clean(text), indent=4)
    for looked_at in decision.based_on:
        page.show(clean(say.tell(looked_at)), indent=6, hang=2)


def _names() -> Names:
    """Return what names exercises and routines: as the library, or the key for what is not in it."""
    from voicecoach.routine.files.library import Library  # noqa: PLC0415 - a list needs no library

    library = Library.default()

    @cache
    def exercise(key: str) -> str:
        try:
            return clean(library.exercise(key).name)
        except VoicecoachError:
            return clean(key)

    @cache
    def routine(key: str) -> str:
        return clean(library.routine_name(key) if key in library.routines() else key)

    return Names(exercise, routine)
