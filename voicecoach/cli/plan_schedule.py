"""``voicecoach plan`` and those of its commands that make, show and change what is done on which day."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from voicecoach import cli, names
from voicecoach.app import agenda, pace, prepare, remarks, weakness
from voicecoach.app import plan as planning
from voicecoach.app.plan import Following
from voicecoach.cli import chosen_sides, page, places, program, table, vocabulary
from voicecoach.cli.mistaken import not_meant
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import confirmed
from voicecoach.cli.values import whole
from voicecoach.errors import Declined, FileError, UnknownName, UsageError, nearest
from voicecoach.language import dates
from voicecoach.language.phrases import Message
from voicecoach.routine.files import day_words
from voicecoach.routine.files import programme as programmefields
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Data, Mistakes
from voicecoach.routine.place import ident, is_path
from voicecoach.routine.programme import Activity, OwnPlan, PhaseName, Programme
from voicecoach.safefiles import hand_over
from voicecoach.settings import file, schedule_file
from voicecoach.training import calendar, words

Phase = Annotated[
    PhaseName,
    typer.Argument(
        metavar="PHASE",
        help=f"One of {', '.join(PhaseName)}.",
        parser=vocabulary.phase,
        autocompletion=vocabulary.offering(PhaseName),
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="ROUTINE",
        help="A routine's name, as 'voicecoach list' or the screen shows it.",
        autocompletion=vocabulary.library_routines,
    ),
]


def show(plan: Following, *, briefly: bool = False) -> None:
    """Print what is done in the present phase; unless ``briefly``, also what to heed and what comes after."""
    say = file.own_phrases()
    since = dates.day_in_full(plan.own.since, say)
    phase = say.part(f"phase_called.{plan.phase.name}")
    page.show(f"{plan.programme.name}{'' if plan.alone else f': {phase}'}, since {since}")
    if plan.phase.about:
        page.show(plan.phase.about)
    page.show()
    title = plan.shelf.routine_name
    table.show(
        [
            (title(each.activity.routine), words.week(each.activity, each.on, title, say))
            for each in plan.week
        ],
        indent=2,
    )
    if briefly:
        return
    page.show()
    for line in agenda.unsuited(plan, say):
        page.show(line)
    if sore := agenda.sore_days(plan, to_stderr, cli.clock.today()):
        page.show(say.tell(sore))
    on_sides = chosen_sides.lines(prepare.known(to_stderr, cli.clock.today()))
    for line in (*weakness.shown(to_stderr, cli.clock.moment(), say), *on_sides):
        page.show(line)
    if plan.own.phase in plan.own.own and not plan.alone:
        page.show("This is your own choice; as the programme has it: voicecoach plan reset")
    now = cli.clock.moment()
    if coming := plan.following_phase:
        ahead = agenda.onward(plan, to_stderr, now)
        page.show(say.tell(ahead or Message("gate.after", coming=words.phase(coming.name))))
    for once in remarks.on_screen(plan, to_stderr, now, reviews=True):
        page.show(say.tell(once))
    if found := pace.now(to_stderr, now):
        page.show(pace.told(found, now, say))


def phase(
    name: Phase,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Change it without asking.")] = False,
) -> None:
    """Go to another phase, or stay in this one for now.

    It says what changes, and asks. Routines that you added stay.
    """
    shelf = prepare.library()
    own = _own(shelf.routines())
    _must_follow_programme(own)
    programme = shelf.programme(own.programme)
    must_have(programme, name)
    changed = own.carrying(programme, name).go_to(name, cli.clock.today())
    if name is not own.phase:
        _announce(shelf, programme, own, changed)
        asks = sys.stdin.isatty() and not yes
        if asks and not confirmed("Make this change?", file.own_phrases(), cli.clock):
            raise Declined("Nothing is changed.")
    _save(changed, shelf.routines())
    if (until := changed.stay_until) and programme.after(name):
        day = dates.without_year(until)
        page.show(f"You stay in {_title(name)}. The next one is not proposed before {day}.")
        return
    show(planning.following())
    mention_calendar(changed)


def _announce(shelf: Library, programme: Programme, own: OwnPlan, changed: OwnPlan) -> None:
    """Say what another phase changes: which routines begin, go on and end."""
    old, new = (_weeks(shelf, programme, each) for each in (own, changed))
    yours = {each.routine for each in own.added(programme)}
    title = shelf.routine_name
    rows = [(title(name), _going(name, text, old, yours)) for name, text in new.items()]
    rows += [(title(name), "ends") for name in old if name not in new]
    page.show(f"From {_title(own.phase)} to {_title(changed.phase)}:")
    table.show(rows, indent=2)
    page.show()


def _title(name: PhaseName) -> str:
    return file.own_phrases().part(f"phase_called.{name}")


def _going(routine: str, text: str, before: Mapping[str, str], yours: Collection[str]) -> str:
    if routine not in before:
        return f"begins, {text}"
    if routine in yours:
        return f"goes on as you added it, {text}"
    return f"goes on, {text}" if text == before[routine] else f"goes on, {text}; it was {before[routine]}"


def _weeks(shelf: Library, programme: Programme, own: OwnPlan) -> dict[str, str]:
    """Return how often each routine of a plan is done, by its id."""
    phase, say = own.now(programme), file.own_phrases()
    week = planning.planned(shelf, phase) if phase else ()
    title = shelf.routine_name
    return {each.activity.routine: words.week(each.activity, each.on, title, say) for each in week}


def days(
    routine: Name,
    wanted: Annotated[
        str, typer.Argument(metavar="DAYS", help="3, daily, days such as mon,wed,fri, or 0 to leave it out.")
    ],
    *,
    apart: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(1, 7),
            help="Least number of days between sessions: 2 means never on consecutive days.",
        ),
    ] = None,
) -> None:
    """Do a routine on more, fewer or other days of the week; one that is not in the phase is added."""
    plan = planning.following()
    routine = _meant(plan, routine) or vocabulary.place_of(plan.shelf.routine_meant(routine))
    before = next((each for each in plan.phase.activities if each.routine == routine), None)
    if before is None:
        _must_exist(plan, routine)
    others = [_without(each, routine) for each in plan.phase.activities if each.routine != routine]
    if wanted.strip() == "0":
        if before is None:
            raise _not_in_phase(plan, routine)
        if not others:
            where = "your plan" if plan.alone else f"'{plan.phase.name}'"
            raise UsageError(f"Nothing would be left in {where}. To stop: voicecoach plan stop")
        _change(plan, others)
        return
    activity = _activity(routine, wanted, apart or (before.apart if before else 1))
    if before:
        activity = replace(activity, others=before.others, times=before.times, at=before.at)
    kept = [activity if each is before else _without(each, routine) for each in plan.phase.activities]
    _change(plan, kept if before else [*kept, activity])


def swap(
    routine: Name,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help="What to do instead, on the same days.",
            parser=vocabulary.routine,
            autocompletion=vocabulary.library_routines,
        ),
    ],
) -> None:
    """Do another routine instead of one in this phase."""
    plan, other = planning.following(moved=True), vocabulary.place_of(other)
    found = _meant(plan, routine)
    if found is None:
        raise _not_in_phase(plan, routine)
    routine = found
    _must_exist(plan, other)
    if any(each.routine == other for each in plan.phase.activities):
        raise UsageError(
            f"'{other}' is in this phase already: 'voicecoach plan days {other} …' changes its days."
        )
    _change(
        plan,
        [
            replace(each, routine=other) if each.routine == routine else each
            for each in (_without(each, other) for each in plan.phase.activities)
        ],
    )


def at(
    time: Annotated[str, typer.Argument(metavar="TIME", help="Hours and minutes, such as 18:30.")],
) -> None:
    """Set the time of day for reminders."""
    try:
        clock = day_words.clock(time)
    except Mistakes as error:
        raise not_meant(error) from None
    plan = planning.following()
    _save(replace(plan.own, at=clock), plan.shelf.routines())
    page.show(f"Reminders are for {clock:%H:%M}.")
    mention_calendar(plan.own)


def reset() -> None:
    """Do this phase as the programme has it, without your changes."""
    plan = planning.following()
    _must_follow_programme(plan.own)
    _save(plan.own.as_programmed(), plan.shelf.routines())
    show(planning.following())
    mention_calendar(plan.own)


def write_calendar(
    *,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE.ics", help="The calendar file to write.")
    ] = Path("voicecoach.ics"),
) -> None:
    """Write reminders for your calendar, with alarms.

    Take the file into your calendar again after every change of plan: it replaces what was there.
    """
    plan = planning.following()
    now = cli.clock.moment()
    made = agenda.reminders(plan, now, program.command())
    content = calendar.calendar(made, now)
    try:
        hand_over(places.at_home(out), content)
    except OSError as error:
        raise FileError(f"{out} cannot be written: {error.strerror}. Name another file or folder.") from error
    reminded, slots = tuple(sorted(made.days)), tuple(sorted(made.slots))
    _save(replace(plan.own, reminded=reminded, reminded_at=slots), plan.shelf.routines())
    days = sorted({*reminded, *(each.day for each in slots)})
    named = ", ".join(day.name.capitalize() for day in days)
    times = sorted({*([plan.own.at] if reminded else []), *(each.at for each in slots)})
    at = ", ".join(f"{each:%H:%M}" for each in times)
    what = f"reminders at {at} on {named}" if days else "without reminders, as nothing is planned"
    page.show(f"Written: {out}, {what}.")
    page.show("Open it with your calendar. After a change of plan write and open it again.")


def stop() -> None:
    """Follow no plan any more; your journal stays."""
    routines = prepare.library().routines()
    with contextlib.suppress(FileError):
        own = schedule_file.load(routines)
        if own and (own.reminded or own.reminded_at):
            page.show("Delete the reminders in your calendar: it does not know.")
    schedule_file.remove(to_stderr, routines)
    page.show("You follow no plan. Your journal stays, and 'voicecoach plan new' begins another plan.")


def _must_follow_programme(own: OwnPlan) -> None:
    """Raise UsageError for a plan of routines alone, which has no phases."""
    if not own.programme:
        raise UsageError("Your plan is of routines alone, and has no phases. To see it: voicecoach plan")


def _own(routines: Sequence[str]) -> OwnPlan:
    own = schedule_file.load(routines)
    return own or planning.following().own  # which says how to make one


def _change(plan: Following, activities: Sequence[Activity]) -> None:
    _save(plan.own.change(tuple(activities)), plan.shelf.routines())
    show(planning.following())
    mention_calendar(plan.own)


def _save(own: OwnPlan, routines: Sequence[str]) -> None:
    schedule_file.save(own, to_stderr, routines)


def mention_calendar(own: OwnPlan) -> None:
    """Say that reminders have to be written again, if there are any."""
    if own.reminded or own.reminded_at:
        page.show("Your calendar does not know yet: voicecoach plan calendar")


def _without(activity: Activity, routine: str) -> Activity:
    """Return ``activity`` without a routine that takes its place, as that has days of its own now."""
    return replace(activity, others=tuple(name for name in activity.others if name != routine))


def _activity(routine: str, wanted: str, apart: int) -> Activity:
    """Raises UsageError for days that cannot be meant."""
    counted = any(char.isdigit() for char in wanted) or wanted.strip().casefold() in {"daily", "every day"}
    raw: dict[str, Data] = {"apart": apart, **({"days": _count(wanted)} if counted else {"on": wanted})}
    try:
        return programmefields.activity(routine, raw)
    except Mistakes as error:
        raise not_meant(error) from None


def _count(wanted: str) -> int:
    """Days a week. The format's own advice is for those who write a file. Raises UsageError."""
    try:
        return programmefields.days(wanted)
    except Mistakes:
        raise UsageError(
            f"'{wanted}' does not fit here: 1 to 7 days a week, daily, days such as mon,wed,fri,"
            " or 0 to leave it out."
        ) from None


