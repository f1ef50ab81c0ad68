"""``voicecoach profile``: shows and changes the profile, by questions or options."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Annotated, Final

import typer

from voicecoach import cli, names
from voicecoach.app import prepare
from voicecoach.cli import options, page, table, vocabulary
from voicecoach.cli.interview import Interview, Readers, Said, answered
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import Declined, FileError, UsageError
from voicecoach.language import dates
from voicecoach.language.phrases import Phrases, capitalised
from voicecoach.routine.files.exercise_parts import weight as read_weight
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Explaining
from voicecoach.routine.region import Region
from voicecoach.routine.suit import HOUSEHOLD
from voicecoach.settings import file, profile_file
from voicecoach.settings.profile_file import ALWAYS, EVERYTHING, UNKNOWN, Equipment, OwnProfile
from voicecoach.training.cautions import HOLDS, asked_again
from voicecoach.units import format_load

NOTHING: Final = "nothing"


def _things_there(incomplete: str) -> list[str]:
    known = (*prepare.equipment(prepare.library()), EVERYTHING, NOTHING)
    return [each for each in known if each.startswith(incomplete)]


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog=options.what_cautions_mean())
def profile(  # noqa: PLR0913 - one parameter an option
    *,
    ask: Annotated[bool, typer.Option("--ask", help="Answer the questions again.")] = False,
    caution: Annotated[
        list[Caution] | None,
        vocabulary.caution_option("Something to be careful with"),
    ] = None,
    no_caution: Annotated[bool, typer.Option("--no-caution", help="Nothing to be careful with.")] = False,
    equipment: Annotated[
        list[str] | None,
        typer.Option(
            metavar="THING",
            help="Something you have, one option for each, or 'everything'.",
            autocompletion=_things_there,
        ),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LOAD", help="A weight you have, such as 2kg or 5lb, one option for each, or 'nothing'."
        ),
    ] = None,
    up_at: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="When you get up, such as 6:30: for an hour from then some exercises are replaced. "
            "Until you say, it is before ten.",
        ),
    ] = None,
    coaching: Annotated[
        Explaining | None, typer.Option(help="How much is explained, unless a session says otherwise.")
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="REGION",
            help=f"The part of the body that your routines are for, unless they say otherwise:"
            f" {', '.join(Region)}, or unknown.",
            autocompletion=vocabulary.offering(Region),
        ),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget everything.")] = False,
) -> None:
    """Show or change what the coach knows about you.

    Exercises that you should not do, or lack the equipment for, are replaced or left out.
    """
    wanted = ProfileChanges(
        tuple(caution or ()), no_caution, tuple(equipment or ()), tuple(weight or ()), up_at, coaching, region
    )
    show_or_change(wanted, ask=ask, clear=clear)


@dataclass(frozen=True)
class ProfileChanges:
    """The changes given as options; empty ones change nothing."""

    cautions: tuple[Caution, ...] = ()
    no_caution: bool = False
    equipment: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    up_at: str | None = None
    coaching: Explaining | None = None
    region: str | None = None


def show_or_change(wanted: ProfileChanges, *, ask: bool, clear: bool) -> None:
    """Print the profile, changed as wanted before; ask when told to, or in a terminal what was never asked.

    Raises UsageError for options that contradict one another, UnknownName for a thing that no exercise needs,
    and FileError.
    """
    if wanted.cautions and wanted.no_caution:
        raise UsageError("'--caution' and '--no-caution' exclude each other: give one of them.")
    known, say = prepare.equipment(prepare.library()), file.own_phrases()
    before = _before(broken_is_none=ask or clear)
    person = _changed(OwnProfile() if clear or not before else before, wanted, known)
    new = before is None or bool(before.unanswered)
    ask = ask or (new and not clear and wanted == ProfileChanges() and sys.stdin.isatty())
    if ask:
        person = _answered(person, known, say)
    if ask or wanted != ProfileChanges():
        profile_file.save(person, to_stderr)
    elif clear:
        profile_file.clear(to_stderr)
    _show(person, say)


def _before(*, broken_is_none: bool) -> OwnProfile | None:
    try:
        return profile_file.load()
    except FileError:
        if broken_is_none:
            return None
        raise


def _changed(person: OwnProfile, wanted: ProfileChanges, known: Collection[str]) -> OwnProfile:
    if wanted.cautions or wanted.no_caution:
        fused = person.cautions.get(Caution.OP) == ALWAYS
        said = _said_today(wanted.cautions, fused=fused)
        person = replace(person, cautions=said, unanswered=frozenset())
    if wanted.equipment:
        person = replace(person, equipment=_things(wanted.equipment, known))
    if wanted.weights:
        person = replace(person, weights=_weights(wanted.weights))
    if wanted.up_at:
        person = replace(person, up_at=_up_at(wanted.up_at))
    if wanted.coaching:
        person = replace(person, coaching=wanted.coaching)
    if wanted.region:
        person = replace(person, region=_region(wanted.region))
    return person


def _said_today(cautions: Collection[Caution], *, fused: bool) -> dict[Caution, date | None]:
    """These cautions, with today as the day of those that pass; surgery that was a fusion does not."""
    said = {each: cli.clock.today() if each in HOLDS else None for each in cautions}
    return {**said, Caution.OP: ALWAYS} if fused and Caution.OP in said else said


def _up_at(answer: str) -> time | None:
    """Parse when somebody gets up. Raises UsageError."""
    try:
        return profile_file.up_at(answer.strip().lower())
    except Mistakes as error:
        raise UsageError(
            f"'{answer}' is not a time of day: hours and minutes, such as 6:30, or {UNKNOWN}."
        ) from error


def _region(answer: str) -> Region | None:
    """The region with this name; None for one that is not known. Raises UnknownName."""
    return None if answer.strip().lower() == UNKNOWN else vocabulary.region(answer)


def _things(typed: Collection[str], known: Collection[str]) -> Equipment:
    """The equipment with these names. Raises UnknownName."""
    things = {name.strip().lower() for name in typed}
    if things == {EVERYTHING}:
        return EVERYTHING
    if things == {UNKNOWN}:
        return UNKNOWN
    if things == {NOTHING}:
        return frozenset()
    hint = f"Name some of: {', '.join(known)}; or {EVERYTHING}; or {NOTHING}."
    called = {each: (each,) for each in known}
    return frozenset(
        names.meant("thing to exercise with", name, called, hint=hint) for name in sorted(things)
    )


def _weights(loads: Collection[str]) -> tuple[float, ...]:
    """The weights with these loads, lightest first. Raises UsageError."""
    if {load.strip().lower() for load in loads} == {NOTHING}:
        return ()
    try:
        return tuple(sorted(set(map(read_weight, loads))))
    except Mistakes as error:
        [mistake] = error.mistakes
        raise UsageError(f"{capitalised(mistake.wrong)}. Expected: {mistake.expected}.") from error


def _answered(person: OwnProfile, known: Collection[str], say: Phrases) -> OwnProfile:
    """Return the profile after all questions.

    A person who leaves them keeps what they answered, and is told so. Raises Declined then, KeyboardInterrupt
    for Ctrl-C, and without a terminal UsageError, when nothing is changed.
    """
    shown = {
        "equipment": _equipment(person),
        "weights": _weights_of(person),
        "up_at": _time(person),
        "coaching": person.coaching.value,
    }
    readers = Readers(equipment=lambda typed: _things(typed, known), weights=_weights, up_at=_up_at)
    asked = Interview(person, shown, known, readers, say)
    try:
        asked.ask()
    except typer.Abort as left:
        page.show()  # ends the line of the question
        if not sys.stdin.isatty():
            raise UsageError(
                "The questions were not all answered, so nothing is changed. Answer them in a terminal, or"
                " use the options that 'voicecoach profile --help' shows."
            ) from None
        _keep(answered(person, asked.said, cli.clock.today()), asked.said, say)
        if isinstance(left.__context__, KeyboardInterrupt):
            raise left.__context__ from None
        raise Declined from None
    return replace(answered(person, asked.said, cli.clock.today()), skipped=None)


def _keep(person: OwnProfile, said: Said, say: Phrases) -> None:
    """Keep what was said before somebody left, and tell that nothing else is taken for an answer."""
    if said:
        profile_file.save(person, to_stderr)
    page.show(say("profile.left" if said else "profile.left_at_once"))


def _show(person: OwnProfile, say: Phrases) -> None:
    asked = person.cautions or person.unanswered != OwnProfile().unanswered
    page.show(say(f"profile.{'careful' if person.cautions else 'nothing' if asked else 'unasked'}"))
    table.show(
        [
            (caution, f"{say(f'caution.{caution}.ask')} {_answer(caution, person, say)}")
            for caution in Caution
            if caution in person.cautions
        ],
        indent=2,
    )
    if asked and person.unanswered:
        left = ", ".join(each for each in Caution if each in person.unanswered)
        page.show(say("profile.open", cautions=left))
    page.show(say("profile.equipment", things=_equipment(person)))
    if person.weights:
        page.show(say("profile.weights", weights=_weights_of(person)))
    if person.equipment == UNKNOWN:
        page.show(say("profile.household", things=", ".join(sorted(HOUSEHOLD))))
    if Caution.AM not in person.cautions:
        page.show(say("profile.up_at", time=_time(person)) if person.up_at else say("profile.morning"))
    page.show(say("profile.coaching", how=person.coaching))
    if person.region:
        page.show(say("profile.region", region=person.region))
    path = profile_file.file()
    page.show(say("profile.kept" if path.exists() else "profile.not_kept", path=str(path)))


def _answer(caution: Caution, person: OwnProfile, say: Phrases) -> str:
    """A yes, with its day and when it is asked about again."""
    said, today = person.cautions[caution], cli.clock.today()
    again = asked_again(caution, said, today)
    if again is None:
        return say("profile.yes")
    if said is None or again <= today:
        return say("profile.yes_due")
    return say("profile.yes_on", day=dates.past_day(said, today, say), again=dates.short_day(again, say))


def _equipment(person: OwnProfile) -> str:
    if isinstance(person.equipment, str):
        return person.equipment
    return ", ".join(sorted(person.equipment)) or NOTHING


def _weights_of(person: OwnProfile) -> str:
    return ", ".join(map(format_load, person.weights)) or NOTHING


def _time(person: OwnProfile) -> str:
    return f"{person.up_at:%H:%M}" if person.up_at else UNKNOWN
