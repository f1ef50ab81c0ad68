"""``voicecoach plan allow``: what whoever prescribed an exercise allows beyond its bounds."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import wishes
from voicecoach.app.wishes import WishTarget
from voicecoach.cli import page
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.plan_dose import UNDO, AnyOfMine, Where, ask_for_a_yes, next_time, told
from voicecoach.errors import UsageError
from voicecoach.journal.records import Wish
from voicecoach.routine.dose import Dose
from voicecoach.settings import file
from voicecoach.training.words import amount


def allow(
    exercise: AnyOfMine = None,
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="[DOSE]",
            help="The most that is allowed from now on, such as '3 x 15', 'level 3' or 'green band';"
            " without it the step that waits.",
        ),
    ] = None,
    *,
    routine: Where = None,
    asked: Annotated[
        bool, typer.Option("--asked", help="Whoever prescribed it has said yes: ask nothing.")
    ] = False,
    waiting: Annotated[bool, typer.Option("--list", help="Only list what waits.")] = False,
) -> None:
    """Write down that whoever prescribed an exercise allows the step that waits, or more than its bounds.

    Where a routine says 'harder: ask', the next level, a harder variation and a heavier load wait for their
    word. Without an exercise it lists what waits.
    """
    if exercise is None or waiting:
        _list()
        return
    places = wishes.find(exercise, routine, to_stderr, cli.clock.moment())
    if wanted is None:
        _allow_next(places, asked=asked)
    else:
        _allow_dose(places, wanted, asked=asked)


def _list() -> None:
    found = wishes.waiting(to_stderr, cli.clock.moment())
    for place in found:
        page.show(f"{place.case.current.name} in {place.mine.routine.name}: {_what(place)} waits.")
        page.show(f"voicecoach plan allow {shlex.quote(place.key)}", indent=2)
    if not found:
        page.show("Nothing waits for the word of whoever prescribed your exercises.")


def _allow_next(places: tuple[WishTarget, ...], *, asked: bool) -> None:
    waits = [each for each in places if each.waits]
    if not waits:
        first = places[0]
        raise UsageError(
            f"Nothing of {first.case.current.name} waits for anybody's word. {next_time(first)} To write down"
            " that more is allowed, say the dose or the level as well, as in: voicecoach plan allow"
            f" {shlex.quote(first.key)} '3 x 12'"
        )
    place = waits[0]
    found = place.waits
    assert found is not None
    other = found.exercise.key != place.case.current.key
    _ask(place, _what(place), asked=asked)
    _write(
        place,
        None if other else place.said_for_both(found.dose),
        found.exercise.key if other else "",
    )


def _allow_dose(places: tuple[WishTarget, ...], wanted: str, *, asked: bool) -> None:
    place = places[0]
    new = place.dose(wanted)
    if not place.beyond(new):
        raise UsageError(
            f"{place.case.current.name}: {amount(new)} is within what {place.mine.routine.name} allows, so it"
            f" needs nobody's word. To set it: voicecoach plan dose {shlex.quote(place.key)} '{amount(new)}'"
        )
    _ask(place, f"up to {amount(new)}", asked=asked)
    _write(place, place.said_for_both(new), "")


def _ask(place: WishTarget, what: str, *, asked: bool) -> None:
    """Ask whether that was allowed. Raises Declined, or UsageError where nobody can answer."""
    if asked:
        return
    page.show(f"{place.case.current.name}: {what}.")
    name = place.mine.routine.instructions.name
    ask_for_a_yes(
        f"Did {name or 'whoever prescribed it'} say that you may?", "Then it waits. Ask them first."
    )


def _write(place: WishTarget, dose: Dose | None, variation: str) -> None:
    after = wishes.wish(place, Wish.ALLOW, to_stderr, cli.clock.moment(), dose=dose, variation=variation)
    for each in after:
        page.show(next_time(each))
        page.show(told(each))
    page.show(UNDO)


def _what(place: WishTarget) -> str:
    """What waits, in words."""
    found = place.waits
    return file.own_phrases().words(found.what) if found else ""
