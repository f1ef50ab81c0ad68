"""``voicecoach profile``: shows and changes the profile, by questions or options."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Annotated, Final

import typer

from voicecoach.app import prepare
from voicecoach.cli import options
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import FileError, UnknownName, UsageError
from voicecoach.language.phrases import Phrases, capitalised
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.values import weight as read_weight
from voicecoach.routine.model import WEIGHT, Caution, Explaining, Profile
from voicecoach.settings import file, profile_file
from voicecoach.settings.profile_file import EVERYTHING
from voicecoach.units import format_load

NOTHING: Final = "nothing"


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog=options.what_cautions_mean())
def profile(
    *,
    ask: Annotated[bool, typer.Option("--ask", help="Answer the questions again.")] = False,
    caution: Annotated[
        list[Caution] | None,
        typer.Option(
            metavar="WHAT",
            help=f"Something to be careful with, one option for each: {', '.join(Caution)}. What they "
            "mean is listed below.",
        ),
    ] = None,
    no_caution: Annotated[bool, typer.Option("--no-caution", help="Nothing to be careful with.")] = False,
    equipment: Annotated[
        list[str] | None,
        typer.Option(metavar="THING", help="Something you have, one option for each, or 'everything'."),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LOAD", help="A weight you have, such as 2kg or 5lb, one option for each, or 'nothing'."
        ),
    ] = None,
    coaching: Annotated[
        Explaining | None, typer.Option(help="How much is explained, unless a session says otherwise.")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget everything.")] = False,
) -> None:
    """Show or change what the coach knows about you.

    Exercises that you should not do, or lack the equipment for, are replaced or left out.
    """
    wanted = ProfileChanges(
        tuple(caution or ()), no_caution, tuple(equipment or ()), tuple(weight or ()), coaching
    )
    show_or_change(wanted, ask=ask, clear=clear)


@dataclass(frozen=True)
class ProfileChanges:
    """The changes given as options; empty ones change nothing."""

    cautions: tuple[Caution, ...] = ()
    no_caution: bool = False
    equipment: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    coaching: Explaining | None = None


def show_or_change(wanted: ProfileChanges, *, ask: bool, clear: bool) -> None:
    """Print the profile, changed as wanted before; ask when told to, or in a terminal the first time.

    Raises UsageError for options that contradict one another, UnknownName for a thing that no exercise needs,
    and FileError.
    """
    if wanted.cautions and wanted.no_caution:
        raise UsageError("'--caution' and '--no-caution' exclude each other: give one of them.")
    known, say = prepare.equipment(prepare.library()), file.own_phrases()
    before = _before(broken_is_none=ask or clear)
    person = _changed(Profile() if clear or not before else before, wanted, known)
    ask = ask or (before is None and not clear and wanted == ProfileChanges() and sys.stdin.isatty())
    if ask:
        person = _answered(person, known, say)
    if ask or wanted != ProfileChanges():
        profile_file.save(person, to_stderr)
    elif clear:
        profile_file.clear(to_stderr)
    _show(person, say)


def _before(*, broken_is_none: bool) -> Profile | None:
    try:
        return profile_file.load()
    except FileError:
        if broken_is_none:
            return None
        raise


def _changed(person: Profile, wanted: ProfileChanges, known: Collection[str]) -> Profile:
    if wanted.cautions or wanted.no_caution:
        person = replace(person, cautions=frozenset(wanted.cautions))
    if wanted.equipment:
        person = replace(person, equipment=_things(wanted.equipment, known))
    if wanted.weights:
        person = replace(person, weights=_weights(wanted.weights))
    if wanted.coaching:
        person = replace(person, coaching=wanted.coaching)
    return person


def _things(names: Collection[str], known: Collection[str]) -> frozenset[str] | None:
    """The equipment with these names; None is everything. Raises UnknownName."""
    things = {name.strip().lower() for name in names}
    if things == {EVERYTHING}:
        return None
    if things == {NOTHING}:
        return frozenset()
    for name in sorted(things):
        if name not in known:
            hint = f"Name some of: {', '.join(known)}; or {EVERYTHING}; or {NOTHING}."
            raise UnknownName("thing to exercise with", name, known, hint=hint)
    return frozenset(things)


def _weights(loads: Collection[str]) -> tuple[float, ...]:
    """The weights with these loads, lightest first. Raises UsageError."""
    if {load.strip().lower() for load in loads} == {NOTHING}:
        return ()
    try:
        return tuple(sorted(set(map(read_weight, loads))))
    except Mistakes as error:
        [mistake] = error.mistakes
        raise UsageError(f"{capitalised(mistake.wrong)}. Expected: {mistake.expected}.") from error


def _answered(person: Profile, known: Collection[str], say: Phrases) -> Profile:
    try:
        return _ask(person, known, say)
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        typer.echo()  # ends the line of the question
        raise UsageError(
            "The questions were not all answered, so nothing is changed. Answer them in a terminal, or use "
            "the options that 'voicecoach profile --help' shows."
        ) from None


def _ask(person: Profile, known: Collection[str], say: Phrases) -> Profile:
    """Ask one question a line; Enter leaves the answer as it is."""
    cautions = frozenset(
        caution
        for caution in Caution
        if typer.confirm(say(f"caution.{caution}.ask"), default=caution in person.cautions)
    )

    def things(answer: str) -> frozenset[str] | None:
        try:
            return _things(answer.split(","), known)
        except UnknownName as error:
            raise typer.BadParameter(str(error)) from error

    def weighed(answer: str) -> tuple[float, ...]:
        try:
            return _weights(re.split(r"(?<=[^\W\d])\s*,\s*", answer))
        except UsageError as error:
            raise typer.BadParameter(str(error)) from error

    def explaining(answer: str) -> Explaining:
        try:
            return Explaining(answer.strip().lower())
        except ValueError as error:
            raise typer.BadParameter(say("profile.answer", answers=", ".join(Explaining))) from error

    typer.echo(say("profile.things", things=", ".join(known)))
    equipment = typer.prompt(say("profile.which"), _equipment(person), value_proc=things)
    weights = person.weights
    if WEIGHT in known and (equipment is None or WEIGHT in equipment):
        weights = typer.prompt(say("profile.weigh"), _weights_of(person), value_proc=weighed)
    return Profile(
        cautions=cautions,
        equipment=equipment,
        weights=weights,
        coaching=typer.prompt(say("profile.explained"), person.coaching.value, value_proc=explaining),
    )


def _show(person: Profile, say: Phrases) -> None:
    typer.echo(say("profile.careful" if person.cautions else "profile.nothing"))
    for caution in (each for each in Caution if each in person.cautions):
        typer.echo(f"  {caution:<9} {say(f'caution.{caution}.ask')} {say('profile.yes')}")
    typer.echo(say("profile.equipment", things=_equipment(person)))
    if person.weights:
        typer.echo(say("profile.weights", weights=_weights_of(person)))
    typer.echo(say("profile.coaching", how=person.coaching))
    path = profile_file.file()
    typer.echo(say("profile.kept" if path.exists() else "profile.not_kept", path=str(path)))


def _equipment(person: Profile) -> str:
    if person.equipment is None:
        return EVERYTHING
    return ", ".join(sorted(person.equipment)) or NOTHING


def _weights_of(person: Profile) -> str:
    return ", ".join(map(format_load, person.weights)) or NOTHING
