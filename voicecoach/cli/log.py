"""``voicecoach log``: lets the person add a session to the journal or correct one."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app import by_hand, plan, returned
from voicecoach.app.done_dose import done_doses, with_doses
from voicecoach.app.region import usual
from voicecoach.app.shelf import Trouble, own_shelf
from voicecoach.cli import answers, page, vocabulary
from voicecoach.cli.history import find
from voicecoach.cli.log_hints import hints
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import UsageError
from voicecoach.journal import store
from voicecoach.journal.claims import playing
from voicecoach.journal.export import leg_word
from voicecoach.journal.records import Before, Felt, Session, Weakness, minutes_ahead
from voicecoach.journal.returned import read_from
from voicecoach.journal.store import Journal
from voicecoach.language.dates import with_weekday
from voicecoach.routine.files.library import Library
from voicecoach.routine.region import Region, of_region
from voicecoach.settings import file
from voicecoach.text import clean
from voicecoach.training.weakness import going_on
from voicecoach.units import format_duration

EXAMPLE: Final = 'voicecoach log "Swimming" --minutes 40 --effort 5'
_PAIN: Final = "The worst pain during it, from 0 to 10"
_EFFORT: Final = "How hard was it, from 0 (rest) to 10 (all you could do)"
_OR_ENTER: Final = ", or Enter to leave it open"


def log(  # noqa: PLR0913 - one parameter an option
    routine: Annotated[
        str | None,
        typer.Argument(
            metavar="ROUTINE",
            help="What you did: a routine, or your own words.",
            autocompletion=vocabulary.library_routines,
        ),
    ] = None,
    *,
    session: Annotated[
        str | None, typer.Option(metavar="N", help="Correct this session, or 'last', instead of adding one.")
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the session out of your journal, also one that you played.")
    ] = False,
    day: Annotated[
        str | None, typer.Option(metavar="DAY", help="When: today, yesterday, or as 2026-09-14.")
    ] = None,
    minutes: Annotated[
        str | None,
        typer.Option(
            metavar="MINUTES",
            help="How long it took, as 25, 1h10m or 12:30; by default the routine's own length.",
        ),
    ] = None,
    dose: Annotated[
        list[str] | None,
        typer.Option(
            metavar="'EXERCISE: DOSE'",
            help="How much of an exercise you did, as in routines: '2 x 8 with 2 kg'; one option for each.",
        ),
    ] = None,
    pain_before: Annotated[str | None, typer.Option(metavar="0-10", help="Pain before it.")] = None,
    leg_before: Annotated[
        str | None,
        typer.Option(
            metavar="PART",
            help="How far down a leg it was felt before: none, back, thigh, knee, calf or foot.",
            autocompletion=vocabulary.offering(answers.LEGS),
        ),
    ] = None,
    pain: Annotated[str | None, typer.Option(metavar="0-10", help="The worst pain during it.")] = None,
    effort: Annotated[
        str | None, typer.Option(metavar="0-10", help="How hard: 0 is rest, 10 is all you could do.")
    ] = None,
    leg: Annotated[str | None, typer.Option(metavar="PART", help="As --leg-before, after it.")] = None,
    form: Annotated[
        str | None, typer.Option(metavar="HOW", help="Whether the movements stayed right: good or lost.")
    ] = None,
    next_morning: Annotated[
        str | None, typer.Option(metavar="0-10", help="Pain on the morning after.")
    ] = None,
    flare: Annotated[
        str | None,
        typer.Option(
            metavar="YES/NO", help="Whether the pain before it was worse than usual, and hard to bear."
        ),
    ] = None,
    weak: Annotated[
        str | None,
        typer.Option(
            metavar="YES/NO",
            help="Whether a leg or foot is newly weak or numb, or with --region whether there is a warning"
            " sign of that part of the body; needs no session.",
        ),
    ] = None,
    region: Annotated[
        Region | None,
        vocabulary.region_option("The part of the body it was for", "what the routine says"),
    ] = None,
    arm_before: Annotated[
        str | None,
        typer.Option(
            metavar="PART",
            help="How far down an arm it was felt before a session for the neck: none, neck, upper arm,"
            " elbow, forearm or hand.",
            autocompletion=vocabulary.offering(answers.ARMS),
        ),
    ] = None,
    arm: Annotated[str | None, typer.Option(metavar="PART", help="As --arm-before, after it.")] = None,
    sign_before: Annotated[
        str | None,
        typer.Option(
            metavar="YES/NO",
            help="Whether there was a warning sign before a session, for another part than the back.",
        ),
    ] = None,
    sign: Annotated[str | None, typer.Option(metavar="YES/NO", help="As --sign-before, after it.")] = None,
    named: Annotated[
        str | None,
        typer.Option(
            metavar="EXERCISE",
            help="The exercise of the session that hurt; or none.",
            autocompletion=vocabulary.exercises,
        ),
    ] = None,
    comment: Annotated[str | None, typer.Option(metavar="TEXT", help="In your words.")] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE_OR_CODE",
            help="Note a session that you did on a page, from the file that it saved or the code that it gave"
            " you.",
        ),
    ] = None,
) -> None:
    """Note a session that you did elsewhere, or correct one.

    Without options it asks. 'unknown' takes an answer back. With --session a ROUTINE or --day says what it
    was, or when, instead.
    """
    said = Said(
        routine=routine,
        day=day,
        minutes=minutes,
        doses=tuple(dose) if dose else None,
        pain_before=pain_before,
        leg_before=leg_before,
        pain=pain,
        effort=effort,
        leg=leg,
        form=form,
        next_morning=next_morning,
        flare=flare,
        named=named,
        comment=comment,
        region=region,
        arm_before=arm_before,
        arm=arm,
        sign_before=sign_before,
        sign=sign,
    )
    with open_journal() as journal:
        if record is not None:
            if said != Said() or session is not None or remove or weak is not None:
                raise UsageError("The record already says everything, so give '--from' alone.")
            note_record(journal, record)
            return
        if weak is not None:
            say_weak(journal, weak, region or usual())
            if replace(said, region=None) == Said() and session is None and not remove:
                return
        if remove:
            take_out(journal, session, said)
        elif session is None:
            add(journal, said)
        else:
            correct(journal, session, said)


def _meant(name: str, library: Library) -> str:
    """The routine that is meant by ``name``, or the person's words. Raises UsageError."""
    return by_hand.meant(answers.name(name), library, plan.routines_now())


