"""One session of the journal in full, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from voicecoach.cli.days import day_in_full
from voicecoach.display.cells import pad, printable
from voicecoach.errors import VoicecoachError
from voicecoach.journal.export import Outcome, leg_word, outcome
from voicecoach.journal.records import Decision, Event, Felt, Happening, Session, SetDone, tally
from voicecoach.session.listener import Ending
from voicecoach.training.words import amount
from voicecoach.units import format_clock, format_duration

_WIDTH = 80


def page(session: Session, events: Sequence[Event]) -> Iterator[str]:
    """The lines of a session: how it went, each set, what was planned and why, what was pressed."""
    name = _namer()
    yield from _head(session)
    if session.sets:
        yield "\nSets"
        for done in session.sets:
            yield from _set(done, name)
    if session.decisions:
        yield "\nThe plan, and why"
        for decision in session.decisions:
            yield from _decision(decision, name)
    if events:
        yield "\nPressed"
        for event in events:
            refused = f": not possible. {printable(event.why)}" if event.what is Happening.REFUSED else ""
            yield from _wrapped(
                f"  {event.at.astimezone():%H:%M:%S}  {printable(event.command)}{refused}", 12
            )
    yield ""


def _head(session: Session) -> Iterator[str]:
    how, sets = outcome(session), tally(session.sets)
    by_hand = how is Outcome.BY_HAND
    clock = "" if by_hand else f", {session.started.astimezone():%H:%M}"
    yield f"Session {session.id}: {printable(session.routine)}, {day_in_full(session.day)}{clock}"
    length = f"{format_clock(session.seconds or sets.seconds)} min"
    if session.planned and not by_hand:
        length += f" of about {max(1, round(session.planned / 60))}"
    parts = [length, "noted by hand" if by_hand else str(how)]
    if session.sets:
        planned = f" of {session.sets_planned}" if session.sets_planned else ""
        parts.append(f"{sets.done}{planned} sets")
    if session.as_written:
        parts.append("as written in the routine")
    yield f"  {', '.join(parts)}"
    before = [f"pain {session.before.pain}"] if session.before.pain is not None else []
    if leg := leg_word(session.before.leg):
        before.append(f"leg: {leg}")
    morning = [f"pain {session.next_morning}"] if session.next_morning is not None else []
    for label, said in (("Before", before), ("After", list(_felt(session.after))), ("Next morning", morning)):
        if said:
            yield f"  {label + ':':<14}{', '.join(said)}"
    if session.comment:
        yield from _wrapped(f"  {'Comment:':<14}{printable(session.comment)}", 16)


def _felt(felt: Felt) -> Iterator[str]:
    if felt.worst_pain is not None:
        yield f"worst pain {felt.worst_pain}"
    if felt.effort is not None:
        yield f"effort {felt.effort}"
    if leg := leg_word(felt.leg):
        yield f"leg: {leg}"
    if felt.form_ok is not None:
        yield "good form" if felt.form_ok else "form was lost"


def _set(done: SetDone, name: Callable[[str], str]) -> Iterator[str]:
    ending = "" if done.ending is Ending.DONE else str(done.ending)
    number = f"{done.set_number} of {done.sets}"
    cells = pad(name(done.exercise), 26), f"{number:<7} {done.side:<5}", f"{_done(done):<24}", ending
    yield f"  {'  '.join(cells)}".rstrip()
    instead = [f"instead of {name(done.written)}"] if done.written not in {"", done.exercise} else []
    if also := (*instead, *_felt(done.felt)):
        yield from _wrapped(f"    {', '.join(also)}", 4)


def _done(done: SetDone) -> str:
    if done.seconds_planned is not None:
        text = f"{format_duration(round(done.seconds))} of {format_duration(done.seconds_planned)}"
    else:
        text = f"{done.reps} of {done.reps_planned} reps"
        if done.hold is not None:
            text += f" x {format_duration(done.hold)}"
    if done.load:
        text += f", {done.load:g} kg"
    return text if done.tempo == 1 else f"{text}, {done.tempo:.0%} tempo"


def _decision(decision: Decision, name: Callable[[str], str]) -> Iterator[str]:
    dose = f" {amount(decision.dose)}" if decision.dose else ""
    instead = f" instead of {name(decision.written)}" if decision.written != decision.exercise else ""
    yield from _wrapped(f"  {name(decision.exercise)}{instead}:{dose} ({decision.change})", 4)
    for text in (decision.reason, decision.advice):
        if text:
            yield from _wrapped(f"    {printable(text)}", 4)
    for looked_at in decision.based_on:
        yield from _wrapped(f"      {printable(looked_at)}", 8)


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=" " * indent, drop_whitespace=True) or [""]


def _namer() -> Callable[[str], str]:
    """Names of exercises by key: the library's, or the key itself for what is not in it."""
    from voicecoach.routine.files.library import Library  # noqa: PLC0415 - a list needs no library

    library = Library.default()

    @cache
    def name(key: str) -> str:
        try:
            return printable(library.exercise(key).name)
        except VoicecoachError:
            return printable(key)

    return name