def must_have(programme: Programme, phase: PhaseName) -> None:
    """Raise UsageError for a phase that ``programme`` does not have."""
    if programme.phase(phase) is None:
        has = ", ".join(each.name for each in programme.phases)
        raise UsageError(f"The programme '{programme.name}' has no phase '{phase}', but: {has}.")


def _meant(plan: Following, typed: str) -> str | None:
    """Return the routine of the phase that is meant; None when it is none of them. Raises AmbiguousName."""
    titles = plan.shelf.routine_names()
    known = {each.routine: _called(plan, each.routine, titles) for each in plan.phase.activities}
    found = names.equal(typed, known)
    if not found and not names.equal(typed, titles):
        found = names.candidates(typed, known)
    if len(found) > 1:
        raise names.AmbiguousName(typed, found)
    return next(iter(found), None)


def _called(plan: Following, routine: str, titles: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names of a routine of the phase; of a file its path, its name and its title."""
    if is_path(routine):
        return [routine, ident(routine), plan.shelf.routine_name(routine)]
    return [*titles.get(routine, [routine])]


def _must_exist(plan: Following, routine: str) -> None:
    if is_path(routine):
        plan.shelf.load(routine)
    elif routine not in plan.shelf.routines():
        raise UnknownName("routine", routine, plan.shelf.routines(), hint="'voicecoach list' shows them all.")


def _not_in_phase(plan: Following, routine: str) -> UsageError:
    if plan.alone:
        titles = ", ".join(plan.shelf.routine_name(each.routine) for each in plan.phase.activities)
        return UsageError(f"'{routine}' is not in your plan. It has: {titles}.")
    has = [each.routine for each in plan.phase.activities]
    near = nearest(routine, has)
    advice = f"Did you mean '{near}'?" if near else f"It has: {', '.join(has)}."
    return UsageError(f"'{routine}' is not in the phase '{plan.phase.name}'. {advice}")