def open_journal() -> Journal:
    """The journal to write in, which must be closed. Raises JournalError."""
    return Journal.open(store.file(), to_stderr)


@dataclass(frozen=True)
class Said:
    """What was typed for each thing; None where nothing was."""

    routine: str | None = None
    day: str | None = None
    minutes: str | None = None
    doses: tuple[str, ...] | None = None
    pain_before: str | None = None
    leg_before: str | None = None
    pain: str | None = None
    effort: str | None = None
    leg: str | None = None
    form: str | None = None
    next_morning: str | None = None
    flare: str | None = None
    named: str | None = None
    comment: str | None = None
    region: Region | None = None
    arm_before: str | None = None
    arm: str | None = None
    sign_before: str | None = None
    sign: str | None = None

    @property
    def options(self) -> bool:
        """Whether more was said than which routine."""
        return any(getattr(self, each.name) is not None for each in fields(self) if each.name != "routine")


def say_weak(journal: Journal, text: str, region: Region) -> None:
    """Note whether a leg or foot is newly weak or numb, or a region has a warning sign; say what that means.

    Raises UsageError or JournalError.
    """
    if text.strip().lower() not in {"yes", "no"}:
        asked = "a leg or foot is newly weak or numb" if region is Region.BACK else "there is a warning sign"
        raise UsageError(f"'{clean(text)}' is not whether {asked}: yes or no.")
    present, over = bool(answers.yes_or_no(text)), going_on(of_region(journal.weakness(), region))
    journal.say_weak(Weakness(at=cli.clock.moment().astimezone(UTC), present=present, region=region))
    told = f"region.{region}.see" if present else "weak.over" if over else "debrief.noted"
    page.show(file.own_phrases()(told))


def add(journal: Journal, said: Said) -> None:
    """Note a session that was done elsewhere; asks in a terminal when there are no options.

    Raises UsageError or JournalError.
    """
    library = Library.default()
    if not said.options and sys.stdin.isatty():
        said = _asked(said, library)
    if said.routine is None:
        raise UsageError(f"Say what you did, and how long it took, as in: {EXAMPLE}")
    typed, routine = answers.name(said.routine), _meant(said.routine, library)
    if (minutes := said.minutes or _usual_minutes(routine, library, said.doses or ())) is None:
        raise UsageError(f"Say how many minutes it took, as in: {EXAMPLE}")
    new = _at(answers.day(said.day or "today", cli.clock.today()), minutes, routine)
    new = _with_answers(_in_region(new, said, library), said)
    new = with_doses(by_hand.practised(new, library, to_stderr), said.doses or (), library, to_stderr)
    new = _with_named(new, said, library)
    double = next((each for each in journal.newest(since=new.day) if title_of(each) == title_of(new)), None)
    session = journal.add_by_hand(new, cli.clock.moment())
    page.show(f"Noted as session {session.id}, {title_of(session)}: {_listed(session)}.")
    for line in hints(session, typed, library, double):
        page.show(line)


def note_record(journal: Journal, where: str) -> None:
    """Note a session that was done on a page. Raises FileError, UsageError or JournalError."""
    library, now = Library.default(), cli.clock.moment()
    session = returned.note(journal, read_from(where), library, now, to_stderr)
    page.show(f"Noted as session {session.id}, {title_of(session)}: {_listed(session)}.")
    if session.before.weak or session.before.sign or session.after.sign:
        page.show(file.own_phrases()(f"region.{session.region}.see"))
    for line in hints(session, session.routine, library, None):
        page.show(line)


def _listed(session: Session) -> str:
    return ", ".join(f"{label} {text}" for label, text in _facts(session).items() if text)


def correct(journal: Journal, number: str, said: Said) -> None:
    """Change what is known of a session; asks in a terminal what. Raises UsageError or JournalError."""
    before = find(journal, number)
    if said == Said():
        if not sys.stdin.isatty():
            raise UsageError(f"Say what to change, as in: voicecoach log --session {before.id} --pain 3")
        said = _asked_again(before)
    library = Library.default()
    moved = _moved(before, said, library)
    if moved != before and before.by_hand:
        noted = by_hand.practised(moved, library, to_stderr)
        # What was noted of exercises with reps stays, unless it was another routine.
        moved = noted if noted.sets or moved.routine != before.routine else moved
    if said.region or moved.routine != before.routine:
        moved = _in_region(moved, said, library)
    after = with_doses(_with_answers(moved, said), said.doses or (), library, to_stderr)
    after = _with_named(after, said, library)
    if after == before:
        page.show(f"Nothing was changed: this is what your journal has of session {before.id}.")
        return
    journal.correct(before, after, cli.clock.moment())
    page.show(f"Corrected session {before.id}, {title_of(after)}: {difference(before, after)}.")
    page.show("Not right? voicecoach undo-log")


def take_out(journal: Journal, number: str | None, said: Said) -> None:
    """Remove a session, with everything in it. Raises UsageError or JournalError."""
    if number is None:
        raise UsageError("Say which session, as in: voicecoach log --session last --remove")
    if said != Said():
        raise UsageError("Either correct a session or remove it: '--remove' takes nothing but '--session'.")
    session = find(journal, number)
    if playing(session):
        raise UsageError(f"Session {session.id} is being played. Stop it first.")
    journal.take_out(session.id, cli.clock.moment())
    page.show(f"Removed session {session.id}, {title_of(session)}. It counts for nothing now.")
    page.show("To have it back: voicecoach undo-log")


def _asked(said: Said, library: Library) -> Said:
    """The answers to a few questions; leaving early writes nothing."""
    name = said.routine or answers.ask("What did you do? A routine's name, or your own words", answers.name)
    return Said(
        routine=name,
        day=answers.ask("On which day", lambda text: answers.day(text, cli.clock.today()), "today"),
        minutes=answers.ask(
            "How many minutes did it take", answers.length, _usual_minutes(_meant(name, library), library)
        ),
        pain=_ask_scale(_PAIN, "pain", None),
        effort=_ask_scale(_EFFORT, "effort", None),
        comment=answers.ask("A comment, or Enter for none", answers.comment, ""),
    )


def _asked_again(session: Session) -> Said:
    page.show(f"Session {session.id}, {title_of(session)}. Enter leaves an answer as it is.")
    return Said(
        pain=_ask_scale(_PAIN, "pain", session.after.worst_pain),
        effort=_ask_scale(_EFFORT, "effort", session.after.effort),
        comment=answers.ask("A comment", answers.comment, session.comment),
    )


def _ask_scale(question: str, what: str, now: int | None) -> str | None:
    """A number; None when the person has none to give."""

    def check(text: str) -> None:
        if text:
            answers.scale(text, what)

    question = question if now is not None else question + _OR_ENTER
    return answers.ask(question, check, "" if now is None else str(now)) or None


def _usual_minutes(name: str, library: Library, doses: tuple[str, ...] = ()) -> str | None:
    """How long a routine takes, how much is due of a timed exercise, or how long its ``doses`` take."""
    seconds = by_hand.due(name, library, _at(cli.clock.today(), "1", name), to_stderr)
    if seconds is not None:
        return format_duration(seconds)
    if name not in library.routines():
        session = with_doses(_at(cli.clock.today(), "1", name), doses, library, to_stderr)
        length = sum(each.seconds for each in session.sets)
        return format_duration(round(length)) if length else None
    shelf = own_shelf(to_stderr, cli.clock.moment())
    look = shelf.look(name)
    return None if isinstance(look, Trouble) else str(shelf.minutes(look))


def _at(day: date, minutes: str, routine: str) -> Session:
    """A session that took so long and has just ended, or was at noon of an earlier day."""
    now, seconds = cli.clock.moment(), answers.length(minutes)
    if day == now.date():
        midnight = datetime.combine(day, time(), now.tzinfo)
        there = max(now - timedelta(seconds=seconds), midnight)
    else:
        there = datetime.combine(day, time(12)).astimezone()
    started = there.astimezone(UTC).replace(microsecond=0)
    return Session(
        id=0,
        routine=routine,
        started=started,
        day=day,
        utc_offset=minutes_ahead(there),
        planned=seconds,
        ended=started + timedelta(seconds=seconds),
        seconds=seconds,
        finished=True,
        by_hand=True,
    )


def _moved(session: Session, said: Said, library: Library) -> Session:
    """``session`` as another routine, on another day, or of another length."""
    if said.routine is None and said.day is None and said.minutes is None:
        return session
    routine = session.routine if said.routine is None else _meant(said.routine, library)
    day = session.day if said.day is None else answers.day(said.day, cli.clock.today())
    if not session.by_hand:
        if said.minutes is not None:
            raise UsageError(f"Session {session.id} was played, so how long it took is known.")
        asked = session.asked
        if asked is not None and said.routine is not None:
            asked = replace(asked, name=routine)
        return _shifted(replace(session, routine=routine, asked=asked), day)
    new = _at(day, said.minutes or f"{session.seconds / 60:.6f}", routine)
    stays = day == session.day
    started = session.started if stays else new.started
    return replace(
        session,
        routine=routine,
        day=day,
        utc_offset=session.utc_offset if stays else new.utc_offset,
        started=started,
        ended=started + timedelta(seconds=new.seconds),
        seconds=new.seconds,
        planned=new.seconds,
    )


def _shifted(session: Session, day: date) -> Session:
    """``session``, which was played, on another day: at the same time, unless that is still to come."""
    if day == session.day:
        return session

    def there(at: datetime) -> datetime:
        return (session.local(at) + (day - session.day)).astimezone(UTC)

    last = there(max([session.ended or session.started, *(each.at for each in session.sets)]))
    early = max(last - cli.clock.moment(), timedelta())
    return replace(
        session,
        day=day,
        started=there(session.started) - early,
        ended=session.ended and there(session.ended) - early,
        sets=tuple(replace(each, at=there(each.at) - early) for each in session.sets),
    )


def _in_region(session: Session, said: Said, library: Library) -> Session:
    """``session`` for the region that was said, else for that of its routine, else the person's."""
    return replace(session, region=said.region or by_hand.region_of(session, library))


def _with_answers(session: Session, said: Said) -> Session:
    """``session`` with what was said of it."""
    if said.next_morning is not None:
        session = replace(session, next_morning=answers.scale(said.next_morning, "pain"))
    if said.comment is not None:
        session = replace(session, comment=answers.comment(said.comment))
    return replace(session, before=_before(session.before, said), after=_after(session.after, said))


def _with_named(session: Session, said: Said, library: Library) -> Session:
    """``session`` with which of its exercises hurt; when it was noted by hand, of all in its routine."""
    if said.named is None:
        return session
    done = [*dict.fromkeys(each.written or each.exercise for each in session.sets)]
    if not done and session.by_hand and (found := by_hand.routine_called(session, library, to_stderr)):
        done = [*dict.fromkeys(each.key for each in found[0].exercises)]
    titles = library.exercise_names()
    known = {each: titles.get(each, [each]) for each in done}
    return replace(session, named=answers.exercise(said.named, known))


def _before(before: Before, said: Said) -> Before:
    if said.pain_before is not None:
        before = replace(before, pain=answers.scale(said.pain_before, "pain"))
    if said.leg_before is not None:
        before = replace(before, leg=answers.leg(said.leg_before))
    if said.flare is not None:
        before = replace(before, flare=answers.yes_or_no(said.flare))
    if said.arm_before is not None:
        before = replace(before, arm=answers.arm(said.arm_before))
    if said.sign_before is not None:
        before = replace(before, sign=answers.yes_or_no(said.sign_before))
    return before


def _after(after: Felt, said: Said) -> Felt:
    if said.pain is not None:
        after = replace(after, worst_pain=answers.scale(said.pain, "pain"))
    if said.effort is not None:
        after = replace(after, effort=answers.scale(said.effort, "effort"))
    if said.leg is not None:
        after = replace(after, leg=answers.leg(said.leg))
    if said.arm is not None:
        after = replace(after, arm=answers.arm(said.arm))
    if said.sign is not None:
        after = replace(after, sign=answers.yes_or_no(said.sign))
    if said.form is not None:
        after = replace(after, form_ok=answers.form(said.form))
    return after


def title_of(session: Session) -> str:
    return f"{clean(session.routine)} on {with_weekday(session.day)}"


_YES_NO: Final = {None: "", True: "yes", False: "no"}


def _facts(session: Session) -> dict[str, str]:
    """What a person can say of a session, besides what and when, by what it is called; empty when unknown."""
    form = {None: "", True: answers.GOOD, False: answers.LOST}[session.after.form_ok]
    return done_doses(session) | {
        "length": format_duration(session.seconds),
        "pain before": _number(session.before.pain),
        "region": "" if session.region is Region.BACK else str(session.region),
        "a flare": _YES_NO[session.before.flare],
        "leg before": leg_word(session.before.leg) or "",
        "worst pain": _number(session.after.worst_pain),
        "effort": _number(session.after.effort),
        "leg": leg_word(session.after.leg) or "",
        "arm before": leg_word(session.before.arm) or "",
        "arm": leg_word(session.after.arm) or "",
        "a warning sign before": _YES_NO[session.before.sign],
        "a warning sign": _YES_NO[session.after.sign],
        "form": form,
        "what hurt": answers.NONE if session.named == "" else clean(session.named or ""),
        "pain the next morning": _number(session.next_morning),
        "comment": clean(session.comment) and f"'{clean(session.comment)}'",
    }


def difference(before: Session, after: Session) -> str:
    old, new = (
        {"routine": clean(each.routine), "day": with_weekday(each.day)} | _facts(each)
        for each in (before, after)
    )
    return "; ".join(
        f"{label} is {new.get(label) or answers.UNKNOWN} now, not {old.get(label) or answers.UNKNOWN}"
        for label in {**old, **new}
        if new.get(label, "") != old.get(label, "")
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
